"""A view whose cells all have one size: a cell's place is computed from its row."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PyQt5.QtGui import QRegion, QResizeEvent
from PyQt5.QtWidgets import QAbstractItemView, QWidget


class CellGrid(QAbstractItemView):
    """Cells side by side and below each other; subclasses say how large they are and paint them.

    QListView keeps a rectangle for every row in its icon mode, so it takes seconds to show a
    million images and again at every change of width. Here only the arithmetic of rows and
    columns is left; choosing by clicks and keys is Qt's.

    Attributes:
        cell: Size of a cell in pixels; call :meth:`updateGeometries` after setting it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cell = QSize(1, 1)
        self.setSelectionMode(QAbstractItemView.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarAlwaysOn)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setMouseTracking(False)

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
        return max(1, self.viewport().width() // self.cell.width())

    def _stride(self) -> int:
        return max(self.cell.width(), self.viewport().width() // self.columns())

    def _line(self, row: int) -> int:
        return row // self.columns()

    def _place(self, row: int) -> QRect:
        line, column = divmod(row, self.columns())
        height, stride = self.cell.height(), self._stride()
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
        row = max(0, y // self.cell.height()) * self.columns() + column
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
        bar, height = self.verticalScrollBar(), self.cell.height()
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
        height, bar = self.cell.height(), self.verticalScrollBar()
        lines = -(-self._count() // self.columns())
        room = self.viewport().height()
        bar.setSingleStep(height // 2)
        bar.setPageStep(max(height, room - height))
        bar.setRange(0, max(0, lines * height - room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometries()

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
        page = max(1, self.viewport().height() // self.cell.height()) * columns
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

    def _visible(self, area: QRect) -> tuple[int, int]:
        """Return the first row, and one past the last, of the lines that touch an area."""
        columns = self.columns()
        first = self._line(self._row_at(area.topLeft())) * columns
        last = self._line(self._row_at(area.bottomLeft())) * columns
        return max(0, first), min(self._count(), last + columns)
