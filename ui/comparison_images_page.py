"""The images that cost a model most, and those where two models differ."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QModelIndex, pyqtSignal
from PyQt5.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from ui.colors import expression_title
from ui.comparison_page import ComparisonPage, three
from ui.comparison_state import ComparisonState
from ui.formats import count
from ui.tables.judged import Judged
from ui.tables.run_row import RunRow, row_title
from ui.tables.sample_model import SampleModel
from ui.widgets.image_grid import ImageGrid

_MOST = 300  # as many as a person looks through
_TOP_LOSS, _FIRST_RIGHT, _SECOND_RIGHT, _BOTH_WRONG = range(4)
Rows = npt.NDArray[np.int64]


class ComparisonImagesPage(ComparisonPage):
    """A grid with a line on the image under the cursor.

    Signals:
        dataset_requested: (indices, title) Show these images in the Dataset tab.
        image_chosen: Index in the data set of the current image.
    """

    dataset_requested = pyqtSignal(object, str)
    image_chosen = pyqtSignal(int)

    form = "comparison_images_page"

    what_combo: QComboBox
    dataset_button: QPushButton
    grid: ImageGrid
    image_label: QLabel

    def __init__(self, state: ComparisonState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self.what_combo.addItems(
            [
                self.tr("Highest loss"),
                self.tr("First right, second wrong"),
                self.tr("First wrong, second right"),
                self.tr("Both wrong"),
            ]
        )
        self._rows: Rows = np.zeros(0, np.int64)
        self._models: list[tuple[RunRow, Judged]] = []
        self.model = SampleModel(self)
        self.grid.setModel(self.model)
        self.grid.setMinimumHeight(80)
        self.what_combo.currentIndexChanged.connect(lambda _index: self.mark_dirty())
        self.dataset_button.clicked.connect(
            lambda: self.dataset_requested.emit(self.indices(), self.title())
        )
        self.grid.selectionModel().currentChanged.connect(self._on_current_changed)

    def refresh(self) -> None:
        what = max(0, self.what_combo.currentIndex())
        missing = self.need_scores(1 if what == _TOP_LOSS else 2)
        samples = self.state.samples
        self.dataset_button.setEnabled(not missing)
        if missing or samples is None:
            self.show_empty(missing)
            return
        self._models = self.state.judged()[:2]
        rows = _chosen(what, [judged for _row, judged in self._models])
        total, self._rows = len(rows), rows[:_MOST]
        if self.model.samples is not samples:
            self.model.set_samples(samples)
        self.model.set_rows(self.indices())
        self.image_label.setText("")
        self._fill_table()
        self.dataset_button.setEnabled(total > 0)
        if not total:
            self.show_empty(self.tr("There is no such image."))
            return
        text = self.tr("{title}: {shown} of {total} images.")
        self.show_content(
            text.format(title=self.title(), shown=count(len(self._rows)), total=count(total))
        )

    def indices(self) -> Rows:
        """Positions in the data set of the images shown, int64."""
        if not self._models:
            return np.zeros(0, np.int64)
        return np.asarray(self._models[0][1].scores.indices[self._rows], np.int64)

    def title(self) -> str:
        """What the images have in common."""
        if not self._models:
            return ""
        names = [row_title(row) for row, _judged in self._models]
        first, second = names[0], names[-1]
        texts = (
            self.tr("Highest loss of {first}"),
            self.tr("{first} right, {second} wrong"),
            self.tr("{second} right, {first} wrong"),
            self.tr("{first} and {second} wrong"),
        )
        what = max(0, self.what_combo.currentIndex())
        return texts[what].format(first=first, second=second)

    def _fill_table(self) -> None:
        names = self._models[0][1].scores.class_names
        headers = [self.tr("Image"), self.tr("Label")]
        for row, _judged in self._models:
            headers += [row_title(row), self.tr("Sure, %"), self.tr("Loss")]
        samples = self.state.samples
        assert samples is not None
        cells: list[list[str | float]] = []
        for place in self._rows:
            first = self._models[0][1].scores
            index = int(first.indices[place])
            line: list[str | float] = [float(samples.source_rows[index])]
            line.append(expression_title(names[first.targets[place]]))
            for _row, judged in self._models:
                scores = judged.scores
                pred = int(scores.preds[place])
                sure = 100 * float(scores.probs[place, pred])
                line += [expression_title(names[pred]), sure, float(scores.losses[place])]
            cells.append(line)
        formats = [lambda value: f"{value:.0f}", three]
        formats += [three, lambda value: f"{value:.0f}", three] * len(self._models)
        self.set_table(headers, cells, formats)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not current.isValid() or current.row() >= len(self._rows):
            return
        place = int(self._rows[current.row()])
        parts = [self.model.text(self.model.sample_index(current))]
        for row, judged in self._models:
            scores = judged.scores
            pred = int(scores.preds[place])
            parts.append(
                self.tr("{model}: {answer}, {share} % sure").format(
                    model=row_title(row),
                    answer=expression_title(scores.class_names[pred]),
                    share=f"{100 * float(scores.probs[place, pred]):.0f}",
                )
            )
        self.image_label.setText(" · ".join(parts))
        self.image_chosen.emit(self.model.sample_index(current))


def _chosen(what: int, models: list[Judged]) -> Rows:
    """Return the rows of the answers to show, those that cost most first, int64."""
    first = models[0].scores
    if what == _TOP_LOSS:
        wrong = np.flatnonzero(~first.correct)
        return np.asarray(wrong[np.argsort(-first.losses[wrong], kind="stable")], np.int64)
    second = models[1].scores
    chosen = {
        _FIRST_RIGHT: first.correct & ~second.correct,
        _SECOND_RIGHT: ~first.correct & second.correct,
        _BOTH_WRONG: ~first.correct & ~second.correct,
    }[what]
    rows = np.flatnonzero(chosen)
    return np.asarray(rows[np.argsort(-(first.losses + second.losses)[rows])], np.int64)
