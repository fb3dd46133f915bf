"""Figures of others for the seven expressions of FER2013, with how each was got.

They stand apart from measured models: other images, other splits and other training make most of
them no rival of a number measured here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    """A published figure.

    Attributes:
        name: Network or program.
        accuracy: Top-1 accuracy, a fraction.
        accuracy_high: Upper end where a range is given, else the same.
        source: Who says so.
        protocol: Data, split and training behind it.
        comparable: Whether it speaks of FER2013's own PublicTest or PrivateTest, so that a number
            on the same split of the same data may stand beside it.
    """

    name: str
    accuracy: float
    accuracy_high: float
    source: str
    protocol: str
    comparable: bool

    @property
    def accuracy_text(self) -> str:
        """In percent, "59.1-60.0 %" for a range."""
        low, high = (_digits(100 * value) for value in (self.accuracy, self.accuracy_high))
        return f"{low} %" if low == high else f"{low}-{high} %"


def _digits(percent: float) -> str:
    """Return as many decimals as were published: one, or two."""
    text = f"{percent:.2f}"
    return text[:-1] if text.endswith("0") else text


_AUTHORS = "Measured by Mien's authors"
NOT_MEASURED = "Not measured by this program."

_REPORT = "Project report that Mien takes its networks from"
_REPORT_SPLIT = "The report's own split of FER2013 and its own code. " + NOT_MEASURED
_RMN = "Pham et al., Residual Masking Network (ICPR 2020), table in the rmn package's README"
_PRIVATE = "FER2013 PrivateTest, trained on FER2013. " + NOT_MEASURED
_RIVAL = (
    "The weights that it ships, run once by Mien's authors outside this program; on which split is "
    "not recorded. On PublicTest they gave {public} %. Its makers chose them on the test parts. "
    + NOT_MEASURED
)


def _row(
    name: str, percent: float, source: str, protocol: str, comparable: bool, high: float = 0.0
) -> Reference:
    return Reference(name, percent / 100, (high or percent) / 100, source, protocol, comparable)


REFERENCES: tuple[Reference, ...] = (
    _row("LeNet", 42.8, _REPORT, _REPORT_SPLIT, False),
    _row("VGG-9", 58.4, _REPORT, _REPORT_SPLIT, False),
    _row("ResNet-11", 44.2, _REPORT, _REPORT_SPLIT, False),
    _row(
        "VGG-9, classes balanced",
        58.8,
        _REPORT,
        "Trained on balanced data. " + _REPORT_SPLIT,
        False,
    ),
    _row("VGG-11, ImageNet", 62.1, _REPORT, "Fine-tuned. " + _REPORT_SPLIT, False),
    _row("ResNet-18, ImageNet", 59.1, _REPORT, "Fine-tuned. " + _REPORT_SPLIT, False, 60.0),
    _row("VGG-19", 70.8, _RMN, _PRIVATE, True),
    _row("ResNet-34", 72.4, _RMN, _PRIVATE, True),
    _row("ResMasking", 74.1, _RMN, _PRIVATE, True),
    _row(
        "VGG, Khaireddin and Chen",
        73.28,
        "Khaireddin and Chen, Facial Emotion Recognition: State of the Art Performance on FER2013 "
        "(2021)",
        "One network without extra data, 300 epochs. " + _PRIVATE,
        True,
    ),
    _row("fer", 65.9, _AUTHORS, _RIVAL.format(public=65.2), False),
    _row("human", 66.8, _AUTHORS, _RIVAL.format(public=65.4), False),
    _row("face-api.js", 58.9, _AUTHORS, _RIVAL.format(public=58.4), False),
)
