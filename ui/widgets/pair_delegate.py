"""Paints two repeated images side by side, with their labels and places."""

from __future__ import annotations

from PyQt5.QtCore import QModelIndex, QRect, QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPalette, QPen
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.check_texts import label_title, place_title
from ui.colors import expression_color
from ui.tables.pair_model import PairModel

_IMAGE = 64
_EDGE = 8
_CELL = QSize(320, _IMAGE + 2 * _EDGE)


class PairDelegate(QStyledItemDelegate):
    """One pair a row; excluded images are crossed out and faint."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        model = index.model()
        if not isinstance(model, PairModel):
            return
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
        words_width = max(90, area.width() // 5)
        half = (area.width() - words_width - 2 * _EDGE) // 2
        for number, sample in enumerate(model.pair(index)):
            place = QRect(area.x() + _EDGE + number * half, area.y() + _EDGE, half, _IMAGE)
            self._paint_image(painter, option, model, sample, place, (strong, weak))
        remarks = model.remarks(index)
        height = option.fontMetrics.height() + 2
        left = area.x() + _EDGE + 2 * half
        top = area.y() + (area.height() - height * len(remarks)) // 2
        painter.setFont(option.font)
        for line, text in enumerate(remarks):
            painter.setPen(weak if line == 0 else strong)
            box = QRect(left, top + line * height, words_width - _EDGE, height)
            shown = option.fontMetrics.elidedText(text, Qt.ElideRight, box.width())
            painter.drawText(box, int(Qt.AlignRight | Qt.AlignVCenter), shown)
        if option.state & QStyle.State_HasFocus:
            painter.setPen(QPen(palette.color(QPalette.Text), 2))
            painter.setBrush(Qt.NoBrush)
            painter.drawRoundedRect(area.adjusted(3, 2, -4, -3), 5, 5)
        painter.restore()

    @staticmethod
    def _paint_image(
        painter: QPainter,
        option: QStyleOptionViewItem,
        model: PairModel,
        sample: int,
        place: QRect,
        colors: tuple[QColor, QColor],
    ) -> None:
        data = model.data_shown
        assert data is not None
        frame = QRect(place.x(), place.y(), _IMAGE, _IMAGE)
        excluded = bool(data.excluded[sample])
        painter.setOpacity(0.35 if excluded else 1.0)
        painter.drawImage(frame, model.picture(sample))
        painter.setOpacity(1.0)
        if excluded:
            painter.setPen(QPen(colors[0], 2))
            painter.drawLine(frame.topLeft(), frame.bottomRight())
        target = int(data.targets[sample])
        name = data.samples.class_names[target] if target >= 0 else ""
        words = QRect(place.x() + _IMAGE + 8, place.y(), place.width() - _IMAGE - 14, _IMAGE)
        painter.fillRect(
            QRect(words.x(), words.y() + 10, 3, words.height() - 20),
            QColor(expression_color(name)),
        )
        words.adjust(9, 0, 0, 0)
        metrics = option.fontMetrics
        top = QRect(words.x(), words.center().y() - metrics.height(), words.width(), 0)
        for line, (text, color) in enumerate(
            ((label_title(data, sample), colors[0]), (place_title(data, sample), colors[1]))
        ):
            font = option.font
            font.setStrikeOut(excluded)
            painter.setFont(font)
            painter.setPen(color)
            box = QRect(
                top.x(), top.y() + line * (metrics.height() + 2), top.width(), metrics.height()
            )
            shown = metrics.elidedText(text, Qt.ElideRight, box.width())
            painter.drawText(box, int(Qt.AlignLeft | Qt.AlignVCenter), shown)
            font.setStrikeOut(False)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return _CELL
