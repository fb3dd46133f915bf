"""The bounded buffer between the playback worker and the GUI thread."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from app.workers.analysis import Pace
from app.workers.rendering import ImageArray
from trainer.inference.types import Frame, FrameResult


@dataclass(frozen=True)
class ReadyFrame:
    """A frame that only has to be shown.

    Attributes:
        generation: Number of the seek or open that this frame belongs to.
        frame: The decoded frame in full resolution.
        result: What was found in exactly this frame.
        picture: uint8 (h, w, 4), BGRA, already scaled to the view.
        analysed: False when there was no time to look for faces.
        pace: How thinly the video is analysed just now.
    """

    generation: int
    frame: Frame
    result: FrameResult
    picture: ImageArray
    analysed: bool = True
    pace: Pace = Pace()

    @property
    def nbytes(self) -> int:
        """Memory held by the pixels."""
        return int(self.frame.image.nbytes + self.picture.nbytes)

    @property
    def timestamp_ms(self) -> float:
        """Presentation time, milliseconds."""
        return self.frame.timestamp_ms


class FrameBuffer:
    """Frames ahead of the clock, bounded by time and by memory.

    All methods may be called from any thread. Every change wakes the threads that wait on
    ``condition``.
    """

    def __init__(
        self,
        condition: threading.Condition | None = None,
        *,
        limit_ms: float = 800.0,
        limit_bytes: int = 150_000_000,
    ) -> None:
        self.condition = condition or threading.Condition()
        self._limit_ms = limit_ms
        self._limit_bytes = limit_bytes
        self._frames: deque[ReadyFrame] = deque()
        self._bytes = 0
        self._generation = 0
        self._finished = False
        self._skipped = 0

    def reset(self, generation: int) -> None:
        """Drop everything; from now on only frames of ``generation`` are taken in."""
        with self.condition:
            self._frames.clear()
            self._bytes = 0
            self._generation = generation
            self._finished = False
            self.condition.notify_all()

    def put(self, ready: ReadyFrame, *, newest_only: bool = False) -> bool:
        """Add a frame; returns False, and drops it, when its generation is over.

        With ``newest_only`` the frames that still wait are replaced.
        """
        with self.condition:
            if ready.generation != self._generation:
                return False
            if newest_only:
                self._frames.clear()
                self._bytes = 0
            self._frames.append(ready)
            self._bytes += ready.nbytes
            return True

    def finish(self, generation: int) -> None:
        """Say that no frame follows in this generation."""
        with self.condition:
            if generation == self._generation:
                self._finished = True

    def skip(self, generation: int) -> None:
        """Count a frame that came too late to be worth showing."""
        with self.condition:
            if generation == self._generation:
                self._skipped += 1

    def take_skipped(self) -> int:
        """Return how many frames were skipped since the last call."""
        with self.condition:
            skipped, self._skipped = self._skipped, 0
            return skipped

    def has_room(self) -> bool:
        """Whether another frame may be added (two always fit, however large)."""
        with self.condition:
            if len(self._frames) < 2:
                return True
            span = self._frames[-1].timestamp_ms - self._frames[0].timestamp_ms
            return span < self._limit_ms and (
                self._bytes + self._frames[-1].nbytes <= self._limit_bytes
            )

    def fill(self) -> float:
        """Return how full the buffer is, 0..1 (the tighter of its two bounds)."""
        with self.condition:
            if not self._frames:
                return 0.0
            span = self._frames[-1].timestamp_ms - self._frames[0].timestamp_ms
            size = self._bytes + self._frames[-1].nbytes
            return min(1.0, max(span / self._limit_ms, size / self._limit_bytes))

    def take_next(self) -> ReadyFrame | None:
        """Remove and return the earliest frame."""
        with self.condition:
            return self._pop() if self._frames else None

    def take_due(self, position_ms: float) -> tuple[ReadyFrame | None, int]:
        """Remove what is due; return the newest of it and how many older ones were passed."""
        with self.condition:
            due: ReadyFrame | None = None
            passed = -1
            while self._frames and self._frames[0].timestamp_ms <= position_ms:
                due = self._pop()
                passed += 1
            return due, max(0, passed)

    def next_timestamp_ms(self) -> float | None:
        """Return when the earliest waiting frame is due, or None when there is none."""
        with self.condition:
            return self._frames[0].timestamp_ms if self._frames else None

    def ahead_ms(self, position_ms: float) -> float:
        """Return how far the buffer reaches beyond ``position_ms``."""
        with self.condition:
            return self._frames[-1].timestamp_ms - position_ms if self._frames else 0.0

    def __len__(self) -> int:
        with self.condition:
            return len(self._frames)

    @property
    def finished(self) -> bool:
        """Whether the last frame of this generation has been put in."""
        with self.condition:
            return self._finished

    def _pop(self) -> ReadyFrame:
        ready = self._frames.popleft()
        self._bytes -= ready.nbytes
        self.condition.notify_all()
        return ready
