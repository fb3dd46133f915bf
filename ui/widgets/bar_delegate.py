"""Draws a share as a bar inside a table cell, with the number beside it."""

from __future__ import annotations

from PyQt5.QtCore import QModelIndex, QRectF, Qt
from PyQt5.QtGui import QColor, QPainter, QPalette
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.tables.class_model import COLOR_ROLE, SHARE_ROLE

_NUMBER_WIDTH = 60
_LEAST_BAR = 12.0  # without this much room only the number is shown


class BarDelegate(QStyledItemDelegate):
    """For the last column of :class:`ui.tables.class_model.ClassModel`."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        share, color = index.data(SHARE_ROLE), index.data(COLOR_ROLE)
        if not isinstance(share, float) or not isinstance(color, QColor):
            super().paint(painter, option, index)
            return
        painter.save()
        if option.state & QStyle.State_Selected:
            painter.fillRect(option.rect, option.palette.color(QPalette.AlternateBase))
        painter.setRenderHint(QPainter.Antialiasing)
        area = QRectF(option.rect).adjusted(8, 6, -(_NUMBER_WIDTH + 4), -6)
        if area.width() >= _LEAST_BAR and share > 0:
            area.setWidth(max(2.0, area.width() * share))
            painter.setPen(Qt.NoPen)
            painter.setBrush(color)
            painter.drawRoundedRect(area, 2, 2)
        painter.setPen(option.palette.color(QPalette.Text))
        text = option.rect.adjusted(option.rect.width() - _NUMBER_WIDTH, 0, -11, 0)
        painter.drawText(text, int(Qt.AlignRight | Qt.AlignVCenter), str(index.data()))
        painter.restore()
