"""A grid of images that a check remarks on; only what is visible is painted."""

from __future__ import annotations

import numpy as np
from PyQt5.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPalette, QPen, QPolygon
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.check_texts import label_title
from ui.colors import expression_color
from ui.tables.flagged_model import FlaggedModel

_IMAGE = 68
_BATCH = 10_000


class FlaggedDelegate(QStyledItemDelegate):
    """One image with its label and a caption; crossed out when excluded, ticked when reviewed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        model = index.model()
        if not isinstance(model, FlaggedModel) or model.data_shown is None:
            return
        data, sample = model.data_shown, model.sample(index)
        area, palette = option.rect, option.palette
        selected = bool(option.state & QStyle.State_Selected)
        excluded = bool(data.excluded[sample])
        painter.save()
        painter.setRenderHint(QPainter.Antialiasing)
        if selected:
            painter.setPen(Qt.NoPen)
            painter.setBrush(palette.color(QPalette.Highlight))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 5, 5)
        frame = QRect(area.x() + (area.width() - _IMAGE) // 2, area.y() + 5, _IMAGE, _IMAGE)
        painter.setOpacity(0.35 if excluded else 1.0)
        painter.drawImage(frame, model.picture(sample))
        painter.setOpacity(1.0)
        strong = palette.color(QPalette.HighlightedText if selected else QPalette.Text)
        if excluded:
            painter.setPen(QPen(strong, 2))
            painter.drawLine(frame.topLeft(), frame.bottomRight())
        target = int(data.targets[sample])
        name = data.samples.class_names[target] if target >= 0 else ""
        painter.fillRect(
            QRect(frame.x(), frame.bottom() + 1, _IMAGE, 3), QColor(expression_color(name))
        )
        font = option.font
        font.setPixelSize(11)
        painter.setFont(font)
        line = painter.fontMetrics().height()
        top = frame.bottom() + 5
        weak = strong if selected else palette.color(QPalette.PlaceholderText)
        for number, text in enumerate((label_title(data, sample), model.caption(sample))):
            painter.setPen(weak if number else strong)
            box = QRect(area.x() + 2, top + number * line, area.width() - 4, line)
            shown = painter.fontMetrics().elidedText(text, Qt.ElideRight, box.width())
            painter.drawText(box, int(Qt.AlignCenter), shown)
        if model.is_reviewed(sample):
            self._paint_tick(painter, frame, palette)
        if option.state & QStyle.State_HasFocus:
            painter.setPen(QPen(palette.color(QPalette.Text), 2))
            painter.setBrush(Qt.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -2, -2), 5, 5)
        painter.restore()

    @staticmethod
    def _paint_tick(painter: QPainter, frame: QRect, palette: QPalette) -> None:
        badge = QRect(frame.right() - 17, frame.y() + 2, 16, 16)
        painter.setPen(Qt.NoPen)
        painter.setBrush(palette.color(QPalette.Base))
        painter.drawEllipse(badge)
        painter.setPen(QPen(palette.color(QPalette.Text), 2))
        painter.setBrush(Qt.NoBrush)
        left, top = badge.x(), badge.y()
        painter.drawPolyline(
            QPolygon(
                [QPoint(left + 4, top + 8), QPoint(left + 7, top + 11), QPoint(left + 12, top + 5)]
            )
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return cell_size(option.fontMetrics.height())


def cell_size(line: int) -> QSize:
    """Size of a cell for a font's line height."""
    return QSize(_IMAGE + 22, _IMAGE + 14 + 2 * line)


class FlaggedGrid(QListView):
    """List view of a :class:`FlaggedModel` as a wrapping grid."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setViewMode(QListView.IconMode)
        self.setMovement(QListView.Static)
        self.setResizeMode(QListView.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(cell_size(self.fontMetrics().height()))
        # Places are worked out bit by bit: all at once takes 0.7 s for half a million images.
        self.setLayoutMode(QListView.Batched)
        self.setBatchSize(_BATCH)
        self.setSelectionMode(QAbstractItemView.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollPerPixel)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.verticalScrollBar().setSingleStep(self.gridSize().height() // 2)
        self.setItemDelegate(FlaggedDelegate(self))

    def choose(self, sample: int) -> None:
        """Make an image the current one if it is shown."""
        model = self.model()
        if not isinstance(model, FlaggedModel):
            return
        places = np.flatnonzero(model.indices == sample)
        if len(places):
            index = model.index(int(places[0]))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.ClearAndSelect)
            self.scrollTo(index)
