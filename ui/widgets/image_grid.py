"""A grid of small grey images that paints only what is visible."""

from __future__ import annotations

from PyQt5.QtCore import QModelIndex, QRect, QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPalette, QPen
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.colors import expression_color, expression_title
from ui.tables.sample_model import SampleModel

_CELL = QSize(76, 92)
_IMAGE = 68


class SampleDelegate(QStyledItemDelegate):
    """Paints one image with the colour and the name of its class below."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        model = index.model()
        if not isinstance(model, SampleModel):
            return
        sample = model.sample_index(index)
        name = model.target_name(sample)
        area = option.rect
        painter.save()
        if option.state & QStyle.State_Selected:
            painter.setPen(Qt.NoPen)
            painter.setBrush(option.palette.color(QPalette.Highlight))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 5, 5)
        frame = QRect(area.x() + (area.width() - _IMAGE) // 2, area.y() + 4, _IMAGE, _IMAGE)
        painter.drawImage(frame, model.image(sample))
        painter.fillRect(QRect(frame.x(), frame.bottom() + 1, _IMAGE, 3), _color(name))
        selected = bool(option.state & QStyle.State_Selected)
        role = QPalette.HighlightedText if selected else QPalette.PlaceholderText
        painter.setPen(option.palette.color(role))
        font = painter.font()
        font.setPixelSize(10)
        painter.setFont(font)
        words = QRect(frame.x(), frame.bottom() + 4, _IMAGE, area.bottom() - frame.bottom() - 4)
        title = painter.fontMetrics().elidedText(expression_title(name), Qt.ElideRight, _IMAGE)
        painter.drawText(words, int(Qt.AlignCenter), title)
        if option.state & QStyle.State_HasFocus:
            painter.setPen(QPen(option.palette.color(QPalette.Text), 2))
            painter.setBrush(Qt.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -2, -2), 5, 5)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return _CELL


def _color(name: str) -> QColor:
    return QColor(expression_color(name))


class ImageGrid(QListView):
    """List view of a :class:`SampleModel` as a wrapping grid."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setViewMode(QListView.IconMode)
        self.setMovement(QListView.Static)
        self.setResizeMode(QListView.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(_CELL)
        self.setLayoutMode(QListView.SinglePass)
        self.setSelectionMode(QAbstractItemView.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollPerPixel)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.verticalScrollBar().setSingleStep(_CELL.height() // 2)
        self.setItemDelegate(SampleDelegate(self))
