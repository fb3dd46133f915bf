"""Table model of the interrupted and stopped runs that can go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from trainer.runs import Run
from ui.formats import dataset_title, percent
from ui.tables.queue_model import model_title


class ResumableModel(QAbstractTableModel):
    """One row a run folder, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: list[Run] = []
        self._columns: list[tuple[str, Callable[[Run], str]]] = [
            (self.tr("Network"), lambda run: model_title(run.config.model)),
            (self.tr("Epochs"), lambda run: f"{len(run.history)} / {run.config.epochs}"),
            (self.tr("Best"), _best),
            (self.tr("Folder"), lambda run: run.name),
        ]

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Show these."""
        self.beginResetModel()
        self._runs = list(runs)
        self.endResetModel()

    def run(self, row: int) -> Run:
        """The run of a row."""
        return self._runs[row]

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._runs)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        run = self._runs[index.row()]
        if role == Qt.DisplayRole:
            return self._columns[index.column()][1](run)
        if role == Qt.ToolTipRole:
            return f"{run.path}\n{dataset_title(run.dataset_name)}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.DisplayRole
    ) -> object:
        if role == Qt.DisplayRole and orientation == Qt.Horizontal:
            return self._columns[section][0]
        if role == Qt.TextAlignmentRole:
            return int(Qt.AlignLeft | Qt.AlignVCenter)
        return None


def _best(run: Run) -> str:
    best = run.best_epoch
    return percent(None if best is None else best.val_accuracy)
