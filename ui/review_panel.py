"""Looking at remarked images one by one, with the keys: keep, relabel, accept, exclude."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QSize, Qt, QTimer, pyqtSignal
from PyQt5.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QProgressBar,
    QPushButton,
    QShortcut,
    QVBoxLayout,
    QWidget,
)

from ui.check_result import Check
from ui.check_texts import check_title, label_title, place_title
from ui.dataset_checks import CheckedData, review_score
from ui.formats import count
from ui.loader import load_ui
from ui.review_texts import given_sentence, suggestion_sentence, trust_sentence
from ui.tables.flagged_model import FlaggedModel
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.face_view import FaceView
from ui.widgets.flagged_grid import FlaggedGrid
from ui.widgets.label_choice import MOST_KEYS, LabelChoice

if TYPE_CHECKING:
    from trainer.data.neighbours import Neighbours
    from ui.dataset_state import DatasetState

Ints = npt.NDArray[np.int64]

_REST_MS = 120
_NEIGHBOURS = 12


class ReviewPanel(QWidget):
    """One large image, its labels, and what to do with it.

    Every step moves on by itself. What was looked at is remembered in the side file.

    Signals:
        left: The person wants back to the list.
        undo_requested: Take the last correction back.
        reviewed: One more image was looked at.
    """

    left = pyqtSignal()
    reviewed = pyqtSignal()
    undo_requested = pyqtSignal()

    outer_layout: QVBoxLayout
    body_layout: QHBoxLayout
    neighbours_layout: QVBoxLayout
    leave_button: QPushButton
    title_label: ElidedLabel
    progress_label: QLabel
    progress_bar: QProgressBar
    trust_label: QLabel
    image_view: FaceView
    place_label: QLabel
    given_label: QLabel
    suggested_label: QLabel
    accept_button: QPushButton
    label_choice: LabelChoice
    exclude_button: QPushButton
    undo_button: QPushButton
    previous_button: QPushButton
    next_button: QPushButton
    neighbours_label: QLabel
    neighbours_view: FlaggedGrid
    keys_label: QLabel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("review_panel", self)
        self._narrow = False
        self._state: DatasetState | None = None
        self._data: CheckedData | None = None
        self._check = Check.SUSPECTED
        self._queue: Ints = np.zeros(0, np.int64)
        self._position = 0
        self._neighbours: Neighbours | None = None
        self.neighbour_model = FlaggedModel(self)
        self.neighbours_view.setModel(self.neighbour_model)
        self.neighbours_view.setSelectionMode(QListView.SingleSelection)
        # Many images go by while a key is held; alike ones are sought where somebody rests.
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._show_neighbours)
        self._connect()

    def minimumSizeHint(self) -> QSize:
        return QSize(560, 620) if self._narrow else QSize(760, 360)

    def set_narrow(self, narrow: bool) -> None:
        """Put the alike images below where there is no room for three columns."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        here, there = self.body_layout, self.outer_layout
        self.neighbours_layout.setParent(None)  # type: ignore[arg-type]
        if narrow:
            there.insertLayout(there.indexOf(self.keys_label), self.neighbours_layout)
        else:
            here.addLayout(self.neighbours_layout, 3)
        self.neighbours_view.setMinimumHeight(190 if narrow else 0)
        self.updateGeometry()

    def set_state(self, state: DatasetState) -> None:
        """Work on this data set's labels."""
        self._state = state

    def set_neighbours(self, neighbours: Neighbours | None) -> None:
        """Look for alike images here; None says that they are being described."""
        self._neighbours = neighbours
        self._rest.start()

    def _connect(self) -> None:
        actions = (
            (("Esc",), self.tr("Leave the review"), self.leave_button, self.left.emit),
            (
                ("Return", "Enter"),
                self.tr("Accept the suggestion"),
                self.accept_button,
                self.accept,
            ),
            (("Del",), self.tr("Exclude, or take back in"), self.exclude_button, self.exclude),
            (("Space",), self.tr("Keep the label, next"), self.next_button, self.go_on),
            (("Shift+Space",), self.tr("Previous image"), self.previous_button, self.go_back),
        )
        for keys, text, button, slot in actions:
            button.clicked.connect(lambda _on=False, slot=slot: slot())
            for key in keys:
                self._add_key(key, text, slot)
        self.undo_button.clicked.connect(self.undo_requested)
        self.label_choice.chosen.connect(self.relabel)
        for number in range(MOST_KEYS):
            text = self.tr("Give the label with this number")
            self._add_key(str(number + 1), text, partial(self.relabel, number))

    def _add_key(self, key: str, text: str, slot: Callable[[], None]) -> None:
        shortcut = QShortcut(key, self, context=Qt.WidgetWithChildrenShortcut)
        shortcut.setWhatsThis(text)
        shortcut.activated.connect(slot)

    # -- what is reviewed --------------------------------------------------------------------

    def start(self, data: CheckedData, check: Check, queue: Ints, first: int | None = None) -> None:
        """Review images in this order.

        Args:
            data: The data set.
            check: Why they are reviewed.
            queue: int64 (M,), indices into the samples.
            first: The image to begin with; else the first one not reviewed yet.
        """
        self._data, self._check, self._queue = data, check, queue
        self.label_choice.set_names(data.samples.class_names)
        self.keys_label.setText(
            self.tr(
                "1 to {last} label, Enter accept, Del exclude, Space next, Shift+Space back, "
                "Ctrl+Z undo, Esc leave"
            ).format(last=min(MOST_KEYS, len(data.samples.class_names)))
        )
        places = np.flatnonzero(queue == first) if first is not None else np.zeros(0, np.int64)
        if not len(places):
            places = np.flatnonzero(~self._reviewed()[queue])
        self._position = int(places[0]) if len(places) else 0
        self._show_image()
        self.setFocus()

    def refresh(self, data: CheckedData) -> None:
        """Labels or exclusions changed."""
        self._data = data
        self._show_image()

    def show_sample(self, sample: int) -> None:
        """Go to an image if it is among those reviewed."""
        places = np.flatnonzero(self._queue == sample)
        if len(places):
            self._position = int(places[0])
            self._show_image()

    @property
    def current(self) -> int:
        """Index into the samples of the image shown; -1 when there is none."""
        return int(self._queue[self._position]) if self._position < len(self._queue) else -1

    def _reviewed(self) -> npt.NDArray[np.bool_]:
        assert self._data is not None
        if self._state is None or self._state.edits is None:
            return np.zeros(len(self._data.samples), np.bool_)
        return self._state.edits.reviewed()

    # -- steps -------------------------------------------------------------------------------

    def relabel(self, target: int) -> None:
        """Give the image a label and go on."""
        if self._state is None or self.current < 0 or target >= len(self.label_choice.names):
            return
        sample = self.current
        if self._data is not None and int(self._data.targets[sample]) != target:
            self._state.relabel(np.array([sample], np.int64), target)
        self._finish(sample)

    def accept(self) -> None:
        """Give the image the suggested label and go on; without a suggestion nothing happens."""
        if self._data is None or self.current < 0:
            return
        suggestion = self._data.suggestion(self.current, self._check)
        if suggestion is not None:
            self.relabel(suggestion.target)

    def exclude(self) -> None:
        """Leave the image out and go on, or take it back in and stay."""
        if self._state is None or self._data is None or self.current < 0:
            return
        sample = self.current
        if self._data.excluded[sample]:
            self._state.restore(np.array([sample], np.int64))
        else:
            self._state.exclude(np.array([sample], np.int64))
            self._finish(sample)

    def go_on(self) -> None:
        """Keep the label: the image is reviewed; show the next."""
        if self.current >= 0:
            self._finish(self.current)

    def go_back(self) -> None:
        """Show the image before."""
        self._position = max(0, self._position - 1)
        self._show_image()

    def _finish(self, sample: int) -> None:
        edits = None if self._state is None else self._state.edits
        if edits is not None and edits.mark_reviewed(sample):
            self.reviewed.emit()
        self._position = min(self._position + 1, len(self._queue) - 1)
        self._show_image()

    # -- what is shown -----------------------------------------------------------------------

    def _show_image(self) -> None:
        data, sample = self._data, self.current
        if data is None:
            return
        self._show_progress(data)
        for button in (self.exclude_button, self.next_button, self.previous_button):
            button.setEnabled(sample >= 0)
        self.accept_button.setEnabled(False)
        self.image_view.set_pixels(None if sample < 0 else data.samples.images[sample])
        self._rest.start()
        if sample < 0:
            self.given_label.setText(self.tr("There is nothing to review."))
            return
        excluded = bool(data.excluded[sample])
        self.given_label.setText(given_sentence(data, sample))
        place = place_title(data, sample)
        if self._reviewed()[sample]:
            place = self.tr("{place}, reviewed ✓").format(place=place)
        self.place_label.setText(place)
        self.image_view.setAccessibleName(f"{label_title(data, sample)}, {place}")
        suggestion = data.suggestion(sample, self._check)
        self.suggested_label.setText(suggestion_sentence(data, suggestion))
        self.accept_button.setEnabled(suggestion is not None)
        self.exclude_button.setText(self.tr("Take back in") if excluded else self.tr("Exclude"))
        self.exclude_button.setToolTip(
            self.tr("Take the image back in (Del)")
            if excluded
            else self.tr("Leave the image out and go on (Del)")
        )
        edits = None if self._state is None else self._state.edits
        self.undo_button.setEnabled(edits is not None and edits.can_undo)
        self.label_choice.show_image(data, sample)

    def _show_progress(self, data: CheckedData) -> None:
        score = review_score(data, self._check, self._queue, self._reviewed())
        self.title_label.setText(
            self.tr("{check}: image {number} of {total}").format(
                check=check_title(self._check),
                number=count(min(self._position + 1, score.total)),
                total=count(score.total),
            )
        )
        self.progress_label.setText(
            self.tr("{number} of {total} reviewed").format(
                number=count(score.reviewed), total=count(score.total)
            )
        )
        self.progress_bar.setMaximum(max(1, score.total))
        self.progress_bar.setValue(score.reviewed)
        text = trust_sentence(data, self._check, score)
        self.trust_label.setText(text)
        self.trust_label.setVisible(bool(text))

    def _show_neighbours(self) -> None:
        if self._data is None or self.current < 0 or not self.isVisible():
            return
        if self._neighbours is None:
            self.neighbours_label.setText(self.tr("Images that look alike are being sought…"))
            return
        self.neighbours_label.setText(self.tr("Images that look alike"))
        indices, _ = self._neighbours.nearest(self.current, _NEIGHBOURS)
        self.neighbour_model.show_images(self._data, indices, lambda _sample: "")
