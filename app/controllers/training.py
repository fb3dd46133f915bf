"""Joins the Train tab with the training worker."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFileDialog

from app.demo import demo_path
from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.training import TrainingOrder, TrainingWorker
from trainer.errors import TrainingError
from trainer.events import EpochFinished, StepFinished, TrainingFinished, TrainingStarted
from trainer.paths import runs_dir
from trainer.runs import ONNX, Run, list_runs
from ui.training_tab import TrainingTab

log = logging.getLogger(__name__)


class TrainingController(QObject):
    """Starts, watches and stops one training at a time.

    Signals:
        use_in_player_requested: ``best.onnx`` of the run shown.
        run_finished: The worker is done, well or not.
        status_changed: A line for the status bar.
    """

    use_in_player_requested = pyqtSignal(Path)
    run_finished = pyqtSignal()
    status_changed = pyqtSignal(str)

    def __init__(self, tab: TrainingTab, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self._settings = settings
        self._thread: WorkerThread | None = None
        self._run_dir: Path | None = None
        self._resumable: Run | None = None
        self._started = 0.0
        self._failed = False
        self._ended_well = False
        tab.start_requested.connect(self.start)
        tab.stop_requested.connect(self.stop)
        tab.resume_requested.connect(self.resume)
        tab.browse_requested.connect(self.choose_file)
        tab.use_requested.connect(self._on_use_requested)
        self._refresh_datasets()
        self._offer_resume()

    @property
    def runs_folder(self) -> Path:
        """Where runs are kept."""
        return self._settings.runs_folder or runs_dir()

    def is_running(self) -> bool:
        """Whether a training runs."""
        return self._thread is not None

    def choose_dataset(self, path: Path) -> None:
        """Select a data set, unless a training runs."""
        if path != demo_path():
            self._settings.remember_dataset(path)
        if not self.is_running():
            self._refresh_datasets(path)

    def set_balance(self, factors: dict[str, int]) -> None:
        """Multiply training images of the chosen data set, unless a training runs."""
        if not self.is_running():
            self._tab.set_balance(factors)

    def set_targets(self, targets: str) -> None:
        """Learn from the labels or the votes of the chosen data set, unless a training runs."""
        if not self.is_running():
            self._tab.set_targets(targets)

    def choose_file(self) -> None:
        """Ask for a data set file."""
        name, _ = QFileDialog.getOpenFileName(
            self._tab,
            self.tr("Choose a data set"),
            self._settings.last_folder,
            self.tr("FER2013 files (*.csv *.gz *.zip);;All files (*)"),
        )
        if name:
            self._settings.last_folder = str(Path(name).parent)
            self.choose_dataset(Path(name))

    def refresh(self) -> None:
        """Offer data sets that were opened meanwhile."""
        if not self.is_running():
            self._refresh_datasets()

    def _refresh_datasets(self, chosen: Path | None = None) -> None:
        known = [path for path in self._settings.recent_datasets if path.exists()]
        self._tab.set_datasets(known, chosen)

    # -- start, stop ---------------------------------------------------------------------

    def start(self) -> None:
        """Train with the settings of the tab."""
        if self.is_running():
            return
        try:
            config = self._tab.config()
        except TrainingError as error:
            self._tab.banner.show_message(str(error), "error")
            return
        self._launch(TrainingOrder(self._tab.dataset(), config, self.runs_folder))

    def resume(self) -> None:
        """Go on with the interrupted run that the tab offers."""
        run = self._resumable
        if run is None or self.is_running():
            return
        source = run.environment.get("dataset", {}).get("source", "")
        if not source or not Path(source).exists():
            text = self.tr("The data set of {run} is not at {path} any more; it cannot be resumed.")
            self._tab.banner.show_message(
                text.format(run=run.name, path=source or run.dataset_name), "error"
            )
            return
        self._launch(TrainingOrder(Path(source), run.config, self.runs_folder, run.path))

    def stop(self) -> None:
        """Stop soon; acknowledged at once."""
        if self._thread is not None:
            self._tab.show_stopping()
            self._thread.worker.stop()

    def shutdown(self) -> None:
        """Stop and join the thread."""
        if self._thread is not None:
            self._thread.stop_and_wait()

    def _launch(self, order: TrainingOrder) -> None:
        self._failed = self._ended_well = False
        self._run_dir = None
        self._tab.show_preparing(self.tr("Reading the data…"))
        worker = TrainingWorker(order)
        worker.progress.connect(self._tab.show_loading)
        worker.dataset_loaded.connect(self._on_dataset_loaded)
        worker.event_announced.connect(self._on_event)
        worker.failed.connect(self._on_failed)
        thread = WorkerThread(worker, self)
        thread.finished.connect(self._on_thread_finished)
        self._thread = thread
        self._started = time.monotonic()
        thread.start(WorkerThread.LowPriority)

    # -- what the worker says --------------------------------------------------------------

    @pyqtSlot(Path)
    def _on_dataset_loaded(self, path: Path) -> None:
        if path != demo_path():
            self._settings.remember_dataset(path)
        self._tab.show_loading(0.0)

    @pyqtSlot(object)
    def _on_event(self, event: object) -> None:
        if isinstance(event, StepFinished):
            self._tab.show_step(event)
        elif isinstance(event, EpochFinished):
            self._tab.show_epoch(event)
        elif isinstance(event, TrainingStarted):
            self._run_dir = event.run_dir
            self._tab.show_started(event)
        elif isinstance(event, TrainingFinished):
            self._ended_well = True
            self._tab.show_finished(event, time.monotonic() - self._started)
            self.status_changed.emit(self._tab.state_label.text())

    @pyqtSlot(str, str)
    def _on_failed(self, summary: str, details: str) -> None:
        self._failed = True
        self._tab.banner.show_message(summary, "error", details)

    @pyqtSlot()
    def _on_thread_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        if self._failed:
            self._tab.show_ended(self.tr("The training ended with an error"))
        elif not self._ended_well:
            self._tab.show_ended(self.tr("Cancelled"))
        else:
            self._tab.show_ended()
        self._offer_resume()
        self.run_finished.emit()

    def _offer_resume(self) -> None:
        self._resumable = next((run for run in list_runs(self.runs_folder) if run.can_resume), None)
        run = self._resumable
        if run is None:
            self._tab.set_resumable("", 0, 0)
        else:
            self._tab.set_resumable(run.name, len(run.history), run.config.epochs)

    def _on_use_requested(self) -> None:
        if self._run_dir is not None:
            self.use_in_player_requested.emit(self._run_dir / ONNX)
