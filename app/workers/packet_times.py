"""Finds out how long a video is, and when its frames are shown, where no header says it."""

from __future__ import annotations

import time
from pathlib import Path

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from app.workers.priority import lower_this_thread

_TELL_S = 0.3


class PacketTimesWorker(Worker):
    """Reads the file once, without decoding it; playing goes on meanwhile.

    Signals:
        grew: (ms) So long the video is at least.
        measured: (ms, times) So long it is; when its frames are shown, float64 (N,), ms, sorted.
    """

    grew = pyqtSignal(float)
    measured = pyqtSignal(float, object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def work(self) -> None:
        """Read to the end.

        Raises:
            VideoError: The file cannot be opened any more.
        """
        from trainer.inference.packet_times import PacketTimes  # brings PyAV

        lower_this_thread()
        packets = PacketTimes(self._path)
        length, told_s = 0.0, time.perf_counter()
        for length in packets.read():
            if self.should_stop():
                return
            if time.perf_counter() - told_s > _TELL_S:
                told_s = time.perf_counter()
                self.grew.emit(length)
        self.measured.emit(length, packets.times_ms())
