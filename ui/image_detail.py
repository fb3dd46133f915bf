"""One image in detail: its pixels, what is known about it, what looks like it."""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtGui import QShowEvent
from PyQt5.QtWidgets import QLabel, QScrollArea, QWidget

from trainer.config import AugmentConfig
from trainer.preprocess import Preprocessing, normalize
from ui.dataset_state import DatasetState
from ui.loader import load_ui
from ui.sample_texts import flag_texts, label_text, place_text
from ui.tables.sample_model import SampleModel
from ui.widgets.augment_panel import AugmentPanel
from ui.widgets.image_grid import ImageGrid
from ui.widgets.pixel_view import PixelView
from ui.widgets.vote_bars import VoteBars

_NEIGHBOUR = 44
_HASH_DIGITS = 16


class ImageDetail(QScrollArea):
    """Describes the current image; the slower parts are asked for and come later.

    Signals:
        preview_requested: Index, :class:`AugmentConfig`, seed: changed images are wanted.
        neighbours_requested: Index: the images most like it are wanted.
        neighbour_chosen: Index of a neighbour somebody wants to see.
    """

    preview_requested = pyqtSignal(int, object, int)
    neighbours_requested = pyqtSignal(int)
    neighbour_chosen = pyqtSignal(int)

    content: QWidget
    title_label: QLabel
    text_label: QLabel
    pixels_view: PixelView
    network_view: PixelView
    votes_label: QLabel
    vote_bars: VoteBars
    neighbours_label: QLabel
    neighbours_grid: ImageGrid
    neighbours_note: QLabel
    augment_panel: AugmentPanel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("image_detail", self)
        self._state: DatasetState | None = None
        self.sample = -1
        self.neighbour_model = SampleModel(self)
        self.neighbours_grid.setModel(self.neighbour_model)
        self.neighbours_grid.set_thumbnail(_NEIGHBOUR)
        self.neighbours_grid.setVerticalScrollBarPolicy(Qt.ScrollBarAsNeeded)
        self.neighbours_grid.setSelectionMode(ImageGrid.SingleSelection)
        self.neighbours_grid.clicked.connect(self._on_neighbour_chosen)
        self.neighbours_grid.activated.connect(self._on_neighbour_chosen)
        self.augment_panel.preview_requested.connect(self._on_preview_requested)
        self.show_image(-1)

    def set_state(self, state: DatasetState) -> None:
        """Show images of this data set."""
        self._state, self.sample = state, -1
        self.neighbour_model.set_samples(state.samples)
        self.neighbour_model.set_rows(np.zeros(0, np.int64))

    def show_image(self, sample: int) -> None:
        """Show an image, or what changed about it; -1 shows none."""
        state = self._state
        samples = None if state is None else state.samples
        self.content.setEnabled(samples is not None and sample >= 0)
        if state is None or samples is None or sample < 0:
            self.sample = -1
            self.title_label.setText("")
            self.text_label.setText(self.tr("Choose an image to see its pixels."))
            self.pixels_view.set_pixels(None)
            self.network_view.set_pixels(None)
            self.augment_panel.show_images(None)
            self._show_votes(None)
            self._show_neighbours(np.zeros(0, np.int64), "")
            return
        target = int(state.targets()[sample])
        self.title_label.setText(label_text(samples, target))
        self.text_label.setText("\n".join(self._lines(state, sample)))
        self.neighbour_model.set_marks(state.targets(), state.flags())
        if sample == self.sample:
            return
        self.sample = sample
        pixels = samples.images[sample]
        self.pixels_view.set_pixels(pixels)
        inputs = normalize(pixels[None, None], Preprocessing())[0, 0]
        self.network_view.set_pixels(np.clip(inputs * 51 + 127.5, 0, 255).astype(np.uint8))
        self._show_votes(None if samples.votes is None else samples.votes[sample])
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _ask(self) -> None:
        """Ask for the slower parts; a page that nobody sees costs nothing."""
        if self.isVisible() and self.sample >= 0:
            self.augment_panel.refresh()
            self.neighbours_requested.emit(self.sample)

    def _lines(self, state: DatasetState, sample: int) -> list[str]:
        samples = state.samples
        assert samples is not None
        lines = []
        before, after = int(samples.targets[sample]), int(state.targets()[sample])
        if before != after:
            text = self.tr("In the source: {label}")
            lines.append(text.format(label=label_text(samples, before)))
        lines.append(place_text(samples, sample))
        remarks = flag_texts(int(state.flags()[sample]))
        if remarks:
            lines.append(self.tr("Remarks: {remarks}").format(remarks=", ".join(remarks)))
        elif state.findings is None:
            lines.append(self.tr("Not checked yet"))
        digest = hashlib.sha256(samples.images[sample].tobytes()).hexdigest()
        lines.append(f"SHA-256 {digest[:_HASH_DIGITS]}…")
        return lines

    def _show_votes(self, votes: npt.NDArray[np.uint8] | None) -> None:
        self.vote_bars.set_votes(votes)
        total = 0 if votes is None else int(votes.sum())
        self.votes_label.setVisible(votes is not None)
        self.votes_label.setText(self.tr("What {number} people said").format(number=total))

    # -- what comes later ------------------------------------------------------------------

    def show_neighbours(self, sample: int, indices: npt.NDArray[np.int64]) -> None:
        """Show the images most like ``sample``, if that is still the current one."""
        if sample == self.sample:
            self._show_neighbours(indices, "")

    def show_neighbours_note(self, text: str) -> None:
        """Say why there are no neighbours yet."""
        self._show_neighbours(np.zeros(0, np.int64), text)

    def _show_neighbours(self, indices: npt.NDArray[np.int64], note: str) -> None:
        self.neighbour_model.set_rows(indices)
        self.neighbours_note.setText(note)
        self.neighbours_note.setVisible(bool(note))
        self.neighbours_grid.setVisible(not note)

    def show_preview(self, sample: int, images: npt.NDArray[np.uint8]) -> None:
        """Show changed copies, uint8 (4, H, W), if ``sample`` is still the current image."""
        if sample == self.sample:
            self.augment_panel.show_images(images)

    def _on_neighbour_chosen(self) -> None:
        index = self.neighbours_grid.currentIndex()
        if index.isValid():
            self.neighbour_chosen.emit(self.neighbour_model.sample_index(index))

    def _on_preview_requested(self, config: AugmentConfig, seed: int) -> None:
        if self.sample >= 0:
            self.preview_requested.emit(self.sample, config, seed)
