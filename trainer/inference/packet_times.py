"""When the frames of a video are shown, read from its packets without decoding them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.inference.container import DECODE_ERRORS, header_rate, open_container, stores_no_pts

_PACKETS_BETWEEN = 100
_DEFAULT_FPS = 25.0


def frame_rate(path: Path, stream: Any) -> float:
    """Return the average frames per second, always above 0.

    Args:
        path: The file; its first packets are read where the header does not tell the rate.
        stream: Its video stream.

    Raises:
        VideoError: The file cannot be opened.
    """
    rate = header_rate(stream)
    if rate:
        return rate
    packets = PacketTimes(path)
    list(islice(packets.read(), 2))
    times = packets.times_ms()
    return max(0.1, (len(times) - 1) * 1000 / times[-1]) if len(times) > 1 else _DEFAULT_FPS


class PacketTimes:
    """Reads a file once, which takes a second or two for an hour where the disk is fast.

    For headers that claim no length (a browser's recordings, live streams), and for variable
    rates, where only the times of all frames before tell the number of one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamps: list[int] = []
        self._key: int | None = None
        self._first, self._last = 0, 0
        self._tick_ms = 1.0

    def read(self) -> Iterator[float]:
        """Yield the length as far as it was read, milliseconds; the last one is the whole.

        Raises:
            VideoError: The file cannot be opened; damage further on only ends the reading.
        """
        container, stream = open_container(self._path)
        try:
            rate = header_rate(stream)
            self._tick_ms = 1000 * float(stream.time_base or Fraction(1, 1000))
            dts_only = stores_no_pts(container)
            count = 0
            with suppress(*DECODE_ERRORS):
                for packet in container.demux(stream):
                    if not packet.size:
                        continue  # the end, or a picture that was dropped
                    count += 1
                    self._note(packet, packet.dts if dts_only else packet.pts)
                    if count % _PACKETS_BETWEEN == 0:
                        yield self._length(count, rate)
            yield self._length(count, rate)
        finally:
            container.close()

    def _note(self, packet: Any, stamp: int | None) -> None:
        if stamp is None:
            return
        if self._key is None and packet.is_keyframe:
            self._key = stamp
        # Without a key frame, or before it, nothing can be shown; nor before a trimmed begin.
        if self._key is not None and stamp >= self._key and not packet.is_discard:
            self._first = min(self._first, stamp) if self._stamps else stamp
            self._last = max(self._last, stamp) if self._stamps else stamp
            self._stamps.append(stamp)

    def _length(self, count: int, rate: float) -> float:
        if not self._stamps:  # a bare stream of pictures: all that tells is how many there are
            return count * 1000 / (rate or _DEFAULT_FPS)
        whole_ms = (self._last - self._first) * self._tick_ms
        return whole_ms + (1000 / rate if rate else whole_ms / max(1, len(self._stamps) - 1))

    def times_ms(self) -> npt.NDArray[np.float64]:
        """Return the times (N,) of the frames met so far, sorted, milliseconds from the first."""
        # Packets that change a picture without showing it have the time of the one that is shown.
        stamps = np.unique(np.array(self._stamps, np.float64))
        return (stamps - stamps[:1]) * self._tick_ms
