"""Training on a thread of its own."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import pyqtSignal

from app.demo import ensure_demo
from app.opening import Opening, as_trained, read, remembered
from app.workers.base import Worker
from app.workers.priority import lower_this_thread
from trainer.config import TrainConfig
from trainer.errors import OutOfMemory
from trainer.runs import CHECKPOINT, Run, list_runs, new_run_dir


@dataclass(frozen=True)
class TrainingOrder:
    """What to train.

    Attributes:
        dataset: A data set's file or folder; None draws the demo faces.
        config: The settings.
        runs_folder: Where the folder of a new run is made.
        resume_dir: A run to go on with, or None. Without a checkpoint in it a new run begins.
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
        memory_ran_out: A batch size that may fit, 0 for none; ``failed`` follows.
    """

    dataset_loaded = pyqtSignal(Path)
    event_announced = pyqtSignal(object)
    memory_ran_out = pyqtSignal(int)

    def __init__(self, order: TrainingOrder) -> None:
        super().__init__()
        self._order = order
        self._paused = threading.Event()

    def set_paused(self, on: bool) -> None:
        """Hold the training between two updates, or let it go on; from any thread."""
        if on:
            self._paused.set()
        else:
            self._paused.clear()

    def work(self) -> None:
        lower_this_thread()  # the window comes first (decision 10)
        order = self._order
        source = order.dataset if order.dataset is not None else ensure_demo()
        # torch is imported here, on the worker's thread, not when the window starts.
        from trainer.training import fit

        if order.resume_dir is not None:
            opening = as_trained(order.resume_dir, source)
        else:
            opening = remembered(source) or Opening(source)
        dataset = read(opening, on_progress=self.progress.emit, should_stop=self.should_stop)
        self.dataset_loaded.emit(source)
        resume = order.resume_dir is not None and (order.resume_dir / CHECKPOINT).is_file()
        run_dir = order.resume_dir if resume else None
        try:
            fit(
                order.config,
                dataset,
                self.event_announced.emit,
                self.should_stop,
                should_pause=self._paused.is_set,
                run_dir=run_dir or new_run_dir(order.runs_folder, order.config.model),
                resume=resume,
            )
        except OutOfMemory as error:
            self.memory_ran_out.emit(error.suggested_batch_size or 0)
            raise


class ResumableWorker(Worker):
    """Looks for runs that ended before their last epoch.

    Signals:
        listed: List of :class:`Run`, the newest first.
    """

    listed = pyqtSignal(list)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def work(self) -> None:
        self.listed.emit([run for run in list_runs(self._folder) if _is_resumable(run)])


def _is_resumable(run: Run) -> bool:
    return run.can_resume and len(run.history) < run.config.epochs
