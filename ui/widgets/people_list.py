"""The list of people: a face, a name, how long and what mostly."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPalette,
)
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.tables.people_model import COLOR_ROLE, LABEL_ROLE, PICTURE_ROLE, ROW_ROLE, PersonRow
from ui.widgets.seek_bar import format_time
from ui.widgets.video_view import as_image

_FACE = 40
_PAD = 5
_OWN_KEYS = frozenset(
    (Qt.Key_Up, Qt.Key_Down, Qt.Key_Home, Qt.Key_End, Qt.Key_Delete, Qt.Key_F2, Qt.Key_Return)
)


class PersonDelegate(QStyledItemDelegate):
    """Draws one person in two lines beside the face."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        lines = 2 * QFontMetrics(option.font).height() + 2 * _PAD + 2
        return QSize(120, max(_FACE + 2 * _PAD, lines))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        height = QFontMetrics(option.font).height() + 8
        left = option.rect.left() + _FACE + 2 * _PAD
        editor.setGeometry(left, option.rect.top() + 2, option.rect.right() - left - 2, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, PersonRow):
            return
        painter.save()
        painter.setRenderHints(QPainter.Antialiasing | QPainter.SmoothPixmapTransform)
        rect, palette = option.rect, option.palette
        selected = bool(option.state & QStyle.State_Selected)
        if selected:
            painter.fillRect(rect, palette.color(QPalette.Highlight))
        if option.state & QStyle.State_HasFocus:
            painter.setPen(palette.color(QPalette.WindowText))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        ink = palette.color(QPalette.HighlightedText if selected else QPalette.Text)
        if row.deleted:
            ink.setAlpha(130)
        self._paint_face(painter, rect, index, row.deleted)
        self._paint_texts(painter, rect, option.font, index, row, ink)
        painter.restore()

    def _paint_face(
        self, painter: QPainter, rect: QRect, index: QModelIndex, deleted: bool
    ) -> None:
        place = QRectF(rect.left() + _PAD, rect.center().y() - _FACE / 2, _FACE, _FACE)
        path = QPainterPath()
        path.addRoundedRect(place, 5, 5)
        picture = index.data(PICTURE_ROLE)
        painter.save()
        painter.setClipPath(path)
        if deleted:
            painter.setOpacity(0.35)
        if picture is None:
            painter.fillRect(place, QBrush(QColor(128, 128, 128, 60)))
        else:
            image = as_image(picture)
            side = max(image.width(), image.height())
            width, height = _FACE * image.width() / side, _FACE * image.height() / side
            painter.fillRect(place, QColor(0, 0, 0, 120))
            left, top = place.center().x() - width / 2, place.center().y() - height / 2
            painter.drawImage(QRectF(left, top, width, height), image)
        painter.restore()

    def _paint_texts(
        self,
        painter: QPainter,
        rect: QRect,
        font: QFont,
        index: QModelIndex,
        row: PersonRow,
        ink: QColor,
    ) -> None:
        bold = QFont(font)
        bold.setBold(True)
        bold.setStrikeOut(row.deleted)
        left = rect.left() + _FACE + 2 * _PAD + 2
        width = rect.right() - left - _PAD
        line = QFontMetrics(font).height()
        top = rect.center().y() - line
        painter.setPen(ink)
        painter.setFont(bold)
        name = QFontMetrics(bold).elidedText(row.name, Qt.ElideRight, width)
        painter.drawText(QRect(left, top, width, line), int(Qt.AlignVCenter), name)
        dot = QRectF(left, top + 1.5 * line - 4, 9, 9)
        painter.setBrush(index.data(COLOR_ROLE))
        painter.setPen(Qt.NoPen)
        painter.drawEllipse(dot)
        painter.setPen(ink)
        painter.setFont(font)
        text = f"{index.data(LABEL_ROLE)} · {format_time(row.seen_ms, tenths=True)}"
        if row.share < 0.995:
            text += f" · {100 * row.share:.0f} %"
        text = QFontMetrics(font).elidedText(text, Qt.ElideRight, width - 14)
        painter.drawText(QRect(left + 14, top + line, width - 14, line), int(Qt.AlignVCenter), text)


class PeopleList(QListView):
    """Takes the keys that a list needs before the Player's shortcuts do.

    Signals:
        removal_requested: Delete was pressed.
        opened: (row) Return was pressed.
    """

    removal_requested = pyqtSignal()
    opened = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(PersonDelegate(self))
        self.setSelectionMode(QAbstractItemView.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.DoubleClicked | QAbstractItemView.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.CustomContextMenu)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~(Qt.ShiftModifier | Qt.KeypadModifier)
            if plain and event.key() in _OWN_KEYS:
                event.accept()
                return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key_Delete:
            self.removal_requested.emit()
        elif event.key() == Qt.Key_Return and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
