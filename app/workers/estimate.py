"""Measuring how long an epoch will take, on a thread of its own."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from app.workers.priority import lower_this_thread
from trainer.config import TrainConfig


class EstimateWorker(Worker):
    """Times a few batches of a training that is not started yet.

    Signals:
        measured: :class:`trainer.training.estimate.TimeEstimate`.
    """

    measured = pyqtSignal(object)

    def __init__(self, config: TrainConfig) -> None:
        super().__init__()
        self._config = config

    def work(self) -> None:
        lower_this_thread()  # as the training itself
        # torch is imported here, on the worker's thread.
        from trainer.training.estimate import estimate_time

        found = estimate_time(self._config, self.should_stop, self.progress.emit)
        if not self.should_stop():
            self.measured.emit(found)
