"""Opening a video file with FFmpeg, and what its header says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from trainer.errors import VideoError

DECODE_ERRORS = (av.FFmpegError, OSError, ValueError, RuntimeError, EOFError)
"""What PyAV raises for files that are not as they should be."""

# Demuxers that read text or other files by reference, not video.
_REFUSED_FORMATS = frozenset({"tty", "hls", "concat", "dash", "sdp", "ffmetadata", "lavfi"})
_MAX_SIDE = 16384
_DEFAULT_FPS = 25.0
_PACKETS_BETWEEN = 100


def open_container(path: Path) -> tuple[Any, Any]:
    """Return the opened container and its video stream.

    Raises:
        VideoError: Missing, not readable, empty, no video, or frames of absurd size.
    """
    if not path.exists():
        raise VideoError(f"The file {path} does not exist.")
    if path.is_dir():
        raise VideoError(f"{path} is a folder, not a video.")
    if not os.access(path, os.R_OK):
        raise VideoError(f"The file {path} may not be read (permission denied).")
    if path.stat().st_size == 0:
        raise VideoError(f"{path.name} is empty (0 bytes).")
    container: Any = None
    try:
        # "file:" keeps a name such as "a:b.mp4" from being taken for a protocol.
        container = av.open(
            f"file:{path}", metadata_errors="ignore", options={"protocol_whitelist": "file"}
        )
        return container, _pick_stream(container, path.name)
    except DECODE_ERRORS as error:
        if container is not None:
            container.close()
        raise VideoError(
            f"{path.name} is not a video that can be read, or its header is damaged."
        ) from error
    except VideoError:
        container.close()
        raise


def _pick_stream(container: Any, name: str) -> Any:
    formats = set(container.format.name.split(","))
    if formats & _REFUSED_FORMATS:
        raise VideoError(f"{name} is a text file or a play list, not a video.")
    for stream in container.streams.video:
        cover = bool(stream.disposition & av.stream.Disposition.attached_pic)
        if cover or stream.codec_context is None:
            continue
        if max(stream.width, stream.height) > _MAX_SIDE:
            raise VideoError(
                f"{name} has frames of {stream.width} x {stream.height} pixels, more than "
                f"{_MAX_SIDE} on a side."
            )
        return stream
    raise VideoError(f"{name} holds no video (only sound, pictures or other data).")


def header_duration_ms(container: Any, stream: Any) -> float:
    """Return the length that the header claims, milliseconds; 0.0 when it claims none."""
    if stream.duration and stream.time_base:
        return max(0.0, float(stream.duration * stream.time_base) * 1000)
    if container.duration:
        return max(0.0, container.duration / 1000)
    if stream.frames > 0:
        return float(stream.frames * 1000 / average_rate(stream))
    return 0.0


def sound_goes_on(container: Any, after_s: float) -> bool:
    """Return whether there is sound after a time on the file's own clock; moves the demuxer."""
    for sound in container.streams.audio:
        with suppress(*DECODE_ERRORS):
            moment = int(after_s / sound.time_base)
            container.seek(moment, stream=sound)
            heard = (packet.pts for packet in container.demux(sound))
            if any(at is not None and at > moment for at in heard):
                return True
    return False


def measured_lengths(path: Path) -> Iterator[float]:
    """Yield the video's length as far as it was read, milliseconds; the last one is the whole.

    The packets are read and not decoded, which takes a second or two for an hour where the disk
    is fast. For files whose header claims no length: a browser's recordings, live streams.

    Raises:
        VideoError: The file cannot be opened; damage further on only ends the reading.
    """
    container, stream = open_container(path)
    length = _PacketLength(stream)
    try:
        with suppress(*DECODE_ERRORS):
            for packet in container.demux(stream):
                length.count(packet)
                if length.frames % _PACKETS_BETWEEN == 0:
                    yield length.ms
        yield length.ms
    finally:
        container.close()


class _PacketLength:
    """From the first frame's begin to the last one's end, by what packets say."""

    def __init__(self, stream: Any) -> None:
        self._frame_ms = 1000 / average_rate(stream)
        self._tick_ms = 1000 * float(stream.time_base or Fraction(1, 1000))
        self._first: int | None = None
        self._last = 0
        self.frames = 0

    def count(self, packet: Any) -> None:
        if not packet.size:
            return  # the end, or a picture that was dropped
        self.frames += 1
        moment = packet.dts if packet.pts is None else packet.pts
        if moment is not None:
            self._last = moment if self._first is None else max(self._last, moment)
            self._first = moment if self._first is None else min(self._first, moment)

    @property
    def ms(self) -> float:
        if self._first is None:  # a bare stream of pictures: all that tells is how many there are
            return self.frames * self._frame_ms
        return (self._last - self._first) * self._tick_ms + self._frame_ms


def average_rate(stream: Any) -> float:
    """Return frames per second, always above 0."""
    for rate in (stream.average_rate, stream.guessed_rate, stream.base_rate):
        if rate and 0.1 <= float(rate) <= 1000:
            return float(rate)
    return _DEFAULT_FPS
