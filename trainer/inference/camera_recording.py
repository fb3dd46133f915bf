"""A camera kept on disk: its own pictures as a video, and what was found in them as a table."""

from __future__ import annotations

import json
import os
import queue
import threading
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, TextIO

import av
import numpy as np
import numpy.typing as npt

from trainer import __version__
from trainer._cv2 import cv2
from trainer.errors import VideoError
from trainer.files import write_text
from trainer.inference.table import TableWriter
from trainer.inference.types import Frame, FrameResult
from trainer.labels import EXPRESSIONS

_TIME_BASE = Fraction(1, 90000)
_WAITING = 12  # frames; at 720p this is 33 MB
_REMEMBERED = 600
_JOIN_S = 20.0
_UNFINISHED = ".unfinished"


@dataclass(frozen=True)
class RecordedFiles:
    """What a recording left.

    Attributes:
        video: MP4 without boxes.
        table: CSV, a row a face and analysed frame, its frame numbers those of the video.
        frames: Frames in the video.
        note: A sentence about frames that were not kept, else "".
    """

    video: Path
    table: Path
    frames: int
    note: str


class CameraRecording:
    """Takes frames from the camera's thread and results from the analysis; writes on its own.

    The video is written in pieces that can be played each, under a name that ends in
    ``.unfinished.mp4`` until :meth:`finish`: what was recorded before a crash is not lost.

    Attributes:
        error: One sentence when nothing more can be written, else "".
    """

    def __init__(self, folder: Path, name: str, *, camera: str, model: str = "") -> None:
        """Begin.

        Args:
            folder: Made when missing.
            name: Of the files, without ending.
            camera: Its name, for the facts beside.
            model: Name of the network, for the facts beside.

        Raises:
            VideoError: Nothing can be written there.
        """
        self.error = ""
        self._video = _free(folder / f"{name}.mp4")
        self._table = self._video.with_suffix(".csv")
        self._facts: dict[str, Any] = {"camera": camera, "model": model, "version": __version__}
        self._facts["started"] = datetime.now().astimezone().isoformat(timespec="seconds")
        self._class_names: tuple[str, ...] = ()
        self._lock = threading.Lock()
        self._waiting: queue.Queue[tuple[Frame, int] | None] = queue.Queue(_WAITING)
        self._numbers: dict[int, int] = {}
        self._order: deque[int] = deque()
        self._results: list[FrameResult] = []
        self._start_ms: float | None = None
        self._count = 0
        self._dropped = 0
        self._writer: TableWriter | None = None
        self._size = (0, 0)
        self._last_pts = -1
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file: TextIO = _unfinished(self._table).open("w", encoding="utf-8", newline="")
            self._output: Any = av.open(
                str(_unfinished(self._video)),
                "w",
                format="mp4",
                options={
                    "movflags": "frag_keyframe+empty_moov+default_base_moof",
                    "flush_packets": "1",
                },
            )
        except (OSError, av.FFmpegError) as error:
            raise VideoError(
                f"The recording cannot be written to {folder} ({_reason(error)}); "
                "choose another folder."
            ) from error
        self._thread = threading.Thread(target=self._write, name="recording", daemon=True)
        self._thread.start()

    @property
    def video(self) -> Path:
        """Where the video will be."""
        return self._video

    def put(self, frame: Frame) -> None:
        """Keep a frame of the camera; never waits: what the disk cannot take is counted."""
        with self._lock:
            if self.error:
                return
            if self._start_ms is None:
                self._start_ms = frame.timestamp_ms
            number = self._count
            try:
                self._waiting.put_nowait((frame, number))
            except queue.Full:
                self._dropped += 1
                return
            self._count += 1
            self._numbers[frame.frame_index] = number
            self._order.append(frame.frame_index)
            if len(self._order) > _REMEMBERED:
                self._numbers.pop(self._order.popleft(), None)

    def add(self, result: FrameResult) -> None:
        """Keep what was found in a frame, unless the frame itself was not kept."""
        with self._lock:
            number = self._numbers.get(result.frame_index)
            if number is not None and self._start_ms is not None and not self.error:
                self._class_names = self._class_names or result.class_names
                self._results.append(
                    FrameResult(
                        number,
                        result.timestamp_ms - self._start_ms,
                        result.faces,
                        result.class_names,
                        result.detector_ran,
                    )
                )

    def finish(self) -> RecordedFiles:
        """Write what waits, close the files and give them their names.

        Raises:
            VideoError: Writing failed; what could be written lies beside, unfinished.
        """
        self._waiting.put(None)
        self._thread.join(_JOIN_S)
        if self._thread.is_alive():
            raise VideoError(f"The recording {self._video} is still being written; it was left.")
        if not self._count and not self.error:
            self.error = "The camera sent no picture while it was recorded; nothing was kept."
            for path in (self._video, self._table):
                _unfinished(path).unlink(missing_ok=True)
        if self.error:
            raise VideoError(self.error)
        try:
            for path in (self._video, self._table):
                os.replace(_unfinished(path), path)
            self._facts |= {"frames": self._count, "frames_left_out": self._dropped}
            write_text(self._video.with_suffix(".json"), json.dumps(self._facts, indent=1) + "\n")
        except OSError as error:
            raise VideoError(f"The recording cannot be written ({_reason(error)}).") from error
        note = ""
        if self._dropped:
            note = f"{self._dropped} frames were left out: the computer was too busy."
        return RecordedFiles(self._video, self._table, self._count, note)

    # On the thread of its own ------------------------------------------------------------

    def _write(self) -> None:
        stream: Any = None
        try:
            try:
                while (entry := self._waiting.get()) is not None:
                    frame, _number = entry
                    if stream is None:
                        stream = self._begin(frame.image)
                    self._encode(stream, frame)
                    self._write_results()
                self._write_results(last=True)
                if stream is not None:
                    self._mux(stream.encode(None))
            finally:
                self._output.close()
                self._file.close()
        except Exception as error:  # whatever it is, the camera goes on and the reason is told
            with self._lock:
                self.error = (
                    f"The recording ended: {self._video.name} cannot be written "
                    f"({_reason(error)}); what was recorded before is in "
                    f"{_unfinished(self._video).name}."
                )
            self._discard()

    def _discard(self) -> None:
        while True:
            try:
                self._waiting.get_nowait()
            except queue.Empty:
                return

    def _begin(self, image: npt.NDArray[np.uint8]) -> Any:
        height, width = image.shape[:2]
        stream = self._output.add_stream("libx264", rate=30)
        stream.width, stream.height = width + width % 2, height + height % 2
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = _TIME_BASE
        # Frames that refer to later ones would shift all times: pieces carry no list of edits.
        # Nothing is held back, so that a crash costs two seconds at most.
        stream.options = {
            "crf": "20",
            "preset": "superfast",
            "tune": "zerolatency",
            "bf": "0",
            "g": "60",
        }
        self._size = (width, height)
        return stream

    def _encode(self, stream: Any, frame: Frame) -> None:
        image = frame.image
        if image.shape[:2] != (stream.height, stream.width):  # odd, or the camera changed its size
            image = cv2.resize(image, (stream.width, stream.height))
        picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="bgr24")
        picture.time_base = _TIME_BASE
        assert self._start_ms is not None
        self._last_pts = max(self._last_pts + 1, round((frame.timestamp_ms - self._start_ms) * 90))
        picture.pts = self._last_pts
        self._mux(stream.encode(picture))

    def _mux(self, packets: Any) -> None:
        for packet in packets:
            self._output.mux(packet)

    def _write_results(self, *, last: bool = False) -> None:
        with self._lock:
            results, self._results = self._results, []
            names = self._class_names or (EXPRESSIONS if last else ())
        if self._writer is None and names:
            self._writer = TableWriter(
                self._file, input_name=self._video.name, class_names=names, size=self._size
            )
        for result in results:
            # Another network may name other classes; the table has one header.
            if self._writer is not None and result.class_names == names:
                self._writer.write(result)


def _unfinished(path: Path) -> Path:
    return path.with_name(f"{path.stem}{_UNFINISHED}{path.suffix}")


def _free(path: Path) -> Path:
    """Return the path, or one with a number behind, at which nothing lies."""
    number, free = 1, path
    while any(candidate.exists() for candidate in (free, _unfinished(free))):
        number += 1
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
    return free


def _reason(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(text).splitlines()[0][:200]
