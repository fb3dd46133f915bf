"""The names of expressions over the strips of the time line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QRectF, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QPainter

from ui.colors import expression_color, expression_title
from ui.widgets.face_overlay import text_color
from ui.widgets.timeline_data import runs
from ui.widgets.timeline_paint import Frame, small_font
from ui.widgets.timeline_raster import NOBODY

_SHORTEST = 22.0  # pixels; no name is shorter
_FAINT = QColor("#B8B8B8")  # what "unsure" looks like

Name = tuple[QRectF, str, QColor]
"""Where a name stands, its text and its colour."""


def row_names(
    labels: npt.NDArray[np.int16],
    frame: Frame,
    class_names: Sequence[str],
    font: QFont,
    ratio: float,
) -> list[Name]:
    """Return the expressions to write over the strips: where, what, in which colour.

    Args:
        labels: int16 (rows, W), what every device column shows; see :func:`paint_stretch`.
        frame: Geometry.
        class_names: Classes.
        font: Of the widget.
        ratio: Device pixels for one logical pixel.
    """
    metrics = QFontMetricsF(small_font(font))
    found = []
    for rect, row in zip(frame.rows, labels, strict=False):
        for begin, end in runs(row, np.zeros(1, np.intp)):
            label, width = int(row[begin]), (end - begin) / ratio
            if width < _SHORTEST or label == NOBODY:
                continue
            title = expression_title(class_names[label] if label >= 0 else "unsure")
            if width > metrics.horizontalAdvance(title) + 6:
                back = QColor(expression_color(class_names[label])) if label >= 0 else _FAINT
                place = QRectF(begin / ratio + 3, rect.top() - 1, width - 3, rect.height())
                found.append((place, title, text_color(back)))
    return found


def changed_names(old: Sequence[Name], new: Sequence[Name]) -> list[QRectF]:
    """Return where names of :func:`row_names` came, went or look otherwise now.

    One whose stretch only grew at its right end looks the same and is not among them.
    """

    def looks(name: Name) -> tuple[float, float, str, int]:
        place, text, color = name
        return place.left(), place.top(), text, color.rgba()

    before, after = {looks(name) for name in old}, {looks(name) for name in new}
    return [name[0] for name in (*old, *new) if (looks(name) in before) != (looks(name) in after)]


def paint_names(painter: QPainter, names: Sequence[Name], within: QRectF) -> None:
    """Write the names that lie in the part that is painted."""
    painter.setFont(small_font(painter.font()))
    for place, text, color in names:
        if place.intersects(within):
            painter.setPen(color)
            painter.drawText(place, int(Qt.AlignVCenter | Qt.AlignLeft), text)
