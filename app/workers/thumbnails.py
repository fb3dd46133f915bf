"""Small pictures of the video, gathered while it is decoded anyway."""

from __future__ import annotations

import threading

from app.workers.rendering import ImageArray, render
from trainer.inference.types import Frame

_SIZE = (176, 99)
_MOST = 400
_LEAST_STEP_MS = 250.0


class Thumbnails:
    """At most 400 pictures, spread evenly over the video; about 28 MB."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pictures: dict[int, ImageArray] = {}
        self._step_ms = _LEAST_STEP_MS

    def open(self, duration_ms: float) -> None:
        """Forget everything; a video of this length follows."""
        with self._lock:
            self._pictures = {}
            self._step_ms = max(_LEAST_STEP_MS, duration_ms / _MOST)

    def set_duration(self, ms: float) -> None:
        """Another length than the header's was found out; what is there keeps its time."""
        with self._lock:
            old_ms, self._step_ms = self._step_ms, max(_LEAST_STEP_MS, ms / _MOST)
            scale = old_ms / self._step_ms
            pictures = self._pictures.items()
            self._pictures = {int((place + 0.5) * scale): picture for place, picture in pictures}

    def offer(self, frame: Frame) -> None:
        """Keep a small copy of a frame if there is none near it; from worker threads."""
        with self._lock:
            place = int(frame.timestamp_ms / self._step_ms)
            if place in self._pictures or place > _MOST:
                return
        picture = render(frame.image, _SIZE)
        with self._lock:
            self._pictures[int(frame.timestamp_ms / self._step_ms)] = picture

    def at(self, timestamp_ms: float) -> ImageArray | None:
        """Return uint8 (h, w, 4), BGRA, of a frame near a time; None when none was decoded."""
        with self._lock:
            place = int(timestamp_ms / self._step_ms)
            return self._pictures.get(place)
