"""A picture of every person's face, the best that was seen so far."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from app.workers.rendering import ImageArray, render
from trainer.inference.types import Face, Frame, FrameResult

_SIDE = 96
_MOST = 600  # about 22 MB
_BETTER = 1.3
_POOR = 0.2


class FaceShots:
    """At most one small picture a track; any thread may call.

    Attributes:
        revision: Grows with every picture.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._generation = -1
        self._shots: dict[int, tuple[float, ImageArray]] = {}
        self.revision = 0

    def offer(self, frame: Frame, result: FrameResult, generation: int) -> None:
        """Keep the faces that are seen better than before; ``generation`` is the recorder's."""
        with self._lock:
            if generation != self._generation:
                self._generation, self._shots = generation, {}
                self.revision += 1
            known = {track: worth for track, (worth, _picture) in self._shots.items()}
        for face in result.faces:
            worth = _worth(face)
            before = known.get(face.tracker_id)
            if worth <= _BETTER * (before or 0.0) or (before is None and len(known) >= _MOST):
                continue
            part = _square(frame.image, face.xyxy)
            if part is None:
                continue
            picture = render(part, (_SIDE, _SIDE))
            with self._lock:
                if generation == self._generation:
                    self._shots[face.tracker_id] = (worth, picture)
                    self.revision += 1

    def tracks(self) -> tuple[int, ...]:
        """Return the tracks that have a picture."""
        with self._lock:
            return tuple(self._shots)

    def best_of(self, tracks: Iterable[int]) -> ImageArray | None:
        """Return uint8 (h, w, 4), BGRA, the best picture of these tracks; None without one."""
        with self._lock:
            found = [self._shots[track] for track in tracks if track in self._shots]
        return max(found, key=lambda shot: shot[0])[1] if found else None


def _worth(face: Face) -> float:
    width, height = face.xyxy[2:] - face.xyxy[:2]
    return float(width * height) * (1.0 if face.quality == "ok" else _POOR) * face.detected


def _square(image: npt.NDArray[np.uint8], xyxy: npt.NDArray[np.float32]) -> ImageArray | None:
    """Cut a square around a face, with some hair and chin."""
    height, width = image.shape[:2]
    left, top, right, bottom = (float(value) for value in xyxy)
    side = 1.25 * max(right - left, bottom - top)
    x, y = (left + right) / 2, (top + bottom) / 2
    x0, x1 = max(0, math.floor(x - side / 2)), min(width, math.ceil(x + side / 2))
    y0, y1 = max(0, math.floor(y - side / 2)), min(height, math.ceil(y + side / 2))
    if x1 - x0 < 4 or y1 - y0 < 4:
        return None
    return np.ascontiguousarray(image[y0:y1, x0:x1])
