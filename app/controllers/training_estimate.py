"""Joins the time line of the Train tab's form with the worker that measures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from app.workers.base import WorkerThread
from app.workers.estimate import EstimateWorker
from trainer.config import TrainConfig
from trainer.data.library import DatasetEntry, Library
from trainer.errors import TrainingError
from trainer.labels import EXPRESSIONS
from ui.training_tab import TrainingTab
from ui.training_texts import time_sentence

if TYPE_CHECKING:
    from trainer.training.estimate import TimeEstimate


class TrainingEstimateController(QObject):
    """Measures when it is asked to, never while a network is trained.

    Signals:
        ended: The worker is done, well or not.
    """

    ended = pyqtSignal()

    def __init__(self, tab: TrainingTab, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self._form = tab.form
        self._thread: WorkerThread | None = None
        self._config: TrainConfig | None = None
        self._dataset: Path | None = None
        # The form changes many fields at once, and fills its menus anew when the tab is shown.
        self._compare_timer = QTimer(self)
        self._compare_timer.setSingleShot(True)
        self._compare_timer.setInterval(0)
        self._compare_timer.timeout.connect(self._compare)
        self._form.measure_requested.connect(self.measure)
        self._form.changed.connect(self._compare_timer.start)
        self._form.model_changed.connect(self._compare_timer.start)

    def is_busy(self) -> bool:
        """Whether it measures."""
        return self._thread is not None

    def measure(self) -> None:
        """Measure with the settings of the form; while that goes on, give it up instead."""
        if self._thread is not None:
            self.cancel()
            return
        try:
            config = self._form.config()
        except TrainingError as error:
            self._tab.banner.show_message(str(error), "error")
            return
        self._config, self._dataset = config, self._form.dataset()
        self._form.show_measuring(self.tr("Measuring some batches…"))
        worker = EstimateWorker(config)
        worker.progress.connect(self._on_progress)
        worker.measured.connect(self._on_measured)
        worker.failed.connect(self._on_failed)
        self._thread = WorkerThread(worker, self)
        self._thread.finished.connect(self._on_thread_finished)
        self._thread.start(WorkerThread.LowPriority)

    def cancel(self) -> None:
        """Give up; a training that starts does not wait for it."""
        if self._thread is not None:
            self._thread.worker.stop()

    def set_training(self, on: bool) -> None:
        """Two at a time would slow each other and be measured wrong."""
        if on:
            self.cancel()
        self._form.time_button.setEnabled(not on)

    def shutdown(self) -> None:
        """Join the thread."""
        if self._thread is not None:
            self._thread.stop_and_wait()

    def _compare(self) -> None:
        """What was measured of other settings is not shown beside these."""
        if self._config is None:
            return
        try:
            same = self._form.config() == self._config
        except TrainingError:
            same = False
        if not same or self._form.dataset() != self._dataset:
            self._config = None
            self.cancel()
            self._form.show_time("")

    @pyqtSlot(float)
    def _on_progress(self, fraction: float) -> None:
        if self._config is not None:
            self._form.show_measuring(
                self.tr("Measuring some batches… {percent} %").format(percent=int(100 * fraction))
            )

    @pyqtSlot(object)
    def _on_measured(self, found: TimeEstimate) -> None:
        if self._config is not None:
            self._form.show_time(time_sentence(found, *self._images(self._config), self._config))

    @pyqtSlot(str, str)
    def _on_failed(self, summary: str, _details: str) -> None:
        self._form.show_time(summary)

    @pyqtSlot()
    def _on_thread_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        self._form.show_measured()
        self.ended.emit()

    def _images(self, config: TrainConfig) -> tuple[int, int]:
        """Training and validation images of the chosen data; 0 where nobody read them yet."""
        path = self._form.dataset()
        if path is None:
            from trainer.data.demo import TRAIN_PER_CLASS, VAL_PER_CLASS  # draws: not at the start

            classes = len(EXPRESSIONS)
            train, val = TRAIN_PER_CLASS * classes, VAL_PER_CLASS * classes
            return _limited(train, config.train_limit), _limited(val, config.val_limit)
        entry = Library().find(path)
        if entry is None:
            return 0, 0
        return _learnt(entry, config), _limited(_sum(entry, "val"), config.val_limit)


def _sum(entry: DatasetEntry, split: str) -> int:
    return sum(entry.counts.get(split, {}).values())


def _learnt(entry: DatasetEntry, config: TrainConfig) -> int:
    """Training images with what balancing makes of them; repeats are not known here."""
    train = entry.counts.get("train", {})
    total = _limited(sum(train.values()), config.train_limit)
    kept = total / max(1, sum(train.values()))
    made = sum(train.get(name, 0) * (factor - 1) for name, factor in config.balance.items())
    return round(total + kept * made)


def _limited(number: int, limit: int) -> int:
    return min(number, limit) if limit > 0 else number
