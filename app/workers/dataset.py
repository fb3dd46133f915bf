"""Reading a data set on a thread of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PyQt5.QtCore import pyqtSignal

from app.demo import ensure_demo
from app.workers.base import Worker
from ui.tables.samples import Samples


class DatasetWorker(Worker):
    """Reads a data set, then looks for repeats.

    Signals:
        loaded: :class:`ui.tables.samples.Samples`.
        summarized: :class:`trainer.data.summary.DatasetSummary`.
        measured: :class:`trainer.data.statistics.Statistics`.
    """

    loaded = pyqtSignal(object)
    summarized = pyqtSignal(object)
    measured = pyqtSignal(object)

    def __init__(self, source: Path | None) -> None:
        super().__init__()
        self._source = source

    def work(self) -> None:
        source = self._source if self._source is not None else ensure_demo()
        # torch is imported here, on the worker's thread.
        from trainer.data import load_dataset
        from trainer.data.statistics import measure
        from trainer.data.summary import summarize

        dataset = load_dataset(source, on_progress=self.progress.emit, should_stop=self.should_stop)
        self.loaded.emit(
            Samples(
                images=np.ascontiguousarray(dataset.images.numpy()[:, 0]),
                targets=dataset.targets.numpy(),
                splits=dataset.splits.numpy(),
                source_rows=dataset.source_rows.numpy(),
                class_names=dataset.class_names,
                name=dataset.name,
                path=source,
                content_hash=dataset.content_hash,
                problems=tuple((problem.line, problem.reason) for problem in dataset.problems),
            )
        )
        self.measured.emit(
            measure(
                dataset.images.numpy()[:, 0],
                dataset.targets.numpy(),
                dataset.splits.numpy(),
                len(dataset.class_names),
                should_stop=self.should_stop,
            )
        )
        self.summarized.emit(summarize(dataset))
