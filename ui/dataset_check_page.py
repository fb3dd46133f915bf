"""The Check page of the Dataset tab: distrust the data, look, decide."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QTimer
from PyQt5.QtWidgets import QMessageBox, QWidget

from trainer.data.one_of_each import Spare
from ui.check_result import PAIR_CHECKS, Check
from ui.check_texts import check_title
from ui.dataset_check_lists import DatasetCheckLists
from ui.dataset_state import DatasetState
from ui.exclude_question import ask_to_exclude

Ints = npt.NDArray[np.int64]

_SAVE_MS = 1000


class DatasetCheckPage(DatasetCheckLists):
    """Lists what can be said against the images, and lets the person settle it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unsaved = False
        self.question: QMessageBox | None = None
        # Marks of a review are many and small: they are saved together.
        self._save_timer = QTimer(self)
        self._save_timer.setSingleShot(True)
        self._save_timer.setInterval(_SAVE_MS)
        self._save_timer.timeout.connect(self.save_marks)
        self._connect()
        self._add_keys(
            {
                "undo": self.undo,
                "redo": self.redo,
                "toggle": self._toggle_chosen,
                "escape": self._on_escape,
            }
        )

    def _connect(self) -> None:
        self.review_button.clicked.connect(lambda: self.start_review())
        self.show_button.clicked.connect(lambda: self._request_images(self.shown_images()))
        self.exclude_button.clicked.connect(self.ask_to_exclude)
        self.grid.activated.connect(lambda index: self.start_review(self.grid_model.sample(index)))
        self.pairs_panel.exclude_requested.connect(self._exclude)
        self.pairs_panel.restore_requested.connect(self._restore)
        self.pairs_panel.show_requested.connect(self._request_images)
        self.review_panel.left.connect(self.leave_review)
        self.review_panel.undo_requested.connect(self.undo)
        self.review_panel.reviewed.connect(self._on_reviewed)

    # -- the data set ------------------------------------------------------------------------

    def set_state(self, state: DatasetState) -> None:
        """Show this data set from now on."""
        self.state = state
        self.review_panel.set_state(state)
        state.samples_changed.connect(self._on_samples_changed)
        state.edits_changed.connect(self._on_edits_changed)
        self._on_samples_changed()

    def _on_samples_changed(self) -> None:
        self._unsaved = False
        self.modes.setCurrentWidget(self.list_mode)
        self.banner.clear()
        self.review_panel.set_neighbours(None)
        self.set_result(None)
        self.choose(Check.EXACT)

    def _on_edits_changed(self) -> None:
        if self.modes.currentWidget() is self.review_panel:
            self._renew(count=False)
            if self.data is not None:
                self.review_panel.refresh(self.data)
            return
        self._renew()
        self._show_check()

    # -- corrections -------------------------------------------------------------------------

    def _request_images(self, indices: Ints) -> None:
        if self.state is not None and len(indices):
            self.state.show_samples_requested.emit(indices, check_title(self.check))

    def ask_to_exclude(self) -> None:
        """Ask whether to exclude everything of a check; it is one step for undo."""
        if self.data is None:
            return
        what: Spare | int
        if self.check in PAIR_CHECKS:
            what = self.data.spare(self.check)
            indices = what.indices
        else:
            images = self.data.images(self.check)
            indices = images[~self.data.excluded[images]]
            what = len(indices)
        if len(indices):
            self.question = ask_to_exclude(self.check, what, lambda: self._exclude(indices), self)

    def _exclude(self, indices: Ints) -> None:
        if self.state is not None:
            self.state.exclude(indices)

    def _restore(self, indices: Ints) -> None:
        if self.state is not None:
            self.state.restore(indices)

    def _toggle_chosen(self) -> None:
        chosen = self.grid.selectionModel().selectedIndexes()
        if self.data is None or not chosen:
            return
        indices = np.array([self.grid_model.sample(index) for index in chosen], np.int64)
        if self.data.excluded[indices].all():
            self._restore(indices)
        else:
            self._exclude(indices)

    def undo(self) -> None:
        """Take the last correction back; a review returns to its image."""
        edits = None if self.state is None else self.state.edits
        if self.state is None or edits is None or not edits.can_undo:
            return
        samples = edits.changes[-1].samples
        self.state.undo()
        if self.modes.currentWidget() is self.review_panel and len(samples) == 1:
            edits.mark_reviewed(samples, False)
            self._on_reviewed()
            self.review_panel.show_sample(samples[0])

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.state is not None:
            self.state.redo()

    # -- review ------------------------------------------------------------------------------

    def start_review(self, first: int | None = None) -> None:
        """Look at the images shown one by one, from one of them on."""
        queue = self.shown_images()
        if self.data is None or not len(queue):
            return
        self.modes.setCurrentWidget(self.review_panel)
        self.review_panel.start(self.data, self.check, queue, first)
        self.neighbours_requested.emit()

    def leave_review(self) -> None:
        """Back to the list; the image reviewed last is chosen there."""
        if self.modes.currentWidget() is not self.review_panel:
            return
        sample = self.review_panel.current
        self.modes.setCurrentWidget(self.list_mode)
        self.save_marks()
        self._renew()
        self._show_check()
        if self.results.currentWidget() is self.grid:
            self.grid.choose(sample)
            self.grid.setFocus()

    def _on_reviewed(self) -> None:
        self._unsaved = True
        self._save_timer.start()

    def save_marks(self) -> None:
        """Save now what was reviewed since the last time."""
        self._save_timer.stop()
        if self._unsaved and self.state is not None:
            self._unsaved = False
            self.state.edits_changed.emit()
