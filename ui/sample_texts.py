"""One image of a data set in words: its label, its place, what can be said against it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QCoreApplication

from trainer.data.flags import Flag
from trainer.labels import SPLITS
from ui.colors import expression_title, split_title
from ui.formats import count
from ui.tables.samples import Samples


def label_text(samples: Samples, target: int) -> str:
    """The translated name of a label; ``No label`` for -1."""
    if target < 0:
        return QCoreApplication.translate("SampleTexts", "No label")
    return expression_title(samples.class_names[target])


def place_text(samples: Samples, sample: int) -> str:
    """Split, and file or line."""
    split = split_title(SPLITS[int(samples.splits[sample])])
    if samples.files:
        return f"{split}, {samples.files[sample]}"
    return QCoreApplication.translate("SampleTexts", "{split}, line {line}").format(
        split=split, line=count(int(samples.source_rows[sample]))
    )


def flag_text(flag: Flag) -> str:
    """A remark in plain words."""
    translate = QCoreApplication.translate
    texts = {
        Flag.EXACT_REPEAT: translate("SampleTexts", "exact repeat"),
        Flag.NEAR_REPEAT: translate("SampleTexts", "near repeat"),
        Flag.LEAK: translate("SampleTexts", "also in another split"),
        Flag.BLANK: translate("SampleTexts", "blank"),
        Flag.DARK: translate("SampleTexts", "very dark"),
        Flag.BLURRED: translate("SampleTexts", "blurred"),
        Flag.NO_FACE: translate("SampleTexts", "no face found"),
        Flag.NO_MAJORITY: translate("SampleTexts", "no majority among the votes"),
        Flag.TIE: translate("SampleTexts", "tied votes"),
        Flag.SUSPECTED: translate("SampleTexts", "suspected label error"),
        Flag.RELABELLED: translate("SampleTexts", "relabelled"),
        Flag.EXCLUDED: translate("SampleTexts", "excluded"),
    }
    return texts[flag]


def flag_texts(flags: int) -> list[str]:
    """All remarks of an image in words."""
    return [flag_text(flag) for flag in Flag if flags & flag]


def sample_text(samples: Samples, sample: int, target: int, flags: int) -> str:
    """``Fear, Training, line 120, relabelled``: for tool tips and screen readers."""
    parts = [label_text(samples, target), place_text(samples, sample), *flag_texts(flags)]
    return ", ".join(parts)


def flag_entries(flags: npt.NDArray[np.uint32]) -> list[tuple[str, int, int]]:
    """Return (title, bits, number of images) of what a person can filter by.

    Args:
        flags: uint32 (N,), remarks on every image.
    """
    marked = int(np.count_nonzero(flags))
    translate = QCoreApplication.translate
    entries = [
        (translate("SampleTexts", "With remarks"), int(sum(Flag)), marked),
        (translate("SampleTexts", "Without remarks"), 0, len(flags) - marked),
    ]
    for flag in Flag:
        text = flag_text(flag)
        number = int(np.count_nonzero(flags & np.uint32(flag))) if marked else 0
        entries.append((text[:1].upper() + text[1:], int(flag), number))
    return entries
