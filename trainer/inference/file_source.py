"""A video file through PyAV: exact time stamps, rotation, exact seek, damaged tails."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt
from av.sidedata.sidedata import Type as SideDataType

from trainer._cv2 import cv2
from trainer.errors import VideoError
from trainer.inference.container import (
    DECODE_ERRORS,
    header_duration_ms,
    open_container,
    sound_goes_on,
    stores_no_pts,
    varies,
)
from trainer.inference.orientation import UPRIGHT, Orientation, orientation_of
from trainer.inference.packet_times import frame_rate
from trainer.inference.types import Frame

Stop = Callable[[], bool] | None

# Times within this many ms count as equal: container clocks round to 1 ms or so.
_SAME_TIME_MS = 0.5
_MAX_ERRORS_IN_A_ROW = 200
# Some demuxers go to any frame near the time they are asked for, not to a key frame before it:
# then they are asked for so much earlier, ms.
_SEEK_BACK_MS = (0.0, 2000.0, 12_000.0, 60_000.0)


class FileSource:
    """A video file, read frame by frame in presentation order.

    Times are milliseconds from the first frame, taken from the file's presentation time
    stamps, so a variable frame rate is kept. Neither the header's frame count nor its
    duration is trusted: ``read()`` returns None when no more frame decodes. Use it from
    one thread at a time.

    Attributes:
        path: The file.
        width: Pixels of a frame after rotation, with square pixels.
        height: Pixels of a frame after rotation.
        fps: Average frames per second (fractional), always above 0.
        variable_rate: Whether frames are shown for different times; None where the header
            does not tell.
        file_start_s: When the earliest track begins, seconds on the file's own clock, as
            ``start_s``; None where the header does not tell.
        duration_ms: Length by the header until the end was read, then the true length.
        frame_count_hint: The header's frame count, or None; only good for a progress bar.
        has_video: True (a file without video is refused).
        is_still: False.
        warning: A sentence after damage was met, else "".
    """

    has_video = True
    is_still = False

    def __init__(self, path: Path, *, threads: int | None = None) -> None:
        """Open ``path`` and decode its first frame.

        Raises:
            VideoError: One sentence for a missing file, a file that is no video, one
                without a video stream, and one in which no frame can be decoded.
        """
        self.path = Path(path)
        self.warning = ""
        self._threads = threads or min(4, os.cpu_count() or 1)
        self._orientation: Orientation | None = None
        self._errors = 0
        self._at_end = False
        self._pending: list[Frame] = []  # decoded, not yet given, oldest first
        self._next_index = 0
        self._last_ms: float | None = None  # of the frame decoded last
        self._times: list[float] = []  # of all frames from the first on, as far as read
        self._counted = True  # the present numbers follow from these
        self._container: Any = None
        self._origin: int | None = None  # pts of the first frame
        self._open()
        try:
            first = self._decode_next()
        except MemoryError:
            self.close()
            raise
        if first is None:
            self.close()
            raise VideoError(
                f"No frame of {self.path.name} can be decoded; the file is damaged or uses a "
                "codec that is not supported."
            )
        self._pending.append(first)
        self.height, self.width = first.image.shape[:2]

    def _open(self) -> None:
        self._container, stream = open_container(self.path)
        self._stream = stream
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = self._threads
        self._time_base = float(stream.time_base or Fraction(1, 1000))
        self.fps = frame_rate(self.path, stream)
        self.frame_count_hint = int(stream.frames) if stream.frames > 0 else None
        self.variable_rate = varies(stream)
        self.duration_ms = header_duration_ms(self._container, stream)
        begins_us = self._container.start_time
        self.file_start_s = None if begins_us is None else begins_us / 1e6
        self._packets = self._frames_of_packets()
        self._stores_no_pts = stores_no_pts(self._container)
        self._stamps_some = self._container.format.name == "mpeg"

    # -- decoding --------------------------------------------------------------------

    def _frames_of_packets(self, *, after_jump: bool = False) -> Iterator[Any]:
        """Yield decoded frames; damage is counted and skipped, the end ends the loop."""
        in_a_row = 0
        # A program stream's packs hold several frames and stamp one. After a jump the stamps of
        # the others are guessed from the rest of a frame before, until the next pack but one.
        packs_to_pass = 2 if after_jump and self._stamps_some else 0
        demuxed = self._container.demux(self._stream)
        while True:
            try:
                packet = next(demuxed)
            except StopIteration:
                return
            except DECODE_ERRORS:
                # The demuxer cannot go on; give what the decoder still holds.
                self._errors += 1
                try:
                    yield from self._stream.codec_context.decode(None)
                except DECODE_ERRORS:
                    self._errors += 1
                return
            packs_to_pass -= packs_to_pass > 0 and packet.pos is not None
            if packs_to_pass:
                continue
            try:
                frames = packet.decode()
                in_a_row = 0
            except DECODE_ERRORS:
                self._errors += 1
                in_a_row += 1
                if in_a_row > _MAX_ERRORS_IN_A_ROW:
                    return
                continue
            yield from frames

    def _decode_next(self) -> Frame | None:
        for decoded in self._packets:
            timestamp_ms = self._last_ms = self._time_of(decoded)
            image = self._convert(decoded)
            if image is not None:
                return Frame(image, self._take_index(timestamp_ms), timestamp_ms)
        return None

    def _take_index(self, timestamp_ms: float) -> int:
        index = self._next_index
        self._next_index += 1
        if index == len(self._times) and self._counted:
            self._times.append(timestamp_ms)
        return index

    def _time_of(self, decoded: Any) -> float:
        step_ms = 1000 / self.fps
        stamp = self._stamp_of(decoded)
        if self._origin is None:
            self._origin = stamp or 0
            return 0.0
        if stamp is None:
            return self._last_ms + step_ms if self._last_ms is not None else 0.0
        timestamp_ms = self._ms_of(stamp)
        if self._last_ms is not None and timestamp_ms <= self._last_ms:
            return self._last_ms + step_ms  # a clock that jumps back
        return max(0.0, timestamp_ms)

    def _ms_of(self, stamp: int) -> float:
        return (stamp - (self._origin or 0)) * self._time_base * 1000

    def _stamp_of(self, decoded: Any) -> int | None:
        stamp: int | None = decoded.dts if self._stores_no_pts else decoded.pts
        return stamp

    def _convert(self, decoded: Any) -> npt.NDArray[np.uint8] | None:
        try:
            return self._convert_checked(decoded)
        except DECODE_ERRORS:
            self._errors += 1
            return None

    def _convert_checked(self, decoded: Any) -> npt.NDArray[np.uint8]:
        width, height = decoded.width, decoded.height
        aspect = self._stream.sample_aspect_ratio
        if aspect and 0.1 < aspect < 10 and aspect != 1:
            width = max(1, round(width * float(aspect)))
        image = decoded.to_ndarray(format="bgr24")
        if width != image.shape[1]:
            image = cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR)
        if self._orientation is None:
            matrix = decoded.side_data.get(SideDataType.DISPLAYMATRIX)
            self._orientation = UPRIGHT if matrix is None else orientation_of(bytes(matrix))
        return np.ascontiguousarray(self._orientation.apply(image))

    @property
    def start_s(self) -> float:
        """Seconds on the file's own clock at which the first frame is shown."""
        return (self._origin or 0) * self._time_base

    # -- reading ---------------------------------------------------------------------

    def read(self) -> Frame | None:
        """Return the next frame, or None at the end (see ``warning`` for damage)."""
        if self._pending:
            return self._pending.pop(0)
        if self._container is None or self._at_end:
            return None
        frame = self._decode_next()
        if frame is None:
            self._reached_end()
        return frame

    def _reached_end(self) -> None:
        self._at_end = True
        true_ms = (self._last_ms or 0.0) + 1000 / self.fps
        missing_ms = self.duration_ms - true_ms
        cut = missing_ms > max(1000.0, 0.05 * self.duration_ms)
        if cut and not self._errors:  # many a header gives only the length of what lasts longest
            middle_s = self.start_s + (true_ms + missing_ms / 2) / 1000
            cut = not sound_goes_on(self._container, middle_s)
        if self._errors or cut:
            self.warning = (
                f"{self.path.name} is damaged or cut off after {true_ms / 1000:.1f} s; "
                "everything before was read."
            )
        self.duration_ms = true_ms

    def seek(self, timestamp_ms: float, should_stop: Callable[[], bool] | None = None) -> None:
        """Make the next ``read()`` return the frame that is shown at ``timestamp_ms``.

        That is the last frame whose time stamp is not later; before the first frame the
        first one, after the end the last one. Exact: the decoder starts at the key frame
        before and decodes forward. ``frame_index`` is exact as far as the file was read
        in one go before, else an estimate by the average frame rate.

        Args:
            timestamp_ms: Time from the first frame.
            should_stop: Asked after every frame on the way, which is long where the file has
                no key frames or no times; then ``read()`` gives None until the next seek.
        """
        if self._container is None:
            return
        target_ms = max(0.0, timestamp_ms)
        for back_ms in _SEEK_BACK_MS:
            if target_ms - back_ms <= 1000 / self.fps:
                break  # cheaper and surer from the start
            if self._seek_from(target_ms - back_ms, target_ms, should_stop):
                return
        self._restart()
        self._collect(target_ms, should_stop, from_start=True)

    def _seek_from(self, start_ms: float, target_ms: float, should_stop: Stop) -> bool:
        pts = (self._origin or 0) + int(start_ms / 1000 / self._time_base)
        try:
            self._container.seek(pts, stream=self._stream, backward=True, any_frame=False)
        except DECODE_ERRORS:
            return False
        self._begin_decoding(after_jump=True)
        return self._collect(target_ms, should_stop, from_start=False)

    def _begin_decoding(self, *, after_jump: bool) -> None:
        self._packets = self._frames_of_packets(after_jump=after_jump)
        self._pending = []
        self._at_end = False
        self._last_ms = None

    def _collect(self, target_ms: float, should_stop: Stop, *, from_start: bool) -> bool:
        """Decode up to the frame shown at the target; False when it lies before all.

        After a jump frames count from a key frame with a time stamp on: what is decoded without
        its key frame is no picture, and without a stamp nobody knows when it is shown.
        """
        kept: list[tuple[float, Any]] = []  # the frame shown and the one after it
        count = 0
        for decoded in self._packets:
            if should_stop is not None and should_stop():
                self._at_end = True
                return True
            stamp = self._stamp_of(decoded)
            if not from_start and self._last_ms is None:
                if stamp is not None and self._ms_of(stamp) > target_ms + _SAME_TIME_MS:
                    return False
                if stamp is None or not decoded.key_frame:
                    continue
            timestamp_ms = self._last_ms = self._time_of(decoded)
            count += 1
            if timestamp_ms > target_ms + _SAME_TIME_MS:
                kept.append((timestamp_ms, decoded))
                break
            kept = [(timestamp_ms, decoded)]
        if not kept or (kept[0][0] > target_ms + _SAME_TIME_MS and not from_start):
            return False
        self._counted = True
        self._next_index = count - len(kept) if from_start else self._index_at(kept[0][0])
        for timestamp_ms, decoded in kept:
            image = self._convert(decoded)
            if image is not None:
                index = self._take_index(timestamp_ms)
                self._pending.append(Frame(image, index, timestamp_ms))
        return bool(self._pending)

    def _index_at(self, timestamp_ms: float) -> int:
        position = bisect_left(self._times, timestamp_ms - _SAME_TIME_MS)
        known = len(self._times)
        if position < known:
            return position
        self._counted = False
        # The number after the last known one would say that no frame lies between.
        adjacent = timestamp_ms - self._times[-1] < 1500 / self.fps
        return max(known if adjacent else known + 1, round(timestamp_ms * self.fps / 1000))

    def _restart(self) -> None:
        duration_ms = self.duration_ms
        self.close()
        self._open()
        self.duration_ms = duration_ms
        self._origin = None
        self._begin_decoding(after_jump=False)

    # -- closing ---------------------------------------------------------------------

    def close(self) -> None:
        """Release the file; ``read()`` gives None from here on."""
        self._pending = []
        if self._container is not None:
            self._container.close()
            self._container = None

    def __enter__(self) -> FileSource:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
