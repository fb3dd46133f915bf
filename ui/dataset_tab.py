"""The Dataset tab: what is in a data set, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PyQt5.QtCore import QItemSelectionModel, Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from trainer.labels import SPLITS
from trainer.preprocess import Preprocessing, normalize
from ui.colors import expression_title, split_title
from ui.dataset_facts import facts
from ui.formats import count, dataset_title
from ui.loader import load_ui
from ui.tables.class_model import ClassModel
from ui.tables.sample_model import SampleModel
from ui.tables.samples import Samples
from ui.widgets.bar_delegate import BarDelegate
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.empty_state import EmptyState
from ui.widgets.image_grid import ImageGrid
from ui.widgets.message_banner import MessageBanner
from ui.widgets.pixel_view import PixelView

if TYPE_CHECKING:
    from trainer.data.summary import DatasetSummary

_SHOWN_PROBLEMS = 1000


class DatasetTab(QWidget):
    """Shows a data set.

    Signals:
        open_requested: Ask for a file.
        demo_requested: Draw and open the demo data set.
        cancel_requested: Stop reading.
        train_requested: Take the data set shown to the Train tab.
    """

    open_requested = pyqtSignal()
    demo_requested = pyqtSignal()
    cancel_requested = pyqtSignal()
    train_requested = pyqtSignal()

    banner: MessageBanner
    pages: QStackedWidget
    empty_page: EmptyState
    loading_page: QWidget
    loading_label: QLabel
    loading_bar: QProgressBar
    cancel_button: QPushButton
    data_page: QWidget
    name_label: ElidedLabel
    open_button: QPushButton
    train_button: QPushButton
    classes_view: QTableView
    facts_label: QLabel
    problems_label: QLabel
    problems_table: QTableWidget
    class_combo: QComboBox
    split_combo: QComboBox
    shown_label: QLabel
    grid: ImageGrid
    detail_title: QLabel
    detail_label: QLabel
    pixels_view: PixelView
    network_label: QLabel
    network_view: PixelView

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("dataset_tab", self)
        self.empty_page.set_content(
            "dataset",
            self.tr("No data set is open"),
            self.tr(
                "Open FER2013 as a CSV file, plain or packed (.csv, .gz, .zip), to see how many "
                "images each expression has, which repeat, and which rows are damaged. Or let "
                "Mien draw a small demo data set to try everything."
            ),
            self.tr("Open a FER2013 file…"),
            self.tr("Draw the demo data set"),
        )
        self.class_model = ClassModel(self)
        self.sample_model = SampleModel(self)
        self._set_up_views()
        self._connect()
        self.pages.setCurrentWidget(self.empty_page)

    def _set_up_views(self) -> None:
        view = self.classes_view
        view.setModel(self.class_model)
        view.setItemDelegateForColumn(len(SPLITS) + 1, BarDelegate(view))
        view.setSelectionBehavior(QTableView.SelectRows)
        view.setSelectionMode(QTableView.SingleSelection)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(26)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        header = view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeToContents)
        header.setSectionResizeMode(len(SPLITS) + 1, QHeaderView.Stretch)
        self.problems_table.setColumnCount(2)
        self.problems_table.setHorizontalHeaderLabels([self.tr("Line"), self.tr("Reason")])
        self.problems_table.verticalHeader().hide()
        self.problems_table.setShowGrid(False)
        self.problems_table.setTabKeyNavigation(False)
        self.problems_table.setEditTriggers(QAbstractItemView.NoEditTriggers)
        self.problems_table.setSelectionBehavior(QAbstractItemView.SelectRows)
        problem_header = self.problems_table.horizontalHeader()
        problem_header.setSectionResizeMode(QHeaderView.ResizeToContents)
        problem_header.setStretchLastSection(True)
        problem_header.setDefaultAlignment(Qt.AlignLeft | Qt.AlignVCenter)
        self.grid.setModel(self.sample_model)

    def _connect(self) -> None:
        self.empty_page.first_button.clicked.connect(self.open_requested)
        self.empty_page.second_button.clicked.connect(self.demo_requested)
        self.open_button.clicked.connect(self.open_requested)
        self.cancel_button.clicked.connect(self.cancel_requested)
        self.train_button.clicked.connect(self.train_requested)
        self.class_combo.activated.connect(lambda _index: self._apply_filter())
        self.split_combo.activated.connect(lambda _index: self._apply_filter())
        self.grid.selectionModel().currentChanged.connect(
            lambda _current, _previous: self._show_detail()
        )
        self.classes_view.clicked.connect(lambda index: self._show_class(index.row()))
        self.classes_view.activated.connect(lambda index: self._show_class(index.row()))

    # -- what the controller sets ----------------------------------------------------------

    def show_loading(self, text: str) -> None:
        """A data set is being read."""
        self.banner.clear()
        self.loading_label.setText(text)
        self.loading_bar.setValue(0)
        self.pages.setCurrentWidget(self.loading_page)
        self.cancel_button.setFocus()

    def show_progress(self, fraction: float) -> None:
        """How much is read."""
        self.loading_bar.setValue(int(1000 * fraction))

    def show_previous(self) -> None:
        """Reading failed or was cancelled: what was open stays open."""
        has_data = self.sample_model.samples is not None
        self.pages.setCurrentWidget(self.data_page if has_data else self.empty_page)

    def show_samples(self, samples: Samples) -> None:
        """Show a data set that was read; its summary follows."""
        self.name_label.setText(dataset_title(samples.name))
        self.sample_model.set_samples(samples)
        self.facts_label.setText(self.tr("Looking for repeated images…"))
        self._show_counts(samples)
        self._show_problems(samples)
        self._fill_filters(samples)
        self._apply_filter()
        self.pages.setCurrentWidget(self.data_page)

    def show_summary(self, summary: DatasetSummary) -> None:
        """Say in plain sentences what is notable."""
        self.facts_label.setText("\n".join(facts(summary)))

    def _show_counts(self, samples: Samples) -> None:
        table = np.zeros((len(samples.class_names), len(SPLITS)), np.int64)
        np.add.at(table, (samples.targets, samples.splits), 1)
        self.class_model.set_counts(samples.class_names, table)
        view = self.classes_view
        height = view.horizontalHeader().sizeHint().height() + 4
        height += sum(view.rowHeight(row) for row in range(self.class_model.rowCount()))
        view.setFixedHeight(height)

    def _show_problems(self, samples: Samples) -> None:
        total = len(samples.problems)
        self.problems_label.setVisible(total > 0)
        self.problems_table.setVisible(total > 0)
        self.problems_label.setText(
            self.tr("{number} rows were left out").format(number=count(total))
        )
        shown = samples.problems[:_SHOWN_PROBLEMS]
        self.problems_table.setRowCount(len(shown))
        for row, (line, reason) in enumerate(shown):
            self.problems_table.setItem(row, 0, QTableWidgetItem(str(line)))
            item = QTableWidgetItem(reason)
            item.setToolTip(reason)
            self.problems_table.setItem(row, 1, item)

    # -- filters and detail ------------------------------------------------------------------

    def _fill_filters(self, samples: Samples) -> None:
        self.class_combo.clear()
        self.class_combo.addItem(self.tr("All expressions"), None)
        for index, name in enumerate(samples.class_names):
            self.class_combo.addItem(expression_title(name), index)
        self.split_combo.clear()
        self.split_combo.addItem(self.tr("All splits"), None)
        for index, name in enumerate(SPLITS):
            self.split_combo.addItem(split_title(name), index)

    def _show_class(self, row: int) -> None:
        index = self.class_combo.findData(row)
        self.class_combo.setCurrentIndex(max(0, index))
        self._apply_filter()

    def _apply_filter(self) -> None:
        self.sample_model.set_filter(
            self.class_combo.currentData(), self.split_combo.currentData()
        )
        rows = self.sample_model.rowCount()
        self.shown_label.setText(self.tr("{number} images").format(number=count(rows)))
        if rows:
            self.grid.selectionModel().setCurrentIndex(
                self.sample_model.index(0), QItemSelectionModel.ClearAndSelect
            )
            self.grid.scrollToTop()
        self._show_detail()

    def _show_detail(self) -> None:
        index = self.grid.currentIndex()
        samples = self.sample_model.samples
        if samples is None or not index.isValid():
            self.detail_title.setText("")
            self.detail_label.setText(self.tr("Choose an image to see its pixels."))
            self.pixels_view.set_pixels(None)
            self.network_view.set_pixels(None)
            return
        sample = self.sample_model.sample_index(index)
        pixels = samples.images[sample]
        self.detail_title.setText(expression_title(self.sample_model.target_name(sample)))
        self.detail_label.setText(
            self.tr("{split}, line {line} of the file").format(
                split=split_title(SPLITS[int(samples.splits[sample])]),
                line=count(int(samples.source_rows[sample])),
            )
        )
        self.pixels_view.set_pixels(pixels)
        inputs = normalize(pixels[None, None], Preprocessing())[0, 0]
        self.network_view.set_pixels(np.clip(inputs * 51 + 127.5, 0, 255).astype(np.uint8))
