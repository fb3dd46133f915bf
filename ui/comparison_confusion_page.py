"""What the chosen models confuse, beside each other or as a difference."""

from __future__ import annotations

import numpy as np
from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.colors import expression_title
from ui.comparison_page import ComparisonPage, whole
from ui.comparison_state import ComparisonState
from ui.tables.judged import Judged
from ui.tables.run_row import RunRow, row_title
from ui.widgets.difference_matrix import DifferenceMatrix
from ui.widgets.elided_label import ElidedLabel

_SHARE, _COUNTS, _DIFFERENCE = range(3)


class ComparisonConfusionPage(ComparisonPage):
    """Matrices of up to two models.

    Signals:
        images_requested, dataset_requested: (indices, title, answers) Show these images of the
            data set, here or in the Dataset tab.
    """

    images_requested = pyqtSignal(object, str, object)
    dataset_requested = pyqtSignal(object, str)

    form = "comparison_confusion_page"

    what_combo: QComboBox
    matrices: QWidget
    cell_label: QLabel
    images_button: QPushButton
    dataset_button: QPushButton

    def __init__(self, state: ComparisonState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self.what_combo.addItems(
            [self.tr("% of the row"), self.tr("Counts"), self.tr("Difference of two, points")]
        )
        self._cell: tuple[int, int, int] | None = None  # which matrix, label, answer
        self._shown: list[tuple[RunRow, Judged]] = []
        self.views = [DifferenceMatrix(), DifferenceMatrix()]
        self.titles = [ElidedLabel(), ElidedLabel()]
        layout = QHBoxLayout(self.matrices)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        self._columns: list[QWidget] = []
        for number, (title, view) in enumerate(zip(self.titles, self.views, strict=True)):
            column = QWidget()
            inner = QVBoxLayout(column)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(2)
            title.setProperty("heading", "2")
            inner.addWidget(title)
            inner.addWidget(view, 1)
            layout.addWidget(column, 1)
            self._columns.append(column)
            view.cell_selected.connect(
                lambda target, pred, place=number: self._on_cell_selected(place, target, pred)
            )
            view.cell_activated.connect(lambda _target, _pred: self.images_button.click())
        self.what_combo.currentIndexChanged.connect(lambda _index: self.mark_dirty())
        self.images_button.clicked.connect(self._on_images_clicked)
        self.dataset_button.clicked.connect(self._on_dataset_clicked)

    def refresh(self) -> None:
        what = max(0, self.what_combo.currentIndex())
        missing = self.need_scores(2 if what == _DIFFERENCE else 1)
        if missing:
            self.show_empty(missing)
            return
        self._shown = self._two()
        names = self._shown[0][1].scores.class_names
        shown = self._shown[:1] if what == _DIFFERENCE else self._shown
        for number, column in enumerate(self._columns):
            column.setVisible(number < len(shown))
        for (row, judged), title, view in zip(shown, self.titles, self.views, strict=False):
            title.setText(row_title(row))
            view.set_as_share(what == _SHARE)
            view.set_difference(judged.matrix, None, names)
            view.setAccessibleName(self.tr("What {name} confuses").format(name=row_title(row)))
        if what == _DIFFERENCE:
            first, second = self._shown
            pair = (row_title(first[0]), row_title(second[0]))
            self.titles[0].setText(self.tr("{first} minus {second}").format(
                first=pair[0], second=pair[1]
            ))
            self.views[0].set_difference(first[1].matrix, second[1].matrix, names, pair)
        self._fill_table()
        self._show_cell()
        self.show_content(
            self.tr("Rows are the labels, columns the answers. Choose a cell to read it.")
        )

    def _two(self) -> list[tuple[RunRow, Judged]]:
        """The current model first, then the next chosen one."""
        known = self.state.judged()
        current = self.state.current
        known.sort(key=lambda pair: current is None or pair[0].key != current.key)
        return known[:2]

    def _fill_table(self) -> None:
        rows: list[list[str | float]] = []
        for row, judged in self._shown:
            names = judged.scores.class_names
            for target, name in enumerate(names):
                counts = [float(value) for value in judged.matrix[target]]
                rows.append([row_title(row), expression_title(name), *counts])
        names = self._shown[0][1].scores.class_names
        answers = [expression_title(name) for name in names]
        self.set_table([self.tr("Model"), self.tr("Label"), *answers], rows, whole)

    # -- a cell --------------------------------------------------------------------------------

    def _on_cell_selected(self, place: int, target: int, pred: int) -> None:
        self._cell = (place, target, pred)
        self._show_cell()

    def _show_cell(self) -> None:
        number = 0
        if self._cell is not None and self._cell[0] < len(self._shown):
            place, target, pred = self._cell
            view = self.views[place]
            text = view.sentence(target, pred)
            self.cell_label.setText(f"{self.titles[place].text()} · {text}")
            number = view.number(target, pred)
        else:
            self.cell_label.setText("")
        self.images_button.setEnabled(number > 0)
        self.dataset_button.setEnabled(number > 0)

    def cell_images(self) -> tuple[np.ndarray, str, Judged] | None:
        """Indices of the chosen cell's images, surest answers first, and what they are."""
        if self._cell is None or self._cell[0] >= len(self._shown):
            return None
        place, target, pred = self._cell
        row, judged = self._shown[place]
        scores = judged.scores
        rows = np.flatnonzero((scores.targets == target) & (scores.preds == pred))
        rows = rows[np.argsort(-scores.probs[rows, pred], kind="stable")]
        label = expression_title(scores.class_names[target])
        answer = expression_title(scores.class_names[pred])
        text = self.tr("{label}, recognised") if target == pred else self.tr(
            "{label}, taken for {answer}"
        )
        title = text.format(label=label, answer=answer) + f" · {row_title(row)}"
        return scores.indices[rows], title, judged

    def _on_images_clicked(self) -> None:
        found = self.cell_images()
        if found is not None and len(found[0]):
            self.images_requested.emit(found[0], found[1], found[2])

    def _on_dataset_clicked(self) -> None:
        found = self.cell_images()
        if found is not None and len(found[0]):
            self.dataset_requested.emit(found[0], found[1])
