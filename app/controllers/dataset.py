"""Joins the Dataset tab with the worker that reads."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFileDialog

from app.controllers.dataset_check import DatasetCheckController
from app.controllers.dataset_edits import DatasetEditsController
from app.controllers.dataset_export import DatasetExporter
from app.controllers.dataset_images import DatasetImagesController
from app.controllers.dataset_open import DatasetOpener
from app.demo import demo_path
from app.opening import Opening
from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.dataset import DatasetWorker
from trainer.files import write_text
from ui.dataset_tab import DatasetTab
from ui.formats import dataset_title
from ui.tables.samples import Samples


@dataclass(frozen=True)
class Wanted:
    """Images that shall be shown once their data set is open."""

    path: Path
    indices: tuple[int, ...]
    title: str
    content_hash: str


class DatasetController(QObject):
    """Reads one data set at a time.

    Attributes:
        opener: Asks for data sets and looks at them.
        edits: Keeps the user's corrections.
        images: Finds what the detail of an image shows later.
        check: Looks for what is wrong with the data.
        exporter: Writes the data set to other files.

    Signals:
        train_requested: Path of the data set to train on, factors by class name, and one of
            :data:`trainer.data.target_choice.TARGETS`.
        status_changed: A line for the status bar.
        reading_finished: The worker is done, well or not.
    """

    train_requested = pyqtSignal(Path, dict, str)
    status_changed = pyqtSignal(str)
    reading_finished = pyqtSignal()

    def __init__(self, tab: DatasetTab, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self._settings = settings
        self._thread: WorkerThread | None = None
        self._next: Opening | None = None
        self._wanted: Wanted | None = None
        self._loading = False
        self.opener = DatasetOpener(tab, settings, self)
        self.opener.ready.connect(self._on_ready)
        self.opener.given_up.connect(self._on_given_up)
        self.opener.failed.connect(self._on_failed)
        self.edits = DatasetEditsController(tab, self)
        self.edits.status_changed.connect(self.status_changed)
        self.images = DatasetImagesController(tab.images_page.detail, tab.state, self)
        self.check = DatasetCheckController(tab.check_page, tab.state, settings, self)
        self.check.status_changed.connect(self.status_changed)
        self.exporter = DatasetExporter(tab, settings, self)
        tab.open_requested.connect(self.opener.choose_file)
        tab.open_folder_requested.connect(self.opener.choose_folder)
        tab.recent_requested.connect(self.opener.choose_recent)
        tab.reread_requested.connect(self.opener.ask_again)
        tab.demo_requested.connect(self.open_demo)
        tab.cancel_requested.connect(self.cancel)
        tab.train_requested.connect(lambda: self._on_train_requested({}))
        tab.balance_requested.connect(self._on_train_requested)
        tab.overview_page.save_problems_requested.connect(self._on_save_problems_requested)

    def is_reading(self) -> bool:
        """Whether a data set is being read."""
        return self._thread is not None or self.opener.is_looking()

    def path(self) -> Path | None:
        """File or folder of the data set that is open."""
        samples = self._tab.state.samples
        return None if samples is None else samples.path

    def choose_file(self) -> None:
        """Ask for a file and open it."""
        self.opener.choose_file()

    def open_demo(self) -> None:
        """Draw the demo data set if needed, and open it."""
        if self._thread is None:
            self._launch(None)

    def open_dataset(self, path: Path) -> None:
        """Open a data set; one that is being read is given up for it."""
        self._wanted = None
        self.opener.open(path)

    def show_images(
        self, path_of_data: Path, indices: Sequence[int], title: str, content_hash: str = ""
    ) -> None:
        """Show these images alone on the Images page; its data set is opened if it is not open.

        Args:
            path_of_data: The data set's file or folder.
            indices: Positions in the data set as its source has it, in the order to show them.
            title: What they have in common, for the button that shows all images again.
            content_hash: Identity that the data set must have for the positions to mean what
                they meant; "" does not ask.
        """
        self._wanted = Wanted(path_of_data, tuple(indices), title, content_hash)
        samples = self._tab.state.samples
        replaced = self._loading or self.opener.is_looking()
        if samples is not None and _same(samples.path, path_of_data) and not replaced:
            self._show_wanted()
        else:
            self.opener.open(path_of_data)

    def _show_wanted(self) -> None:
        """Show what :meth:`show_images` asked for, if the data set is the one it meant."""
        wanted, self._wanted = self._wanted, None
        samples = self._tab.state.samples
        if wanted is None or samples is None or not _same(samples.path, wanted.path):
            return
        indices = np.asarray(wanted.indices, np.int64)
        other = wanted.content_hash not in ("", samples.content_hash)
        if other or (len(indices) and not 0 <= indices.min() <= indices.max() < len(samples)):
            text = self.tr(
                "{name} is not what it was: its images have changed since, or it was opened in "
                "another way. The images asked for cannot be shown."
            )
            self._tab.banner.show_message(text.format(name=samples.name), "warning")
            return
        self._tab.state.show_samples_requested.emit(indices, wanted.title)

    def _on_ready(self, opening: Opening) -> None:
        if self._thread is not None:
            self._next = opening
            self._thread.worker.stop()
            return
        self._launch(opening)

    def _on_given_up(self) -> None:
        self._wanted = None
        if self._thread is None:
            self._tab.show_previous()
            self.reading_finished.emit()

    def cancel(self) -> None:
        """Stop reading; what was open stays open."""
        self.opener.cancel()
        if self._thread is not None:
            self._thread.worker.stop()

    def shutdown(self) -> None:
        """Stop and join the threads."""
        self._next = None
        self.opener.shutdown()
        self.exporter.shutdown()
        if self._thread is not None:
            self._thread.stop_and_wait()
        self.check.shutdown()
        self.images.shutdown()
        self.edits.shutdown()

    def _launch(self, opening: Opening | None) -> None:
        name = self.tr("the demo data set") if opening is None else opening.path.name
        self._tab.show_loading(self.tr("Reading {name}…").format(name=name))
        worker = DatasetWorker(opening)
        worker.progress.connect(self._tab.show_progress)
        worker.loaded.connect(self._on_loaded)
        worker.summarized.connect(self._tab.state.set_summary)
        worker.measured.connect(self._tab.state.set_statistics)
        worker.warned.connect(self._on_warned)
        worker.failed.connect(self._on_failed)
        thread = WorkerThread(worker, self)
        thread.finished.connect(self._on_thread_finished)
        self._thread, self._loading = thread, True
        thread.start()

    @pyqtSlot(object)
    def _on_loaded(self, samples: Samples) -> None:
        self._loading = False
        if samples.path != demo_path():
            self._settings.remember_dataset(samples.path)
        self._tab.check_page.save_marks()
        self.edits.open(samples)
        self._show_wanted()
        name = dataset_title(samples.name)
        self.status_changed.emit(self.tr("{name} is open.").format(name=name))

    @pyqtSlot(str)
    def _on_warned(self, sentence: str) -> None:
        self._tab.banner.show_message(sentence, "warning")

    @pyqtSlot(str, str)
    def _on_failed(self, summary: str, details: str) -> None:
        self._tab.banner.show_message(summary, "error", details)

    @pyqtSlot()
    def _on_thread_finished(self) -> None:
        thread, self._thread = self._thread, None
        self._loading = False
        if thread is not None:
            thread.deleteLater()
        self._tab.show_previous()
        following, self._next = self._next, None
        if following is not None:
            self._launch(following)
        elif not self.opener.is_looking() and self.opener.dialog is None:
            self._wanted = None  # it was shown, or its data set could not be read
        self.reading_finished.emit()

    def _on_save_problems_requested(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._tab,
            self.tr("Save the list of rows"),
            str(Path(self._settings.last_folder) / "rows.tsv"),
            self.tr("Tables (*.tsv);;All files (*)"),
        )
        if name:
            self.save_problems(Path(name))

    def save_problems(self, path: Path) -> None:
        """Write the rows that were left out as a table."""
        try:
            write_text(path, self._tab.overview_page.problems_text())
        except OSError as error:
            reason = error.strerror or str(error)
            self._tab.banner.show_message(
                self.tr("The list cannot be written to {path} ({reason}).").format(
                    path=path, reason=reason
                ),
                "error",
            )
            return
        self.status_changed.emit(self.tr("The list was saved as {path}.").format(path=path))

    def _on_train_requested(self, balance: dict[str, int]) -> None:
        samples = self._tab.state.samples
        if samples is not None:
            self.edits.flush()  # the training reads them
            targets = self._tab.overview_page.targets_panel.choice()
            self.train_requested.emit(samples.path, balance, targets)


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one.expanduser()) == os.path.realpath(other.expanduser())
