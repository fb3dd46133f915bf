"""Opening a video file with FFmpeg, and what its header says."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import av

from trainer.errors import VideoError

DECODE_ERRORS = (av.FFmpegError, OSError, ValueError, RuntimeError, EOFError)
"""What PyAV raises for files that are not as they should be."""

# Demuxers that read text or other files by reference, not video.
_REFUSED_FORMATS = frozenset({"tty", "hls", "concat", "dash", "sdp", "ffmetadata", "lavfi"})
_MAX_SIDE = 16384
_SAME_RATE = 0.001
_TAGGED = re.compile(r"(\d+):(\d\d):(\d\d(?:\.\d+)?)")


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
        longest_ms = max(0.0, container.duration / 1000)
        return min(longest_ms, _tagged_duration_ms(stream) or longest_ms)
    rate = header_rate(stream)
    return stream.frames * 1000 / rate if stream.frames > 0 and rate else 0.0


def _tagged_duration_ms(stream: Any) -> float:
    """Return the length that a tag claims, milliseconds; 0.0 without one.

    Matroska itself has one length for picture and sound together. FFmpeg and MKVToolNix write
    beside it when each of them ends, the latter with the track's language in the tag's name.
    """
    for name, value in stream.metadata.items():
        found = _TAGGED.fullmatch(value) if name.startswith("DURATION") else None
        if found:
            hours, minutes, seconds = (float(part) for part in found.groups())
            begin_s = float((stream.start_time or 0) * stream.time_base)
            return max(0.0, (3600 * hours + 60 * minutes + seconds - begin_s) * 1000)
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


def stores_no_pts(container: Any) -> bool:
    """Return whether the format stores no times of showing.

    What FFmpeg guesses for them in an AVI is out of order and differs after a jump; the times of
    decoding, at which the frames leave the decoder, do not.
    """
    return bool(container.format.name == "avi")


def header_rate(stream: Any) -> float:
    """Return the average frames per second by the header; 0.0 when it does not tell."""
    rate = stream.average_rate
    # 1000 is the tick of Matroska's clock, which is all that many a live recording tells.
    return float(rate) if rate and 0.1 <= rate < 1000 else 0.0


def varies(stream: Any) -> bool | None:
    """Return whether frames are shown for different times; None when the header does not tell.

    MP4 and its kin list every frame; of other files the header knows only one rate.
    """
    average, base = stream.average_rate, stream.base_rate
    if not (stream.frames and average and base):
        return None
    return bool(abs(average / base - 1) > _SAME_RATE)
