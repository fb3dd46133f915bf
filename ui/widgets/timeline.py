"""The time line under the video: curves of a person, strips of all, playhead, markers."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QPoint, Qt, pyqtSignal
from PyQt5.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PyQt5.QtWidgets import QWidget

from ui.widgets.timeline_canvas import TimelineCanvas
from ui.widgets.timeline_data import ExcludedRange, Marker
from ui.widgets.timeline_paint import GUTTER, RULER

_GRAB = 5
_ZOOM = 1.25


class Timeline(TimelineCanvas):
    """Every wish of the user is a signal; nothing but the zoom is changed here.

    Signals:
        seek_requested: (ms) The user clicked or dragged to this time.
        drag_started, drag_finished: The playhead is held.
        person_chosen: (person id) A row was clicked.
        exclude_requested: (start, end) Shift-drag over a stretch, ms.
        marker_moved: (marker id, ms) A flag was dragged elsewhere.
        marker_activated: (marker id) A flag was double-clicked.
        menu_requested: (global position, ms) The right button, or the menu key.
        hovered: (x, ms) The mouse is over this time; ms is negative when it left.
    """

    seek_requested = pyqtSignal(float)
    drag_started = pyqtSignal()
    drag_finished = pyqtSignal()
    person_chosen = pyqtSignal(int)
    exclude_requested = pyqtSignal(float, float)
    marker_moved = pyqtSignal(int, float)
    marker_activated = pyqtSignal(int)
    menu_requested = pyqtSignal(QPoint, float)
    hovered = pyqtSignal(int, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drag_ms = 0.0
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Time line of expressions"))

    def marker_at(self, point: QPoint) -> Marker | None:
        """Return the flag under a point of the row of times."""
        if point.y() > RULER:
            return None
        view = self.view
        near = [m for m in self._markers if -2 <= point.x() - view.x_of(m.time_ms) <= 40]
        return max(near, key=lambda marker: marker.time_ms, default=None)

    def excluded_at(self, ms: float) -> ExcludedRange | None:
        """Return the excluded range at a time."""
        return next((part for part in self._excluded if part.start_ms <= ms <= part.end_ms), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        ms = self.view.ms_at(event.x())
        self._drag_x, self._drag_ms = float(event.x()), ms
        if event.button() == Qt.MiddleButton:
            self._drag = "pan"
            self.setCursor(Qt.ClosedHandCursor)
        elif event.button() == Qt.LeftButton:
            marker = self.marker_at(event.pos())
            if event.modifiers() & Qt.ShiftModifier:
                self._drag = "exclude"
            elif marker is not None:
                self._drag, self._drag_marker = "marker", marker.marker_id
            else:
                self._choose_row(event.pos())
                if event.x() >= GUTTER:
                    self._drag = "seek"
                    self.drag_started.emit()
                    self.seek_requested.emit(ms)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover_x = event.x()
        view = self.view
        if self._drag == "seek":
            self.seek_requested.emit(view.ms_at(event.x()))
        elif self._drag == "pan":
            self.pan((self._drag_x - event.x()) * view.ms_per_pixel)
            self._drag_x = float(event.x())
        self.hovered.emit(event.x(), view.ms_at(event.x()) if event.x() >= GUTTER else -1.0)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag = self._drag, ""
        ms = self.view.ms_at(event.x())
        moved = abs(event.x() - self._drag_x) >= _GRAB
        if drag == "seek":
            self.seek_requested.emit(ms)
            self.drag_finished.emit()
        elif drag == "exclude" and moved:
            self.exclude_requested.emit(min(ms, self._drag_ms), max(ms, self._drag_ms))
        elif drag == "marker":
            if moved:
                self.marker_moved.emit(self._drag_marker, ms)
            else:
                marker = next((m for m in self._markers if m.marker_id == self._drag_marker), None)
                self.seek_requested.emit(marker.time_ms if marker is not None else ms)
        elif drag == "pan":
            self.unsetCursor()
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        marker = self.marker_at(event.pos())
        if marker is not None:
            self.marker_activated.emit(marker.marker_id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Mouse
        ms = self.view.ms_at(event.x()) if by_mouse else self._position_ms
        self.menu_requested.emit(event.globalPos(), ms)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn, sideways = event.angleDelta().y(), event.angleDelta().x()
        if event.modifiers() & Qt.ShiftModifier or (sideways and not turn):
            step = (turn or sideways) / 120.0
            self.pan(-step * 0.15 * (self._end_ms - self._start_ms))
        elif turn:
            around = self.view.ms_at(event.position().x())
            self.zoom(_ZOOM ** (turn / 120.0), around)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover_x = None
        self.hovered.emit(0, -1.0)
        self.update()

    def _choose_row(self, point: QPoint) -> None:
        for rect, line in zip(self.frame().rows, self._data.lines, strict=False):
            if rect.top() <= point.y() <= rect.bottom() + 1:
                self.person_chosen.emit(line.person_id)
