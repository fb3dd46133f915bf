"""Overview: how many images of what, how they look, what is notable, which rows were left out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from trainer.data.statistics import CONTRAST_RANGE
from trainer.labels import SPLITS
from ui.colors import split_title
from ui.dataset_facts import edit_facts, facts, vote_facts
from ui.dataset_state import DatasetState
from ui.formats import count
from ui.loader import load_ui
from ui.tables.class_model import ClassModel
from ui.tables.samples import Samples
from ui.targets_panel import TargetsPanel
from ui.widgets.bar_delegate import BarDelegate
from ui.widgets.distribution_table import DistributionTable
from ui.widgets.histogram import Histogram
from ui.widgets.mean_faces import MeanFaces
from ui.widgets.reflow import flow, turn

_SHOWN_PROBLEMS = 1000


class DatasetOverviewPage(QWidget):
    """Counts by class and split, sentences, bad rows.

    Signals:
        class_chosen: Index of a class whose images are wanted; one past the last for all.
        save_problems_requested: Ask where, then write :meth:`problems_text` there.
    """

    class_chosen = pyqtSignal(int)
    save_problems_requested = pyqtSignal()

    page_scroll: QScrollArea
    page_layout: QHBoxLayout
    problems_head_layout: QHBoxLayout
    classes_view: QTableView
    facts_label: QLabel
    targets_panel: TargetsPanel
    pictures_card: QFrame
    mean_faces: MeanFaces
    brightness_label: QLabel
    brightness_stack: QStackedWidget
    brightness_plot: Histogram
    brightness_table: DistributionTable
    contrast_label: QLabel
    contrast_stack: QStackedWidget
    contrast_plot: Histogram
    contrast_table: DistributionTable
    numbers_button: QPushButton
    problems_card: QFrame
    problems_label: QLabel
    problems_hint_label: QLabel
    problems_table: QTableWidget
    copy_problems_button: QPushButton
    save_problems_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("dataset_overview_page", self)
        flow(self.problems_head_layout)
        self._state: DatasetState | None = None
        self._vote_lines: list[str] = []
        self.class_model = ClassModel(self)
        self._set_up_classes()
        self._set_up_problems()
        self.numbers_button.toggled.connect(self._on_numbers_toggled)
        self.copy_problems_button.clicked.connect(self._on_copy_clicked)
        self.save_problems_button.clicked.connect(self.save_problems_requested)

    def set_state(self, state: DatasetState) -> None:
        """Show this data set from now on."""
        self._state = state
        self.targets_panel.set_state(state)
        state.samples_changed.connect(self._on_samples_changed)
        state.edits_changed.connect(self._on_edits_changed)
        state.summary_changed.connect(self._show_facts)
        state.statistics_changed.connect(self._on_statistics_changed)
        self._on_samples_changed()

    def set_narrow(self, narrow: bool) -> None:
        """Use one column where there is no room for two."""
        turn(self.page_layout, narrow)

    def _set_up_classes(self) -> None:
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
        view.activated.connect(lambda index: self.class_chosen.emit(index.row()))
        view.doubleClicked.connect(lambda index: self.class_chosen.emit(index.row()))

    def _set_up_problems(self) -> None:
        table = self.problems_table
        table.setColumnCount(2)
        table.setHorizontalHeaderLabels([self.tr("Line"), self.tr("Reason")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectRows)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeToContents)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignLeft | Qt.AlignVCenter)

    def _on_samples_changed(self) -> None:
        samples = None if self._state is None else self._state.samples
        if samples is None:
            return
        self._vote_lines = []
        self.facts_label.setText(self.tr("Looking for repeated images…"))
        self.pictures_card.setVisible(False)
        self._show_counts(samples)
        self._show_problems(samples)

    def _on_edits_changed(self) -> None:
        if self._state is not None and self._state.samples is not None:
            self._show_counts(self._state.samples)
            self._show_facts()

    def _show_facts(self) -> None:
        if self._state is None or self._state.samples is None or self._state.summary is None:
            return
        samples = self._state.samples
        used = ~self._state.excluded()
        lines = edit_facts(
            unlabelled=int((used & (self._state.targets() < 0)).sum()),
            relabelled=int((used & (self._state.targets() != samples.targets)).sum()),
            excluded=int((~used).sum()),
        )
        lines += facts(self._state.summary)
        if samples.votes is not None and not self._vote_lines:
            self._vote_lines = vote_facts(samples.votes)
        lines += self._vote_lines
        lines += samples.notes
        self.facts_label.setText("\n\n".join(lines))

    def _on_statistics_changed(self) -> None:
        if self._state is None or self._state.samples is None or self._state.statistics is None:
            return
        found = self._state.statistics
        self.mean_faces.set_faces(self._state.samples.class_names, found.mean_faces, found.counts)
        names = [split_title(split) for split in SPLITS]
        for brightness in (self.brightness_plot, self.brightness_table):
            brightness.set_groups(names, found.brightness, (0.0, 256.0))
        for contrast in (self.contrast_plot, self.contrast_table):
            contrast.set_groups(names, found.contrast, CONTRAST_RANGE)
        self.brightness_label.setText(
            self.tr("Brightness (mean grey level), median {medians}").format(
                medians=_by_split(names, found.median_brightness)
            )
        )
        self.contrast_label.setText(
            self.tr("Contrast (standard deviation), median {medians}").format(
                medians=_by_split(names, found.median_contrast)
            )
        )
        for shown, label in (
            (self.brightness_plot, self.brightness_label),
            (self.brightness_table, self.brightness_label),
            (self.contrast_plot, self.contrast_label),
            (self.contrast_table, self.contrast_label),
        ):
            shown.setAccessibleName(label.text())
        self.pictures_card.setVisible(True)

    def _on_numbers_toggled(self, wanted: bool) -> None:
        for stack in (self.brightness_stack, self.contrast_stack):
            stack.setCurrentIndex(1 if wanted else 0)

    def problems_text(self) -> str:
        """All rows that were left out, one a line, tab-separated, with a header."""
        samples = None if self._state is None else self._state.samples
        rows = () if samples is None else samples.problems
        head = f"{self.tr('Line')}\t{self.tr('Reason')}"
        lines = [f"{line}\t{reason}" for line, reason in rows]
        if samples is not None and samples.files:
            head, lines = self.tr("Reason"), [reason for _line, reason in rows]
        return "\n".join([head, *lines]) + "\n"

    def _on_copy_clicked(self) -> None:
        QApplication.clipboard().setText(self.problems_text())

    def _show_counts(self, samples: Samples) -> None:
        table = np.zeros((len(samples.class_names), len(SPLITS)), np.int64)
        assert self._state is not None
        targets = self._state.targets()
        counted = (targets >= 0) & ~self._state.excluded()
        np.add.at(table, (targets[counted], samples.splits[counted]), 1)
        self.class_model.set_counts(samples.class_names, table)
        view = self.classes_view
        height = view.horizontalHeader().sizeHint().height() + 4
        height += sum(view.rowHeight(row) for row in range(self.class_model.rowCount()))
        view.setFixedHeight(height)

    def _show_problems(self, samples: Samples) -> None:
        total = len(samples.problems)
        self.problems_card.setVisible(total > 0)
        if samples.files:  # the reason names the file; there are no lines
            text = self.tr("{number} files were left out")
            hint = self.tr(
                "The good files are loaded; these are not. Mend them and open the folder again, or "
                "go on without them."
            )
        else:
            text = self.tr("{number} rows were left out")
            hint = self.tr(
                "The good rows are loaded; these are not. Mend the file and open it again, or go "
                "on without them."
            )
        self.problems_label.setText(text.format(number=count(total)))
        self.problems_hint_label.setText(hint)
        self.problems_table.setColumnHidden(0, bool(samples.files))
        shown = samples.problems[:_SHOWN_PROBLEMS]
        self.problems_table.setRowCount(len(shown))
        for row, (line, reason) in enumerate(shown):
            self.problems_table.setItem(row, 0, QTableWidgetItem(str(line)))
            item = QTableWidgetItem(reason)
            item.setToolTip(reason)
            self.problems_table.setItem(row, 1, item)


def _by_split(names: list[str], values: npt.NDArray[np.float64]) -> str:
    shown = zip(names, values, strict=True)
    return ", ".join(f"{name} {value:.0f}" for name, value in shown if not np.isnan(value))
