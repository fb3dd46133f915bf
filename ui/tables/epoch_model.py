"""Table model of the finished epochs of a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PyQt5.QtGui import QFont

from trainer.events import EpochFinished
from ui.colors import expression_title
from ui.formats import duration, percent

_Column = tuple[str, Callable[[EpochFinished], str]]


class EpochModel(QAbstractTableModel):
    """One row an epoch, oldest first; the best is bold and says so.

    The recall of each class follows, once the classes are known.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history: list[EpochFinished] = []
        self._best: EpochFinished | None = None
        self._columns: list[_Column] = self._fixed_columns()

    def _fixed_columns(self) -> list[_Column]:
        return [
            (self.tr("Epoch"), lambda entry: str(entry.epoch + 1)),
            ("", lambda entry: self.tr("best") if entry is self._best else ""),
            (self.tr("Train loss"), lambda entry: f"{entry.train_loss:.4f}"),
            (self.tr("Train acc."), lambda entry: percent(entry.train_accuracy)),
            (self.tr("Val. loss"), lambda entry: f"{entry.val_loss:.4f}"),
            (self.tr("Val. acc."), lambda entry: percent(entry.val_accuracy)),
            (self.tr("Macro F1"), lambda entry: f"{entry.val_macro_f1:.3f}"),
            (self.tr("Learning rate"), lambda entry: f"{entry.lr:.3g}"),
            (self.tr("Images/s"), lambda entry: f"{entry.images_per_second:.0f}"),
            (self.tr("Time"), lambda entry: duration(entry.duration_s)),
        ]

    def set_classes(self, names: Sequence[str]) -> None:
        """Add a column of recall for each class."""
        self.beginResetModel()
        self._columns = self._fixed_columns()
        for number, name in enumerate(names):
            title = self.tr("Recall, {name}").format(name=expression_title(name))
            self._columns.append((title, _recall_of(number)))
        self.endResetModel()

    def clear(self, history: Sequence[EpochFinished] = ()) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._history = list(history)
        self._best = max(self._history, key=lambda entry: entry.val_accuracy, default=None)
        self.endResetModel()

    def append(self, event: EpochFinished) -> None:
        """Add a row."""
        row = len(self._history)
        self.beginInsertRows(QModelIndex(), row, row)
        self._history.append(event)
        self.endInsertRows()
        before = self._best
        if before is None or event.val_accuracy > before.val_accuracy:
            self._best = event
            if before is not None:
                old = self._history.index(before)
                self.dataChanged.emit(self.index(old, 0), self.index(old, self.columnCount() - 1))

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
        if role == Qt.FontRole and entry is self._best:
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


def _recall_of(number: int) -> Callable[[EpochFinished], str]:
    def text(entry: EpochFinished) -> str:
        return percent(entry.val_recall[number] if number < len(entry.val_recall) else None)

    return text
