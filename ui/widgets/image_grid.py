"""A grid of small grey images that lays out nothing and paints only what is visible."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    pyqtSignal,
)
from PyQt5.QtGui import (
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PyQt5.QtWidgets import QAbstractItemView, QWidget

from ui.tables.sample_model import SampleModel
from ui.widgets.image_cells import CellPainter

SMALLEST, LARGEST = 24, 192
_DEFAULT = 68
_ZOOM_STEP = 8


class ImageGrid(QAbstractItemView):
    """View of a :class:`SampleModel`; a cell's place is computed from its row.

    QListView keeps a rectangle for every row in its icon mode, so it takes seconds to show a
    million images and again at every change of width. Here only the arithmetic of rows and
    columns is left; choosing by mouse and keys is Qt's. The accessible description of the view
    is what the current image is in words.

    Signals:
        zoomed: The images are this many pixels wide now.
    """

    zoomed = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = CellPainter(self, _DEFAULT)
        self._wheel = 0
        self.setSelectionMode(QAbstractItemView.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarAlwaysOn)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setMouseTracking(False)

    # -- what it shows --------------------------------------------------------------------

    def thumbnail(self) -> int:
        """Width of an image in pixels."""
        return self._cells.thumbnail

    def set_thumbnail(self, side: int) -> None:
        """Draw images ``side`` pixels wide; what was at the top stays there."""
        side = max(SMALLEST, min(LARGEST, side))
        if side == self._cells.thumbnail:
            return
        anchor = self._row_at(QPoint(0, 0))
        self._cells.set_thumbnail(side)
        self.updateGeometries()
        self.verticalScrollBar().setValue(self._line(anchor) * self._cells.cell.height())
        self.viewport().update()
        self.zoomed.emit(side)

    def selected_rows(self) -> npt.NDArray[np.int64]:
        """Return the chosen rows, int64, ascending."""
        if self.selectionModel() is None:
            return np.zeros(0, np.int64)
        parts = list(self.selectionModel().selection())  # type: ignore[call-overload]
        parts.sort(key=QItemSelectionRange.top)  # they never overlap
        ranges = [np.arange(part.top(), part.bottom() + 1, dtype=np.int64) for part in parts]
        return np.concatenate(ranges) if ranges else np.zeros(0, np.int64)

    def choose_row(self, row: int) -> None:
        """Make a row the only chosen one, and scroll to it."""
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.ClearAndSelect)
        self.scrollTo(index)

    # -- places ----------------------------------------------------------------------------

    def _count(self) -> int:
        return 0 if self.model() is None else self.model().rowCount()

    def columns(self) -> int:
        """Number of images side by side."""
        return max(1, self.viewport().width() // self._cells.cell.width())

    def _stride(self) -> int:
        return max(self._cells.cell.width(), self.viewport().width() // self.columns())

    def _line(self, row: int) -> int:
        return row // self.columns()

    def _place(self, row: int) -> QRect:
        line, column = divmod(row, self.columns())
        height, stride = self._cells.cell.height(), self._stride()
        top = line * height - self.verticalScrollBar().value()
        if self.isRightToLeft():
            column = self.columns() - 1 - column
        return QRect(column * stride, top, stride, height)

    def _row_at(self, point: QPoint) -> int:
        """Return the row nearest to a place in the viewport; -1 without rows."""
        column = min(max(0, point.x() // self._stride()), self.columns() - 1)
        if self.isRightToLeft():
            column = self.columns() - 1 - column
        y = point.y() + self.verticalScrollBar().value()
        row = max(0, y // self._cells.cell.height()) * self.columns() + column
        return min(row, self._count() - 1)

    def visualRect(self, index: QModelIndex) -> QRect:
        return self._place(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._row_at(point)
        if row >= 0 and self._place(row).contains(point):
            return self.model().index(row, 0)
        return QModelIndex()

    def scrollTo(
        self,
        index: QModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.EnsureVisible,
    ) -> None:
        if not index.isValid():
            return
        bar, height = self.verticalScrollBar(), self._cells.cell.height()
        top = self._line(index.row()) * height
        room = self.viewport().height()
        if hint == QAbstractItemView.PositionAtCenter:
            bar.setValue(top - (room - height) // 2)
        elif hint == QAbstractItemView.PositionAtTop or top < bar.value():
            bar.setValue(top)
        elif hint == QAbstractItemView.PositionAtBottom or top + height > bar.value() + room:
            bar.setValue(top + height - room)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return int(self.verticalScrollBar().value())

    def reset(self) -> None:
        super().reset()
        self.updateGeometries()
        self.verticalScrollBar().setValue(0)

    def isIndexHidden(self, index: QModelIndex) -> bool:
        return False

    def updateGeometries(self) -> None:
        super().updateGeometries()
        height, bar = self._cells.cell.height(), self.verticalScrollBar()
        lines = -(-self._count() // self.columns())
        room = self.viewport().height()
        bar.setSingleStep(height // 2)
        bar.setPageStep(max(height, room - height))
        bar.setRange(0, max(0, lines * height - room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometries()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        text = current.data(Qt.AccessibleTextRole) if current.isValid() else ""
        self.setAccessibleDescription(text or "")

    def dataChanged(self, first: QModelIndex, last: QModelIndex, roles: Iterable[int] = ()) -> None:
        self.viewport().update()
        self.currentChanged(self.currentIndex(), self.currentIndex())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)  # what stays visible is moved, not painted

    # -- choosing --------------------------------------------------------------------------

    def keyboardSearch(self, search: str) -> None:
        """Images have no names to type; Qt would ask every row, seconds long for a million."""

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifiers | Qt.KeyboardModifier,
    ) -> QModelIndex:
        count, columns = self._count(), self.columns()
        if not count:
            return QModelIndex()
        row = self.currentIndex().row()
        if row < 0:
            return self.model().index(0, 0)
        page = max(1, self.viewport().height() // self._cells.cell.height()) * columns
        back, on = (1, -1) if self.isRightToLeft() else (-1, 1)
        steps = {
            QAbstractItemView.MoveLeft: back,
            QAbstractItemView.MoveRight: on,
            QAbstractItemView.MovePrevious: -1,
            QAbstractItemView.MoveNext: 1,
            QAbstractItemView.MoveUp: -columns,
            QAbstractItemView.MoveDown: columns,
            QAbstractItemView.MovePageUp: -page,
            QAbstractItemView.MovePageDown: page,
            QAbstractItemView.MoveHome: -row,
            QAbstractItemView.MoveEnd: count - 1 - row,
        }
        there = row + steps[action]
        if action in (QAbstractItemView.MoveUp, QAbstractItemView.MovePageUp) and there < 0:
            there = row % columns
        return self.model().index(min(max(0, there), count - 1), 0)

    def setSelection(
        self,
        rect: QRect,
        command: QItemSelectionModel.SelectionFlags | QItemSelectionModel.SelectionFlag,
    ) -> None:
        """Choose everything between the first and the last corner, in reading order."""
        if not self._count():
            return
        first, last = self._row_at(rect.topLeft()), self._row_at(rect.bottomRight())
        if rect.size().width() == 1 and not self.indexAt(rect.topLeft()).isValid():
            self.selectionModel().select(QItemSelection(), command)  # beside the images
            return
        model = self.model()
        start, end = model.index(min(first, last), 0), model.index(max(first, last), 0)
        self.selectionModel().select(QItemSelection(start, end), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        top, bottom = self._visible(self.viewport().rect())
        region = QRegion()
        for part in selection:  # type: ignore[attr-defined]
            for row in range(max(top, part.top()), min(bottom, part.bottom() + 1)):
                region = region.united(self._place(row))
        return region

    # -- painting and zooming ----------------------------------------------------------------

    def _visible(self, area: QRect) -> tuple[int, int]:
        """Return the first row, and one past the last, of the lines that touch an area."""
        columns = self.columns()
        first = self._line(self._row_at(area.topLeft())) * columns
        last = self._line(self._row_at(area.bottomLeft())) * columns
        return max(0, first), min(self._count(), last + columns)

    def paintEvent(self, event: QPaintEvent) -> None:
        model = self.model()
        if not isinstance(model, SampleModel) or model.samples is None or not self._count():
            return
        painter = QPainter(self.viewport())
        columns, region = self.columns(), event.region()
        first, last = self._visible(event.rect())
        for start in range(first, last, columns):
            rows = range(start, min(last, start + columns))
            line = self._place(start)
            if region.intersects(QRect(0, line.y(), self.viewport().width(), line.height())):
                self._paint_line(painter, model, rows, region)
        painter.end()

    def _paint_line(
        self, painter: QPainter, model: SampleModel, rows: range, region: QRegion
    ) -> None:
        assert model.samples is not None
        line, stride, columns = self._place(rows[0]), self._stride(), self.columns()
        places: list[tuple[int, QRect]] = []
        for row in rows:
            column = row % columns
            column = columns - 1 - column if self.isRightToLeft() else column
            place = QRect(column * stride, line.y(), stride, line.height())
            if region.intersects(place):
                places.append((row, place))
        samples = model.rows[[row for row, _ in places]]
        pictures = self._cells.pictures(model.samples.images, samples)
        selection = self.selectionModel()
        current = self.currentIndex().row() if self.hasFocus() else -1
        for (row, place), sample, picture in zip(places, samples, pictures, strict=True):
            selected = selection.isSelected(model.index(row, 0))
            self._cells.paint(painter, place, model, int(sample), picture, selected=selected)
            if row == current:
                painter.setRenderHint(QPainter.Antialiasing)
                painter.setPen(QPen(self.palette().color(QPalette.Text), 2))
                painter.drawRoundedRect(place.adjusted(1, 1, -2, -2), 5, 5)
                painter.setRenderHint(QPainter.Antialiasing, False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.FontChange, QEvent.StyleChange, QEvent.PaletteChange):
            self._cells.set_thumbnail(self._cells.thumbnail)
            self.updateGeometries()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        notches = int(self._wheel / 120)
        self._wheel -= 120 * notches
        self.set_thumbnail(self.thumbnail() + _ZOOM_STEP * notches)
        event.accept()
