"""List model of the checks of a data set: name, number, one line of words."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ui.check_result import Check, CheckRow
from ui.check_texts import check_sentence, check_title, row_note
from ui.formats import count

NOTE_ROLE = Qt.UserRole
"""Second line (str)."""
COUNT_ROLE = Qt.UserRole + 1
"""Number as shown (str); a dash before anybody looked."""
FOUND_ROLE = Qt.UserRole + 2
"""Something is found that is not excluded (bool)."""


class CheckModel(QAbstractListModel):
    """One row a check."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[CheckRow] = [CheckRow(check, None) for check in Check]

    def set_rows(self, rows: Sequence[CheckRow]) -> None:
        """Show what was found; the order of the checks stays."""
        self.rows = list(rows)
        self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def row_of(self, check: Check) -> CheckRow:
        """The line of a check."""
        return next(row for row in self.rows if row.check is check)

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.DisplayRole:
            return check_title(row.check)
        if role == NOTE_ROLE:
            return row_note(row)
        if role == COUNT_ROLE:
            return "–" if row.open is None else count(row.open)
        if role == FOUND_ROLE:
            return bool(row.open)
        if role == Qt.ToolTipRole:
            return check_sentence(row.check)
        if role == Qt.AccessibleTextRole:
            number = "" if row.open is None else f", {count(row.open)}"
            return f"{check_title(row.check)}{number}. {row_note(row)}"
        return None
