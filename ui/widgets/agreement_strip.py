"""Coder and model over time, one above the other, with the stretches in which they differ."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PyQt5.QtWidgets import QSizePolicy, QToolTip, QWidget

from trainer.agreement.coding import Segment
from trainer.agreement.compare import Disagreement
from ui.colors import expression_color, expression_title
from ui.widgets.seek_bar import format_time

_LANE, _GAP, _DIFFER = 18, 3, 8


class AgreementStrip(QWidget):
    """Two lanes of colours and a lane of marks; a click seeks.

    Signals:
        seek_requested: (ms) Show this moment.
    """

    seek_requested = pyqtSignal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._duration_ms = 0.0
        self._position_ms = 0.0
        self._coder: Sequence[Segment] = ()
        self._model: Sequence[Segment] = ()
        self._differ: Sequence[Disagreement] = ()
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self.setAccessibleName(self.tr("Coder and model over time"))
        self.setFocusPolicy(Qt.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(400, 2 * _LANE + 2 * _GAP + _DIFFER + 4)

    def set_data(
        self,
        duration_ms: float,
        coder: Sequence[Segment],
        model: Sequence[Segment],
        differ: Sequence[Disagreement],
    ) -> None:
        """Show these stretches of a video of this length."""
        self._duration_ms = duration_ms
        self._coder, self._model, self._differ = coder, model, differ
        self.update()

    def set_position(self, ms: float) -> None:
        """Show where the video is."""
        if ms != self._position_ms:
            self._position_ms = ms
            self.update()

    def _title_width(self) -> float:
        metrics = self.fontMetrics()
        return max(metrics.horizontalAdvance(text) for text in self._titles()) + 10.0

    def _titles(self) -> tuple[str, str]:
        return self.tr("Coder"), self.tr("Model")

    def _area(self) -> QRectF:
        left = self._title_width()
        return QRectF(left, 2, max(1.0, self.width() - left - 2), self.height() - 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area, text = self._area(), self.palette().color(QPalette.WindowText)
        faint = QColor(text)
        faint.setAlphaF(0.08)
        lanes = (self._coder, self._model)
        for number, (segments, title) in enumerate(zip(lanes, self._titles(), strict=True)):
            top = area.top() + number * (_LANE + _GAP)
            lane = QRectF(area.left(), top, area.width(), _LANE)
            painter.setPen(text)
            words = QRectF(0, top, area.left() - 8, _LANE)
            painter.drawText(words, int(Qt.AlignRight | Qt.AlignVCenter), title)
            painter.fillRect(lane, faint)
            for segment in segments:
                color = QColor(expression_color(segment.label))
                painter.fillRect(self._rect(lane, segment.start_ms, segment.end_ms), color)
        top = area.top() + 2 * (_LANE + _GAP)
        lane = QRectF(area.left(), top, area.width(), _DIFFER)
        for item in self._differ:
            painter.fillRect(self._rect(lane, item.start_ms, item.end_ms), text)
        if self._duration_ms > 0:
            x = area.left() + area.width() * self._position_ms / self._duration_ms
            painter.setPen(self.palette().color(QPalette.Highlight))
            painter.drawLine(int(x), int(area.top()), int(x), int(area.bottom()))
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.Highlight))
            painter.drawRect(area.adjusted(-1, -1, 0, 1))

    def _rect(self, lane: QRectF, start_ms: float, end_ms: float) -> QRectF:
        if self._duration_ms <= 0:
            return QRectF()
        scale = lane.width() / self._duration_ms
        width = max(1.0, (end_ms - start_ms) * scale)
        return QRectF(lane.left() + start_ms * scale, lane.top(), width, lane.height())

    def _time_at(self, x: float) -> float:
        area = self._area()
        share = (x - area.left()) / area.width()
        return min(1.0, max(0.0, share)) * self._duration_ms

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.LeftButton and self._duration_ms > 0:
            self.seek_requested.emit(self._time_at(event.x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.LeftButton and self._duration_ms > 0:
            self.seek_requested.emit(self._time_at(event.x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go to the disagreement before or after."""
        starts = [item.start_ms for item in self._differ]
        if event.key() == Qt.Key_Right:
            found = min((ms for ms in starts if ms > self._position_ms + 1), default=None)
        elif event.key() == Qt.Key_Left:
            found = max((ms for ms in starts if ms < self._position_ms - 1), default=None)
        else:
            super().keyPressEvent(event)
            return
        if found is not None:
            self.seek_requested.emit(found)

    def event(self, event: QHelpEvent) -> bool:  # type: ignore[override]
        if event.type() == event.ToolTip and self._duration_ms > 0:
            QToolTip.showText(event.globalPos(), self._words(self._time_at(event.x())), self)
            return True
        return bool(super().event(event))

    def _words(self, ms: float) -> str:
        parts = [format_time(ms, tenths=True)]
        for title, segments in zip(self._titles(), (self._coder, self._model), strict=True):
            label = next((s.label for s in segments if s.start_ms <= ms < s.end_ms), "")
            parts.append(f"{title}: {expression_title(label) if label else '–'}")
        return "\n".join(parts)
