"""Rows that break and pages that turn where the window is narrow, as on a small, scaled screen."""

from __future__ import annotations

from PyQt5.QtCore import QPoint, QRect, QSize, Qt
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

NARROW = 900
"""Pixels; below this there is no room for two columns side by side."""


_MOST_TEXT = 240


class FlowLayout(QLayout):
    """A row that goes on in the next line where the width does not suffice.

    In a line that has room to spare, items that stretch share it, as in a QHBoxLayout.
    """

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._stretch: list[int] = []

    def add(self, item: QLayoutItem, stretch: int) -> None:
        """Add an item; ``stretch`` is its share of the room to spare."""
        self._items.append(item)
        self._stretch.append(stretch)
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self.add(item, 0)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        if not 0 <= index < len(self._items):
            return None
        self._stretch.pop(index)
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientations:
        return Qt.Orientations(Qt.Horizontal)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        sizes = [_hint(item) for item in self._shown()]
        wide = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown()]
        wide = max((size.width() for size in sizes), default=0)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[int]]:
        """Return the items of each line by number; spacers only where they separate."""
        lines: list[list[int]] = [[]]
        used = 0
        for number, item in enumerate(self._items):
            if item.isEmpty():
                if item.spacerItem() is not None and lines[-1]:
                    lines[-1].append(number)
                continue
            wanted = _hint(item).width()
            if used and used + self.spacing() + wanted > width:
                lines.append([])
                used = 0
            used += wanted + (self.spacing() if used else 0)
            lines[-1].append(number)
        return lines

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Set the items' places if asked to; return the height of all lines."""
        y = rect.y()
        for line in self._lines(rect.width()):
            shown = [number for number in line if not self._items[number].isEmpty()]
            hints = [_hint(self._items[number]) for number in shown]
            spare = rect.width() - sum(hint.width() for hint in hints)
            spare = max(0, spare - self.spacing() * max(0, len(shown) - 1))
            stretched = sum(self._stretch[number] for number in line)
            height = max((hint.height() for hint in hints), default=0)
            x = rect.x()
            for number in line:
                item = self._items[number]
                more = spare * self._stretch[number] // stretched if stretched else 0
                if item.isEmpty():
                    x += more
                    continue
                size = QSize(min(_hint(item).width() + more, rect.width()), height)
                if move:
                    item.setGeometry(QRect(QPoint(x, y), size))
                x += size.width() + self.spacing()
            y += height + self.spacing()
        return max(0, y - rect.y() - self.spacing())


def _hint(item: QLayoutItem) -> QSize:
    """Return what an item would like; a label that shortens itself would like some of its text."""
    size, widget = item.sizeHint(), item.widget()
    if widget is not None and widget.sizePolicy().horizontalPolicy() == QSizePolicy.Ignored:
        size.setWidth(min(widget.sizeHint().width(), _MOST_TEXT))
    return size


def flow(box: QHBoxLayout) -> None:
    """Let the row of a .ui file break into lines; stretch factors and spacers keep their sense."""
    row = FlowLayout()
    row.setSpacing(box.spacing())
    while box.count():
        stretch = box.stretch(0)
        item = box.takeAt(0)
        assert item is not None
        spacer = item.spacerItem()
        row.add(item, max(stretch, 1) if spacer is not None else stretch)
    box.addLayout(row, 1)


def turn(box: QBoxLayout, narrow: bool) -> None:
    """Lay a row out as a column where it is narrow."""
    box.setDirection(QBoxLayout.TopToBottom if narrow else QBoxLayout.LeftToRight)


def fit_current(stack: QStackedWidget) -> None:
    """Let a stack be as small as the page shown; Qt asks for the room of the largest."""
    policies = {stack.widget(n): stack.widget(n).sizePolicy() for n in range(stack.count())}
    hidden = QSizePolicy(QSizePolicy.Ignored, QSizePolicy.Ignored)

    def fit() -> None:
        for page, policy in policies.items():
            page.setSizePolicy(policy if page is stack.currentWidget() else hidden)

    stack.currentChanged.connect(lambda _index: fit())
    fit()


def centred(label: QLabel, width: int) -> QHBoxLayout:
    """Return a row with a label of several lines in its middle, at most ``width`` wide."""
    label.setMaximumWidth(width)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label, 1000)
    row.addStretch(1)
    return row


class PageScroll(QScrollArea):
    """Lets a page scroll where the window is smaller than the page can be.

    A page with a method ``set_narrow(bool)`` is told when it has to do with one column.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._narrow: bool | None = None
        self.setFrameShape(QFrame.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(page)
        page.setAutoFillBackground(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            tell = getattr(self.widget(), "set_narrow", None)
            if tell is not None:
                tell(narrow)
        super().resizeEvent(event)
