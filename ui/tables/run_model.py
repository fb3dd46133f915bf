"""Table model of runs and models, sortable by real values, with differences to a baseline."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from datetime import datetime

from PyQt5.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QSortFilterProxyModel,
    Qt,
)
from PyQt5.QtGui import QFont, QPalette
from PyQt5.QtWidgets import QApplication

from ui.icons import icon
from ui.tables.judged import flag_sentence
from ui.tables.run_columns import Column, columns
from ui.tables.run_row import RunRow

SORT_ROLE = Qt.UserRole
"""Value to sort by: a number or a text."""


class RunModel(QAbstractTableModel):
    """One row a run, model or published figure; the best accuracy is bold.

    Attributes:
        rows: What is shown.
        columns: What is told of each.
        baseline: Key of the row that others are compared with, or "".
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[RunRow] = []
        self.columns: list[Column] = columns()
        self.baseline = ""
        self._best = math.nan
        self._base: RunRow | None = None

    def set_rows(self, rows: Sequence[RunRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self._count()
        self.endResetModel()

    def update_rows(self, rows: Sequence[RunRow]) -> bool:
        """Replace rows by those with the same keys; return whether anything changed."""
        places = {row.key: number for number, row in enumerate(self.rows)}
        known = [row for row in rows if row.key in places]
        changed = [row for row in known if self.rows[places[row.key]] != row]
        for row in changed:
            self.rows[places[row.key]] = row
        if changed:
            self._count()
            self._changed()
        return bool(changed)

    def set_baseline(self, key: str) -> None:
        """Compare with the row of this key; "" with none."""
        self.baseline = key
        self._count()
        self._changed()

    def _changed(self) -> None:
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _count(self) -> None:
        known = [
            row.scores.accuracy
            for row in self.rows
            if row.kind != "literature" and not math.isnan(row.scores.accuracy)
        ]
        self._best = max(known) if len(known) > 1 else math.nan
        self._base = next((row for row in self.rows if row.key == self.baseline), None)

    def column(self, key: str) -> int:
        """Number of the column with this key."""
        return next(i for i, column in enumerate(self.columns) if column.key == key)

    def row_of(self, key: str) -> int:
        """Number of the row with this key; -1 when it is gone."""
        return next((i for i, row in enumerate(self.rows) if row.key == key), -1)

    # -- taken away --------------------------------------------------------------------------

    def to_csv(self, delimiter: str = ",") -> str:
        """All rows with plain numbers and a header of fixed English keys."""
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        extra = ["interval_high", "n", "flags", "dataset_hash", "path"]
        writer.writerow([*(column.key for column in self.columns), *extra])
        for row in self.rows:
            cells = [_plain(column, row) for column in self.columns]
            high = row.scores.high
            cells += ["" if math.isnan(high) else f"{high:.6f}", str(row.scores.n or "")]
            flags = " ".join(flag.code for flag in row.flags)
            cells += [flags, row.dataset_hash, str(row.path or "")]
            writer.writerow(cells)
        return stream.getvalue()

    # -- Qt ----------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role in (Qt.DisplayRole, Qt.AccessibleTextRole):
            return self._text(row, column)
        if role == SORT_ROLE:
            return column.value(row)
        if role == Qt.DecorationRole and column.key == "name" and row.pinned:
            return icon("pin")
        if role == Qt.TextAlignmentRole:
            return int((Qt.AlignRight if column.right else Qt.AlignLeft) | Qt.AlignVCenter)
        if role == Qt.ToolTipRole:
            return self._tip(row, column)
        if role == Qt.FontRole:
            return self._font(row)
        if role == Qt.ForegroundRole and row.kind in ("literature", "damaged"):
            return QApplication.palette().brush(QPalette.PlaceholderText)
        return None

    def _text(self, row: RunRow, column: Column) -> str:
        text = column.text(row)
        if column.key == "name":
            return self._signs(row) + text
        base = self._base
        if base is None or base.key == row.key or column.delta is None:
            return text
        if column.of_images and not _same_images(row, base):
            return text
        delta = column.delta(row, base)
        return f"{text}  ({delta})" if delta else text

    def _signs(self, row: RunRow) -> str:
        return self.tr("[baseline]") + " " if row.key == self.baseline else ""

    def _tip(self, row: RunRow, column: Column) -> str:
        if column.key == "note":
            return row.note
        if column.key in ("name", "state", "judged"):
            lines = [str(row.path or ""), row.problem, *map(flag_sentence, row.flags)]
            return "\n".join(line for line in lines if line)
        base = self._base
        if base is None or base.key == row.key or column.delta is None:
            return ""
        if column.of_images and column.delta(row, base) and not _same_images(row, base):
            if "literature" in (row.kind, base.kind):
                return self.tr(
                    "No difference to the baseline: a published figure is of images of its own."
                )
            return self.tr(
                "No difference to the baseline: the two were judged on different images. "
                "Score both here to compare them."
            )
        return ""

    def _font(self, row: RunRow) -> QFont | None:
        best = row.kind != "literature" and row.scores.accuracy == self._best
        if not best and row.kind not in ("literature", "damaged"):
            return None
        font = QFont()
        font.setBold(best)
        font.setItalic(row.kind in ("literature", "damaged"))
        return font

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.DisplayRole
    ) -> object:
        if orientation != Qt.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.DisplayRole:
            return column.title
        if role == Qt.ToolTipRole:
            return column.tip
        if role == Qt.TextAlignmentRole:
            return int((Qt.AlignRight if column.right else Qt.AlignLeft) | Qt.AlignVCenter)
        return None


def _same_images(row: RunRow, other: RunRow) -> bool:
    """Whether the scores of two rows are known to be of the same images with the same labels.

    Published figures are not: each is of its own split. Nor are runs that only began with the
    same data, of which one had labels corrected.
    """
    if row.judged != other.judged or row.judged == "report":
        return False
    if row.judged == "here":
        return True
    if row.candidate is None or other.candidate is None:
        return False
    hashes = row.candidate.dataset_hashes
    return bool(hashes) and hashes == other.candidate.dataset_hashes


def _plain(column: Column, row: RunRow) -> str:
    """What a file says in a cell: numbers without units, "" for what is unknown."""
    value = column.value(row)
    if column.key == "name":
        return row.title or row.name
    if column.key == "date":
        return row.date.isoformat(timespec="seconds") if isinstance(row.date, datetime) else ""
    if column.key == "state":
        return row.state or row.kind
    if column.key == "judged":
        return row.judged
    if isinstance(value, str):
        return value
    return "" if math.isnan(value) else f"{value:.6g}"


class RunProxy(QSortFilterProxyModel):
    """Sorts inside groups: pinned rows first, published figures and damaged ones last.

    What is unknown stands below what is known, whichever way the column is sorted.
    """

    def __init__(self, model: RunModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._show_hidden = False
        self.setSourceModel(model)
        self.setSortRole(SORT_ROLE)
        self.setDynamicSortFilter(True)

    def set_show_hidden(self, on: bool) -> None:
        """Also show the rows that were hidden."""
        self._show_hidden = on
        self.invalidateFilter()

    def _group(self, row: RunRow) -> int:
        if row.pinned:
            return 0
        return {"damaged": 3, "literature": 2}.get(row.kind, 1)

    def lessThan(self, left: QModelIndex, right: QModelIndex) -> bool:
        rows = self._model.rows
        first, second = rows[left.row()], rows[right.row()]
        up = self.sortOrder() == Qt.AscendingOrder
        groups = self._group(first), self._group(second)
        if groups[0] != groups[1]:
            return (groups[0] < groups[1]) == up
        column = self._model.columns[left.column()]
        a, b = column.value(first), column.value(second)
        if isinstance(a, str) or isinstance(b, str):
            return str(a).casefold() < str(b).casefold()
        if math.isnan(a) or math.isnan(b):
            return (math.isnan(b) and not math.isnan(a)) == up
        return a < b

    def filterAcceptsRow(self, source_row: int, source_parent: QModelIndex) -> bool:
        return self._show_hidden or not self._model.rows[source_row].hidden
