"""Runs what the Compare tab's buttons ask for, one after the other, in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from app.workers.base import Worker, WorkerThread
from app.workers.comparison_tasks import TaskWorker


@dataclass(frozen=True)
class Task:
    """One piece of work.

    Attributes:
        name: Tells its kind; one of a kind waits at a time, the newest.
        work: Runs on the worker's thread.
        then: Is given what ``work`` returned, on the GUI's thread.
        ended: Is called in any case, on the GUI's thread.
    """

    name: str
    work: Callable[[Worker], Any]
    then: Callable[[Any], None]
    ended: Callable[[], None] = lambda: None


class TaskRunner(QObject):
    """A queue of tasks and one thread.

    Signals:
        progress: (name, fraction) Of the task that runs; 1 at its end.
        failed: (sentence, details)
        idle: Nothing runs or waits.
    """

    progress = pyqtSignal(str, float)
    failed = pyqtSignal(str, str)
    idle = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: list[Task] = []
        self._task: Task | None = None
        self._thread: WorkerThread | None = None

    def run(self, task: Task) -> None:
        """Run a task as soon as those before it are done."""
        for other in [other for other in self._queue if other.name == task.name]:
            self._queue.remove(other)
            other.ended()
        self._queue.append(task)
        if self._thread is None:
            self._start()

    def cancel(self, name: str = "") -> None:
        """Stop the tasks of a name, or all."""
        for task in [task for task in self._queue if name in ("", task.name)]:
            self._queue.remove(task)
            task.ended()
        if self._thread is not None and self._task is not None and name in ("", self._task.name):
            self._thread.worker.stop()

    def is_running(self, name: str = "") -> bool:
        """Whether a task of this name, or any, runs."""
        return self._task is not None and name in ("", self._task.name)

    def shutdown(self) -> None:
        """Stop and join the thread."""
        self._queue.clear()
        if self._thread is not None:
            self._thread.stop_and_wait()

    def _start(self) -> None:
        if not self._queue:
            self.idle.emit()
            return
        self._task = self._queue.pop(0)
        worker = TaskWorker(self._task.work)
        worker.done.connect(self._on_done)
        worker.progress.connect(self._on_progress)
        worker.failed.connect(self.failed)
        self._thread = WorkerThread(worker, self)
        self._thread.finished.connect(self._on_finished)
        self._on_progress(0.0)
        self._thread.start()

    @pyqtSlot(float)
    def _on_progress(self, fraction: float) -> None:
        if self._task is not None:
            self.progress.emit(self._task.name, min(0.999, fraction))

    @pyqtSlot(object)
    def _on_done(self, result: Any) -> None:
        if self._task is not None:
            self._task.then(result)

    @pyqtSlot()
    def _on_finished(self) -> None:
        thread, self._thread = self._thread, None
        task, self._task = self._task, None
        if thread is not None:
            thread.deleteLater()
        if task is not None:
            self.progress.emit(task.name, 1.0)
            task.ended()
        self._start()
