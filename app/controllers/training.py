"""Joins the Train tab with the training worker."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path

from PyQt5.QtCore import QObject, QTimer, QUrl, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QDesktopServices

from app.controllers.training_estimate import TrainingEstimateController
from app.controllers.training_export import TrainingExportController
from app.controllers.training_pretrained import TrainingPretrainedController
from app.controllers.training_queue import TrainingQueueController
from app.controllers.training_settings import TrainingSettingsController
from app.demo import demo_path
from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.training import TrainingOrder, TrainingWorker
from trainer.errors import TrainingError
from trainer.events import EpochFinished, StepFinished, TrainingFinished, TrainingStarted
from trainer.paths import runs_dir
from trainer.run_queue import FAILED, FINISHED, RUNNING, STOPPED, QueuedRun, over_seeds
from trainer.runs import ONNX, Run
from ui.training_tab import TrainingTab

log = logging.getLogger(__name__)

_WINDOW_FIRST_MS = 50  # until the worker starts: the buttons and bars of a run are drawn by then


class TrainingController(QObject):
    """Starts, watches and stops one training at a time; what waits follows by itself.

    Attributes:
        queue: The list of runs.
        settings_files: Data set and settings of the form.
        export: Writes the network of the run shown.
        estimate: Measures how long an epoch will take.
        pretrained: The weights that a network starts from.

    Signals:
        use_in_player_requested: ``best.onnx`` of the run shown.
        compare_requested: Go to the Compare tab.
        run_finished: The worker is done, well or not.
        status_changed: A line for the status bar.
    """

    use_in_player_requested = pyqtSignal(Path)
    compare_requested = pyqtSignal()
    run_finished = pyqtSignal()
    status_changed = pyqtSignal(str)

    def __init__(self, tab: TrainingTab, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self._settings = settings
        self._thread: WorkerThread | None = None
        self._worker: TrainingWorker | None = None
        self._run: QueuedRun | None = None
        self._run_dir: Path | None = None
        self._finished: TrainingFinished | None = None
        self._failure = ""
        self._smaller_batch = 0
        self._held = True  # what waited before this start waits on
        self._started = 0.0
        self.queue = TrainingQueueController(tab, self)
        self.settings_files = TrainingSettingsController(tab, settings, self)
        self.export = TrainingExportController(tab, settings, self)
        self.estimate = TrainingEstimateController(tab, self)
        self.pretrained = TrainingPretrainedController(tab, settings, self)
        self._connect()

    def _connect(self) -> None:
        tab, progress = self._tab, self._tab.progress
        tab.start_requested.connect(self.start)
        tab.queue_requested.connect(self.add_to_queue)
        progress.stop_requested.connect(self.stop)
        progress.pause_toggled.connect(self.set_paused)
        progress.use_requested.connect(self._on_use_requested)
        progress.folder_requested.connect(self._on_folder_requested)
        progress.compare_requested.connect(self.compare_requested)
        progress.export_requested.connect(self._on_export_requested)
        self.queue.run_requested.connect(self.start_queue)
        self.queue.resume_requested.connect(self.resume)

    @property
    def runs_folder(self) -> Path:
        """Where runs are kept."""
        return self._settings.runs_folder or runs_dir()

    def is_running(self) -> bool:
        """Whether a training runs."""
        return self._thread is not None

    def choose_dataset(self, path: Path) -> None:
        """Select a data set for the next run."""
        self.settings_files.choose_dataset(path)

    def set_balance(self, factors: dict[str, int]) -> None:
        """Multiply training images of the chosen data set."""
        self._tab.form.set_balance(factors)

    def set_targets(self, targets: str) -> None:
        """Learn from the labels or the votes of the chosen data set."""
        self._tab.form.set_targets(targets)

    def refresh(self) -> None:
        """Offer data sets that were opened meanwhile, and runs that can be resumed."""
        self.settings_files.refresh()
        self.queue.look_for_resumable(self.runs_folder)

    def show_resumable(self) -> None:
        """Show the page with the runs that can be resumed."""
        self._tab.show_queue()

    # -- start, stop ---------------------------------------------------------------------

    def start(self) -> None:
        """Train with the settings of the tab now; what waits follows."""
        if not self.is_running():
            self.train(self._ordered())

    def add_to_queue(self) -> None:
        """Let the settings of the tab wait for their turn."""
        runs = self._ordered()
        if runs:
            self._tab.banner.clear()
            self.queue.add(runs)
            self._tab.show_queue()

    def train(self, runs: list[QueuedRun]) -> None:
        """Train these before all that waits, now if nothing is trained."""
        if not runs:
            return
        self.queue.add(runs, first=True)
        if not self.is_running():
            self._held = False
            self._start_next()

    def start_queue(self) -> None:
        """Train what waits, one after the other."""
        self.queue.revive()
        self._held = False
        self._start_next()

    def resume(self, run: Run) -> None:
        """Go on with an interrupted run: now, or after the one that is trained."""
        source = run.data.get("source", "")
        if not source or not os.path.exists(source):
            text = self.tr("The data set of {run} is not at {path} any more; it cannot be resumed.")
            self._tab.banner.show_message(
                text.format(run=run.name, path=source or run.dataset_name), "error"
            )
            return
        self.train([QueuedRun(run.config, Path(source), run_dir=run.path)])

    def stop(self) -> None:
        """Stop soon; acknowledged at once. What waits is not started by itself then."""
        if self._worker is not None:
            self._held = True
            self._tab.progress.show_stopping()
            self._worker.set_paused(False)
            self._worker.stop()

    def set_paused(self, on: bool) -> None:
        """Hold the training or let it go on."""
        if self._worker is not None and not self._worker.should_stop():
            self._worker.set_paused(on)
            self._tab.progress.show_paused(on)

    def shutdown(self) -> None:
        """Stop and join the threads; the run can be resumed."""
        self._held = True
        for part in (self.settings_files, self.queue, self.export, self.estimate, self.pretrained):
            part.shutdown()
        if self._thread is not None:
            self._thread.stop_and_wait()

    def _ordered(self) -> list[QueuedRun]:
        form = self._tab.form
        try:
            config = form.config()
        except TrainingError as error:
            self._tab.banner.show_message(str(error), "error")
            return []
        return over_seeds(QueuedRun(config, form.dataset()), form.repeats_spin.value())

    def _start_next(self) -> None:
        run = self.queue.queue.next_waiting()
        if run is None or self._held or self.is_running():
            return
        self._run, self._run_dir, self._finished = run, None, None
        self._failure, self._smaller_batch = "", 0
        self.queue.update(run.key, state=RUNNING, message="")
        self.estimate.set_training(True)
        self._tab.show_preparing(self.tr("Reading the data…"))
        worker = TrainingWorker(
            TrainingOrder(run.dataset, run.config, self.runs_folder, run.run_dir)
        )
        worker.progress.connect(self._tab.progress.show_loading)
        worker.dataset_loaded.connect(self._on_dataset_loaded)
        worker.event_announced.connect(self._on_event)
        worker.memory_ran_out.connect(self._on_memory_ran_out)
        worker.failed.connect(self._on_failed)
        thread = WorkerThread(worker, self)
        thread.finished.connect(self._on_thread_finished)
        self._thread, self._worker = thread, worker
        self._started = time.monotonic()
        thread.start_after(_WINDOW_FIRST_MS, WorkerThread.LowPriority)

    # -- what the worker says --------------------------------------------------------------

    @pyqtSlot(Path)
    def _on_dataset_loaded(self, path: Path) -> None:
        if path != demo_path():
            self._settings.remember_dataset(path)
        self._tab.progress.show_loading(0.0)

    @pyqtSlot(object)
    def _on_event(self, event: object) -> None:
        if isinstance(event, StepFinished):
            self._tab.show_step(event)
        elif isinstance(event, EpochFinished):
            self._tab.show_epoch(event)
            if event.is_best and self._run is not None:
                self.queue.update(self._run.key, accuracy=event.val_accuracy)
        elif isinstance(event, TrainingStarted):
            self._run_dir = event.run_dir
            if self._run is not None:
                self.queue.update(self._run.key, run_dir=event.run_dir)
                self._tab.show_started(event, self._run.config.patience)
            self.settings_files.show_device(event.device, event.device_wasted)
        elif isinstance(event, TrainingFinished):
            self._finished = event
            self._tab.show_finished(event, time.monotonic() - self._started)
            self.status_changed.emit(self._tab.progress.state_label.text())

    @pyqtSlot(int)
    def _on_memory_ran_out(self, smaller_batch: int) -> None:
        self._smaller_batch = smaller_batch

    @pyqtSlot(str, str)
    def _on_failed(self, summary: str, details: str) -> None:
        self._failure = summary
        if self._smaller_batch and self._run is not None:
            self._offer_smaller_batch(summary, self._run, self._run_dir, self._smaller_batch)
        else:
            self._tab.banner.show_message(summary, "error", details)

    def _offer_smaller_batch(
        self, summary: str, run: QueuedRun, run_dir: Path | None, batch: int
    ) -> None:
        again = QueuedRun(run.config.changed(batch_size=batch), run.dataset, run_dir=run_dir)
        self._tab.offer_banner.offer(
            summary,
            self.tr("Try with batch {number}").format(number=batch),
            lambda: self.train([again]),
        )

    @pyqtSlot()
    def _on_thread_finished(self) -> None:
        thread, self._thread, self._worker = self._thread, None, None
        if thread is not None:
            thread.deleteLater()
        finished, state, text = self._finished, STOPPED, self.tr("Cancelled")
        if self._failure:
            state, text = FAILED, self.tr("The training ended with an error")
        elif finished is not None:
            state, text = (STOPPED if finished.stopped else FINISHED), ""
        if self._run is not None:
            self.queue.update(self._run.key, state=state, message=self._failure)
        self._tab.show_ended(text)
        self.estimate.set_training(False)
        self.queue.look_for_resumable(self.runs_folder)
        self.run_finished.emit()
        QTimer.singleShot(0, self._start_next)

    # -- what came out -----------------------------------------------------------------------

    def _on_use_requested(self) -> None:
        if self._run_dir is not None:
            self.use_in_player_requested.emit(self._run_dir / ONNX)

    def _on_folder_requested(self) -> None:
        if self._run_dir is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._run_dir)))

    def _on_export_requested(self, kind: str) -> None:
        if self._run_dir is not None and self._run is not None:
            self.export.ask(kind, self._run_dir, self._run.dataset)
