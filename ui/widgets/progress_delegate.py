"""Draws how far something is as a bar inside a table cell, with the percentage beside it."""

from __future__ import annotations

from PyQt5.QtCore import QModelIndex, QRectF, Qt
from PyQt5.QtGui import QPainter, QPalette
from PyQt5.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.tables.batch_model import PROGRESS_ROLE

_HEIGHT = 8.0


class ProgressDelegate(QStyledItemDelegate):
    """For a column whose ``PROGRESS_ROLE`` is a share 0..1, or None."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        share = index.data(PROGRESS_ROLE)
        if not isinstance(share, float):
            super().paint(painter, option, index)
            return
        painter.save()
        selected = bool(option.state & QStyle.State_Selected)
        if selected:
            painter.fillRect(option.rect, option.palette.color(QPalette.Highlight))
        painter.setRenderHint(QPainter.Antialiasing)
        text_width = option.fontMetrics.horizontalAdvance("100%")
        area = QRectF(option.rect).adjusted(8, 0, -(text_width + 18), 0)
        area.setTop(area.center().y() - _HEIGHT / 2)
        area.setHeight(_HEIGHT)
        role = QPalette.HighlightedText if selected else QPalette.Text
        color = option.palette.color(role)
        painter.setPen(color)
        words = option.rect.adjusted(0, 0, -8, 0)
        painter.drawText(words, int(Qt.AlignRight | Qt.AlignVCenter), str(index.data()))
        painter.setPen(Qt.NoPen)
        color.setAlphaF(0.2)
        painter.setBrush(color)
        painter.drawRoundedRect(area, 4, 4)
        # The table's own highlight is the pale one of a selected row.
        painter.setBrush(QApplication.palette().color(QPalette.Highlight))
        area.setWidth(area.width() * max(0.0, min(1.0, share)))
        painter.drawRoundedRect(area, 4, 4)
        painter.restore()
