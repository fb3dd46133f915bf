"""Figures of playing: for the status line, the self-test and the benchmark."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import numpy as np


class PlaybackStats:
    """Counts since the media was opened.

    Attributes:
        frames_shown: Frames that reached the screen.
        late_count: Frames shown more than one frame late, or never.
        faces_seen: Most faces in one frame.
    """

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self._now = now
        self.reset()

    def reset(self) -> None:
        """Begin anew."""
        self.frames_shown = 0
        self.late_count = 0
        self.faces_seen = 0
        self._errors: deque[float] = deque(maxlen=20_000)
        self._latency: deque[float] = deque(maxlen=90)
        self._shown_at: deque[float] = deque(maxlen=60)

    def count_shown(self, faces: int, latency_ms: float | None) -> None:
        """A frame reached the screen; ``latency_ms`` is None when it was not analysed."""
        self.frames_shown += 1
        self.faces_seen = max(self.faces_seen, faces)
        self._shown_at.append(self._now())
        if latency_ms is not None:
            self._latency.append(latency_ms)

    def count_error(self, error_ms: float, frame_ms: float) -> None:
        """Take in how long after its due time a frame was painted, real milliseconds."""
        self._errors.append(error_ms)
        if error_ms > frame_ms:
            self.late_count += 1

    def pause(self) -> None:
        """Playing stands still: the shown rate starts anew."""
        self._shown_at.clear()

    @property
    def p95_error_ms(self) -> float:
        """95th percentile of the absolute presentation error, milliseconds; 0 without frames."""
        if not self._errors:
            return 0.0
        return float(np.percentile(np.abs(np.asarray(self._errors)), 95))

    @property
    def max_error_ms(self) -> float:
        """Largest presentation error, milliseconds."""
        return max(self._errors, default=0.0)

    @property
    def median_latency_ms(self) -> float:
        """Median analysis time of the last frames, milliseconds; 0 without any."""
        return float(np.median(self._latency)) if self._latency else 0.0

    @property
    def shown_fps(self) -> float:
        """Frames shown a second, over the last two seconds."""
        now = self._now()
        recent = [moment for moment in self._shown_at if now - moment <= 2.0]
        if len(recent) < 2 or recent[-1] <= recent[0]:
            return 0.0
        return (len(recent) - 1) / (recent[-1] - recent[0])

    def to_dict(self) -> dict[str, float]:
        """Return the figures by name."""
        return {
            "frames_shown": self.frames_shown,
            "late_frames": self.late_count,
            "p95_presentation_error_ms": round(self.p95_error_ms, 3),
            "max_presentation_error_ms": round(self.max_error_ms, 3),
            "median_latency_ms": round(self.median_latency_ms, 3),
            "faces_seen": self.faces_seen,
        }
