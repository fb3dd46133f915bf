"""Distributions of a few groups over each other, as steps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QPointF, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ui.colors import CURVE_COLORS

_LINES = (Qt.SolidLine, Qt.DashLine, Qt.DotLine)
_AXIS = 18


class Histogram(QWidget):
    """Shares of each group by value; the line's pattern tells groups apart without colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._shares: list[npt.NDArray[np.float64]] = []
        self._limits = (0.0, 1.0)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)

    def set_groups(
        self, names: Sequence[str], counts: npt.NDArray[np.int64], limits: tuple[float, float]
    ) -> None:
        """Show groups; those without any value are left out.

        Args:
            names: One for each group.
            counts: int64 (groups, bins), over equal bins between the limits.
            limits: Smallest and largest value of the scale.
        """
        filled = [index for index in range(len(names)) if counts[index].sum()]
        self._names = tuple(names[index] for index in filled)
        self._shares = [counts[index] / counts[index].sum() for index in filled]
        self._limits = limits
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 120)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 80)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        area = QRectF(0, 4, self.width() - 1, self.height() - _AXIS - 4)
        painter.setPen(self.palette().color(QPalette.Mid))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(self.palette().color(QPalette.PlaceholderText))
        low, high = self._limits
        for fraction in (0.0, 0.25, 0.5, 0.75, 1.0):
            text = f"{low + fraction * (high - low):.0f}"
            width = painter.fontMetrics().horizontalAdvance(text)
            left = min(max(area.width() * fraction - width / 2, 0), area.width() - width)
            painter.drawText(QPointF(left, self.height() - 4), text)
        top = max((float(share.max()) for share in self._shares), default=0.0)
        if top:
            for index, share in enumerate(self._shares):
                self._draw(painter, area, share / top, index)
            self._draw_legend(painter, area)

    def _draw(
        self, painter: QPainter, area: QRectF, heights: npt.NDArray[np.float64], index: int
    ) -> None:
        step = area.width() / len(heights)
        line = QPolygonF()
        for place, height in enumerate(heights):
            y = area.bottom() - height * area.height()
            line.append(QPointF(place * step, y))
            line.append(QPointF((place + 1) * step, y))
        color = QColor(CURVE_COLORS[index % len(CURVE_COLORS)])
        painter.setBrush(Qt.NoBrush)
        painter.setPen(QPen(color, 2, _LINES[index % len(_LINES)]))
        painter.drawPolyline(line)

    def _draw_legend(self, painter: QPainter, area: QRectF) -> None:
        height = painter.fontMetrics().height()
        widest = max(painter.fontMetrics().horizontalAdvance(name) for name in self._names)
        left = area.right() - widest - 34
        for index, name in enumerate(self._names):
            middle = area.top() + 4 + (index + 0.5) * height
            color = QColor(CURVE_COLORS[index % len(CURVE_COLORS)])
            painter.setPen(QPen(color, 2, _LINES[index % len(_LINES)]))
            painter.drawLine(QPointF(left, middle), QPointF(left + 26, middle))
            painter.setPen(self.palette().color(QPalette.Text))
            painter.drawText(QPointF(left + 32, middle + height * 0.3), name)
