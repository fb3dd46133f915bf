"""A plain table of texts and numbers: what stands behind a plot."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Sequence

from PyQt5.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

SORT_ROLE = Qt.UserRole
Cell = str | float
Format = Callable[[float], str]


class ValueModel(QAbstractTableModel):
    """Rows of texts and numbers; numbers are sorted as such and shown by a format a column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headers: tuple[str, ...] = ()
        self.rows: list[tuple[Cell, ...]] = []
        self._formats: tuple[Format, ...] = ()

    def set_table(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        formats: Sequence[Format] | Format | None = None,
    ) -> None:
        """Replace everything.

        Args:
            headers: One a column.
            rows: As many cells as headers; NaN is shown as a dash.
            formats: How numbers are shown: one for all columns or one for each.
        """
        self.beginResetModel()
        self.headers = tuple(headers)
        self.rows = [tuple(row) for row in rows]
        if formats is None or callable(formats):
            self._formats = (formats or plain_number,) * len(self.headers)
        else:
            self._formats = tuple(formats)
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        """What a cell says."""
        cell = self.rows[row][column]
        if isinstance(cell, str):
            return cell
        return "–" if math.isnan(cell) else self._formats[column](cell)

    def to_text(self, delimiter: str = ",") -> str:
        """Return all rows under their headings, numbers in full."""
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        writer.writerow(self.headers)
        for row in self.rows:
            writer.writerow([cell if isinstance(cell, str) else _full(cell) for cell in row])
        return stream.getvalue()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.headers)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        cell = self.rows[index.row()][index.column()]
        if role == Qt.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ToolTipRole and isinstance(cell, str):
            return cell if len(cell) > 24 else None
        if role == SORT_ROLE:
            return cell
        if role == Qt.TextAlignmentRole:
            side = Qt.AlignLeft if isinstance(cell, str) else Qt.AlignRight
            return int(side | Qt.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.DisplayRole
    ) -> object:
        if orientation != Qt.Horizontal or section >= len(self.headers):
            return None
        if role == Qt.DisplayRole:
            return self.headers[section]
        if role == Qt.TextAlignmentRole:
            numbers = bool(self.rows) and not isinstance(self.rows[0][section], str)
            return int((Qt.AlignRight if numbers else Qt.AlignLeft) | Qt.AlignVCenter)
        return None


def plain_number(value: float) -> str:
    """Four significant digits, whole numbers as they are."""
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.4g}"


def _full(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.8g}"
