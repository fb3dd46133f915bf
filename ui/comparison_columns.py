"""Which columns the Compare tab's table shows."""

from __future__ import annotations

from collections.abc import Iterable

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QMenu, QTableView, QWidget

from ui.tables.run_model import RunModel

_WIDEST = 300
_ALWAYS = "name"


class ColumnMenu(QMenu):
    """A list of columns to tick, shown by a button and by a right click on the headings.

    Signals:
        changed: Keys of the columns that are shown now.
    """

    changed = pyqtSignal(list)

    def __init__(self, view: QTableView, model: RunModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._model = model
        for column in model.columns:
            if column.key == _ALWAYS:
                continue
            action = self.addAction(column.title)
            action.setCheckable(True)
            action.setData(column.key)
            action.setToolTip(column.tip)
            action.toggled.connect(lambda on, key=column.key: self._on_toggled(key, on))
        self.setToolTipsVisible(True)
        header = view.horizontalHeader()
        header.setContextMenuPolicy(Qt.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self.popup(header.mapToGlobal(at)))
        self.show_columns(column.key for column in model.columns if column.shown)

    def shown(self) -> list[str]:
        """Keys of the columns that are shown."""
        return [
            column.key
            for number, column in enumerate(self._model.columns)
            if not self._view.isColumnHidden(number)
        ]

    def show_columns(self, keys: Iterable[str]) -> None:
        """Show these columns, without announcing it; unknown keys are passed over."""
        wanted = {*keys, _ALWAYS}
        for number, column in enumerate(self._model.columns):
            self._view.setColumnHidden(number, column.key not in wanted)
        blocked = self.blockSignals(True)
        for action in self.actions():
            action.blockSignals(True)
            action.setChecked(action.data() in wanted)
            action.blockSignals(False)
        self.blockSignals(blocked)

    def fit(self) -> None:
        """Give every column the width of its texts, long ones not all of it."""
        view = self._view
        for number in range(len(self._model.columns)):
            if not view.isColumnHidden(number):
                view.resizeColumnToContents(number)
                view.setColumnWidth(number, min(_WIDEST, view.columnWidth(number)))

    def _on_toggled(self, key: str, on: bool) -> None:
        self._view.setColumnHidden(self._model.column(key), not on)
        self.fit()
        self.changed.emit(self.shown())
