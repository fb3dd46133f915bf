"""When the splash and the window were painted: for tests/benchmarks/bench_start.py."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PyQt5.QtCore import QEvent, QObject, QTimer, pyqtSignal
from PyQt5.QtWidgets import QWidget

from trainer.files import write_text


class StartTimes(QObject):
    """Notes the times, in seconds since 1970, and writes them after the first paint.

    Signals:
        written: The program may close; asked for by :meth:`announce`.
    """

    written = pyqtSignal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._times: dict[str, float] = {}
        self._cpu: dict[str, float] = {}
        self._window: QWidget | None = None
        self._is_written = self._is_awaited = False
        self.note("main")

    def note(self, name: str) -> None:
        """Note a moment, and how much processor time was used until then."""
        self._times[name] = time.time()
        self._cpu[name] = time.process_time()

    def watch(self, window: QWidget) -> None:
        """Wait for the first paint of ``window``."""
        self._window = window
        window.installEventFilter(self)

    def announce(self) -> None:
        """Emit ``written`` from the event loop, as soon as that has happened."""
        self._is_awaited = True
        if self._is_written:
            QTimer.singleShot(0, self.written.emit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Paint:
            self._window = None
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._write)  # after the picture has gone to the screen
        return False

    def _write(self) -> None:
        self.note("window")
        report = {"times": self._times, "cpu": self._cpu, "torch": "torch" in sys.modules}
        write_text(self._path, json.dumps(report))
        self._is_written = True
        if self._is_awaited:
            self.written.emit()
