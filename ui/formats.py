"""Numbers and times as people read them."""

from __future__ import annotations

import math

from PyQt5.QtCore import QCoreApplication

DEMO_FILE = "demo_faces.csv"
"""Name of the file with the drawn faces."""


def dataset_title(name: str) -> str:
    """Name of a data set to show: its file name, but for the drawn faces."""
    if name == DEMO_FILE:
        return QCoreApplication.translate("Formats", "Drawn demo data")
    return name


def percent(fraction: float | None) -> str:
    """``0.7312`` gives ``73.1 %``; None or NaN a dash."""
    if fraction is None or math.isnan(fraction):
        return "–"
    return f"{100 * fraction:.1f} %"


def count(number: int) -> str:
    """Thousands set apart by a narrow space: ``28 709``."""
    return f"{number:,}".replace(",", "\u202f")


def size_text(size: int) -> str:
    """``61342`` gives ``61 kB``, ``4500000`` gives ``4.5 MB``."""
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{max(1, size / 1e3):.0f} kB"


def millions(number: int) -> str:
    """``18151367`` gives ``18.2 M``, ``61706`` gives ``62 k``."""
    if number < 1000:
        return str(number)
    if number >= 1_000_000:
        text = QCoreApplication.translate("Formats", "{millions:.1f} M")
    else:
        text = QCoreApplication.translate("Formats", "{thousands:.0f} k")
    # Chinese counts in units of ten thousand.
    return text.format(millions=number / 1e6, thousands=number / 1e3, wan=number / 1e4)


def duration(seconds: float) -> str:
    """``75`` gives ``1 min 15 s``."""
    if not math.isfinite(seconds) or seconds < 0:
        return "–"
    whole = int(round(seconds))
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    if hours:
        text = QCoreApplication.translate("Formats", "{hours} h {minutes} min")
        return text.format(hours=hours, minutes=minutes)
    if minutes:
        text = QCoreApplication.translate("Formats", "{minutes} min {seconds} s")
        return text.format(minutes=minutes, seconds=rest)
    return QCoreApplication.translate("Formats", "{seconds} s").format(seconds=rest)


def time_left(seconds: float) -> str:
    """``75`` gives ``1 min 15 s left``."""
    text = QCoreApplication.translate("Formats", "{time} left")
    return text.format(time=duration(seconds)) if math.isfinite(seconds) else "–"
