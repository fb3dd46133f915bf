"""Paints a check of a data set: its name and number, and a line of words below."""

from __future__ import annotations

from PyQt5.QtCore import QModelIndex, QRect, QSize, Qt
from PyQt5.QtGui import QPainter, QPalette, QPen
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.tables.check_model import COUNT_ROLE, FOUND_ROLE, NOTE_ROLE

_SIDE = 10
_LINE = 4


class CheckDelegate(QStyledItemDelegate):
    """Two lines: bold where something is open, so that colour is not needed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        area, palette = option.rect, option.palette
        selected = bool(option.state & QStyle.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.Antialiasing)
        if selected:
            painter.setPen(Qt.NoPen)
            painter.setBrush(palette.color(QPalette.Highlight))
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 5, 5)
        strong = palette.color(QPalette.HighlightedText if selected else QPalette.Text)
        weak = strong if selected else palette.color(QPalette.PlaceholderText)
        font = option.font
        height = option.fontMetrics.height()
        top = QRect(area.x() + _SIDE, area.y() + 6, area.width() - 2 * _SIDE, height)

        font.setBold(bool(index.data(FOUND_ROLE)))
        painter.setFont(font)
        painter.setPen(strong if index.data(FOUND_ROLE) else weak)
        number = str(index.data(COUNT_ROLE))
        width = painter.fontMetrics().horizontalAdvance(number)
        painter.drawText(top, int(Qt.AlignRight | Qt.AlignVCenter), number)
        painter.setPen(strong)
        title = painter.fontMetrics().elidedText(
            str(index.data(Qt.DisplayRole)), Qt.ElideRight, top.width() - width - 8
        )
        painter.drawText(top, int(Qt.AlignLeft | Qt.AlignVCenter), title)

        font.setBold(False)
        painter.setFont(font)
        painter.setPen(weak)
        below = top.translated(0, height + _LINE)
        note = painter.fontMetrics().elidedText(
            str(index.data(NOTE_ROLE)), Qt.ElideRight, below.width()
        )
        painter.drawText(below, int(Qt.AlignLeft | Qt.AlignVCenter), note)
        if option.state & QStyle.State_HasFocus:
            painter.setPen(QPen(palette.color(QPalette.Text), 2))
            painter.setBrush(Qt.NoBrush)
            painter.drawRoundedRect(area.adjusted(3, 2, -4, -3), 5, 5)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(200, 2 * option.fontMetrics.height() + _LINE + 12)
