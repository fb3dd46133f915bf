"""What the pages of the Compare tab know of a model that was scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QCoreApplication

if TYPE_CHECKING:
    from trainer.compare.ground import Flag
    from trainer.compare.scores import Scores


@dataclass(frozen=True)
class Judged:
    """A model's answers on the images that all are judged on.

    Attributes:
        key: Of its row.
        scores: Its answers and how good they are.
        flags: What must be said about the score; () when it is clean.
        interval: 95 % interval of the accuracy, fractions.
        findings: What was worked out from the answers, by the name of the page that shows it.
    """

    key: str
    scores: Scores
    flags: tuple[Flag, ...] = ()
    interval: tuple[float, float] = (float("nan"), float("nan"))
    findings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def matrix(self) -> npt.NDArray[np.int64]:
        """Confusion matrix, int64 (C, C), rows are the labels."""
        return np.asarray(self.scores.metrics["confusion_matrix"], np.int64)


def flag_title(code: str) -> str:
    """A flag in a few words."""
    titles = {
        "learnt": QCoreApplication.translate("Judged", "learnt from these images"),
        "chosen": QCoreApplication.translate("Judged", "epoch chosen on them"),
        "other-data": QCoreApplication.translate("Judged", "trained on other data"),
        "unknown": QCoreApplication.translate("Judged", "training data unknown"),
        "other-hash": QCoreApplication.translate("Judged", "other images"),
    }
    return titles.get(code, code)


def flag_sentence(flag: Flag) -> str:
    """A flag as a sentence."""
    translate = QCoreApplication.translate
    texts = {
        "learnt": translate(
            "Judged",
            "It learnt {count} of the {total} judged images, so the score is too good.",
        ),
        "chosen": translate(
            "Judged",
            "Its best epoch was chosen on this split, so the score is a little too good.",
        ),
        "other-data": translate(
            "Judged",
            "It was trained on other data ({data}), which may hold some of these images.",
        ),
        "unknown": translate(
            "Judged",
            "Its file does not say what it was trained on; it may have learnt these images.",
        ),
        "other-hash": translate(
            "Judged",
            "It was scored on other data ({data}), so the numbers cannot be compared.",
        ),
    }
    text = texts.get(flag.code)
    if text is None:
        return flag.text
    return text.format(count=flag.count, total=flag.total, data=flag.data or "?")
