"""Running a queue of files, and changing its list, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from trainer.inference.finding import FindingSettings
from trainer.inference.queue_file import QueueFile, QueueItem
from trainer.inference.smoothing import SmoothingSettings

VIDEO, BLUR = "video", "blur"
"""Keys that are no formats of the exports: a marked copy, and the faces in it hidden."""


class Runnable(Protocol):
    """What the worker needs of :class:`trainer.inference.queue.QueueRun`."""

    def run(self) -> None: ...

    def stop(self) -> None: ...

    def set_paused(self, paused: bool) -> None: ...


@dataclass(frozen=True)
class BatchOrder:
    """What is done with every file.

    Attributes:
        queue: The files.
        weights: An ONNX network; the shipped one when None.
        formats: What is written besides the table.
        jobs: Files at once.
        smoothing: How calm labels are.
        finding: What counts as a face.
    """

    queue: QueueFile
    weights: Path | None
    formats: tuple[str, ...]
    jobs: int
    smoothing: SmoothingSettings = SmoothingSettings()
    finding: FindingSettings = FindingSettings()


Changed = Callable[[QueueItem], None]
Moved = Callable[[QueueItem, int, float], None]
MakeRun = Callable[[BatchOrder, Changed, Moved], Runnable]


def make_run(order: BatchOrder, changed: Changed, moved: Moved) -> Runnable:
    """Prepare the analysis in processes of its own."""
    from trainer.inference.batch import BatchOptions  # brings PyAV: not before it is needed
    from trainer.inference.pipeline import PipelineSettings
    from trainer.inference.queue import QueueRun

    options = BatchOptions(
        order.queue.folder,
        annotated=bool({VIDEO, BLUR} & set(order.formats)),
        formats=("csv", *(key for key in order.formats if key not in (VIDEO, BLUR))),
        blur_faces=BLUR in order.formats,
    )
    return QueueRun(
        order.queue,
        order.weights,
        PipelineSettings(smoothing=order.smoothing, finding=order.finding),
        options,
        jobs=order.jobs,
        own_process=True,
        on_changed=changed,
        on_moved=moved,
    )


class BatchWorker(Worker):
    """Works through a queue.

    Signals:
        changed: (QueueItem) The state of a file changed.
        moved: (Path, share) How far a running file is, 0..1.
    """

    changed = pyqtSignal(object)
    moved = pyqtSignal(object, float)

    def __init__(self, order: BatchOrder, make: MakeRun = make_run) -> None:
        super().__init__()
        self._order = order
        self._make = make
        self._run: Runnable | None = None
        self._paused = False

    def set_paused(self, paused: bool) -> None:
        """Rest after the present frame, or go on; from any thread."""
        self._paused = paused
        if self._run is not None:
            self._run.set_paused(paused)

    def stop(self) -> None:
        """End after the present frame; from any thread."""
        super().stop()
        if self._run is not None:
            self._run.stop()

    def work(self) -> None:
        """Analyse everything that waits.

        Raises:
            DataError: The folder of the results is in use or cannot be written to.
            WeightsError: The network cannot be loaded.
        """
        self._run = self._make(
            self._order,
            self.changed.emit,
            lambda item, _frames, share: self.moved.emit(item.path, share),
        )
        # What was asked for while the run was being made.
        if self._paused:
            self._run.set_paused(True)
        if self.should_stop():
            self._run.stop()
        self._run.run()


class BatchListWorker(Worker):
    """Opens a queue, or adds files and folders to one, or only saves it.

    Signals:
        opened: (QueueFile) The queue, with what was added.
        nothing_found: The folders hold neither videos nor photos.
    """

    opened = pyqtSignal(object)
    nothing_found = pyqtSignal()

    def __init__(
        self,
        folder: Path,
        queue: QueueFile | None = None,
        add: Sequence[Path] = (),
        *,
        save: bool = False,
    ) -> None:
        super().__init__()
        self._folder = folder
        self._queue = queue
        self._add = list(add)
        self._save = save

    def work(self) -> None:
        """Do it.

        Raises:
            DataError: The state in the folder cannot be read or written.
        """
        queue = self._queue or QueueFile(self._folder)
        found: list[Path] = []
        if self._add:
            from trainer.inference.batch import expand_inputs  # brings PyAV

            found = expand_inputs(self._add)
            queue.add(found)
        if self._save:
            queue.save()
        self.opened.emit(queue)
        if self._add and not found:
            self.nothing_found.emit()
