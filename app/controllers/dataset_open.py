"""From a path to what is read: looks at it and asks, or does as it was answered before."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFileDialog

from app.demo import demo_path
from app.opening import Opening, remembered
from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.inspection import InspectionWorker
from trainer.data.library import Library
from trainer.data.source_info import SourceInfo
from ui.dataset_tab import DatasetTab
from ui.open_dataset_dialog import OpenDatasetDialog
from ui.recent_datasets_dialog import RecentDatasetsDialog


class DatasetOpener(QObject):
    """Asks for data sets and looks at them, one at a time.

    Signals:
        ready: :class:`app.opening.Opening` that shall be read.
        given_up: Nothing will be read: cancelled, or it is no data set.
        failed: One sentence, and the traceback.
    """

    ready = pyqtSignal(object)
    given_up = pyqtSignal()
    failed = pyqtSignal(str, str)

    def __init__(self, tab: DatasetTab, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self._settings = settings
        self._thread: WorkerThread | None = None
        self._next: Path | None = None
        self.dialog: OpenDatasetDialog | None = None
        self.recent_dialog: RecentDatasetsDialog | None = None

    def is_looking(self) -> bool:
        """Whether something is looked at."""
        return self._thread is not None

    def choose_file(self) -> None:
        """Ask for a file."""
        name, _ = QFileDialog.getOpenFileName(
            self._tab,
            self.tr("Open a data set"),
            self._settings.last_folder,
            self.tr("FER2013 files (*.csv *.gz *.zip);;All files (*)"),
        )
        self._chosen(name)

    def choose_folder(self) -> None:
        """Ask for a folder."""
        name = QFileDialog.getExistingDirectory(
            self._tab, self.tr("Open a folder of pictures"), self._settings.last_folder
        )
        self._chosen(name)

    def _chosen(self, name: str) -> None:
        if name:
            self._settings.last_folder = str(Path(name).parent)
            self.open(Path(name))

    def choose_recent(self) -> None:
        """Offer what was opened before."""
        dialog = RecentDatasetsDialog(Library(), self._tab)
        dialog.open_requested.connect(self.open)
        dialog.finished.connect(self._on_recent_closed)
        self.recent_dialog = dialog
        dialog.open()

    def open(self, path: Path) -> None:
        """Open a path as it was opened last, or look at it first."""
        if self._thread is not None:
            self._next = path
            self._thread.worker.stop()
            return
        known = remembered(path)
        if path == demo_path() or known is not None:
            self.ready.emit(known or Opening(path))
            return
        self._look(path)

    def ask_again(self) -> None:
        """Ask how the data set that is open shall be read, whatever was answered before."""
        samples = self._tab.state.samples
        if samples is not None and self._thread is None and self.dialog is None:
            self._look(samples.path)

    def cancel(self) -> None:
        """Stop looking."""
        if self._thread is not None:
            self._thread.worker.stop()

    def shutdown(self) -> None:
        """Close the dialogs, stop and join the thread."""
        self._next = None
        for dialog in (self.dialog, self.recent_dialog):
            if dialog is not None:
                dialog.reject()
        if self._thread is not None:
            self._thread.stop_and_wait()

    def _look(self, path: Path) -> None:
        self._tab.show_loading(self.tr("Looking at {name}…").format(name=path.name))
        worker = InspectionWorker(path)
        worker.progress.connect(self._tab.show_progress)
        worker.inspected.connect(self._on_inspected)
        worker.failed.connect(self.failed)
        thread = WorkerThread(worker, self)
        thread.finished.connect(self._on_thread_finished)
        self._info: SourceInfo | None = None
        self._thread = thread
        thread.start()

    @pyqtSlot(object)
    def _on_inspected(self, info: SourceInfo) -> None:
        self._info = info

    @pyqtSlot()
    def _on_thread_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        following, self._next = self._next, None
        if following is not None:
            self.open(following)
        elif self._info is None:
            self.given_up.emit()
        else:
            self._ask(self._info)

    def _ask(self, info: SourceInfo) -> None:
        self._tab.show_previous()
        dialog = OpenDatasetDialog(info, self._tab)
        known = remembered(info.path)
        if known is not None:
            dialog.set_choices(known.class_map, known.votes)
        dialog.finished.connect(self._on_answered)
        self.dialog = dialog
        dialog.open()

    @pyqtSlot(int)
    def _on_answered(self, result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None or self._info is None:
            return
        if result == OpenDatasetDialog.Accepted:
            self.ready.emit(
                Opening(self._info.path, self._info.kind, dialog.votes(), dialog.class_map())
            )
        else:
            self.given_up.emit()
        dialog.deleteLater()

    @pyqtSlot(int)
    def _on_recent_closed(self, _result: int) -> None:
        dialog, self.recent_dialog = self.recent_dialog, None
        if dialog is not None:
            dialog.deleteLater()
