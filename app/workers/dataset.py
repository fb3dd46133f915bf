"""Reading a data set on a thread of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PyQt5.QtCore import pyqtSignal

from app.demo import ensure_demo
from app.opening import Opening, read, remember, without_votes
from app.workers.base import Worker
from trainer.errors import DataError
from ui.tables.samples import Samples

if TYPE_CHECKING:
    from trainer.data.dataset import ExpressionDataset


class DatasetWorker(Worker):
    """Reads a data set, then looks for repeats.

    Signals:
        loaded: :class:`ui.tables.samples.Samples`.
        warned: A sentence: it was read, but not quite as asked.
        summarized: :class:`trainer.data.summary.DatasetSummary`.
        measured: :class:`trainer.data.statistics.Statistics`.
    """

    loaded = pyqtSignal(object)
    warned = pyqtSignal(str)
    summarized = pyqtSignal(object)
    measured = pyqtSignal(object)

    def __init__(self, opening: Opening | None) -> None:
        super().__init__()
        self._opening = opening

    def work(self) -> None:
        opening = self._opening or Opening(ensure_demo())
        # torch is imported here, on the worker's thread.
        from trainer.data.statistics import measure
        from trainer.data.summary import summarize

        dataset, opening = self._read(opening)
        if self._opening is not None:
            remember(opening, dataset)
        self.loaded.emit(
            Samples(
                images=np.ascontiguousarray(dataset.images.numpy()[:, 0]),
                targets=dataset.targets.numpy(),
                splits=dataset.splits.numpy(),
                source_rows=dataset.source_rows.numpy(),
                class_names=dataset.class_names,
                name=dataset.name,
                path=opening.path,
                content_hash=dataset.content_hash,
                kind=dataset.kind,
                files=dataset.files,
                votes=None if dataset.votes is None else dataset.votes.numpy(),
                notes=dataset.notes,
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

    def _read(self, opening: Opening) -> tuple[ExpressionDataset, Opening]:
        """Read; votes that do not belong to the images are left out, and that is said."""
        try:
            return self._load(opening), opening
        except DataError as error:
            if opening.votes is None:
                raise
            plain = without_votes(opening)
            dataset = self._load(plain)
            self.warned.emit(str(error))
            return dataset, plain

    def _load(self, opening: Opening) -> ExpressionDataset:
        return read(opening, on_progress=self.progress.emit, should_stop=self.should_stop)
