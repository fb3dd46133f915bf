"""The time line under the picture: click or drag to seek, hover to read the time."""

from __future__ import annotations

from PyQt5.QtCore import QPoint, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette
from PyQt5.QtWidgets import QSizePolicy, QSlider, QToolTip, QWidget

_GROOVE = 6.0
_HANDLE = 8.0


def format_time(ms: float, *, hours: bool = False, tenths: bool = False) -> str:
    """Return ``1:02:03`` or ``2:03``, with tenths of a second if asked."""
    total = max(0.0, ms) / 1000.0
    whole = int(total)
    minutes, seconds = divmod(whole, 60)
    text = (
        f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
        if hours or minutes >= 60
        else (f"{minutes}:{seconds:02d}")
    )
    return f"{text}.{int((total - whole) * 10)}" if tenths else text


class SeekBar(QSlider):
    """A slider in milliseconds of video time that follows the mouse exactly.

    Being a QSlider it is announced to screen readers with its value.

    Signals:
        seek_requested: (ms) The user clicked or dragged to this time.
        drag_started: The handle was taken.
        drag_finished: The handle was let go.
    """

    seek_requested = pyqtSignal(float)
    drag_started = pyqtSignal()
    drag_finished = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Horizontal, parent)
        self._dragging = False
        self._hover_x: int | None = None
        self._loop: tuple[float, float | None] | None = None
        self.setRange(0, 0)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.TabFocus)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self.setAccessibleName(self.tr("Position in the video"))
        self.setToolTip("")

    def sizeHint(self) -> QSize:
        return QSize(200, 26)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 26)

    def set_duration(self, ms: float) -> None:
        """Set the length; 0 disables the bar."""
        self.setRange(0, max(0, round(ms)))
        self.setEnabled(ms > 0)

    def set_loop(self, loop: tuple[float, float | None] | None) -> None:
        """Mark the stretch that is repeated; its end may be missing."""
        self._loop = loop
        self.update()

    def set_position(self, ms: float, *, exact: bool = False) -> None:
        """Follow playing; ignored while the user drags.

        Unless ``exact``, a change smaller than a pixel is left out: painting costs time.
        """
        if self._dragging or (not exact and self._x_of(ms) == self._x_of(self.value())):
            return
        self.setValue(round(ms))

    @property
    def dragging(self) -> bool:
        """Whether the user holds the handle."""
        return self._dragging

    # --- events ----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.LeftButton and self.maximum() > 0:
            self._dragging = True
            self.drag_started.emit()
            self._go_to(event.x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover_x = event.x()
        if self.maximum() > 0:
            text = format_time(
                self._ms_at(event.x()), hours=self.maximum() >= 3_600_000, tenths=True
            )
            QToolTip.showText(self.mapToGlobal(QPoint(event.x() - 20, -44)), text, self)
        if self._dragging:
            self._go_to(event.x())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.LeftButton and self._dragging:
            self._go_to(event.x())
            self._dragging = False
            self.drag_finished.emit()

    def leaveEvent(self, event: object) -> None:
        self._hover_x = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        palette = self.palette()
        group = QPalette.Active if self.isEnabled() else QPalette.Disabled
        accent = palette.color(group, QPalette.Highlight)
        center = self.height() / 2
        left, right = _HANDLE, self.width() - _HANDLE
        groove = QRectF(left, center - _GROOVE / 2, right - left, _GROOVE)
        rest = QColor(palette.color(QPalette.WindowText))
        rest.setAlpha(45 if self.isEnabled() else 25)
        painter.setPen(Qt.NoPen)
        painter.setBrush(rest)
        painter.drawRoundedRect(groove, _GROOVE / 2, _GROOVE / 2)
        x = self._x_of(self.value())
        if self.isEnabled():
            self._paint_loop(painter, center)
            painter.setBrush(accent)
            painter.drawRoundedRect(
                QRectF(left, groove.top(), max(0.0, x - left), _GROOVE), _GROOVE / 2, _GROOVE / 2
            )
            if self._hover_x is not None:
                hover = QColor(palette.color(QPalette.WindowText))
                hover.setAlpha(140)
                painter.setBrush(hover)
                painter.drawRect(QRectF(self._hover_x - 0.5, center - 7, 1.2, 14))
            active = self._dragging or self._hover_x is not None
            radius = _HANDLE if active else _HANDLE - 1.5
            painter.setBrush(accent)
            painter.drawEllipse(QRectF(x - radius, center - radius, 2 * radius, 2 * radius))
        if self.hasFocus():
            painter.setBrush(Qt.NoBrush)
            painter.setPen(accent)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)

    def _paint_loop(self, painter: QPainter, center: float) -> None:
        """Draw brackets around the repeated stretch, and a band between them."""
        if self._loop is None:
            return
        start, end = self._loop
        color = self.palette().color(QPalette.WindowText)
        if end is not None:
            band = QColor(self.palette().color(QPalette.Highlight))
            band.setAlpha(70)
            left = self._x_of(start)
            painter.setBrush(band)
            painter.drawRect(QRectF(left, center - 9, self._x_of(end) - left, 18))
        painter.setBrush(color)
        for ms, inward in ((start, 1), (end, -1)):
            if ms is None:
                continue
            x = self._x_of(ms)
            painter.drawRect(QRectF(x - 1, center - 10, 2, 20))
            for y in (center - 10, center + 8):
                painter.drawRect(QRectF(min(x, x + 5 * inward), y, 5, 2))

    # --- geometry --------------------------------------------------------------------------

    def _go_to(self, x: int) -> None:
        ms = self._ms_at(x)
        self.setValue(round(ms))
        self.update()
        self.seek_requested.emit(ms)

    def _ms_at(self, x: float) -> float:
        usable = max(1.0, self.width() - 2 * _HANDLE)
        return min(max((x - _HANDLE) / usable, 0.0), 1.0) * self.maximum()

    def _x_of(self, ms: float) -> float:
        usable = max(1.0, self.width() - 2 * _HANDLE)
        share = ms / self.maximum() if self.maximum() > 0 else 0.0
        return float(round(_HANDLE + share * usable))
