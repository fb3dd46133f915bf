"""Table model of the finished epochs of a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PyQt5.QtGui import QFont

from trainer.events import EpochFinished
from ui.formats import duration, percent


class EpochModel(QAbstractTableModel):
    """One row an epoch, oldest first; the best is bold and says so."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history: list[EpochFinished] = []
        self._columns: list[tuple[str, Callable[[EpochFinished], str]]] = [
            (self.tr("Epoch"), lambda entry: str(entry.epoch + 1)),
            (self.tr("Train loss"), lambda entry: f"{entry.train_loss:.4f}"),
            (self.tr("Train acc."), lambda entry: percent(entry.train_accuracy)),
            (self.tr("Val. loss"), lambda entry: f"{entry.val_loss:.4f}"),
            (self.tr("Val. acc."), lambda entry: percent(entry.val_accuracy)),
            (self.tr("Macro F1"), lambda entry: f"{entry.val_macro_f1:.3f}"),
            (self.tr("Learning rate"), lambda entry: f"{entry.lr:.3g}"),
            (self.tr("Images/s"), lambda entry: f"{entry.images_per_second:.0f}"),
            (self.tr("Time"), lambda entry: duration(entry.duration_s)),
            ("", lambda entry: self.tr("best") if entry is self._best() else ""),
        ]

    def clear(self, history: Sequence[EpochFinished] = ()) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._history = list(history)
        self.endResetModel()

    def append(self, event: EpochFinished) -> None:
        """Add a row."""
        row = len(self._history)
        self.beginInsertRows(QModelIndex(), row, row)
        self._history.append(event)
        self.endInsertRows()
        if row:  # the one that was the best may not be it any more
            self.dataChanged.emit(self.index(0, 0), self.index(row - 1, len(self._columns) - 1))

    def _best(self) -> EpochFinished | None:
        return max(self._history, key=lambda entry: entry.val_accuracy, default=None)

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._history)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        entry = self._history[index.row()]
        if role == Qt.DisplayRole:
            return self._columns[index.column()][1](entry)
        if role == Qt.TextAlignmentRole:
            return int(Qt.AlignRight | Qt.AlignVCenter)
        if role == Qt.FontRole and entry is self._best():
            font = QFont()
            font.setBold(True)
            return font
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.DisplayRole
    ) -> object:
        if role == Qt.DisplayRole:
            return self._columns[section][0] if orientation == Qt.Horizontal else section + 1
        return None
