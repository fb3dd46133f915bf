"""The Compare tab: runs side by side, their curves, what they confuse."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QItemSelectionModel, QSortFilterProxyModel, Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QCheckBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QShortcut,
    QSplitter,
    QStackedWidget,
    QTableView,
    QToolButton,
    QWidget,
)

from ui.colors import CURVE_COLORS, CURVE_SYMBOLS
from ui.icons import icon
from ui.loader import load_ui
from ui.tables.run_model import SORT_ROLE, RunModel, RunRow, row_title
from ui.widgets.confusion_matrix import ConfusionMatrix
from ui.widgets.curve_legend import CurveLegend
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.empty_state import EmptyState
from ui.widgets.message_banner import MessageBanner
from ui.widgets.metrics_plot import CurveStyle, MetricsPlot

_LINES = (Qt.SolidLine, Qt.DashLine, Qt.DotLine, Qt.DashDotLine)
_ACCURACY_COLUMN = 3


class ComparisonTab(QWidget):
    """Shows runs; a controller reads and deletes them.

    Signals:
        refresh_requested, export_requested, train_requested: Buttons.
        folder_requested, use_requested: With the current :class:`RunRow`.
        delete_requested: With the list of chosen rows.
        images_requested: (RunRow, target, pred) Show the images of a cell of the matrix.
        current_changed: The :class:`RunRow` whose matrix should be shown, or None.
    """

    refresh_requested = pyqtSignal()
    export_requested = pyqtSignal()
    train_requested = pyqtSignal()
    folder_requested = pyqtSignal(object)
    use_requested = pyqtSignal(object)
    delete_requested = pyqtSignal(list)
    images_requested = pyqtSignal(object, int, int)
    current_changed = pyqtSignal(object)

    banner: MessageBanner
    pages: QStackedWidget
    empty_page: EmptyState
    runs_page: QWidget
    splitter: QSplitter
    refresh_button: QToolButton
    folder_button: QToolButton
    delete_button: QToolButton
    export_button: QPushButton
    use_button: QPushButton
    runs_view: QTableView
    curves_label: QLabel
    legend: CurveLegend
    plot: MetricsPlot
    matrix_label: ElidedLabel
    share_check: QCheckBox
    matrix: ConfusionMatrix
    cell_label: QLabel
    images_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("comparison_tab", self)
        self.empty_page.set_content(
            "comparison",
            self.tr("Nothing to compare yet"),
            self.tr(
                "Every training leaves a run here: its accuracy, its curves and what it "
                "confuses. Train a network first; the demo data set needs a minute."
            ),
            self.tr("Go to training"),
        )
        self.run_model = RunModel(self)
        self.sorted_model = QSortFilterProxyModel(self)
        self.sorted_model.setSourceModel(self.run_model)
        self.sorted_model.setSortRole(SORT_ROLE)
        for button, name in (
            (self.refresh_button, "refresh"),
            (self.folder_button, "folder"),
            (self.delete_button, "trash"),
        ):
            button.setIcon(icon(name))
        self._set_up_table()
        self.plot.set_labels(
            self.tr("Validation accuracy, %"),
            self.tr("Epoch"),
            self.tr("The curves of the chosen runs appear here."),
        )
        self.plot.styles_changed.connect(self.legend.set_styles)
        # The check box makes the row beside it higher; the titles should stand level.
        self.curves_label.setMinimumHeight(self.share_check.sizeHint().height())
        self.splitter.setSizes([240, 340])
        self._connect()
        self.show_matrix(None, (), "")

    def _set_up_table(self) -> None:
        view = self.runs_view
        view.setModel(self.sorted_model)
        view.setSortingEnabled(True)
        view.sortByColumn(_ACCURACY_COLUMN, Qt.DescendingOrder)
        view.setSelectionBehavior(QTableView.SelectRows)
        view.setSelectionMode(QTableView.ExtendedSelection)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setAlternatingRowColors(True)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(28)
        header = view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.Stretch)
        header.setHighlightSections(False)

    def _connect(self) -> None:
        self.empty_page.first_button.clicked.connect(self.train_requested)
        self.refresh_button.clicked.connect(self.refresh_requested)
        self.export_button.clicked.connect(self.export_requested)
        self.folder_button.clicked.connect(lambda: self._emit_current(self.folder_requested.emit))
        self.use_button.clicked.connect(lambda: self._emit_current(self.use_requested.emit))
        self.delete_button.clicked.connect(self._on_delete_clicked)
        self.share_check.toggled.connect(self.matrix.set_as_share)
        self.matrix.cell_selected.connect(self._on_cell_selected)
        self.matrix.cell_activated.connect(lambda _target, _pred: self.images_button.click())
        self.images_button.clicked.connect(self._on_images_clicked)
        selection = self.runs_view.selectionModel()
        selection.selectionChanged.connect(lambda _on, _off: self._on_selection_changed())
        for key, text, slot in (
            (Qt.Key_F5, self.tr("Refresh"), self.refresh_button.click),
            (Qt.Key_Delete, self.tr("Move the chosen runs to the trash"), self.delete_button.click),
        ):
            shortcut = QShortcut(key, self, context=Qt.WidgetWithChildrenShortcut)
            shortcut.setWhatsThis(text)
            shortcut.activated.connect(slot)

    # -- rows --------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[RunRow]) -> None:
        """Show runs, keeping the selection by name."""
        chosen = {row.name for row in self.selected_rows()}
        self.run_model.set_rows(rows)
        self.pages.setCurrentWidget(self.runs_page if rows else self.empty_page)
        selection = self.runs_view.selectionModel()
        flags = QItemSelectionModel.Select | QItemSelectionModel.Rows
        for number in range(self.sorted_model.rowCount()):
            index = self.sorted_model.index(number, 0)
            row = self._row_at(number)
            if row.name in chosen or (not chosen and number == 0):
                selection.select(index, flags)
        self._on_selection_changed()

    def _row_at(self, number: int) -> RunRow:
        source = self.sorted_model.mapToSource(self.sorted_model.index(number, 0))
        return self.run_model.rows[source.row()]

    def selected_rows(self) -> list[RunRow]:
        """Chosen runs from top to bottom."""
        numbers = {index.row() for index in self.runs_view.selectionModel().selectedRows()}
        return [self._row_at(number) for number in sorted(numbers)]

    def current_row(self) -> RunRow | None:
        """The run whose matrix is shown: the current one if it is chosen, else the first."""
        rows = self.selected_rows()
        index = self.runs_view.currentIndex()
        if index.isValid() and self._row_at(index.row()) in rows:
            return self._row_at(index.row())
        return rows[0] if rows else None

    def _emit_current(self, emit: object) -> None:
        row = self.current_row()
        if row is not None and callable(emit):
            emit(row)

    def _on_cell_selected(self, target: int, pred: int) -> None:
        self.cell_label.setText(self.matrix.sentence(target, pred))
        self.images_button.setEnabled(self.matrix.number(target, pred) > 0)

    def _on_images_clicked(self) -> None:
        row = self.current_row()
        if row is not None:
            self.images_requested.emit(row, *self.matrix.current)

    def _on_delete_clicked(self) -> None:
        rows = [row for row in self.selected_rows() if row.can_delete]
        if rows:
            self.delete_requested.emit(rows)

    def _on_selection_changed(self) -> None:
        rows, current = self.selected_rows(), self.current_row()
        self.use_button.setEnabled(current is not None and current.onnx_path is not None)
        self.folder_button.setEnabled(current is not None)
        self.delete_button.setEnabled(any(row.can_delete for row in rows))
        self._show_curves([row for row in rows if row.history])
        self.current_changed.emit(current)

    def _show_curves(self, rows: Sequence[RunRow]) -> None:
        shown = rows[: len(CURVE_COLORS)]
        self.plot.set_curves(
            {
                row.name: CurveStyle(
                    row_title(row), CURVE_COLORS[i], _LINES[i % len(_LINES)], CURVE_SYMBOLS[i]
                )
                for i, row in enumerate(shown)
            }
        )
        for row in shown:
            self.plot.set_data(
                row.name,
                [float(entry.epoch + 1) for entry in row.history],
                [100 * entry.val_accuracy for entry in row.history],
            )

    def show_matrix(
        self, matrix: npt.NDArray[np.int64] | None, names: Sequence[str], title: str
    ) -> None:
        """Show the matrix of a run; None says that there is none."""
        self.matrix.set_matrix(matrix, names)
        self.matrix.setEnabled(matrix is not None)
        self.share_check.setEnabled(matrix is not None)
        self.images_button.setEnabled(False)
        if matrix is None:
            self.matrix_label.setText(self.tr("What it confuses"))
            self.cell_label.setText(
                self.tr("No predictions were kept for this choice.") if title else ""
            )
        else:
            self.matrix_label.setText(self.tr("What {name} confuses").format(name=title))
            self.cell_label.setText(
                self.tr("Rows are the labels, columns the answers. Choose a cell to read it.")
            )
