"""Colours of the expressions and of curves, safe for colour-blind eyes; translated class names."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication
from PyQt5.QtGui import QPalette

EXPRESSION_COLORS: dict[str, str] = {
    "anger": "#D55E00",
    "disgust": "#009E73",
    "fear": "#CC79A7",
    "happiness": "#E69F00",
    "sadness": "#0072B2",
    "surprise": "#56B4E9",
    "neutral": "#8C8C8C",
    "contempt": "#B8A000",
    "unsure": "#6E6E6E",
}
"""Okabe and Ito's palette; a colour never stands alone, the name is written beside it."""

CURVE_COLORS: tuple[str, ...] = (
    "#2A86D1",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
    "#7F6FC9",
    "#8C8C8C",
)
CURVE_SYMBOLS: tuple[str, ...] = ("o", "s", "t", "d", "+", "x", "star", "p")

_FALLBACK = "#8C8C8C"


def expression_color(name: str) -> str:
    """Hex colour of a class; grey for one we do not know."""
    return EXPRESSION_COLORS.get(name, _FALLBACK)


def expression_title(name: str) -> str:
    """The translated name of a class as shown to people."""
    titles = {
        "anger": QCoreApplication.translate("Expressions", "Anger"),
        "disgust": QCoreApplication.translate("Expressions", "Disgust"),
        "fear": QCoreApplication.translate("Expressions", "Fear"),
        "happiness": QCoreApplication.translate("Expressions", "Happiness"),
        "sadness": QCoreApplication.translate("Expressions", "Sadness"),
        "surprise": QCoreApplication.translate("Expressions", "Surprise"),
        "neutral": QCoreApplication.translate("Expressions", "Neutral"),
        "contempt": QCoreApplication.translate("Expressions", "Contempt"),
        "unsure": QCoreApplication.translate("Expressions", "Unsure"),
    }
    return titles.get(name, name.capitalize())


def split_title(name: str) -> str:
    """The translated name of a split."""
    titles = {
        "train": QCoreApplication.translate("Splits", "Training"),
        "val": QCoreApplication.translate("Splits", "Validation"),
        "test": QCoreApplication.translate("Splits", "Test"),
    }
    return titles.get(name, name)


def is_dark(palette: QPalette) -> bool:
    """Whether the palette is of a dark theme."""
    return palette.color(QPalette.Window).lightness() < 128
