"""Saves a picture off the GUI thread: packing a large PNG takes a tenth of a second."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtGui import QImage

from app.workers.base import Worker
from trainer.errors import MienError
from trainer.files import atomic_path


class SnapshotWorker(Worker):
    """Writes one image as PNG, atomically.

    Signals:
        saved: (Path) The file is complete.
    """

    saved = pyqtSignal(Path)

    def __init__(self, image: QImage, path: Path) -> None:
        super().__init__()
        self._image = image
        self.path = path

    def work(self) -> None:
        """Write the file.

        Raises:
            MienError: The folder cannot be written to, or the disk is full.
        """
        try:
            with atomic_path(self.path) as temporary:
                if not self._image.save(str(temporary), "PNG"):
                    raise MienError(f"{self.path.name} could not be written; is the disk full?")
        except OSError as error:
            reason = error.strerror or str(error)
            raise MienError(f"{self.path} could not be written: {reason}.") from error
        self.saved.emit(self.path)
