"""Writing the network of a run as ONNX, on a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import pyqtSignal

from app.demo import ensure_demo
from app.opening import as_trained, read
from app.workers.base import Worker
from trainer.runs import WEIGHTS


@dataclass(frozen=True)
class NetworkExportOrder:
    """What is to be written where.

    Attributes:
        run_dir: The run's folder.
        dataset: What it was trained on; None for the drawn faces.
        out: The ONNX file.
        int8: Write 8 bits, if they are worth it.
    """

    run_dir: Path
    dataset: Path | None
    out: Path
    int8: bool


class NetworkExportWorker(Worker):
    """Compares, then writes.

    Signals:
        exported: The file, and a :class:`trainer.checked_export.ExportReport`.
    """

    exported = pyqtSignal(Path, object)

    def __init__(self, order: NetworkExportOrder) -> None:
        super().__init__()
        self._order = order

    def work(self) -> None:
        order = self._order
        # torch is imported here, on the worker's thread.
        from trainer.checked_export import export_checked
        from trainer.weights import load_weights

        model, metadata = load_weights(order.run_dir / WEIGHTS)
        source = order.dataset if order.dataset is not None else ensure_demo()
        dataset = read(
            as_trained(order.run_dir, source),
            on_progress=self.progress.emit,
            should_stop=self.should_stop,
        )
        report = export_checked(
            model, metadata, order.out, dataset, int8=order.int8, should_stop=self.should_stop
        )
        self.exported.emit(order.out, report)
