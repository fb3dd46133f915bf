"""A view of plain values that can be sorted and copied."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QSortFilterProxyModel, Qt
from PyQt5.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PyQt5.QtWidgets import QApplication, QTableView, QWidget

from ui.tables.value_model import SORT_ROLE, Cell, Format, ValueModel


class ValueTable(QTableView):
    """Shows a :class:`ValueModel`; Ctrl+C copies all of it with its headings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values = ValueModel(self)
        self._is_fitted = False
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.values)
        self._sorted.setSortRole(SORT_ROLE)
        self.setModel(self._sorted)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.AscendingOrder)
        self.setSelectionBehavior(QTableView.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(26)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setResizeContentsPrecision(40)  # rows that are looked at

    def set_table(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        formats: Sequence[Format] | Format | None = None,
    ) -> None:
        """Show other values; see :meth:`ValueModel.set_table`."""
        self.values.set_table(headers, rows, formats)
        self._is_fitted = False
        if self.isVisible():
            self._fit()

    def _fit(self) -> None:
        """Give columns the width of their texts; behind a picture that would be lost time."""
        self._is_fitted = True
        self.resizeColumnsToContents()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_fitted:
            self._fit()

    def copy(self) -> None:
        """Put the table on the clipboard, cells apart by tabs as spreadsheets take them."""
        QApplication.clipboard().setText(self.values.to_text("\t"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.Copy):
            self.copy()
            return
        super().keyPressEvent(event)
