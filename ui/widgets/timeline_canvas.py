"""What the time line shows and how it is drawn; the mouse is in :mod:`ui.widgets.timeline`."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt5.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ui.widgets.timeline_data import (
    GAP_MS,
    ExcludedRange,
    Marker,
    PersonLine,
    TimelineData,
    TimeView,
)
from ui.widgets.timeline_names import Name, changed_names, paint_names, row_names
from ui.widgets.timeline_paint import (
    GUTTER,
    ROW,
    RULER,
    Frame,
    layout,
    paint_excluded,
    paint_markers,
    paint_ruler,
    paint_stretch,
    paint_titles,
)
from ui.widgets.timeline_raster import NOBODY

ROWS = 4
_CURVES = 62
_LEAST_SPAN_MS = 200.0
_SLICE = 96  # device pixels that are drawn in one go: a few milliseconds
_BETWEEN_MS = 8  # frames are shown meanwhile


class TimelineCanvas(QWidget):
    """Draws what was found.

    What data decide is kept as a picture per zoom, so a moving playhead only copies pixels,
    and new data only draw the columns they are in.

    Signals:
        view_changed: The zoom or the stretch shown changed.
    """

    view_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = TimelineData()
        self._markers: tuple[Marker, ...] = ()
        self._excluded: tuple[ExcludedRange, ...] = ()
        self._chosen_id = 0
        self._stacked = False
        self._duration_ms = 0.0
        self._position_ms = 0.0
        self._start_ms, self._end_ms = 0.0, 1.0
        self._loop: tuple[float, float] | None = None
        self._picture = QPixmap()
        self._next = QPixmap()  # is drawn slice by slice while the old one is shown
        self._next_x = 0
        self._labels = self._next_labels = np.zeros((0, 0), np.int16)
        self._names: list[Name] = []
        self._slices = QTimer(self)
        self._slices.setInterval(_BETWEEN_MS)
        self._slices.timeout.connect(self._paint_slice)
        self._drag = ""  # "seek", "pan", "exclude" or "marker"
        self._drag_x = 0.0
        self._drag_marker = 0
        self._hover_x: int | None = None
        self.setAttribute(Qt.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.TabFocus)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(600, RULER + _CURVES + ROWS * ROW + 5)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, RULER + _CURVES + ROWS * ROW + 5)

    # --- what is shown ---------------------------------------------------------------------

    def reset(self, duration_ms: float) -> None:
        """Begin with a video of this length about which nothing is known."""
        self._data = TimelineData()
        self._markers, self._excluded, self._loop = (), (), None
        self._chosen_id = 0
        self._position_ms = 0.0
        self.set_duration(duration_ms)
        self.show_all()
        self._draw_anew()  # also where the view is the same: the video before must not show

    def set_duration(self, ms: float) -> None:
        """Set the length; the decoder may find that the file promised another one."""
        whole = self.shows_all
        self._duration_ms = max(0.0, ms)
        self.setEnabled(ms > 0)
        if whole or self._end_ms > self._duration_ms:
            self.show_all()

    def set_data(self, data: TimelineData, *, changed: tuple[float, float] | None = None) -> None:
        """Show these persons.

        Args:
            data: Everything known.
            changed: The stretch (ms) that differs from what was shown; None is all of it.
        """
        old, self._data = self._data, data
        same_rows = [line.person_id for line in old.lines] == [
            line.person_id for line in data.lines
        ]
        if changed is None or not same_rows or self._picture.isNull():
            self._draw_anew()
            return
        view = self.frame().view
        # Curves reach over as much as is no gap: to the frames before and behind.
        left, right = view.x_of(changed[0] - GAP_MS) - 2, view.x_of(changed[1] + GAP_MS) + 2
        if right >= view.left and left <= view.left + view.width:
            if not self._next.isNull():
                self._paint_stretch(self._next, self._next_labels, left, right)
            if self._picture.size() == self._size_of_picture():
                self._paint_stretch(self._picture, self._labels, left, right)
                self._name_rows()
            self.update(QRect(math.floor(left) - 1, 0, math.ceil(right - left) + 3, self.height()))

    def set_chosen(self, person_id: int) -> None:
        """Draw the curves of this person."""
        if person_id != self._chosen_id:
            self._chosen_id = person_id
            self._draw_anew()

    def set_stacked(self, stacked: bool) -> None:
        """Draw areas on top of each other, or curves."""
        self._stacked = stacked
        self._draw_anew()

    def set_annotations(self, markers: Sequence[Marker], excluded: Sequence[ExcludedRange]) -> None:
        """Show these markers and excluded ranges."""
        self._markers, self._excluded = tuple(markers), tuple(excluded)
        self.update()

    def set_loop(self, loop: tuple[float, float] | None) -> None:
        """Show the stretch that is repeated."""
        self._loop = loop
        self.update()

    def set_position(self, ms: float, *, follow: bool = False) -> None:
        """Move the playhead; with ``follow`` the view turns the page when it leaves."""
        view = self.frame().view
        old, new = view.x_of(self._position_ms), view.x_of(ms)
        self._position_ms = ms
        if follow and self._drag != "pan" and not self._start_ms <= ms <= self._end_ms:
            span = self._end_ms - self._start_ms
            self._set_view(ms - 0.05 * span, ms + 0.95 * span)
        elif round(old) != round(new):
            for x in (old, new):
                self.update(QRect(math.floor(x) - 4, 0, 9, self.height()))

    # --- zoom ------------------------------------------------------------------------------

    def frame(self) -> Frame:
        """Return where everything lies now."""
        return layout(self.width(), self.height(), ROWS, self._start_ms, self._end_ms)

    @property
    def view(self) -> TimeView:
        """The stretch that is shown."""
        return self.frame().view

    @property
    def shows_all(self) -> bool:
        """Whether the whole video is shown."""
        return self._start_ms <= 0.0 and self._end_ms >= self._duration_ms

    def show_all(self) -> None:
        """Show the whole video."""
        self._set_view(0.0, max(1.0, self._duration_ms))

    def zoom(self, factor: float, around_ms: float | None = None) -> None:
        """Show less (factor above 1) or more time around a moment, the playhead if None."""
        middle = self._position_ms if around_ms is None else around_ms
        start = middle - (middle - self._start_ms) / factor
        end = middle + (self._end_ms - middle) / factor
        if factor > 1 and end - start < _LEAST_SPAN_MS:
            return
        self._set_view(start, end)

    def pan(self, ms: float) -> None:
        """Move the stretch that is shown."""
        self._set_view(self._start_ms + ms, self._end_ms + ms)

    def _set_view(self, start_ms: float, end_ms: float) -> None:
        whole = max(1.0, self._duration_ms)
        span = min(max(end_ms - start_ms, 1.0), whole)
        start = min(max(0.0, start_ms), whole - span)
        if (start, start + span) != (self._start_ms, self._end_ms):
            self._start_ms, self._end_ms = start, start + span
            self._draw_anew()
            self.view_changed.emit()

    # --- painting --------------------------------------------------------------------------

    def chosen_line(self) -> PersonLine | None:
        """Return the person whose curves are drawn: the chosen one, else the first."""
        line = self._data.line_of(self._chosen_id)
        return line or (self._data.lines[0] if self._data.lines else None)

    def _draw_anew(self) -> None:
        """Begin another picture; drawn at once it would hold up the video for too long."""
        self._next = QPixmap(self._size_of_picture())
        self._next.setDevicePixelRatio(self.devicePixelRatioF())
        self._next.fill(self.palette().color(QPalette.Window))
        self._next_labels = np.full((ROWS, self._next.width()), NOBODY, np.int16)
        self._next_x = GUTTER
        if self.isVisible():
            self._slices.start()
        self.update()

    def _size_of_picture(self) -> QSize:
        return self.size() * self.devicePixelRatioF()

    def finish_drawing(self) -> None:
        """Draw what is missing of the picture now."""
        if self._picture.isNull() and self._next.isNull():
            self._draw_anew()
        while not self._next.isNull():
            self._paint_slice()

    def _paint_slice(self) -> None:
        if self._next.isNull():
            self._slices.stop()
            return
        width = max(1, round(_SLICE / self.devicePixelRatioF()))
        if self._next_x < self.width():
            self._paint_stretch(self._next, self._next_labels, self._next_x, self._next_x + width)
            self._next_x += width
            return
        painter = QPainter(self._next)
        painter.setFont(self.font())
        frame = self.frame()
        paint_ruler(painter, frame, self.palette())
        paint_titles(painter, frame, self._data, self.chosen_line(), self.palette())
        painter.end()
        self._picture, self._next = self._next, QPixmap()
        self._labels = self._next_labels
        self._name_rows()
        self._slices.stop()
        self.update()

    def _name_rows(self) -> None:
        old = self._names
        self._names = row_names(
            self._labels,
            self.frame(),
            self._data.class_names,
            self.font(),
            self.devicePixelRatioF(),
        )
        # A name begins left of the columns that made room for it, and lies on others it leaves.
        for place in changed_names(old, self._names):
            self.update(place.toAlignedRect())

    def _paint_stretch(
        self, picture: QPixmap, labels: npt.NDArray[np.int16], left: float, right: float
    ) -> None:
        painter = QPainter(picture)
        painter.setFont(self.font())
        paint_stretch(
            painter,
            self.frame(),
            self._data,
            self.chosen_line(),
            self.palette(),
            labels,
            x_range=(math.floor(left), math.ceil(right)),
            stacked=self._stacked,
            ratio=self.devicePixelRatioF(),
        )
        painter.end()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        if self._picture.size() != self._size_of_picture():
            painter.fillRect(event.rect(), self.palette().color(QPalette.Window))
            if not self._slices.isActive():
                self._draw_anew()
        painter.drawPixmap(0, 0, self._picture)
        paint_names(painter, self._names, QRectF(event.rect()))
        frame = self.frame()
        if not self.isEnabled():
            return
        paint_excluded(painter, frame, self._excluded, self.palette())
        self._paint_loop(painter, frame)
        if self._drag == "exclude" and self._hover_x is not None:
            x = float(self._hover_x)
            part = QRectF(min(x, self._drag_x), RULER, abs(x - self._drag_x), self.height() - RULER)
            shade = QColor(self.palette().color(QPalette.Highlight))
            shade.setAlpha(70)
            painter.fillRect(part, shade)
        paint_markers(painter, frame, self._shown_markers(), self.palette())
        self._paint_heads(painter, frame)
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.Highlight))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_loop(self, painter: QPainter, frame: Frame) -> None:
        if self._loop is None:
            return
        x0, x1 = (frame.view.x_of(ms) for ms in self._loop)
        color = QColor(self.palette().color(QPalette.Highlight))
        painter.fillRect(QRectF(x0, RULER - 4, max(1.0, x1 - x0), 4), color)
        painter.setPen(color)
        for x, text in ((x0, "A"), (x1, "B")):
            painter.drawText(QRectF(x - 10, 0, 20, RULER - 4), int(Qt.AlignCenter), text)

    def _paint_heads(self, painter: QPainter, frame: Frame) -> None:
        view = frame.view
        if self._hover_x is not None and self._hover_x >= view.left:
            hover = QColor(self.palette().color(QPalette.WindowText))
            hover.setAlpha(110)
            painter.setPen(QPen(hover, 1))
            painter.drawLine(self._hover_x, RULER, self._hover_x, self.height())
        if view.start_ms <= self._position_ms <= view.end_ms:
            x = view.x_of(self._position_ms)
            painter.setPen(QPen(self.palette().color(QPalette.WindowText), 1.6))
            painter.drawLine(QPointF(x, RULER - 3), QPointF(x, self.height() - 1))

    def _shown_markers(self) -> list[Marker]:
        if self._drag != "marker" or self._hover_x is None:
            return list(self._markers)
        held = self.view.ms_at(self._hover_x)
        return [
            Marker(marker.marker_id, held, marker.text)
            if marker.marker_id == self._drag_marker
            else marker
            for marker in self._markers
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw_anew()  # what was there stays until the new picture is ready

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.PaletteChange, QEvent.FontChange, QEvent.EnabledChange):
            self._draw_anew()
