"""An annotated MP4 with the source's own times and its sound."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from trainer._cv2 import cv2
from trainer.errors import VideoError
from trainer.inference.file_source import FileSource

_TIME_BASE = Fraction(1, 90000)
_COPIED_AUDIO = frozenset({"aac", "mp3", "ac3", "eac3", "opus", "flac", "alac", "mp2"})


class VideoWriter:
    """Writes H.264 frames at given times and copies the source's sound beside them.

    Attributes:
        note: A sentence when the sound was left out, else "".
    """

    def __init__(self, path: Path, source: FileSource) -> None:
        """Open ``path`` for writing.

        Args:
            path: Ends in ``.mp4``.
            source: Gives frame size, rate and sound; its own reading is not disturbed.

        Raises:
            VideoError: This build of FFmpeg cannot write H.264, or the path is not writable.
        """
        self.note = ""
        self._last_pts = -1
        try:
            self._output: Any = av.open(str(path), "w", format="mp4")
            rate = Fraction(source.fps).limit_denominator(1001)
            self._stream: Any = self._output.add_stream("libx264", rate=rate)
        except (av.FFmpegError, ValueError, OSError) as error:
            raise VideoError(f"The video {path.name} cannot be written ({error}).") from error
        self._stream.width = source.width + source.width % 2
        self._stream.height = source.height + source.height % 2
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.time_base = _TIME_BASE
        self._stream.options = {"crf": "20", "preset": "veryfast"}
        self._sound = _Sound(source, self._output)
        self.note = self._sound.note

    def write(self, image: npt.NDArray[np.uint8], timestamp_ms: float) -> None:
        """Append a BGR uint8 (H, W, 3) frame shown at ``timestamp_ms``."""
        down, right = image.shape[0] % 2, image.shape[1] % 2
        if down or right:  # H.264 halves the colour planes
            image = cv2.copyMakeBorder(image, 0, down, 0, right, cv2.BORDER_REPLICATE)
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="bgr24")
        frame.time_base = _TIME_BASE
        self._last_pts = max(self._last_pts + 1, round(timestamp_ms * 90))
        frame.pts = self._last_pts
        for packet in self._stream.encode(frame):
            self._output.mux(packet)
        self._sound.copy_until(timestamp_ms / 1000)

    def finish(self, duration_ms: float) -> None:
        """Write what is still buffered; sound goes on to ``duration_ms``."""
        for packet in self._stream.encode(None):
            self._output.mux(packet)
        self._sound.copy_until(duration_ms / 1000)
        self.close()

    def close(self) -> None:
        """Close the files; safe to call twice."""
        self._sound.close()
        if self._output is not None:
            self._output.close()
            self._output = None


class _Sound:
    """Copies the first audio stream's packets without decoding them."""

    def __init__(self, source: FileSource, output: Any) -> None:
        self.note = ""
        self._output = output
        self._start_s = source.start_s
        self._waiting: Any = None
        self._input: Any = av.open(f"file:{source.path}", metadata_errors="ignore")
        streams = self._input.streams.audio
        self._packets: Iterator[Any] = iter(())
        if not streams:
            return
        codec = streams[0].codec_context.name if streams[0].codec_context else ""
        if codec not in _COPIED_AUDIO:
            self.note = f"The sound was left out: MP4 cannot hold its format ({codec})."
            return
        try:
            self._stream: Any = output.add_stream_from_template(streams[0])
        except (av.FFmpegError, ValueError) as error:
            self.note = f"The sound was left out ({error})."
            return
        self._packets = self._input.demux(streams[0])

    def copy_until(self, seconds: float) -> None:
        """Copy packets that start before ``seconds`` of the video's time."""
        while True:
            packet = self._waiting or self._next()
            self._waiting = None
            if packet is None:
                return
            start_s = float(packet.pts * packet.time_base) - self._start_s
            if start_s < 0:  # before the first frame
                continue
            if start_s > seconds:
                self._waiting = packet
                return
            shift = round(self._start_s / packet.time_base)
            packet.pts -= shift
            packet.dts = packet.pts if packet.dts is None else packet.dts - shift
            packet.stream = self._stream
            self._output.mux(packet)

    def _next(self) -> Any:
        try:
            for packet in self._packets:
                if packet.pts is not None and packet.size:
                    return packet
        except (av.FFmpegError, OSError, EOFError):
            self.note = "The sound ends early: the file is damaged."
        return None

    def close(self) -> None:
        self._packets = iter(())
        self._input.close()
