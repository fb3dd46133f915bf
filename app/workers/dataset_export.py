"""Writing a data set to files, on a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from ui.tables.samples import Samples


@dataclass(frozen=True)
class ExportOrder:
    """What is to be written where.

    Attributes:
        samples: The data set.
        targets: int64 (N,), the labels to write, -1 without one.
        excluded: bool (N,), images that are left out.
        path: The CSV file, or the folder of pictures.
        as_csv: One FER2013 CSV; False for folders of pictures by split and class.
    """

    samples: Samples
    targets: npt.NDArray[np.int64]
    excluded: npt.NDArray[np.bool_]
    path: Path
    as_csv: bool


class ExportWorker(Worker):
    """Writes a data set.

    Signals:
        exported: Path of what was written, and the number of images in it.
    """

    exported = pyqtSignal(Path, int)

    def __init__(self, order: ExportOrder) -> None:
        super().__init__()
        self._order = order

    def work(self) -> None:
        # torch is imported here, on the worker's thread.
        import torch

        from trainer.data.dataset import ExpressionDataset
        from trainer.data.export import export_csv, export_image_folder

        order = self._order
        samples, targets, kept = order.samples, order.targets, ~order.excluded
        if order.as_csv:  # what has no label is not written: a million images are not copied
            targets, kept = np.where(kept, targets, -1), np.ones_like(kept)
        rows = slice(None) if kept.all() else np.flatnonzero(kept)
        dataset = ExpressionDataset(
            images=torch.from_numpy(samples.images[rows][:, np.newaxis]),
            targets=torch.from_numpy(targets[rows].copy()),
            splits=torch.from_numpy(samples.splits[rows]),
            source_rows=torch.from_numpy(samples.source_rows[rows]),
            name=samples.name,
            source=str(samples.path),
            content_hash=samples.content_hash,
            class_names=samples.class_names,
            kind=samples.kind,
            files=tuple(samples.files[row] for row in np.flatnonzero(kept))
            if samples.files
            else (),
        )
        write = export_csv if order.as_csv else export_image_folder
        written = write(dataset, order.path, self.progress.emit, self.should_stop)
        self.exported.emit(order.path, written)
