"""Joins the Dataset tab with the worker that reads."""

from __future__ import annotations

from pathlib import Path

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


class DatasetController(QObject):
    """Reads one data set at a time.

    Attributes:
        opener: Asks for data sets and looks at them.
        edits: Keeps the user's corrections.
        images: Finds what the detail of an image shows later.
        check: Looks for what is wrong with the data.
        exporter: Writes the data set to other files.

    Signals:
        train_requested: Path of the data set to train on, and factors by class name.
        status_changed: A line for the status bar.
        reading_finished: The worker is done, well or not.
    """

    train_requested = pyqtSignal(Path, dict)
    status_changed = pyqtSignal(str)
    reading_finished = pyqtSignal()

    def __init__(self, tab: DatasetTab, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self._settings = settings
        self._thread: WorkerThread | None = None
        self._next: Opening | None = None
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

    def choose_file(self) -> None:
        """Ask for a file and open it."""
        self.opener.choose_file()

    def open_demo(self) -> None:
        """Draw the demo data set if needed, and open it."""
        if self._thread is None:
            self._launch(None)

    def open_dataset(self, path: Path) -> None:
        """Open a data set; one that is being read is given up for it."""
        self.opener.open(path)

    def _on_ready(self, opening: Opening) -> None:
        if self._thread is not None:
            self._next = opening
            self._thread.worker.stop()
            return
        self._launch(opening)

    def _on_given_up(self) -> None:
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
        self._thread = thread
        thread.start()

    @pyqtSlot(object)
    def _on_loaded(self, samples: Samples) -> None:
        if samples.path != demo_path():
            self._settings.remember_dataset(samples.path)
        self._tab.check_page.save_marks()
        self.edits.open(samples)
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
        if thread is not None:
            thread.deleteLater()
        self._tab.show_previous()
        following, self._next = self._next, None
        if following is not None:
            self._launch(following)
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
            self.train_requested.emit(samples.path, balance)
