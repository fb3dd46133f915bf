"""Table model of the runs that wait, run, or are over."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt
from PyQt5.QtGui import QFont

from trainer.models import model_infos
from trainer.run_queue import (
    FAILED,
    FINISHED,
    INTERRUPTED,
    RUNNING,
    STOPPED,
    WAITING,
    QueuedRun,
)
from ui.formats import dataset_title, percent


def queue_state_title(state: str) -> str:
    """The translated name of a state, with a mark so that colour is not needed."""
    titles = {
        WAITING: QCoreApplication.translate("QueueModel", "… waits"),
        RUNNING: QCoreApplication.translate("QueueModel", "▶ running"),
        FINISHED: QCoreApplication.translate("QueueModel", "✓ finished"),
        STOPPED: QCoreApplication.translate("QueueModel", "■ stopped"),
        FAILED: QCoreApplication.translate("QueueModel", "✕ failed"),
        INTERRUPTED: QCoreApplication.translate("QueueModel", "! interrupted"),
    }
    return titles.get(state, state)


def model_title(name: str) -> str:
    """The translated title of a network."""
    info = model_infos().get(name)
    return QCoreApplication.translate("Models", info.title) if info is not None else name


class QueueModel(QAbstractTableModel):
    """One row a run, in the order in which they are trained."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: list[QueuedRun] = []
        self._columns: list[tuple[str, Callable[[QueuedRun], str]]] = [
            (self.tr("State"), lambda run: queue_state_title(run.state)),
            (self.tr("Network"), lambda run: model_title(run.config.model)),
            (self.tr("Data"), self._data),
            (self.tr("Epochs"), lambda run: str(run.config.epochs)),
            (self.tr("Seed"), lambda run: str(run.config.seed)),
            (self.tr("Best"), lambda run: percent(run.accuracy)),
        ]

    def set_runs(self, runs: Sequence[QueuedRun]) -> None:
        """Show these; rows that stayed the same keep their selection."""
        if [run.key for run in runs] == [run.key for run in self._runs]:
            self._runs = list(runs)
            if runs:
                last = self.index(len(runs) - 1, len(self._columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._runs = list(runs)
        self.endResetModel()

    def run(self, row: int) -> QueuedRun:
        """The run of a row."""
        return self._runs[row]

    def row_of(self, key: str) -> int:
        """The row of a run, or -1."""
        return next((row for row, run in enumerate(self._runs) if run.key == key), -1)

    def _data(self, run: QueuedRun) -> str:
        if run.dataset is None:
            return self.tr("Demo data set (drawn faces)")
        return dataset_title(run.dataset.name)

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._runs)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        run = self._runs[index.row()]
        if role == Qt.DisplayRole:
            return self._columns[index.column()][1](run)
        if role == Qt.ToolTipRole:
            return run.message or (str(run.dataset) if run.dataset else None)
        if role == Qt.TextAlignmentRole and index.column() > 2:
            return int(Qt.AlignRight | Qt.AlignVCenter)
        if role == Qt.FontRole and run.state == RUNNING:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.DisplayRole
    ) -> object:
        if orientation != Qt.Horizontal:
            return None
        if role == Qt.DisplayRole:
            return self._columns[section][0]
        if role == Qt.TextAlignmentRole:
            side = Qt.AlignRight if section > 2 else Qt.AlignLeft
            return int(side | Qt.AlignVCenter)
        return None
