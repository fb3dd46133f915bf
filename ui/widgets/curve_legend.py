"""What the curves of a plot mean, in a row above it where it covers nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyqtgraph as pg
from PyQt5.QtCore import QPointF, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ui.widgets.metrics_plot import CurveStyle

_SAMPLE = 30  # width of the piece of curve
_GAP = 8  # between the piece and its name
_BETWEEN = 20  # between entries


class CurveLegend(QWidget):
    """A piece of each curve with its name; wraps when the row is full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._styles: Sequence[CurveStyle] = ()
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)

    def set_styles(self, styles: Sequence[CurveStyle]) -> None:
        """Replace the entries."""
        self._styles = styles
        self.setAccessibleName(", ".join(style.title for style in styles))
        self._fit()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._row_height())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def _row_height(self) -> int:
        return int(self.fontMetrics().height()) + 6

    def _entries(self) -> Iterator[tuple[CurveStyle, QRectF, str]]:
        """Yield each style with its place and the name as it fits there."""
        metrics, height = self.fontMetrics(), self._row_height()
        x, y = 0, 0
        for style in self._styles:
            most = max(20, self.width() - _SAMPLE - _GAP)
            title = metrics.elidedText(style.title, Qt.ElideMiddle, most)
            width = _SAMPLE + _GAP + metrics.horizontalAdvance(title)
            if x and x + width > self.width():
                x, y = 0, y + height
            yield style, QRectF(x, y, width, height), title
            x += width + _BETWEEN

    def _fit(self) -> None:
        rows = [place.bottom() for _style, place, _title in self._entries()]
        self.setFixedHeight(int(max(rows, default=self._row_height())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        for style, place, title in self._entries():
            middle = place.top() + place.height() / 2
            painter.setPen(QPen(QColor(style.color), style.width, style.line))
            painter.drawLine(QPointF(place.left(), middle), QPointF(place.left() + _SAMPLE, middle))
            if style.symbol is not None:
                self._paint_symbol(painter, style, QPointF(place.left() + _SAMPLE / 2, middle))
            painter.setPen(self.palette().color(QPalette.Text))
            text = place.adjusted(_SAMPLE + _GAP, 0, 2, 0)
            painter.drawText(text, int(Qt.AlignLeft | Qt.AlignVCenter), title)

    def _paint_symbol(self, painter: QPainter, style: CurveStyle, at: QPointF) -> None:
        painter.save()
        painter.translate(at)
        painter.scale(8, 8)
        painter.setPen(Qt.NoPen)
        painter.setBrush(QColor(style.color))
        painter.drawPath(pg.graphicsItems.ScatterPlotItem.Symbols[style.symbol])
        painter.restore()
