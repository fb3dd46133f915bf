"""Table model of training runs, sortable by real values."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PyQt5.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt
from PyQt5.QtGui import QFont

from trainer.events import EpochFinished
from ui.formats import dataset_title, duration, millions, percent

SORT_ROLE = Qt.UserRole
"""Value to sort by: a number, a date as a number, or a text."""


@dataclass(frozen=True)
class RunRow:
    """What the table shows of a run or of the shipped network.

    Attributes:
        name: Folder name, or the title of the shipped network.
        model: Registry name of the network.
        dataset: Name of the training data.
        accuracy: Best validation accuracy, a fraction; NaN when unknown.
        macro_f1: Macro F1 of the same epoch, a fraction; NaN when unknown.
        epochs: Epochs done.
        parameters: Trainable parameters; 0 when unknown.
        seconds: Time all epochs took.
        date: When it was changed last; None for the shipped network.
        state: ``"finished"``, ``"stopped"``, ``"interrupted"``, ``"training"`` or ``"shipped"``.
        path: The run's folder; None for the shipped network.
        onnx_path: Weights for the Player, or None.
        predictions_path: ``predictions.npz``, or None.
        history: Epochs, oldest first.
    """

    name: str
    model: str
    dataset: str
    accuracy: float
    macro_f1: float
    epochs: int
    parameters: int
    seconds: float
    date: datetime | None
    state: str
    path: Path | None
    onnx_path: Path | None
    predictions_path: Path | None = None
    history: tuple[EpochFinished, ...] = ()

    @property
    def can_delete(self) -> bool:
        """Whether it is a folder that nobody writes to."""
        return self.path is not None and self.state != "training"


def state_title(state: str) -> str:
    """The translated name of a run's state."""
    titles = {
        "finished": QCoreApplication.translate("RunModel", "finished"),
        "stopped": QCoreApplication.translate("RunModel", "stopped"),
        "interrupted": QCoreApplication.translate("RunModel", "interrupted"),
        "training": QCoreApplication.translate("RunModel", "training now"),
        "shipped": QCoreApplication.translate("RunModel", "comes with Mien"),
    }
    return titles.get(state, state)


def row_title(row: RunRow) -> str:
    """Name to show."""
    if row.state == "shipped":
        return QCoreApplication.translate("RunModel", "Default network")
    return row.name


def _number(value: float, form: str) -> str:
    return "–" if math.isnan(value) else format(value, form)


@dataclass(frozen=True)
class _Column:
    key: str
    title: str
    text: Callable[[RunRow], str]
    value: Callable[[RunRow], float | str]
    right: bool = True


class RunModel(QAbstractTableModel):
    """One row a run; the best accuracy is bold."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[RunRow] = []
        self._columns = [
            _Column("name", self.tr("Name"), row_title, row_title, False),
            _Column("model", self.tr("Network"), lambda r: r.model, lambda r: r.model, False),
            _Column(
                "dataset",
                self.tr("Data set"),
                lambda r: dataset_title(r.dataset),
                lambda r: dataset_title(r.dataset),
                False,
            ),
            _Column(
                "val_top1_accuracy",
                self.tr("Accuracy"),
                lambda r: percent(r.accuracy),
                lambda r: -1.0 if math.isnan(r.accuracy) else r.accuracy,
            ),
            _Column(
                "val_macro_f1",
                self.tr("Macro F1"),
                lambda r: _number(r.macro_f1, ".3f"),
                lambda r: -1.0 if math.isnan(r.macro_f1) else r.macro_f1,
            ),
            _Column(
                "epochs",
                self.tr("Epochs"),
                lambda r: str(r.epochs) if r.epochs else "–",
                lambda r: r.epochs,
            ),
            _Column(
                "parameters",
                self.tr("Parameters"),
                lambda r: millions(r.parameters) if r.parameters else "–",
                lambda r: r.parameters,
            ),
            _Column(
                "seconds",
                self.tr("Time"),
                lambda r: duration(r.seconds) if r.seconds else "–",
                lambda r: r.seconds,
            ),
            _Column(
                "date",
                self.tr("Date"),
                lambda r: f"{r.date:%Y-%m-%d %H:%M}" if r.date else "–",
                lambda r: r.date.timestamp() if r.date else 0.0,
            ),
            _Column(
                "state",
                self.tr("State"),
                lambda r: state_title(r.state),
                lambda r: state_title(r.state),
                False,
            ),
        ]

    def set_rows(self, rows: Sequence[RunRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def to_csv(self) -> str:
        """All rows with plain numbers and a header of fixed English keys."""
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        keys = ["name", "model", "dataset", "val_top1_accuracy", "val_macro_f1", "epochs"]
        writer.writerow([*keys, "parameters", "seconds", "date", "state"])
        for row in self.rows:
            writer.writerow(
                [
                    row.name,
                    row.model,
                    row.dataset,
                    "" if math.isnan(row.accuracy) else f"{row.accuracy:.6f}",
                    "" if math.isnan(row.macro_f1) else f"{row.macro_f1:.6f}",
                    row.epochs,
                    row.parameters,
                    f"{row.seconds:.1f}",
                    row.date.isoformat(timespec="seconds") if row.date else "",
                    row.state,
                ]
            )
        return stream.getvalue()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        row, column = self.rows[index.row()], self._columns[index.column()]
        if role == Qt.DisplayRole:
            return column.text(row)
        if role == SORT_ROLE:
            return column.value(row)
        if role == Qt.TextAlignmentRole:
            return int((Qt.AlignRight if column.right else Qt.AlignLeft) | Qt.AlignVCenter)
        if role == Qt.ToolTipRole and index.column() == 0:
            return str(row.path or row.onnx_path or "")
        if role == Qt.FontRole and self._is_best(row):
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _is_best(self, row: RunRow) -> bool:
        known = [other.accuracy for other in self.rows if not math.isnan(other.accuracy)]
        return len(known) > 1 and row.accuracy == max(known)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.DisplayRole
    ) -> object:
        if orientation != Qt.Horizontal:
            return None
        column = self._columns[section]
        if role == Qt.DisplayRole:
            return column.title
        if role == Qt.TextAlignmentRole:
            return int((Qt.AlignRight if column.right else Qt.AlignLeft) | Qt.AlignVCenter)
        return None
