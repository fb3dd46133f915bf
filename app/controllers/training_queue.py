"""Joins the queue page of the Train tab with the list of runs on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from app.workers.base import WorkerThread
from app.workers.training import ResumableWorker
from trainer.run_queue import INTERRUPTED, RUNNING, WAITING, QueuedRun, RunQueue, queue_file
from trainer.runs import Run
from ui.training_tab import TrainingTab


class TrainingQueueController(QObject):
    """Keeps the list, shows it, and says whose turn it is; it trains nothing itself.

    Attributes:
        queue: The list.

    Signals:
        run_requested: Start what waits.
        resume_requested: A :class:`Run` to go on with.
        resumable_listed: The page shows the runs that can be resumed.
    """

    run_requested = pyqtSignal()
    resume_requested = pyqtSignal(object)
    resumable_listed = pyqtSignal()

    def __init__(self, tab: TrainingTab, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self._page = tab.queue_page
        self._thread: WorkerThread | None = None
        self._again: Path | None = None
        self._resumable: list[Run] = []
        self._shown: list[Run] | None = None
        self.queue = RunQueue(queue_file())
        self._page.run_requested.connect(self.run_requested)
        self._page.resume_requested.connect(self.resume_requested)
        self._page.move_requested.connect(self._on_move_requested)
        self._page.remove_requested.connect(self._on_remove_requested)
        self._page.clear_requested.connect(self._on_clear_requested)
        self._show()
        if not self.queue.is_kept:
            tab.banner.show_message(
                self.tr(
                    "Another window of Mien keeps the queue of trainings; what you add to it in "
                    "this one is forgotten when it closes."
                ),
                "warning",
            )

    # -- the list ------------------------------------------------------------------------

    def add(self, runs: Sequence[QueuedRun], *, first: bool = False) -> None:
        """Add runs; a run folder stands in the list once only."""
        folders = {run.run_dir for run in runs if run.run_dir is not None}
        old = [run.key for run in self.queue.runs if run.run_dir in folders]
        self.queue.remove(old)
        self.queue.add(runs, first=first)
        self._show()

    def update(self, key: str, **values: Any) -> None:
        """Change an entry."""
        self.queue.update(key, **values)
        self._show()

    def revive(self) -> None:
        """Let runs that a dead program left behind wait again."""
        for run in self.queue.runs:
            if run.state == INTERRUPTED:
                self.queue.update(run.key, state=WAITING)
        self._show()

    def running(self) -> QueuedRun | None:
        """The entry that is trained now."""
        return next((run for run in self.queue.runs if run.state == RUNNING), None)

    def _show(self) -> None:
        self._page.set_runs(self.queue.runs)
        self._tab.set_waiting(self.queue.waiting())
        self._show_resumable()

    def _on_move_requested(self, key: str, by: int) -> None:
        keys = [run.key for run in self.queue.runs]
        self.queue.move(key, keys.index(key) + by)
        self._show()

    def _on_remove_requested(self, keys: list[str]) -> None:
        self.queue.remove(keys)
        self._show()

    def _on_clear_requested(self) -> None:
        self.queue.remove_over()
        self._show()

    # -- runs that can be resumed ----------------------------------------------------------

    def look_for_resumable(self, folder: Path) -> None:
        """Read the run folders again, on a thread."""
        if self._thread is not None:
            self._again = folder
            return
        worker = ResumableWorker(folder)
        worker.listed.connect(self._on_listed)
        self._thread = WorkerThread(worker, self)
        self._thread.finished.connect(self._on_thread_finished)
        self._thread.start()

    def shutdown(self) -> None:
        """Join the threads."""
        self._again = None
        self.queue.close()
        if self._thread is not None:
            self._thread.stop_and_wait()

    @pyqtSlot(list)
    def _on_listed(self, runs: list[Run]) -> None:
        self._resumable = runs
        self._show_resumable()
        self.resumable_listed.emit()

    def _show_resumable(self) -> None:
        listed = {run.run_dir for run in self.queue.runs if run.state in (WAITING, RUNNING)}
        runs = [run for run in self._resumable if run.path not in listed]
        if runs != self._shown:  # what somebody chose there stays chosen
            self._shown = runs
            self._page.set_resumable(runs)

    @pyqtSlot()
    def _on_thread_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        folder, self._again = self._again, None
        if folder is not None:
            self.look_for_resumable(folder)
