"""Looks up the faces of people who were found earlier and not seen since."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from app.workers.face_shots import FaceShots
from app.workers.media import MediaSource
from app.workers.recorder import Recorder
from trainer.inference.recording import DETECTED
from trainer.inference.recording_views import OK, rows_of

_READ_ON_MS = 4000.0  # seeking decodes from the key frame before, which is no shorter way


class ShotFinder(Worker):
    """Reads one frame a person from the video; ends when all are there.

    Signals:
        found: Another face was read.
    """

    found = pyqtSignal()

    def __init__(
        self,
        path: Path,
        people: tuple[int, ...],
        recorder: Recorder,
        shots: FaceShots,
        open_media: Callable[[Path], MediaSource],
    ) -> None:
        super().__init__()
        self._path = path
        self._people = people
        self._recorder = recorder
        self._generation = recorder.generation
        self._shots = shots
        self._open_media = open_media
        self._free = threading.Event()
        self._free.set()

    def set_resting(self, resting: bool) -> None:
        """Wait, because playing needs the processor, or go on; from the GUI thread."""
        if resting:
            self._free.clear()
        else:
            self._free.set()

    def stop(self) -> None:
        """End after the frame that is being read."""
        super().stop()
        self._free.set()

    def work(self) -> None:
        """Read the frames.

        Raises:
            VideoError: The video cannot be read.
        """
        source = self._open_media(self._path)
        at = 0.0
        try:
            for moment in self._moments():
                if moment - at > _READ_ON_MS:
                    source.seek(moment, self.should_stop)
                at = moment
                if not self._read_up_to(source, moment):
                    return
        finally:
            source.close()

    def _read_up_to(self, source: MediaSource, moment: float) -> bool:
        """Keep the faces of the frame of this time; return whether to go on."""
        while True:
            self._free.wait()
            if self.should_stop() or self._recorder.generation != self._generation:
                return False
            frame = source.read()
            if frame is None:
                return False
            if frame.timestamp_ms >= moment - 0.5:
                result = self._recorder.known(frame.timestamp_ms)
                if result is not None:
                    self._shots.offer(frame, result, self._generation)
                    self.found.emit()
                return True

    def _moments(self) -> list[float]:
        """Return when every person is seen best, in order of time."""
        with self._recorder.lock:
            recording = self._recorder.recording
            if recording is None:
                return []
            moments = set()
            for person in self._people:
                rows = rows_of(recording, person)
                if not len(rows):
                    continue
                boxes = recording.faces["xyxy"][rows]
                area = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
                good = np.where(recording.faces["quality"][rows] == OK, 1.0, 0.2)
                good *= (recording.faces["flags"][rows] & DETECTED) > 0
                best = rows[int((area * good).argmax())]
                moments.add(float(recording.times_of(np.array([best]))[0]))
            return sorted(moments)
