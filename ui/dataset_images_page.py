"""Images: the pictures themselves, filtered, and one of them in detail."""

from __future__ import annotations

import numpy as np
from PyQt5.QtCore import QItemSelectionModel
from PyQt5.QtWidgets import QComboBox, QLabel, QWidget

from trainer.labels import SPLITS
from trainer.preprocess import Preprocessing, normalize
from ui.colors import expression_title, split_title
from ui.dataset_state import DatasetState
from ui.formats import count
from ui.loader import load_ui
from ui.sample_texts import label_text
from ui.tables.sample_filter import SampleFilter
from ui.tables.sample_model import SampleModel
from ui.tables.samples import Samples
from ui.widgets.image_grid import ImageGrid
from ui.widgets.pixel_view import PixelView


class DatasetImagesPage(QWidget):
    """A grid of thumbnails with filters, beside it the chosen image."""

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
        load_ui("dataset_images_page", self)
        self._state: DatasetState | None = None
        self.sample_model = SampleModel(self)
        self.grid.setModel(self.sample_model)
        self.class_combo.activated.connect(lambda _index: self._apply_filter())
        self.split_combo.activated.connect(lambda _index: self._apply_filter())
        self.grid.selectionModel().currentChanged.connect(
            lambda _current, _previous: self._show_detail()
        )

    def set_state(self, state: DatasetState) -> None:
        """Show this data set from now on."""
        self._state = state
        state.samples_changed.connect(self._on_samples_changed)
        self._on_samples_changed()

    def show_class(self, target: int) -> None:
        """Show one class; an index that is none shows all."""
        self.class_combo.setCurrentIndex(max(0, self.class_combo.findData(target)))
        self._apply_filter()

    def _on_samples_changed(self) -> None:
        samples = None if self._state is None else self._state.samples
        self.sample_model.set_samples(samples)
        if samples is not None:
            self._fill_filters(samples)
            self._apply_filter()

    def _fill_filters(self, samples: Samples) -> None:
        self.class_combo.clear()
        self.class_combo.addItem(self.tr("All expressions"), None)
        for index, name in enumerate(samples.class_names):
            self.class_combo.addItem(expression_title(name), index)
        self.split_combo.clear()
        self.split_combo.addItem(self.tr("All splits"), None)
        for index, name in enumerate(SPLITS):
            self.split_combo.addItem(split_title(name), index)

    def _apply_filter(self) -> None:
        samples = self.sample_model.samples
        if samples is None or self._state is None:
            return
        chosen = SampleFilter(self.class_combo.currentData(), self.split_combo.currentData())
        self.sample_model.set_rows(chosen.rows(samples, self._state.targets(), self._state.flags()))
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
        self.detail_title.setText(label_text(samples, int(self.sample_model.targets[sample])))
        self.detail_label.setText(
            self.tr("{split}, line {line} of the file").format(
                split=split_title(SPLITS[int(samples.splits[sample])]),
                line=count(int(samples.source_rows[sample])),
            )
        )
        self.pixels_view.set_pixels(pixels)
        inputs = normalize(pixels[None, None], Preprocessing())[0, 0]
        self.network_view.set_pixels(np.clip(inputs * 51 + 127.5, 0, 255).astype(np.uint8))
