"""Exports the data set that is open."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.dataset_export import ExportOrder, ExportWorker
from ui.dataset_tab import DatasetTab
from ui.export_dataset_dialog import ExportDatasetDialog
from ui.formats import count


class DatasetExporter(QObject):
    """Asks what to write where, and writes it.

    Attributes:
        dialog: The dialog while it is open.

    Signals:
        exported: Path of what was written.
    """

    exported = pyqtSignal(Path)

    def __init__(self, tab: DatasetTab, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self._settings = settings
        self._thread: WorkerThread | None = None
        self._problem = ""
        self._done = False
        self.dialog: ExportDatasetDialog | None = None
        tab.export_requested.connect(self.ask)

    def is_writing(self) -> bool:
        """Whether something is being written."""
        return self._thread is not None

    def ask(self) -> None:
        """Open the dialog."""
        if self._tab.state.samples is None or self.dialog is not None:
            return
        dialog = ExportDatasetDialog(
            self._tab.state, Path(self._settings.last_folder), self._tab.window()
        )
        dialog.export_requested.connect(self._on_export_requested)
        dialog.cancel_requested.connect(self._on_cancel_requested)
        dialog.finished.connect(self._on_closed)
        self.dialog = dialog
        dialog.open()

    def shutdown(self) -> None:
        """Stop and join the thread, close the dialog."""
        if self._thread is not None:
            self._thread.finished.disconnect(self._on_thread_finished)
            self._thread.stop_and_wait()
            self._end_thread()
        if self.dialog is not None:
            self.dialog.show_ended()
            self.dialog.reject()

    def _on_export_requested(self) -> None:
        dialog, samples = self.dialog, self._tab.state.samples
        if dialog is None or samples is None or self._thread is not None:
            return
        self._settings.last_folder = str(dialog.path().parent)
        self._problem, self._done = "", False
        dialog.show_writing()
        worker = ExportWorker(
            ExportOrder(
                samples, dialog.targets(), dialog.excluded(), dialog.path(), dialog.as_csv()
            )
        )
        worker.progress.connect(dialog.show_progress)
        worker.exported.connect(self._on_exported)
        worker.failed.connect(self._on_failed)
        thread = WorkerThread(worker, self)
        thread.finished.connect(self._on_thread_finished)
        self._thread = thread
        thread.start()

    def _on_cancel_requested(self) -> None:
        if self._thread is not None:
            self._thread.worker.stop()

    @pyqtSlot(Path, int)
    def _on_exported(self, path: Path, written: int) -> None:
        self._done = True
        text = self.tr("{number} images were written to {path}.")
        self._tab.banner.show_message(text.format(number=count(written), path=path))
        self.exported.emit(path)

    @pyqtSlot(str, str)
    def _on_failed(self, summary: str, _details: str) -> None:
        self._problem = summary

    @pyqtSlot()
    def _on_thread_finished(self) -> None:
        self._end_thread()
        if self.dialog is not None:
            self.dialog.show_ended(self._problem)
            if self._done:
                self.dialog.accept()

    def _end_thread(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()

    @pyqtSlot(int)
    def _on_closed(self, _result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()
