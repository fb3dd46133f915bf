"""Overview: how many images there are of what, what is notable, which rows were left out."""

from __future__ import annotations

import numpy as np
from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from trainer.labels import SPLITS
from ui.dataset_facts import facts
from ui.dataset_state import DatasetState
from ui.formats import count
from ui.loader import load_ui
from ui.tables.class_model import ClassModel
from ui.tables.samples import Samples
from ui.widgets.bar_delegate import BarDelegate

_SHOWN_PROBLEMS = 1000


class DatasetOverviewPage(QWidget):
    """Counts by class and split, sentences, bad rows.

    Signals:
        class_chosen: Index of a class whose images are wanted; one past the last for all.
    """

    class_chosen = pyqtSignal(int)

    classes_view: QTableView
    facts_label: QLabel
    problems_card: QFrame
    problems_label: QLabel
    problems_table: QTableWidget

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("dataset_overview_page", self)
        self._state: DatasetState | None = None
        self.class_model = ClassModel(self)
        self._set_up_classes()
        self._set_up_problems()

    def set_state(self, state: DatasetState) -> None:
        """Show this data set from now on."""
        self._state = state
        state.samples_changed.connect(self._on_samples_changed)
        state.summary_changed.connect(self._on_summary_changed)
        self._on_samples_changed()

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
        self.facts_label.setText(self.tr("Looking for repeated images…"))
        self._show_counts(samples)
        self._show_problems(samples)

    def _on_summary_changed(self) -> None:
        if self._state is not None and self._state.summary is not None:
            self.facts_label.setText("\n".join(facts(self._state.summary)))

    def _show_counts(self, samples: Samples) -> None:
        table = np.zeros((len(samples.class_names), len(SPLITS)), np.int64)
        labelled = samples.targets >= 0
        np.add.at(table, (samples.targets[labelled], samples.splits[labelled]), 1)
        self.class_model.set_counts(samples.class_names, table)
        view = self.classes_view
        height = view.horizontalHeader().sizeHint().height() + 4
        height += sum(view.rowHeight(row) for row in range(self.class_model.rowCount()))
        view.setFixedHeight(height)

    def _show_problems(self, samples: Samples) -> None:
        total = len(samples.problems)
        self.problems_card.setVisible(total > 0)
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
