"""Does what the pages of the Compare tab ask for."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QWidget

from app.controllers.comparison_marks import MarksController
from ui.comparison_page import ComparisonPage
from ui.comparison_tab import ComparisonTab
from ui.formats import count
from ui.tables.judged import Judged
from ui.widgets.images_dialog import ImagesDialog

Indices = npt.NDArray[np.int64]


class PagesController(QObject):
    """Connects pages as they are made.

    Attributes:
        images_dialog: The images of a cell that were shown last, or None.

    Signals:
        images_requested: (data set, indices, title, content hash) Show them in the Dataset tab.
    """

    images_requested = pyqtSignal(object, list, str, str)

    def __init__(self, tab: ComparisonTab, marks: MarksController, parent: QObject) -> None:
        super().__init__(parent)
        self._tab = tab
        self._marks = marks
        self.images_dialog: ImagesDialog | None = None
        tab.page_made.connect(self._on_page_made)

    def _on_page_made(self, name: str, page: QWidget) -> None:
        if isinstance(page, ComparisonPage):
            self._marks.connect_page(page)
        connect = getattr(self, f"_connect_{name}", None)
        if connect is not None:
            connect(page)

    def _connect_confusion(self, page: QWidget) -> None:
        from ui.comparison_confusion_page import ComparisonConfusionPage

        assert isinstance(page, ComparisonConfusionPage)
        page.images_requested.connect(self.show_images)
        page.dataset_requested.connect(self.open_in_dataset_tab)

    def _connect_images(self, page: QWidget) -> None:
        from ui.comparison_images_page import ComparisonImagesPage

        assert isinstance(page, ComparisonImagesPage)
        page.dataset_requested.connect(self.open_in_dataset_tab)

    def show_images(self, indices: Indices, title: str, _judged: Judged) -> None:
        """Show images of the data set in a window of their own."""
        samples = self._tab.state.samples
        if samples is None:
            return
        hint = self.tr("{total} images; the surest answers come first.").format(
            total=count(len(indices))
        )
        dialog = ImagesDialog(samples, indices, title, hint, self._tab)
        dialog.dataset_requested.connect(lambda: self.open_in_dataset_tab(indices, title))
        self.images_dialog = dialog
        dialog.open()

    def open_in_dataset_tab(self, indices: Indices, title: str) -> None:
        """Show images in the Dataset tab, where labels can be corrected."""
        samples = self._tab.state.samples
        if samples is not None:
            found = [int(index) for index in indices]
            self.images_requested.emit(samples.path, found, title, samples.content_hash)
