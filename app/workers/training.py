"""Training on a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import pyqtSignal

from app.demo import ensure_demo
from app.opening import read_as_remembered
from app.workers.base import Worker
from app.workers.priority import lower_this_thread
from trainer.config import TrainConfig
from trainer.runs import new_run_dir


@dataclass(frozen=True)
class TrainingOrder:
    """What to train.

    Attributes:
        dataset: A data set's file or folder; None draws the demo faces.
        config: The settings.
        runs_folder: Where the folder of a new run is made.
        resume_dir: An interrupted run to go on with, or None.
    """

    dataset: Path | None
    config: TrainConfig
    runs_folder: Path
    resume_dir: Path | None = None


class TrainingWorker(Worker):
    """Loads the data and trains; every event of the loop is passed on.

    Signals:
        dataset_loaded: Path of the data set that is used.
        event_announced: A :data:`trainer.events.TrainingEvent`.
    """

    dataset_loaded = pyqtSignal(Path)
    event_announced = pyqtSignal(object)

    def __init__(self, order: TrainingOrder) -> None:
        super().__init__()
        self._order = order

    def work(self) -> None:
        lower_this_thread()  # the window and the Player come first (decision 10)
        order = self._order
        source = order.dataset if order.dataset is not None else ensure_demo()
        # torch is imported here, on the worker's thread, not when the window starts.
        from trainer.training import fit

        dataset = read_as_remembered(
            source, on_progress=self.progress.emit, should_stop=self.should_stop
        )
        self.dataset_loaded.emit(source)
        run_dir = order.resume_dir or new_run_dir(order.runs_folder, order.config.model)
        fit(
            order.config,
            dataset,
            self.event_announced.emit,
            self.should_stop,
            run_dir=run_dir,
            resume=order.resume_dir is not None,
        )
