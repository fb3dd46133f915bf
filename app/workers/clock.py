"""The media clock: which moment of the video should be on the screen right now."""

from __future__ import annotations

import time
from collections.abc import Callable


class PlaybackClock:
    """Maps a monotonic clock to a position in the video.

    The GUI thread moves it, the playback worker only reads it: the whole state is one tuple
    that is replaced in one step, so a reader never sees half of a change.
    """

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        """``now`` returns seconds of a monotonic clock."""
        self._now = now
        # (position in ms at the anchor, anchor in s or None while held, speed)
        self._state: tuple[float, float | None, float] = (0.0, None, 1.0)

    @property
    def running(self) -> bool:
        """Whether the position advances."""
        return self._state[1] is not None

    @property
    def speed(self) -> float:
        """Video milliseconds for one real millisecond."""
        return self._state[2]

    def position_ms(self) -> float:
        """Return the position that is due now, milliseconds of video time."""
        position, anchor, speed = self._state
        if anchor is None:
            return position
        return position + (self._now() - anchor) * 1000.0 * speed

    def start(self, position_ms: float) -> None:
        """Run from ``position_ms``."""
        self._state = (position_ms, self._now(), self._state[2])

    def hold(self, position_ms: float) -> None:
        """Stand still at ``position_ms``."""
        self._state = (position_ms, None, self._state[2])

    def set_speed(self, speed: float) -> None:
        """Change the speed without a jump of the position."""
        position, anchor, _ = self._state
        if anchor is not None:
            now = self._now()
            position += (now - anchor) * 1000.0 * self._state[2]
            anchor = now
        self._state = (position, anchor, speed)
