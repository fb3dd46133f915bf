"""Where a network looks, beside where it would look with random weights."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from ui.colors import expression_title
from ui.comparison_page import ComparisonPage, three
from ui.comparison_state import ComparisonState
from ui.tables.run_row import RunRow, row_title
from ui.tables.samples import Samples
from ui.widgets.heat_pictures import HeatPicture, HeatPictures

if TYPE_CHECKING:
    from trainer.compare.gradcam import GradCam


class ComparisonGradcamPage(ComparisonPage):
    """Grad-CAM of one image of the split (Selvaraju et al., 2017).

    Signals:
        explain_requested: (key, image uint8 (H, W), class or None)
    """

    explain_requested = pyqtSignal(str, object, object)

    form = "comparison_gradcam_page"

    class_combo: QComboBox
    image_button: QPushButton
    run_button: QPushButton
    pictures: HeatPictures
    result_label: QLabel

    def __init__(self, state: ComparisonState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self._sample = -1
        self._of: tuple[str, str] | None = None  # the data set and split that it is an image of
        self._asked: tuple[Samples, int, RunRow] | None = None
        self._random = np.random.default_rng()
        self.image_button.clicked.connect(self._on_image_clicked)
        self.run_button.clicked.connect(self._on_run_clicked)

    def refresh(self) -> None:
        missing = self.need_scores()
        samples = self.state.samples
        for button in (self.image_button, self.run_button):
            button.setEnabled(not missing)
        if missing or samples is None:
            self.show_empty(missing)
            return
        if self._of not in (None, self._ground()):
            self._sample = -1
            self.class_combo.clear()
        self._of = self._ground()
        if self._sample < 0:
            _row, judged = self.state.judged()[0]
            # The one that it was surest of and wrong about says most.
            self._sample = int(judged.scores.indices[np.argmax(judged.scores.losses)])
        if self.class_combo.count() != len(samples.class_names) + 1:
            self.class_combo.clear()
            self.class_combo.addItem(self.tr("Its answer"), None)
            for place, name in enumerate(samples.class_names):
                self.class_combo.addItem(expression_title(name), place)
        self._show_image()

    def choose_image(self, sample: int) -> None:
        """Explain another image of the data set."""
        self._of = self._ground()
        self._sample = sample
        self.mark_dirty()

    def _ground(self) -> tuple[str, str] | None:
        samples = self.state.samples
        return None if samples is None else (samples.content_hash, self.state.split)

    def _show_image(self) -> None:
        samples = self.state.samples
        if samples is None:
            return
        label = expression_title(samples.class_names[samples.targets[self._sample]])
        title = self.tr("Labelled {label}").format(label=label)
        self.pictures.set_pictures([HeatPicture(title, samples.images[self._sample])])
        self.result_label.setText("")
        self.set_table([self.tr("Class"), self.tr("Sure, %")], [])
        self.show_content(
            self.tr("Press Explain. An image chosen on the Images page is taken here.")
        )

    def _on_image_clicked(self) -> None:
        judged = self.state.judged()
        if judged:
            self._sample = int(self._random.choice(judged[0][1].scores.indices))
            self._show_image()

    def _on_run_clicked(self) -> None:
        samples, current = self.state.samples, self.state.current
        if samples is not None and current is not None and current.is_model:
            self.run_button.setEnabled(False)
            self._asked = (samples, self._sample, current)
            self.explain_requested.emit(
                current.key, samples.images[self._sample], self.class_combo.currentData()
            )

    def show_explanation(self, found: GradCam) -> None:
        """Show the maps of the image, unless another one was chosen since it was asked for."""
        if self._asked is None:
            return
        samples, sample, current = self._asked
        if samples is not self.state.samples or sample != self._sample:
            return
        image = samples.images[sample]
        name = expression_title(found.class_names[found.target])
        self.pictures.set_pictures(
            [
                *self.pictures.pictures[:1],
                HeatPicture(self.tr("Speaks for {name}").format(name=name), image, found.heat),
                HeatPicture(self.tr("The same with random weights"), image, found.random_heat),
            ]
        )
        self.set_table(
            [self.tr("Class"), self.tr("Sure, %")],
            [
                [expression_title(each), 100 * float(share)]
                for each, share in zip(found.class_names, found.probs, strict=True)
            ],
            three,
        )
        if math.isnan(found.similarity):
            text = self.tr("{model}: a map is flat, so it says nothing.")
        else:
            text = self.tr(
                "{model}: {share:.0f} % sure of {name}. Both maps correlate by {similarity:.2f}: "
                "near 0 the map shows what was learnt, near 1 it would look so anyway."
            )
        self.result_label.setText(
            text.format(
                model=row_title(current),
                share=100 * float(found.probs[found.target]),
                name=name,
                similarity=found.similarity,
            )
        )
        self.show_content("")

    def finished(self) -> None:
        """The explanation is there, or could not be made."""
        self.run_button.setEnabled(True)
