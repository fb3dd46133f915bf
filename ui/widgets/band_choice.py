"""Choosing cells of a grid with a rubber band: drag, and what the band touches is chosen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QObject,
    QPoint,
    QRect,
    Qt,
    QTimer,
)
from PyQt5.QtGui import QMouseEvent
from PyQt5.QtWidgets import QAbstractItemView, QApplication, QRubberBand

_SCROLL_MS = 30
_ADDING = Qt.ControlModifier | Qt.ShiftModifier

Cells = Callable[[QRect], tuple[int, int, int, int]]


class BandChoice(QObject):
    """Follows the mouse over a grid that tells it when a button goes down, moves and goes up.

    With Ctrl or Shift the band adds to what was chosen before. Beyond the upper and the lower
    edge the grid scrolls, the faster the farther away the mouse is.
    """

    def __init__(self, view: QAbstractItemView, columns: Callable[[], int], touched: Cells) -> None:
        """Serve a grid.

        Args:
            view: The grid.
            columns: How many cells lie side by side.
            touched: First line, one past the last, first column and one past the last of the
                cells that a rectangle touches, which is given in pixels from the first cell on.
        """
        super().__init__(view)
        self._view, self._columns, self._touched = view, columns, touched
        self._band = QRubberBand(QRubberBand.Rectangle, view.viewport())
        self._origin: QPoint | None = None
        self._mouse = QPoint()
        self._base = QItemSelection()
        self._kept: npt.NDArray[np.bool_] | None = None
        self._shown: tuple[int, int, int, int] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_SCROLL_MS)
        self._timer.timeout.connect(self._scroll)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self._update())

    def press(self, event: QMouseEvent) -> None:
        """A button goes down; call it before the view chooses what lies below."""
        self._end()
        if event.button() != Qt.LeftButton or self._view.model() is None:
            return
        if self._view.selectionMode() != QAbstractItemView.ExtendedSelection:
            return
        self._origin = event.pos() + self._offset()
        adding = bool(event.modifiers() & _ADDING)
        self._base = QItemSelection(self._view.selectionModel().selection())
        if not adding:
            self._base = QItemSelection()

    def move(self, event: QMouseEvent) -> bool:
        """Return whether the movement belongs to a band."""
        if self._origin is None or not event.buttons() & Qt.LeftButton:
            return False
        self._mouse = event.pos()
        if self._kept is None:
            moved = event.pos() + self._offset() - self._origin
            if moved.manhattanLength() < QApplication.startDragDistance():
                return True
            self._kept = _mask(self._base, self._view.model().rowCount())
            self._band.show()
            self._timer.start()
        self._update()
        return True

    def release(self) -> bool:
        """Return whether a band ends with this."""
        drawn = self._kept is not None
        if drawn and self._shown is not None and self._kept is not None:
            top, _, left, _ = self._shown
            row = min(top * self._columns() + left, len(self._kept) - 1)
            self._view.selectionModel().setCurrentIndex(
                self._view.model().index(row, 0), QItemSelectionModel.NoUpdate
            )
        self._end()
        return drawn

    def _end(self) -> None:
        self._origin = self._kept = self._shown = None
        self._timer.stop()
        self._band.hide()

    def _offset(self) -> QPoint:
        return QPoint(0, self._view.verticalScrollBar().value())

    def _scroll(self) -> None:
        area, y = self._view.viewport().rect(), self._mouse.y()
        beyond = y - area.bottom() if y > area.bottom() else min(0, y - area.top())
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + beyond)

    def _update(self) -> None:
        """Draw the band, and choose what it touches."""
        if self._origin is None or self._kept is None:
            return
        if len(self._kept) != self._view.model().rowCount():
            self._end()  # other images came meanwhile
            return
        edge = self._view.viewport().rect()
        mouse = QPoint(
            min(max(self._mouse.x(), edge.left()), edge.right()),
            min(max(self._mouse.y(), edge.top()), edge.bottom()),
        )
        rect = QRect(self._origin, mouse + self._offset()).normalized()
        self._band.setGeometry(rect.translated(-self._offset()))
        touched = self._touched(rect)
        if touched == self._shown:
            return
        top, bottom, left, right = touched
        self._shown = touched if top < bottom and left < right else None
        columns = self._columns()
        chosen = np.zeros((-(-len(self._kept) // columns), columns), np.bool_)
        chosen[top:bottom, left:right] = True
        rows = chosen.reshape(-1)[: len(self._kept)] | self._kept
        self._view.selectionModel().select(
            _selection(self._view, rows), QItemSelectionModel.ClearAndSelect
        )


def _mask(selection: QItemSelection, count: int) -> npt.NDArray[np.bool_]:
    rows = np.zeros(count, np.bool_)
    for part in selection:  # type: ignore[attr-defined]
        rows[part.top() : part.bottom() + 1] = True
    return rows


def _selection(view: QAbstractItemView, rows: npt.NDArray[np.bool_]) -> QItemSelection:
    """Return chosen rows as few ranges."""
    edges = np.flatnonzero(np.diff(rows, prepend=False, append=False))
    model, selection = view.model(), QItemSelection()
    for first, end in edges.reshape(-1, 2).tolist():
        selection.append(QItemSelectionRange(model.index(first, 0), model.index(end - 1, 0)))
    return selection
