"""Widgets, signals and keys of the Check page."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QProgressBar,
    QPushButton,
    QShortcut,
    QStackedWidget,
    QWidget,
)

from ui.loader import load_ui
from ui.pairs_panel import PairsPanel
from ui.review_panel import ReviewPanel
from ui.tables.check_model import CheckModel
from ui.tables.flagged_model import FlaggedModel
from ui.widgets.check_delegate import CheckDelegate
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.empty_state import EmptyState
from ui.widgets.flagged_grid import FlaggedGrid
from ui.widgets.message_banner import MessageBanner
from ui.widgets.reflow import fit_current, flow
from ui.widgets.seek_panel import SeekPanel


class DatasetCheckBase(QWidget):
    """The page without its behaviour.

    Signals:
        check_requested: Look for repeats and poor images.
        faces_requested: Look for images without a face.
        labels_requested: Look for suspected label errors; with the run folder whose predictions
            to use, or None for k-fold.
        sources_requested: Say which predictions there are.
        cancel_requested: Stop looking.
        neighbours_requested: A review starts: describe the images.
        save_requested: Save the findings.
        copy_requested: Copy the list shown.
    """

    check_requested = pyqtSignal()
    faces_requested = pyqtSignal()
    labels_requested = pyqtSignal(object)
    sources_requested = pyqtSignal()
    cancel_requested = pyqtSignal()
    neighbours_requested = pyqtSignal()
    save_requested = pyqtSignal()
    copy_requested = pyqtSignal()

    title_layout: QHBoxLayout
    save_layout: QHBoxLayout
    banner: MessageBanner
    progress_row: QWidget
    progress_label: QLabel
    progress_bar: QProgressBar
    cancel_button: QPushButton
    modes: QStackedWidget
    list_mode: QWidget
    check_button: QPushButton
    checks_view: QListView
    copy_button: QPushButton
    save_button: QPushButton
    title_label: ElidedLabel
    review_button: QPushButton
    show_button: QPushButton
    again_button: QPushButton
    exclude_button: QPushButton
    sentence_label: QLabel
    stale_label: QLabel
    results: QStackedWidget
    intro_page: EmptyState
    seek_panel: SeekPanel
    nothing_page: QWidget
    nothing_label: QLabel
    pairs_panel: PairsPanel
    grid: FlaggedGrid
    review_panel: ReviewPanel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("dataset_check_page", self)
        flow(self.title_layout)
        flow(self.save_layout)
        fit_current(self.modes)
        fit_current(self.results)
        self.check_model = CheckModel(self)
        self.grid_model = FlaggedModel(self)
        self.checks_view.setModel(self.check_model)
        self.checks_view.setItemDelegate(CheckDelegate(self.checks_view))
        self.checks_view.setVerticalScrollMode(QListView.ScrollPerPixel)
        self.grid.setModel(self.grid_model)
        self.intro_page.set_content(
            "dataset",
            self.tr("Distrust the data"),
            self.tr(
                "Look for pictures that repeat, also across splits, and for blank, dark and "
                "blurred ones. Nothing is changed until you say so, and never in the file."
            ),
            self.tr("Check the data set"),
        )
        self.intro_page.first_button.clicked.connect(self.check_requested)
        self.check_button.clicked.connect(self.check_requested)
        self.cancel_button.clicked.connect(self.cancel_requested)
        self.copy_button.clicked.connect(self.copy_requested)
        self.save_button.clicked.connect(self.save_requested)

    def set_narrow(self, narrow: bool) -> None:
        """Use fewer columns where there is little room."""
        self.checks_view.setMinimumWidth(240 if narrow else 270)
        self.grid.setMinimumHeight(190 if narrow else 0)
        self.pairs_panel.set_narrow(narrow)
        self.review_panel.set_narrow(narrow)

    def _add_keys(self, slots: dict[str, Callable[[], None]]) -> None:
        """Make the keys; ``slots`` are what the page itself does."""
        page, listed = self, self.list_mode
        for keys, owner, text, slot in (
            ("F5", page, self.tr("Check the data set"), self.check_button.click),
            ("R", listed, self.tr("Review what is shown"), self.review_button.click),
            ("I", listed, self.tr("Show in Images"), self.show_button.click),
            ("Ctrl+Shift+C", listed, self.tr("Copy the list"), self.copy_button.click),
            ("Ctrl+S", page, self.tr("Save the findings"), self.save_button.click),
            ("Ctrl+Z", page, self.tr("Take the last correction back"), slots["undo"]),
            ("Ctrl+Shift+Z", page, self.tr("Do it again"), slots["redo"]),
            ("Del", self.grid, self.tr("Exclude the chosen images"), slots["toggle"]),
            ("Esc", listed, self.tr("Stop looking, or go back"), slots["escape"]),
        ):
            shortcut = QShortcut(keys, owner, context=Qt.WidgetWithChildrenShortcut)
            shortcut.setWhatsThis(text)
            shortcut.activated.connect(slot)
        for button, text, keys in (
            (self.check_button, self.tr("Look for repeats and poor images"), "F5"),
            (self.review_button, self.tr("Look at them one by one"), "R"),
            (self.show_button, self.tr("Show all of them in Images"), "I"),
            (self.copy_button, self.tr("Copy the list shown as a table"), "Ctrl+Shift+C"),
            (self.save_button, self.tr("Save all findings as a CSV file"), "Ctrl+S"),
        ):
            button.setToolTip(f"{text} ({keys})")
