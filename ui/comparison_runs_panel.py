"""The table of the Compare tab, what models are judged on, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QItemSelectionModel, QPoint, Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QProgressBar,
    QPushButton,
    QShortcut,
    QTableView,
    QToolButton,
    QWidget,
)

from trainer.labels import SPLITS
from ui.colors import split_title
from ui.comparison_columns import ColumnMenu
from ui.comparison_menu import ModelMenu
from ui.icons import ThemedIcon
from ui.loader import load_ui
from ui.tables.run_model import RunModel, RunProxy
from ui.tables.run_row import RunRow
from ui.widgets.elided_label import ElidedLabel

OTHER_DATA = ""
"""Value of the entry of the data sets that asks for another one."""


class ComparisonRunsPanel(QFrame):
    """Shows rows and announces what the user wants of them.

    Attributes:
        run_model: All rows.
        sorted_model: As the view shows them.
        menu: What can be done with the chosen rows.
        columns: Which columns are shown.

    Signals:
        selection_changed: Other rows are chosen, or the current one is another.
        ground_changed: Another data set or split to judge on.
        other_data_requested: The user wants to name a data set.
        score_requested, speed_requested: With the chosen rows.
        cancel_requested, refresh_requested, import_requested, report_requested: Buttons.
        use_requested, folder_requested: With the current row.
        delete_requested: With the chosen rows that may be deleted.
    """

    selection_changed = pyqtSignal()
    ground_changed = pyqtSignal()
    other_data_requested = pyqtSignal()
    score_requested = pyqtSignal(list)
    speed_requested = pyqtSignal(list)
    cancel_requested = pyqtSignal()
    refresh_requested = pyqtSignal()
    import_requested = pyqtSignal()
    report_requested = pyqtSignal(list)
    use_requested = pyqtSignal(object)
    folder_requested = pyqtSignal(object)
    delete_requested = pyqtSignal(list)

    judge_label: QLabel
    data_combo: QComboBox
    split_combo: QComboBox
    score_button: QPushButton
    speed_button: QPushButton
    progress_bar: QProgressBar
    cancel_button: QPushButton
    refresh_button: QToolButton
    folder_button: QToolButton
    delete_button: QToolButton
    import_button: QPushButton
    model_button: QPushButton
    report_button: QPushButton
    use_button: QPushButton
    ground_label: ElidedLabel
    hidden_check: QCheckBox
    columns_button: QPushButton
    runs_view: QTableView

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("comparison_runs_panel", self)
        self.run_model = RunModel(self)
        self.sorted_model = RunProxy(self.run_model, self)
        self._busy = False
        self._data_path: str | None = None
        for button, name in (
            (self.refresh_button, "refresh"),
            (self.folder_button, "folder"),
            (self.delete_button, "trash"),
        ):
            ThemedIcon(button, name)
        for split in SPLITS:
            self.split_combo.addItem(split_title(split), split)
        self.split_combo.setCurrentIndex(SPLITS.index("val"))
        self._set_up_table()
        self.menu = ModelMenu(self)
        self.model_button.setMenu(self.menu)
        self.columns = ColumnMenu(self.runs_view, self.run_model, self)
        self.columns_button.setMenu(self.columns)
        self._connect()
        self.show_progress(None)

    def _set_up_table(self) -> None:
        view = self.runs_view
        view.setModel(self.sorted_model)
        view.setSortingEnabled(True)
        view.sortByColumn(self.run_model.column("accuracy"), Qt.DescendingOrder)
        view.setSelectionBehavior(QTableView.SelectRows)
        view.setSelectionMode(QTableView.ExtendedSelection)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setAlternatingRowColors(True)
        view.setWordWrap(False)
        view.setHorizontalScrollMode(QTableView.ScrollPerPixel)
        view.setContextMenuPolicy(Qt.CustomContextMenu)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(26)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setResizeContentsPrecision(40)  # rows that are looked at
        view.horizontalHeader().setSectionsMovable(True)

    def _connect(self) -> None:
        self.refresh_button.clicked.connect(self.refresh_requested)
        self.import_button.clicked.connect(self.import_requested)
        self.cancel_button.clicked.connect(self.cancel_requested)
        self.score_button.clicked.connect(
            lambda: self.score_requested.emit(self.selected_models())
        )
        self.speed_button.clicked.connect(
            lambda: self.speed_requested.emit(self.selected_models())
        )
        self.report_button.clicked.connect(
            lambda: self.report_requested.emit(self.selected_models())
        )
        self.folder_button.clicked.connect(lambda: self._emit_current(self.folder_requested))
        self.use_button.clicked.connect(lambda: self._emit_current(self.use_requested))
        self.delete_button.clicked.connect(self._on_delete_clicked)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.menu.delete_action.triggered.connect(self._on_delete_clicked)
        self.runs_view.customContextMenuRequested.connect(self._on_context_menu)
        self.hidden_check.toggled.connect(self.sorted_model.set_show_hidden)
        self.data_combo.activated.connect(self._on_data_activated)
        self.split_combo.currentIndexChanged.connect(lambda _index: self.ground_changed.emit())
        selection = self.runs_view.selectionModel()
        selection.selectionChanged.connect(lambda _on, _off: self._on_selection_changed())
        selection.currentChanged.connect(lambda _on, _off: self._on_selection_changed())
        for key, text, slot in (
            (Qt.Key_F5, self.tr("Refresh"), self.refresh_button.click),
            (Qt.Key_Delete, self.tr("Move the chosen models to the trash"),
             self.delete_button.click),
            (Qt.Key_F2, self.tr("Rename the model"), lambda: self._trigger("rename")),
        ):
            shortcut = QShortcut(key, self, context=Qt.WidgetWithChildrenShortcut)
            shortcut.setWhatsThis(text)
            shortcut.activated.connect(slot)

    # -- rows --------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[RunRow]) -> None:
        """Show rows, keeping the selection by key; at first the best model is chosen."""
        chosen = {row.key for row in self.selected_rows()}
        current = self.current_row()
        view = self.runs_view
        selection = view.selectionModel()
        blocked = selection.blockSignals(True)
        self.run_model.set_rows(rows)
        self.choose(chosen, current.key if current else "")
        if not self.selected_rows() and self.sorted_model.rowCount():
            self.choose({self.row_at(0).key}, self.row_at(0).key)
        selection.blockSignals(blocked)
        self.columns.fit()
        view.viewport().update()
        self._on_selection_changed()

    def update_row(self, row: RunRow) -> None:
        """Show other figures of one row; the selection stays."""
        self.update_rows([row])

    def update_rows(self, rows: Sequence[RunRow]) -> None:
        """Show other figures of rows; the selection stays."""
        if self.run_model.update_rows(rows):
            self.columns.fit()
            self._on_selection_changed()

    def choose(self, keys: set[str], current: str = "") -> None:
        """Choose the rows of these keys."""
        selection = self.runs_view.selectionModel()
        flags = QItemSelectionModel.Select | QItemSelectionModel.Rows
        selection.clearSelection()
        for number in range(self.sorted_model.rowCount()):
            index = self.sorted_model.index(number, 0)
            if self.row_at(number).key == current:
                selection.setCurrentIndex(index, QItemSelectionModel.NoUpdate)
            if self.row_at(number).key in keys:
                selection.select(index, flags)

    def row_at(self, number: int) -> RunRow:
        """The row shown at a place."""
        source = self.sorted_model.mapToSource(self.sorted_model.index(number, 0))
        return self.run_model.rows[source.row()]

    def selected_rows(self) -> list[RunRow]:
        """Chosen rows from top to bottom."""
        numbers = {index.row() for index in self.runs_view.selectionModel().selectedRows()}
        return [self.row_at(number) for number in sorted(numbers)]

    def selected_models(self) -> list[RunRow]:
        """Chosen rows that have weights."""
        return [row for row in self.selected_rows() if row.is_model]

    def current_row(self) -> RunRow | None:
        """The row that single pictures show: the current one if it is chosen, else the first."""
        rows = self.selected_rows()
        index = self.runs_view.currentIndex()
        if index.isValid() and self.row_at(index.row()) in rows:
            return self.row_at(index.row())
        return rows[0] if rows else None

    # -- what is judged on ---------------------------------------------------------------------

    def set_data_sets(self, paths: Sequence[tuple[Path, str]], chosen: Path | None) -> None:
        """Offer data sets, (path, title), and choose one."""
        self.data_combo.clear()
        for path, title in paths:
            self.data_combo.addItem(title, str(path))
            self.data_combo.setItemData(self.data_combo.count() - 1, str(path), Qt.ToolTipRole)
        self.data_combo.addItem(self.tr("Another data set…"), OTHER_DATA)
        index = self.data_combo.findData(str(chosen)) if chosen is not None else -1
        self.data_combo.setCurrentIndex(index if index >= 0 else (0 if paths else -1))
        self._data_path = self.data_combo.currentData() or None
        self._show_enabled()

    def ground(self) -> tuple[Path, str] | None:
        """Data set and split to judge on, or None."""
        if not self._data_path:
            return None
        return Path(self._data_path), str(self.split_combo.currentData())

    def set_split(self, split: str) -> None:
        """Judge on another split, without announcing it."""
        blocked = self.split_combo.blockSignals(True)
        self.split_combo.setCurrentIndex(SPLITS.index(split))
        self.split_combo.blockSignals(blocked)

    def _on_data_activated(self, index: int) -> None:
        if self.data_combo.itemData(index) == OTHER_DATA:
            self.data_combo.setCurrentIndex(self.data_combo.findData(self._data_path or "-"))
            self.other_data_requested.emit()
        elif self.data_combo.itemData(index) != self._data_path:
            self._data_path = self.data_combo.itemData(index)
            self._show_enabled()
            self.ground_changed.emit()

    def show_progress(self, fraction: float | None, text: str = "") -> None:
        """Show how far the work is, or None when there is none."""
        self._busy = fraction is not None
        self.progress_bar.setVisible(self._busy)
        self.cancel_button.setVisible(self._busy)
        if fraction is not None:
            self.progress_bar.setValue(int(1000 * fraction))
            self.progress_bar.setToolTip(text)
        self._show_enabled()

    # -- what the user does --------------------------------------------------------------------

    def _on_selection_changed(self) -> None:
        self._show_enabled()
        self.selection_changed.emit()

    def _show_enabled(self) -> None:
        rows, current = self.selected_rows(), self.current_row()
        models = any(row.is_model for row in rows)
        usable = current is not None and (current.is_model or current.onnx_path is not None)
        self.use_button.setEnabled(usable)
        self.folder_button.setEnabled(current is not None and current.path is not None)
        self.delete_button.setEnabled(any(row.can_delete for row in rows))
        self.score_button.setEnabled(models and not self._busy and self.ground() is not None)
        self.speed_button.setEnabled(models and not self._busy)
        self.report_button.setEnabled(models and not self._busy)
        self.model_button.setEnabled(bool(rows))

    def _fill_menu(self) -> None:
        self.menu.set_rows(self.selected_rows(), self.current_row(), self.run_model.baseline)

    def _trigger(self, name: str) -> None:
        self._fill_menu()
        self.menu.trigger(name)

    def _on_context_menu(self, position: QPoint) -> None:
        if self.selected_rows():
            self.menu.popup(self.runs_view.viewport().mapToGlobal(position))

    def _emit_current(self, signal: Any) -> None:
        row = self.current_row()
        if row is not None:
            signal.emit(row)

    def _on_delete_clicked(self) -> None:
        rows = [row for row in self.selected_rows() if row.can_delete]
        if rows:
            self.delete_requested.emit(rows)
