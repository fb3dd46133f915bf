"""Joins the detail of the Images page with its workers; the newest question wins."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from app.workers.base import Worker, WorkerThread
from app.workers.sample_detail import NearestWorker, PreviewWorker
from trainer.config import AugmentConfig
from trainer.data.neighbours import Neighbours
from ui.dataset_state import DatasetState
from ui.image_detail import ImageDetail
from ui.tables.samples import Samples
from ui.widgets.augment_panel import SHOWN

MakeWorker = Callable[[], Worker]


class NewestJob(QObject):
    """Runs one worker at a time; of those asked for meanwhile only the last is run.

    Signals:
        idle: Nothing is running or waiting.
    """

    idle = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: WorkerThread | None = None
        self._next: MakeWorker | None = None

    def run(self, make: MakeWorker) -> None:
        """Run what ``make`` returns, as soon as nothing else runs."""
        self._next = make
        if self._thread is None:
            self._start()

    def cancel(self) -> None:
        """Stop what runs, forget what waits."""
        self._next = None
        if self._thread is not None:
            self._thread.worker.stop()

    def shutdown(self) -> None:
        """Stop and join the thread."""
        self.cancel()
        if self._thread is not None:
            self._thread.stop_and_wait()

    def _start(self) -> None:
        make, self._next = self._next, None
        if make is None:
            self.idle.emit()
            return
        self._thread = WorkerThread(make(), self)
        self._thread.finished.connect(self._on_finished)
        self._thread.start()

    @pyqtSlot()
    def _on_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        self._start()


class DatasetImagesController(QObject):
    """Answers what the detail of an image asks for.

    Attributes:
        previews, nearest: The two kinds of work, independent of each other.
    """

    def __init__(
        self, detail: ImageDetail, state: DatasetState, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._detail = detail
        self._state = state
        self._described: tuple[Samples, Neighbours] | None = None
        self.previews, self.nearest = NewestJob(self), NewestJob(self)
        detail.preview_requested.connect(self._on_preview_requested)
        detail.neighbours_requested.connect(self._on_neighbours_requested)
        state.samples_changed.connect(self._on_samples_changed)

    def shutdown(self) -> None:
        """Stop and join the threads."""
        self.previews.shutdown()
        self.nearest.shutdown()

    @pyqtSlot()
    def _on_samples_changed(self) -> None:
        self.previews.cancel()
        self.nearest.cancel()
        self._described = None

    @pyqtSlot(int, object, int)
    def _on_preview_requested(self, sample: int, config: AugmentConfig, seed: int) -> None:
        samples = self._state.samples
        if samples is None:
            return

        def make() -> Worker:
            worker = PreviewWorker(samples, sample, config, seed, SHOWN)
            worker.changed.connect(self._detail.show_preview)
            worker.failed.connect(self._on_preview_failed)
            return worker

        self.previews.run(make)

    @pyqtSlot(int)
    def _on_neighbours_requested(self, sample: int) -> None:
        samples = self._state.samples
        if samples is None:
            return
        if self._described is None or self._described[0] is not samples:
            self._detail.show_neighbours_note(self.tr("Comparing the images…"))

        def make() -> Worker:
            known = self._described
            worker = NearestWorker(
                samples, sample, known[1] if known and known[0] is samples else None
            )
            worker.described.connect(self._on_described)
            worker.found.connect(self._detail.show_neighbours)
            worker.failed.connect(self._on_nearest_failed)
            return worker

        self.nearest.run(make)

    @pyqtSlot(object, object)
    def _on_described(self, samples: Samples, neighbours: Neighbours) -> None:
        if samples is self._state.samples:
            self._described = (samples, neighbours)

    @pyqtSlot(str, str)
    def _on_preview_failed(self, summary: str, _details: str) -> None:
        self._detail.augment_panel.show_problem(summary)

    @pyqtSlot(str, str)
    def _on_nearest_failed(self, summary: str, _details: str) -> None:
        self._detail.show_neighbours_note(summary)
