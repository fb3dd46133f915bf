"""Many files: from the list to results, in the background."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, QObject, QStandardPaths, QUrl, pyqtSignal
from PyQt5.QtGui import QDesktopServices
from PyQt5.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.controllers.player_files import media_filters
from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.batch import BatchListWorker, BatchOrder, BatchWorker, MakeRun, make_run
from trainer.inference.queue_file import WAITING, QueueFile, QueueItem
from trainer.inference.smoothing import SmoothingSettings
from trainer.runs import ONNX
from ui.batch_dialog import BatchDialog

_FOLDER_KEY, _FORMATS_KEY, _JOBS_KEY = "batch/folder", "batch/formats", "batch/jobs"


def _tr(text: str) -> str:
    return QCoreApplication.translate("BatchController", text)


def default_folder() -> Path:
    """Where results go until the user chooses a folder."""
    documents = QStandardPaths.writableLocation(QStandardPaths.DocumentsLocation)
    return Path(documents or Path.home()) / "Mien"


def model_title(path: Path) -> str:
    """Return a short name; every run calls its network the same, so that the run is named."""
    return path.parent.name if path.name == ONNX else path.stem


def formats_offered() -> list[tuple[str, str]]:
    """Key and translated title of what can be written besides the table."""
    from trainer.export_results.parquet import is_available  # not before the window is asked for

    offered = [
        ("video", _tr("Marked copy (MP4)")),
        ("blur", _tr("Faces hidden in the copy")),
        ("session", _tr("Session for the Player")),
        ("html", _tr("Report (HTML)")),
        ("eaf", "ELAN"),
        ("boris", "BORIS"),
        ("textgrid", "Praat"),
        ("vtt", "WebVTT"),
        ("srt", "SRT"),
    ]
    return [*offered, ("parquet", "Parquet")] if is_available() else offered


class BatchController(QObject):
    """Owns the queue and its window.

    Attributes:
        dialog: The window; None until it was shown.
        queue: The files; None until the folder was read.

    Signals:
        open_requested: (Path) Show a file in the Player.
        ended: The queue is no longer worked on.
    """

    open_requested = pyqtSignal(Path)
    ended = pyqtSignal()

    def __init__(
        self,
        parent_widget: QWidget,
        settings: Settings,
        player_model: Callable[[], Path | None] = lambda: None,
        parent: QObject | None = None,
        *,
        make: MakeRun = make_run,
    ) -> None:
        super().__init__(parent)
        self._parent_widget = parent_widget
        self._settings = settings
        self._player_model = player_model
        self._make = make
        self.dialog: BatchDialog | None = None
        self.queue: QueueFile | None = None
        self._own_models: list[Path] = []
        self._to_add: list[Path] = []
        self._worker: BatchWorker | None = None
        self._thread: WorkerThread | None = None
        self._list_thread: WorkerThread | None = None
        self._dirty = False
        self._question: QMessageBox | None = None

    # -- the window --------------------------------------------------------------------------

    def show(self, add: Sequence[Path] = ()) -> None:
        """Show the window, and put files and folders on the list."""
        dialog = self.dialog
        if dialog is None:
            dialog = self._make_dialog()
            self.dialog = dialog
        self._offer_models(dialog)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        self.add(add)

    def _make_dialog(self) -> BatchDialog:
        dialog = BatchDialog(formats_offered(), self._parent_widget.window())
        value = self._settings.qt.value
        formats = str(value(_FORMATS_KEY, "session")).split()
        jobs = str(value(_JOBS_KEY, "1"))
        dialog.set_choices(formats, int(jobs) if jobs.isdigit() else 1)
        dialog.set_folder(self.folder)
        dialog.add_files_requested.connect(self._on_add_files)
        dialog.add_folder_requested.connect(self._on_add_folder)
        dialog.paths_added.connect(self.add)
        dialog.remove_requested.connect(self._on_remove)
        dialog.again_requested.connect(self.add)
        dialog.folder_requested.connect(self._on_folder)
        dialog.model_requested.connect(self._on_model)
        dialog.start_requested.connect(self.start)
        dialog.cancel_requested.connect(self.cancel)
        dialog.pause_requested.connect(self.set_paused)
        dialog.open_requested.connect(self.open_requested)
        dialog.open_folder_requested.connect(self._on_open_folder)
        return dialog

    def _offer_models(self, dialog: BatchDialog, wanted: Path | None = None) -> None:
        if self.is_running():
            return
        before = dialog.choices().weights if dialog.model_combo.count() else self._player_model()
        paths = [self._player_model(), *self._own_models]
        models: list[tuple[str, Path | None]] = [(_tr("The model that comes with Mien"), None)]
        models += [(model_title(path), path) for path in dict.fromkeys(paths) if path is not None]
        dialog.set_models(models, wanted or before)

    @property
    def folder(self) -> Path:
        """Folder of the results."""
        value = self._settings.qt.value(_FOLDER_KEY, "")
        return Path(str(value)) if value else default_folder()

    # -- the list ----------------------------------------------------------------------------

    def add(self, paths: Sequence[Path]) -> None:
        """Put files and what lies in folders on the list, in the background."""
        self._to_add += paths
        if self._list_thread is None and (self._to_add or self.queue is None):
            added, self._to_add = self._to_add, []
            self._change(BatchListWorker(self.folder, self.queue, added))
            self._dirty = self._dirty or bool(added)

    def _change(self, worker: BatchListWorker) -> None:
        worker.opened.connect(self._on_opened)
        worker.nothing_found.connect(self._on_nothing_found)
        worker.failed.connect(self._on_failed)
        self._list_thread = WorkerThread(worker, self)
        self._list_thread.finished.connect(self._on_list_finished)
        self._list_thread.start()

    def _on_opened(self, queue: QueueFile) -> None:
        self.queue = queue
        if self.dialog is not None:
            self.dialog.show_problem("")
            self.dialog.set_items(queue.items())

    def _on_list_finished(self) -> None:
        thread, self._list_thread = self._list_thread, None
        if thread is not None:
            thread.deleteLater()
        if self._to_add:
            self.add(())

    def _on_nothing_found(self) -> None:
        if self.dialog is not None:
            self.dialog.show_problem(_tr("There are neither videos nor photos in that folder."))

    def _on_remove(self, paths: list[Path]) -> None:
        if self.queue is not None and self.dialog is not None:
            self.queue.remove(paths)
            self._dirty = True
            self.dialog.set_items(self.queue.items())

    # -- running -----------------------------------------------------------------------------

    def is_running(self) -> bool:
        """Whether files are being analysed, or would be after a pause."""
        return self._thread is not None

    def start(self) -> None:
        """Analyse what waits."""
        if self.queue is None or self.dialog is None or self.is_running():
            return
        choices = self.dialog.choices()
        self._settings.qt.setValue(_FORMATS_KEY, " ".join(choices.formats))
        self._settings.qt.setValue(_JOBS_KEY, str(choices.jobs))
        self.dialog.show_problem("")
        order = BatchOrder(
            self.queue,
            choices.weights,
            choices.formats,
            choices.jobs,
            SmoothingSettings(*self._settings.steadiness),  # as in the Player
            self._settings.finding,
        )
        worker = BatchWorker(order, self._make)
        worker.changed.connect(self._on_changed)
        worker.moved.connect(self._on_moved)
        worker.failed.connect(self._on_failed)
        self._worker, self._thread = worker, WorkerThread(worker, self)
        self._thread.finished.connect(self._on_thread_finished)
        self.dialog.set_running(True)
        self._dirty = False
        self._thread.start()

    def set_paused(self, paused: bool) -> None:
        """Rest, or go on."""
        if self._worker is not None and self.dialog is not None:
            self._worker.set_paused(paused)
            self.dialog.set_running(True, paused=paused)

    def cancel(self) -> None:
        """Stop; what is not done waits."""
        if self._worker is not None:
            self._worker.stop()

    def _on_changed(self, item: QueueItem) -> None:
        if self.dialog is not None:
            self.dialog.model.update(item)

    def _on_moved(self, path: Path, share: float) -> None:
        if self.dialog is not None:
            self.dialog.model.set_share(path, share)

    def _on_failed(self, sentence: str, _details: str) -> None:
        if self.dialog is not None:
            self.dialog.show_problem(sentence)

    def _on_thread_finished(self) -> None:
        thread, self._thread, self._worker = self._thread, None, None
        if thread is not None:
            thread.deleteLater()
        if self.dialog is not None and self.queue is not None:
            self.dialog.set_items(self.queue.items())
            self.dialog.set_running(False)
        self.ended.emit()

    # -- files and folders -------------------------------------------------------------------

    def _on_add_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self.dialog, _tr("Add videos and photos"), self._settings.last_folder, media_filters()
        )
        if names:
            self._settings.last_folder = str(Path(names[0]).parent)
            self.add([Path(name) for name in names])

    def _on_add_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self.dialog, _tr("Add a folder"), self._settings.last_folder
        )
        if name:
            self._settings.last_folder = name
            self.add([Path(name)])

    def _on_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self.dialog, _tr("Folder of the results"), str(self.folder)
        )
        if name:
            self.set_folder(Path(name))

    def set_folder(self, folder: Path) -> None:
        """Use another folder; what waits goes along, what is there already is shown."""
        if self.is_running() or self.dialog is None:
            return
        waiting = [] if self.queue is None else self.queue.items()
        self._settings.qt.setValue(_FOLDER_KEY, str(folder))
        self.dialog.set_folder(folder)
        self.queue = None
        self.dialog.set_items(())
        self.add([item.path for item in waiting if item.state == WAITING])

    def _on_model(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.dialog,
            _tr("Model for all files"),
            self._settings.last_folder,
            _tr("Networks") + " (*.onnx)",
        )
        if name and self.dialog is not None:
            self._own_models.append(Path(name))
            self._offer_models(self.dialog, Path(name))

    def _on_open_folder(self) -> None:
        folder = self.folder
        if not os.path.isdir(folder) and self.dialog is not None:
            self.dialog.show_problem(_tr("There are no results yet."))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    # -- closing -----------------------------------------------------------------------------

    def holds_closing(self, go_on: Callable[[], None]) -> bool:
        """Ask before the program closes while files are analysed; return whether it has to wait.

        Args:
            go_on: Called when the program may close after all.
        """
        if not self.is_running():
            return False
        if self._question is None:
            box = QMessageBox(self._parent_widget.window())
            box.setIcon(QMessageBox.Question)
            box.setWindowTitle(_tr("Files are being analysed"))
            box.setText(_tr("Files are being analysed. Stop and close?"))
            box.setInformativeText(
                _tr("What is done is kept. The rest waits in “Many files” at the next start.")
            )
            stop = box.addButton(_tr("Stop and close"), QMessageBox.AcceptRole)
            stop.setObjectName("stop_batch_button")
            stop.clicked.connect(lambda _on: self._stop_and(go_on))
            box.setEscapeButton(box.addButton(_tr("Keep going"), QMessageBox.RejectRole))
            self._question = box
        self._question.open()
        return True

    def _stop_and(self, go_on: Callable[[], None]) -> None:
        def once() -> None:
            self.ended.disconnect(once)
            go_on()

        if self.is_running():
            self.ended.connect(once)
            self.cancel()
        else:
            go_on()

    def shutdown(self) -> None:
        """Stop, keep the list, join the threads."""
        if self._thread is not None:
            self._thread.stop_and_wait()
        if self._list_thread is not None:
            self._list_thread.stop_and_wait()
        if self.queue is not None and self._dirty:
            saver = WorkerThread(BatchListWorker(self.folder, self.queue, save=True))
            saver.start()
            saver.wait(5000)
        if self.dialog is not None:
            self.dialog.close()
