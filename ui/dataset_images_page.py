"""Images: the pictures themselves, filtered; relabel them, leave them out."""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import Qt, QTimer
from PyQt5.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QShortcut,
    QSlider,
    QStackedWidget,
    QWidget,
)

from trainer.labels import SPLITS
from ui.colors import expression_title, split_title
from ui.dataset_state import DatasetState
from ui.edit_texts import change_text
from ui.formats import count
from ui.image_detail import ImageDetail
from ui.loader import load_ui
from ui.sample_texts import flag_entries
from ui.tables.sample_filter import UNLABELLED, SampleFilter
from ui.tables.sample_model import SampleModel
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.image_grid import ImageGrid
from ui.widgets.reflow import flow

_TYPING_MS = 200
_KEYS = 9  # classes that have a number key


class DatasetImagesPage(QWidget):
    """A grid of thumbnails with filters, beside it the current image.

    What was corrected stays in view until the filters are changed.
    """

    filter_layout: QHBoxLayout
    edit_layout: QHBoxLayout
    class_combo: QComboBox
    split_combo: QComboBox
    flag_combo: QComboBox
    text_edit: QLineEdit
    chip_button: QPushButton
    shown_label: QLabel
    results: QStackedWidget
    grid: ImageGrid
    nothing_label: QLabel
    label_button: QPushButton
    exclude_button: QPushButton
    undo_button: QPushButton
    redo_button: QPushButton
    chosen_label: ElidedLabel
    zoom_slider: QSlider
    detail: ImageDetail

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("dataset_images_page", self)
        flow(self.filter_layout)
        flow(self.edit_layout)
        self._state = DatasetState(self)
        self._only: npt.NDArray[np.int64] | None = None
        self.sample_model = SampleModel(self)
        self.grid.setModel(self.sample_model)
        self.label_button.setMenu(QMenu(self))
        self.chip_button.hide()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._apply_filter)
        self._connect()
        self._add_keys()

    def _connect(self) -> None:
        for combo in (self.class_combo, self.split_combo, self.flag_combo):
            combo.activated.connect(lambda _index: self._apply_filter())
        self.text_edit.textChanged.connect(lambda _text: self._typing.start())
        self.text_edit.returnPressed.connect(self._apply_filter)
        self.chip_button.clicked.connect(self.show_all)
        selection = self.grid.selectionModel()
        selection.currentChanged.connect(lambda _new, _old: self._show_detail())
        selection.selectionChanged.connect(lambda _new, _old: self._show_chosen())
        self.exclude_button.clicked.connect(self.toggle_excluded)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        self.zoom_slider.valueChanged.connect(self.grid.set_thumbnail)
        self.grid.zoomed.connect(self.zoom_slider.setValue)
        self.detail.neighbour_chosen.connect(self.go_to)

    def _add_keys(self) -> None:
        for keys, owner, text, slot in (
            ("Del", self.grid, self.tr("Exclude the chosen images, or take them back in"),
             self.toggle_excluded),
            ("Return", self.grid, self.tr("Go to the next image"), self.go_on),
            ("Enter", self.grid, "", self.go_on),  # of the number pad
            ("Ctrl+Z", self, self.tr("Take the last correction back"), self.undo),
            ("Ctrl+Shift+Z", self, self.tr("Do it again"), self.redo),
            ("Ctrl+F", self, self.tr("Look for a file or line"), self.text_edit.setFocus),
            ("Esc", self, self.tr("Show all images again"), self.show_all),
        ):  # fmt: skip
            shortcut = QShortcut(keys, owner, context=Qt.WidgetWithChildrenShortcut)
            shortcut.setWhatsThis(text)
            shortcut.activated.connect(slot)
        for number in range(_KEYS):
            shortcut = QShortcut(str(number + 1), self.grid, context=Qt.WidgetWithChildrenShortcut)
            if not number:  # one line in the list of keys stands for all
                shortcut.setWhatsThis(
                    self.tr("Label the chosen images: 1 is the first expression, 7 the seventh")
                )
            shortcut.activated.connect(partial(self.relabel, number))

    # -- the data set ------------------------------------------------------------------------

    def set_state(self, state: DatasetState) -> None:
        """Show this data set from now on."""
        self._state = state
        state.samples_changed.connect(self._on_samples_changed)
        state.findings_changed.connect(self._on_marks_changed)
        state.edits_changed.connect(self._on_marks_changed)
        state.show_samples_requested.connect(self.show_only)
        self._on_samples_changed()

    def _on_samples_changed(self) -> None:
        self._only = None
        self.chip_button.hide()
        self.text_edit.clear()
        self._typing.stop()
        self.sample_model.set_samples(self._state.samples)
        self.detail.set_state(self._state)
        self._fill_filters()
        self._on_marks_changed()
        self._apply_filter()

    def _on_marks_changed(self) -> None:
        state = self._state
        self._fill_flags()
        self.sample_model.set_marks(state.targets(), state.flags())
        edits = state.edits
        names = () if edits is None else edits.class_names
        undo = None if edits is None or not edits.can_undo else edits.changes[-1]
        redo = None if edits is None or not edits.can_redo else edits.undone[-1]
        for button, change, keys in (
            (self.undo_button, undo, "Ctrl+Z"),
            (self.redo_button, redo, "Ctrl+Shift+Z"),
        ):
            button.setEnabled(change is not None)
            text = "" if change is None else f"{button.text()}: {change_text(change, names)}"
            button.setToolTip(f"{text} ({keys})" if text else "")
        self._show_chosen()
        self._show_detail()

    # -- filters ---------------------------------------------------------------------------------

    def show_class(self, target: int) -> None:
        """Show one class; an index that is none shows all."""
        self._reset_filters()
        self.class_combo.setCurrentIndex(max(0, self.class_combo.findData(target)))
        self._apply_filter()

    def show_only(self, indices: npt.NDArray[np.int64], title: str) -> None:
        """Show these images alone, in this order, until somebody asks for all again."""
        self._reset_filters()
        self._only = np.asarray(indices, np.int64)
        self.chip_button.setText(self.tr("Only: {title}  ✕").format(title=title))
        self.chip_button.show()
        self._apply_filter()
        self.grid.setFocus()

    def show_all(self) -> None:
        """Take all filters away; the current image stays the current one."""
        sample = self.current_sample()
        self._reset_filters()
        self._apply_filter()
        self._choose(sample)

    def go_to(self, sample: int) -> None:
        """Make an image the current one, without filters if they hide it."""
        if not self._choose(sample):
            self._reset_filters()
            self._apply_filter()
            self._choose(sample)

    def go_on(self) -> None:
        """Make the next image the current one; the last one stays."""
        row = self.grid.currentIndex().row() + 1
        if row < self.sample_model.rowCount():
            self.grid.choose_row(row)

    def _choose(self, sample: int) -> bool:
        places = np.flatnonzero(self.sample_model.rows == sample)
        if len(places):
            self.grid.choose_row(int(places[0]))
        return bool(len(places))

    def _reset_filters(self) -> None:
        self._only = None
        self.chip_button.hide()
        for combo in (self.class_combo, self.split_combo, self.flag_combo):
            combo.setCurrentIndex(0)
        self.text_edit.clear()
        self._typing.stop()

    def _fill_filters(self) -> None:
        samples = self._state.samples
        self.class_combo.clear()
        self.class_combo.addItem(self.tr("All expressions"), None)
        self.split_combo.clear()
        self.split_combo.addItem(self.tr("All splits"), None)
        self.flag_combo.clear()
        menu = self.label_button.menu()
        menu.clear()
        if samples is None:
            return
        for index, name in enumerate(samples.class_names):
            self.class_combo.addItem(expression_title(name), index)
            action = menu.addAction(f"{expression_title(name)}\t{index + 1}")
            action.triggered.connect(partial(self.relabel, index))
        if (samples.targets < 0).any():
            self.class_combo.addItem(self.tr("No label"), UNLABELLED)
        for index, name in enumerate(SPLITS):
            self.split_combo.addItem(split_title(name), index)
        self.text_edit.setPlaceholderText(
            self.tr("File name") if samples.files else self.tr("Line, or 120-140")
        )
        self.text_edit.setAccessibleName(self.text_edit.placeholderText())

    def _fill_flags(self) -> None:
        """Name the remarks that there are, with their numbers; the chosen one stays chosen."""
        combo, chosen = self.flag_combo, self.flag_combo.currentData()
        combo.clear()
        combo.addItem(self.tr("With or without remarks"), None)
        for title, value, number in flag_entries(self._state.flags()):
            if number or value == chosen:
                combo.addItem(f"{title} ({count(number)})", value)
        combo.setCurrentIndex(0 if chosen is None else max(0, combo.findData(chosen)))

    def _apply_filter(self) -> None:
        self._typing.stop()
        samples = self._state.samples
        if samples is None:
            return
        chosen = SampleFilter(
            self.class_combo.currentData(),
            self.split_combo.currentData(),
            self.flag_combo.currentData(),
            self.text_edit.text(),
            self._only,
        )
        rows = chosen.rows(samples, self._state.targets(), self._state.flags())
        self.sample_model.set_rows(rows)
        text = (
            self.tr("{number} images")
            if len(rows) == len(samples)
            else self.tr("{number} of {total} images")
        )
        self.shown_label.setText(text.format(number=count(len(rows)), total=count(len(samples))))
        self.results.setCurrentWidget(self.grid if len(rows) else self.nothing_label)
        if len(rows):
            self.grid.choose_row(0)
        self._show_chosen()
        self._show_detail()

    # -- corrections -----------------------------------------------------------------------------

    def current_sample(self) -> int:
        """Index of the current image; -1 without one."""
        index = self.grid.currentIndex()
        return self.sample_model.sample_index(index) if index.isValid() else -1

    def chosen(self) -> npt.NDArray[np.int64]:
        """Return the indices of the chosen images, int64."""
        return self.sample_model.rows[self.grid.selected_rows()]

    def relabel(self, target: int, _checked: bool = False) -> None:
        """Give the chosen images a label."""
        samples = self._state.samples
        if samples is not None and target < len(samples.class_names) and len(self.chosen()):
            self._state.relabel(self.chosen(), target)

    def toggle_excluded(self) -> None:
        """Leave the chosen images out; take them back in when all of them are out."""
        chosen = self.chosen()
        if self._state.excluded()[chosen].all():
            self._state.restore(chosen)
        else:
            self._state.exclude(chosen)

    def undo(self) -> None:
        """Take the last correction back."""
        self._state.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self._state.redo()

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        number = len(chosen)
        text = "" if number < 2 else self.tr("{number} chosen").format(number=count(number))
        self.chosen_label.setText(text)
        self.label_button.setEnabled(number > 0)
        self.exclude_button.setEnabled(number > 0)
        out = number > 0 and bool(self._state.excluded()[chosen].all())
        self.exclude_button.setText(self.tr("Take back in") if out else self.tr("Exclude"))
        self.exclude_button.setToolTip(f"{self.exclude_button.text()} (Del)")

    def _show_detail(self) -> None:
        self.detail.show_image(self.current_sample())
