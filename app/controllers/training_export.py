"""Joins the Export menu of the Train tab with the worker that writes ONNX files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFileDialog

from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.training_export import NetworkExportOrder, NetworkExportWorker
from ui.formats import percent
from ui.training_tab import TrainingTab

if TYPE_CHECKING:
    from trainer.checked_export import ExportReport


class TrainingExportController(QObject):
    """Asks for a file, writes one network at a time, tells what the comparison found.

    Signals:
        ended: The worker is done, well or not.
    """

    ended = pyqtSignal()

    def __init__(self, tab: TrainingTab, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self._settings = settings
        self._thread: WorkerThread | None = None

    def is_busy(self) -> bool:
        """Whether a network is being written."""
        return self._thread is not None

    def ask(self, kind: str, run_dir: Path, dataset: Path | None) -> None:
        """Ask where to write the network of a run; ``kind`` is ``onnx`` or ``int8``."""
        suffix = "-int8.onnx" if kind == "int8" else ".onnx"
        name, _ = QFileDialog.getSaveFileName(
            self._tab,
            self.tr("Export the network"),
            str(Path(self._settings.last_folder) / f"{run_dir.name}{suffix}"),
            self.tr("ONNX networks (*.onnx)"),
        )
        if name:
            self._settings.last_folder = str(Path(name).parent)
            path = Path(name)
            out = path if path.suffix.lower() == ".onnx" else path.with_name(f"{path.name}.onnx")
            self.export(NetworkExportOrder(run_dir, dataset, out, kind == "int8"))

    def export(self, order: NetworkExportOrder) -> None:
        """Write a network; while one is written, another is not begun."""
        if self.is_busy():
            return
        self._tab.progress.set_exporting(True)
        self._tab.offer_banner.offer(
            self.tr("{name} is compared with the trained network and written…").format(
                name=order.out.name
            ),
            self.tr("Cancel"),
            self.cancel,
            "info",
        )
        worker = NetworkExportWorker(order)
        worker.exported.connect(self._on_exported)
        worker.failed.connect(self._on_failed)
        self._thread = WorkerThread(worker, self)
        self._thread.finished.connect(self._on_thread_finished)
        self._thread.start(WorkerThread.LowPriority)

    def cancel(self) -> None:
        """Give up; nothing is written."""
        if self._thread is not None:
            self._thread.worker.stop()

    def shutdown(self) -> None:
        """Join the thread."""
        if self._thread is not None:
            self._thread.stop_and_wait()

    @pyqtSlot(Path, object)
    def _on_exported(self, path: Path, report: ExportReport) -> None:
        parity = report.parity
        parts = [
            self.tr("{path} is written.").format(path=path),
            self.tr(
                "It gives the trained network's answer to {same} of {number} images; no "
                "probability differs by more than {difference}."
            ).format(
                same=parity.same_label,
                number=parity.images,
                difference=f"{parity.largest_difference:.0e}",
            ),
        ]
        if report.int8 is not None:
            found = report.int8
            parts.append(
                self.tr(
                    "With 8 bits it recognises {accuracy} of the validation images (before "
                    "{full_accuracy}) and takes {ms} ms for a face (before {full_ms} ms), in "
                    "{size} MB (before {full_size} MB)."
                ).format(
                    accuracy=percent(found.accuracy),
                    full_accuracy=percent(found.full_accuracy),
                    ms=f"{found.face_ms:.1f}",
                    full_ms=f"{found.full_face_ms:.1f}",
                    size=f"{found.megabytes:.1f}",
                    full_size=f"{found.full_megabytes:.1f}",
                )
            )
        self._tab.banner.show_message(" ".join(parts))

    @pyqtSlot(str, str)
    def _on_failed(self, summary: str, details: str) -> None:
        self._tab.banner.show_message(summary, "error", details)

    @pyqtSlot()
    def _on_thread_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        self._tab.offer_banner.clear()
        self._tab.progress.set_exporting(False)
        self.ended.emit()
