"""A grid of small grey images that lays out nothing and paints only what is visible."""

from __future__ import annotations

from collections.abc import Iterable

from PyQt5.QtCore import (
    QEvent,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    pyqtSignal,
)
from PyQt5.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QRegion,
    QWheelEvent,
)
from PyQt5.QtWidgets import QAbstractItemView, QWidget

from ui.tables.sample_model import SampleModel
from ui.widgets.band_choice import BandChoice
from ui.widgets.cell_grid import CellGrid
from ui.widgets.image_cells import GAP, CellPainter

SMALLEST, LARGEST = 24, 192
_DEFAULT = 68
_ZOOM_STEP = 8


class ImageGrid(CellGrid):
    """View of a :class:`SampleModel`; a drag chooses with a rubber band.

    The accessible description of the view is what the current image is in words.

    Signals:
        zoomed: The images are this many pixels wide now.
    """

    zoomed = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = CellPainter(self, _DEFAULT)
        self.cell = self._cells.cell
        self._band = BandChoice(self, self.columns, self._touched)
        self._wheel = 0

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
        self._draw_cells(side)
        self.verticalScrollBar().setValue(self._line(anchor) * self.cell.height())
        self.viewport().update()
        self.zoomed.emit(side)

    def _draw_cells(self, side: int) -> None:
        self._cells.set_thumbnail(side)
        self.cell = self._cells.cell
        self.updateGeometries()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        text = current.data(Qt.AccessibleTextRole) if current.isValid() else ""
        self.setAccessibleDescription(text or "")

    def dataChanged(self, first: QModelIndex, last: QModelIndex, roles: Iterable[int] = ()) -> None:
        self.viewport().update()
        self.currentChanged(self.currentIndex(), self.currentIndex())

    # -- choosing with the mouse ---------------------------------------------------------

    def _touched(self, area: QRect) -> tuple[int, int, int, int]:
        """Return lines and columns, first and one past the last, whose images an area touches.

        Args:
            area: Pixels from the first image on, wherever the grid is scrolled to.
        """
        height, stride = self.cell.height(), self._stride()
        side, gap = self._cells.thumbnail, (stride - self._cells.thumbnail) // 2
        lines = -(-self._count() // self.columns())
        top = (area.top() + GAP) // height
        bottom = (area.bottom() - GAP) // height + 1
        left = (area.left() - gap - side) // stride + 1
        right = (area.right() - gap) // stride + 1
        left, right = max(0, left), min(right, self.columns())
        if self.isRightToLeft():
            left, right = self.columns() - right, self.columns() - left
        return max(0, top), min(bottom, lines), left, right

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._band.press(event)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._band.move(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._band.release():
            self.setState(QAbstractItemView.NoState)  # else Qt would choose what lies below
        else:
            super().mouseReleaseEvent(event)

    # -- painting and zooming ----------------------------------------------------------------

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
            self._draw_cells(self._cells.thumbnail)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        notches = int(self._wheel / 120)
        self._wheel -= 120 * notches
        self.set_thumbnail(self.thumbnail() + _ZOOM_STEP * notches)
        event.accept()
