"""Writes session files away from the GUI thread, in the order they were asked for."""

from __future__ import annotations

import logging
import threading
import traceback
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker, summary_of
from app.workers.recorder import Recorder
from trainer.inference.recording import Recording
from trainer.inference.recording_file import save_session

log = logging.getLogger(__name__)

_LONGEST_S = 20.0


@dataclass(frozen=True)
class SavedSession:
    """A session that was written.

    Attributes:
        path: The file.
        frames: How many frames it holds.
        size: Bytes on disk.
        asked: The user asked for it, it was not written by itself.
    """

    path: Path
    frames: int
    size: int
    asked: bool


class SessionSaver(Worker):
    """Lives as long as the Player; what waits is written before it ends.

    Signals:
        saved: (SavedSession)
    """

    saved = pyqtSignal(object)

    def __init__(self, recorder: Recorder) -> None:
        super().__init__()
        self._recorder = recorder
        self._condition = threading.Condition()
        self._jobs: deque[tuple[Recording, Path, bool]] = deque()
        self._busy = False

    def put(self, recording: Recording, video: Path, *, asked: bool = False) -> None:
        """Write this recording soon; another one may be filled by then."""
        with self._condition:
            self._jobs.append((recording, video, asked))
            self._condition.notify_all()

    def settle(self) -> None:
        """Wait until everything is written, at most 20 s; from any other thread."""
        with self._condition:
            self._condition.wait_for(
                lambda: (not self._jobs and not self._busy) or self.should_stop(), _LONGEST_S
            )

    def stop(self) -> None:
        """End when everything is written."""
        super().stop()
        with self._condition:
            self._condition.notify_all()

    def work(self) -> None:
        """Write until :meth:`stop`; a fault is reported and does not end the loop."""
        while True:
            with self._condition:
                self._busy = False
                self._condition.notify_all()
                self._condition.wait_for(lambda: bool(self._jobs) or self.should_stop())
                if not self._jobs:
                    return
                recording, video, asked = self._jobs.popleft()
                self._busy = True
            try:
                self._write(recording, video, asked)
            except Exception as error:  # one full disk must not end the loop
                log.warning("a session could not be saved", exc_info=True)
                self.failed.emit(summary_of(error), traceback.format_exc())

    def _write(self, recording: Recording, video: Path, asked: bool) -> None:
        with self._recorder.lock:
            version, copy = recording.version, recording.snapshot()
        path = save_session(copy, video, beside=False)
        self._recorder.saved(recording, version)
        self.saved.emit(SavedSession(path, len(copy), path.stat().st_size, asked))
