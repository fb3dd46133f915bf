"""Looking at what a file or folder is, on a thread: a network drive may be slow."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker


class InspectionWorker(Worker):
    """Recognises a data set without reading it.

    Signals:
        inspected: :class:`trainer.data.sources.SourceInfo`.
    """

    inspected = pyqtSignal(object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def work(self) -> None:
        from trainer.data.sources import inspect_source

        self.inspected.emit(
            inspect_source(self._path, on_progress=self.progress.emit, should_stop=self.should_stop)
        )
