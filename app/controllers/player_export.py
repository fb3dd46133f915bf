"""Exports what the Player found."""

from __future__ import annotations

import os
from pathlib import Path

from PyQt5.QtCore import QObject, QUrl, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QDesktopServices
from PyQt5.QtWidgets import QAction

from app.controllers.presenter import FramePresenter
from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.export_results import ExportResultsWorker, ResultsOrder
from app.workers.recorder import Recorder
from trainer.inference.recording_curves import analysed_share
from trainer.inference.recording_views import persons
from ui.export_results_dialog import Coverage, ExportResultsDialog
from ui.player_tab import PlayerTab

_FORMATS_KEY, _FOLDER_KEY = "export/formats", "export/folder"


class ResultsExporter(QObject):
    """Asks what to write where, and writes it.

    Attributes:
        dialog: The dialog while it is open.

    Signals:
        analyse_requested: The user wants the whole video analysed first.
        exported: (list of Path) What was written.
    """

    analyse_requested = pyqtSignal()
    exported = pyqtSignal(list)

    def __init__(
        self,
        tab: PlayerTab,
        presenter: FramePresenter,
        recorder: Recorder,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._presenter = presenter
        self._recorder = recorder
        self._settings = settings
        self._thread: WorkerThread | None = None
        self._problem = ""
        self.dialog: ExportResultsDialog | None = None
        self.action = QAction(self.tr("Export results…"), tab)
        self.action.triggered.connect(lambda _on: self.ask())
        tab.add_tool(self.action)

    def is_writing(self) -> bool:
        """Whether results are being written."""
        return self._thread is not None

    def ask(self) -> None:
        """Open the dialog for what is open."""
        info = self._presenter.info
        if info is None or self.dialog is not None:
            return
        folder = str(self._settings.qt.value(_FOLDER_KEY, "") or "")
        if not folder or not os.path.isdir(folder):
            folder = str(
                info.path.resolve().parent if info.path is not None else self._settings.last_folder
            )
        formats = str(self._settings.qt.value(_FORMATS_KEY, "csv html")).split()
        from trainer.export_results.parquet import is_available  # not needed at the start

        dialog = ExportResultsDialog(
            info.title,
            self._coverage(),
            Path(folder),
            formats,
            self._tab.window(),
            parquet=is_available(),
        )
        dialog.export_requested.connect(self._on_export_requested)
        dialog.cancel_requested.connect(self._on_cancel_requested)
        dialog.analyse_requested.connect(self._on_analyse_requested)
        dialog.open_folder_requested.connect(self._on_open_folder_requested)
        dialog.finished.connect(self._on_closed)
        self.dialog = dialog
        dialog.open()

    def end(self) -> None:
        """Stop and join, close the dialog: something else is opened, or the program ends."""
        if self._thread is not None:
            self._thread.finished.disconnect(self._on_thread_finished)
            self._thread.stop_and_wait()
            self._end_thread()
        if self.dialog is not None:
            self.dialog.show_ended()
            self.dialog.reject()

    def _coverage(self) -> Coverage:
        info = self._presenter.info
        with self._recorder.lock:
            recording = self._recorder.recording
            if recording is None or not len(recording) or info is None:
                return Coverage(kind="" if info is None else info.kind)
            share = analysed_share(recording) if info.kind == "video" else 1.0
            return Coverage(info.kind, len(recording), len(persons(recording)), share)

    def _on_export_requested(self) -> None:
        dialog, info = self.dialog, self._presenter.info
        recording = self._recorder.snapshot()
        if dialog is None or info is None or recording is None or self._thread is not None:
            return
        choices = dialog.choices()
        self._settings.qt.setValue(_FORMATS_KEY, " ".join(dialog.chosen_words()))
        self._settings.qt.setValue(_FOLDER_KEY, str(choices.folder))
        self._problem = ""
        dialog.show_writing()
        worker = ExportResultsWorker(
            ResultsOrder(
                recording,
                info.path or Path(info.title),
                choices.folder,
                choices.formats,
                choices.copy,
                choices.labels,
                choices.blur_faces,
            )
        )
        worker.progress.connect(dialog.show_progress)
        worker.written.connect(self._on_written)
        worker.failed.connect(self._on_failed)
        thread = WorkerThread(worker, self)
        thread.finished.connect(self._on_thread_finished)
        self._thread = thread
        thread.start()

    def _on_cancel_requested(self) -> None:
        if self._thread is not None:
            self._thread.worker.stop()

    def _on_analyse_requested(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self.analyse_requested.emit()

    def _on_open_folder_requested(self) -> None:
        if self.dialog is not None:
            folder = self.dialog.choices().folder
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @pyqtSlot(list, str)
    def _on_written(self, files: list[Path], note: str) -> None:
        if self.dialog is not None:
            self.dialog.show_written(files, note)
        self.exported.emit(files)

    @pyqtSlot(str, str)
    def _on_failed(self, summary: str, _details: str) -> None:
        self._problem = summary

    @pyqtSlot()
    def _on_thread_finished(self) -> None:
        self._end_thread()
        if self.dialog is not None:
            self.dialog.show_ended(self._problem)

    def _end_thread(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()

    @pyqtSlot(int)
    def _on_closed(self, _result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()
