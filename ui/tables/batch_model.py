"""Table model of the files that are analysed one after another."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt

from trainer.inference.queue_file import DONE, FAILED, RUNNING, WAITING, QueueItem
from ui.formats import count, duration

PROGRESS_ROLE = Qt.UserRole + 1
PROGRESS_COLUMN, RESULT_COLUMN = 2, 4

_LEAST_SHARE = 0.01  # before that a forecast would be a guess


def batch_state_title(item: QueueItem) -> str:
    """The translated name of a state, with a mark so that colour is not needed."""
    if item.state == DONE and item.known:
        return QCoreApplication.translate("BatchModel", "✓ done before")
    titles = {
        WAITING: QCoreApplication.translate("BatchModel", "… waits"),
        RUNNING: QCoreApplication.translate("BatchModel", "▶ running"),
        DONE: QCoreApplication.translate("BatchModel", "✓ done"),
        FAILED: QCoreApplication.translate("BatchModel", "✕ failed"),
    }
    return titles[item.state]


class BatchModel(QAbstractTableModel):
    """One row a file, in the order in which they are analysed."""

    def __init__(
        self, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._items: list[QueueItem] = []
        self._rows: dict[Path, int] = {}
        self._shares: dict[Path, float] = {}
        self._begun: dict[Path, float] = {}
        self._titles = [
            self.tr("File"),
            self.tr("State"),
            self.tr("Progress"),
            self.tr("Time left"),
            self.tr("Result"),
        ]

    def set_items(self, items: Sequence[QueueItem]) -> None:
        """Show these files."""
        if [item.path for item in items] == [item.path for item in self._items]:
            for row, item in enumerate(items):
                if item != self._items[row]:
                    self._replace(row, item)
            return
        self.beginResetModel()
        self._items = list(items)
        self._rows = {item.path: row for row, item in enumerate(items)}
        self.endResetModel()

    def update(self, item: QueueItem) -> None:
        """Show what became of a file."""
        row = self.row_of(item.path)
        if row >= 0 and self._items[row] != item:
            self._replace(row, item)

    def _replace(self, row: int, item: QueueItem) -> None:
        self._items[row] = item
        self._shares.pop(item.path, None)
        self._begun.pop(item.path, None)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._titles) - 1))

    def set_share(self, path: Path, share: float) -> None:
        """Show how far a running file is, 0..1."""
        row = self.row_of(path)
        if row < 0 or self._items[row].state != RUNNING:
            return
        self._begun.setdefault(path, self._clock())
        self._shares[path] = share
        self.dataChanged.emit(self.index(row, PROGRESS_COLUMN), self.index(row, 3))

    def restart_clock(self) -> None:
        """Forecast anew from here, after a pause."""
        self._begun.clear()

    def items(self) -> list[QueueItem]:
        """All files shown."""
        return list(self._items)

    def item(self, row: int) -> QueueItem:
        """The file of a row."""
        return self._items[row]

    def row_of(self, path: Path) -> int:
        """The row of a file, or -1."""
        return self._rows.get(path, -1)

    def share(self, item: QueueItem) -> float | None:
        """How far a file is, 0..1; None where that says nothing."""
        if item.state == DONE:
            return 1.0
        return self._shares.get(item.path, 0.0) if item.state == RUNNING else None

    def _time_left(self, item: QueueItem) -> str:
        share, begun = self._shares.get(item.path, 0.0), self._begun.get(item.path)
        if item.state != RUNNING or begun is None or share < _LEAST_SHARE:
            return ""
        return duration((self._clock() - begun) / share * (1 - share))

    def result_text(self, item: QueueItem) -> str:
        """What came out, or why not."""
        if item.state == FAILED:
            return item.reason
        if item.state != DONE:
            return ""
        text = self.tr("{frames} frames, {persons} persons").format(
            frames=count(item.frames), persons=item.persons
        )
        return " · ".join([text, *item.notes])

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._titles)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        item, column = self._items[index.row()], index.column()
        if role == PROGRESS_ROLE and column == PROGRESS_COLUMN:
            return self.share(item)
        if role == Qt.ToolTipRole:
            return str(item.path) if column == 0 else self.result_text(item) or None
        if role != Qt.DisplayRole:
            return None
        share = self.share(item)
        texts = (
            item.path.name,
            batch_state_title(item),
            "" if share is None else f"{share:.0%}",
            self._time_left(item),
            self.result_text(item),
        )
        return texts[column]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.DisplayRole
    ) -> object:
        if orientation == Qt.Horizontal and role == Qt.DisplayRole:
            return self._titles[section]
        if orientation == Qt.Horizontal and role == Qt.TextAlignmentRole:
            return int(Qt.AlignLeft | Qt.AlignVCenter)
        return None
