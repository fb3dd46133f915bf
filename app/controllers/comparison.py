"""Joins the Compare tab with the run folders."""

from __future__ import annotations

import logging
from pathlib import Path

from PyQt5.QtCore import QObject, QUrl, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QDesktopServices
from PyQt5.QtWidgets import QFileDialog, QMessageBox

from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.confused import ConfusedWorker
from app.workers.scoring import RunsWorker, confusion_of
from trainer.errors import MienError
from trainer.files import write_text
from trainer.paths import runs_dir
from ui.comparison_tab import ComparisonTab
from ui.tables.run_model import RunRow, row_title
from ui.tables.samples import Samples
from ui.widgets.images_dialog import ImagesDialog

log = logging.getLogger(__name__)


class ComparisonController(QObject):
    """Lists, exports and deletes runs.

    Signals:
        use_in_player_requested: ``.onnx`` of the chosen run.
        train_requested: Go to the Train tab.
        status_changed: A line for the status bar.
        refreshed: The table shows what is on disk.
    """

    use_in_player_requested = pyqtSignal(Path)
    train_requested = pyqtSignal()
    status_changed = pyqtSignal(str)
    refreshed = pyqtSignal()

    def __init__(
        self, tab: ComparisonTab, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._settings = settings
        self._thread: WorkerThread | None = None
        self._images_thread: WorkerThread | None = None
        self._again = False
        self._question: QMessageBox | None = None
        self.images_dialog: ImagesDialog | None = None
        tab.refresh_requested.connect(self.refresh)
        tab.train_requested.connect(self.train_requested)
        tab.export_requested.connect(self.export_csv)
        tab.folder_requested.connect(self._on_folder_requested)
        tab.use_requested.connect(self._on_use_requested)
        tab.delete_requested.connect(self._on_delete_requested)
        tab.images_requested.connect(self._on_images_requested)
        tab.current_changed.connect(self._on_current_changed)

    @property
    def runs_folder(self) -> Path:
        """Where runs are read from."""
        return self._settings.runs_folder or runs_dir()

    def refresh(self) -> None:
        """Read the run folders again."""
        if self._thread is not None:
            self._again = True
            return
        worker = RunsWorker(self.runs_folder)
        worker.listed.connect(self._tab.set_rows)
        worker.failed.connect(self._on_failed)
        self._thread = WorkerThread(worker, self)
        self._thread.finished.connect(self._on_thread_finished)
        self._thread.start()

    def shutdown(self) -> None:
        """Join the threads."""
        self._again = False
        if self._images_thread is not None:
            self._images_thread.stop_and_wait()
        if self._thread is not None:
            self._thread.stop_and_wait()

    def export_csv(self) -> None:
        """Ask for a file and write the table."""
        name, _ = QFileDialog.getSaveFileName(
            self._tab,
            self.tr("Export the table"),
            str(Path(self._settings.last_folder) / "runs.csv"),
            self.tr("CSV files (*.csv)"),
        )
        if name:
            self.write_csv(Path(name))

    def write_csv(self, path: Path) -> None:
        """Write all rows to ``path``."""
        try:
            write_text(path, self._tab.run_model.to_csv())
        except OSError as error:
            self._on_failed(
                self.tr("Cannot write {path}: {reason}.").format(path=path, reason=error), ""
            )
            return
        self.status_changed.emit(self.tr("Written to {path}.").format(path=path))

    @pyqtSlot()
    def _on_thread_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        if self._again:
            self._again = False
            self.refresh()
            return
        self.refreshed.emit()

    @pyqtSlot(str, str)
    def _on_failed(self, summary: str, details: str) -> None:
        self._tab.banner.show_message(summary, "error", details)

    def _on_current_changed(self, row: RunRow | None) -> None:
        if row is None or row.predictions_path is None:
            self._tab.show_matrix(None, (), "" if row is None else row_title(row))
            return
        try:
            matrix, names = confusion_of(row.predictions_path)
        except MienError as error:
            self._on_failed(str(error), "")
            self._tab.show_matrix(None, (), row_title(row))
            return
        self._tab.show_matrix(matrix, names, row_title(row))

    def _on_images_requested(self, row: RunRow, target: int, pred: int) -> None:
        if row.path is None or self._images_thread is not None:
            return
        self.status_changed.emit(self.tr("Looking for the images…"))
        worker = ConfusedWorker(row.path, target, pred)
        worker.found.connect(self._on_images_found)
        worker.failed.connect(self._on_failed)
        self._images_thread = WorkerThread(worker, self)
        self._images_thread.finished.connect(self._on_images_thread_finished)
        self._images_thread.start()

    @pyqtSlot(int, int, object)
    def _on_images_found(self, target: int, pred: int, samples: Samples) -> None:
        total = self._tab.matrix.number(target, pred)
        self.images_dialog = ImagesDialog(samples, target, pred, total, self._tab)
        self.images_dialog.open()

    @pyqtSlot()
    def _on_images_thread_finished(self) -> None:
        thread, self._images_thread = self._images_thread, None
        if thread is not None:
            thread.deleteLater()
        self.status_changed.emit("")

    def _on_folder_requested(self, row: RunRow) -> None:
        folder = row.path or (row.onnx_path.parent if row.onnx_path else None)
        if folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _on_use_requested(self, row: RunRow) -> None:
        if row.onnx_path is not None:
            self.use_in_player_requested.emit(row.onnx_path)

    def _on_delete_requested(self, rows: list[RunRow]) -> None:
        box = QMessageBox(self._tab)
        box.setIcon(QMessageBox.Question)
        box.setWindowTitle(self.tr("Move to the trash"))
        box.setText(
            self.tr("Move {number} training runs to the trash?").format(number=len(rows))
            if len(rows) > 1
            else self.tr("Move the run {name} to the trash?").format(name=rows[0].name)
        )
        delete = box.addButton(self.tr("Move to the trash"), QMessageBox.AcceptRole)
        delete.setObjectName("confirm_delete_button")
        cancel = box.addButton(self.tr("Cancel"), QMessageBox.RejectRole)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        delete.clicked.connect(lambda: self.delete(rows))
        self._question = box
        box.open()

    def delete(self, rows: list[RunRow]) -> None:
        """Move runs to the trash; what cannot be moved is said."""
        from send2trash import send2trash  # 30 ms that no start needs

        for row in rows:
            if row.path is None:
                continue
            try:
                send2trash(str(row.path))
            except OSError as error:
                log.warning("cannot trash %s", row.path, exc_info=True)
                self._on_failed(
                    self.tr("{name} cannot be moved to the trash: {reason}.").format(
                        name=row.name, reason=error
                    ),
                    "",
                )
        self.refresh()
