"""Fetching or copying ImageNet weights, on a thread of its own."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from trainer.pretrained import KnownWeights, adopt, download


class PretrainedWorker(Worker):
    """Takes a file from the network, after the user agreed, or from the disk; checks its hash.

    Signals:
        ready: Where the weights are now.
    """

    ready = pyqtSignal(Path)

    def __init__(self, known: KnownWeights, file: Path | None = None) -> None:
        super().__init__()
        self._known = known
        self._file = file

    def work(self) -> None:
        if self._file is not None:
            self.ready.emit(adopt(self._file, self._known))
            return
        self.ready.emit(
            download(self._known, on_progress=self.progress.emit, should_stop=self.should_stop)
        )
