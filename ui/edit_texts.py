"""Corrections of a data set in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QCoreApplication

from trainer.data.edits import Change
from ui.colors import expression_title
from ui.formats import count


def _tr(text: str) -> str:
    return QCoreApplication.translate("EditTexts", text)


def change_text(change: Change, class_names: Sequence[str]) -> str:
    """``3 images relabelled as Fear``."""
    one = len(change.samples) == 1
    if change.what == "exclude":
        text = _tr("1 image excluded") if one else _tr("{number} images excluded")
    elif change.what == "restore":
        text = _tr("1 image taken back in") if one else _tr("{number} images taken back in")
    elif change.target < 0:
        text = _tr("label of 1 image removed") if one else _tr("label of {number} images removed")
    else:
        text = (
            _tr("1 image relabelled as {label}")
            if one
            else _tr("{number} images relabelled as {label}")
        )
        return text.format(
            number=count(len(change.samples)), label=expression_title(class_names[change.target])
        )
    return text.format(number=count(len(change.samples)))
