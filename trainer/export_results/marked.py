"""A copy of the video or photo with faces marked, hidden, or both."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainer._cv2 import cv2
from trainer.errors import VideoError
from trainer.export_results.tables import Tick
from trainer.files import atomic_path, write_bytes
from trainer.inference.annotate import draw
from trainer.inference.anonymise import Boxes, boxes_to_hide, hide_all, pixelate
from trainer.inference.file_source import FileSource
from trainer.inference.read_ahead import ReadAhead
from trainer.inference.recording import Recording
from trainer.inference.recording_views import edited
from trainer.inference.types import Frame
from trainer.inference.video import open_source
from trainer.inference.video_writer import VideoWriter


@dataclass(frozen=True)
class MarkOptions:
    """What the copy looks like.

    Attributes:
        labels: Draw boxes and labels.
        blur_faces: Replace every head by a coarse mosaic; a frame that was not analysed
            is hidden as a whole, because nobody looked for faces in it.
    """

    labels: bool = True
    blur_faces: bool = False


def write_marked(
    recording: Recording,
    video: Path,
    stem: Path,
    options: MarkOptions,
    *,
    limit: int | None = None,
    tick: Tick | None = None,
) -> tuple[Path, str]:
    """Read ``video`` again and write ``STEM.mp4`` with its sound, or ``STEM.jpg`` of a photo.

    Args:
        recording: What was found in the video, as the user edited it.
        video: The video or photo.
        stem: Path of the copy without its ending.
        options: What is drawn.
        limit: Only the first frames.
        tick: Told the share done (0..1) for every frame; may raise to stop.

    Returns:
        The file, and a sentence about sound that was left out, else "".

    Raises:
        VideoError: The video cannot be read, or the copy cannot be written.
    """
    painter = _Painter(recording, options)
    with open_source(video) as source:
        target = stem.with_name(stem.name + (".mp4" if isinstance(source, FileSource) else ".jpg"))
        if target.exists() and target.samefile(video):
            raise VideoError(f"{target} is the video itself; choose another folder.")
        if not isinstance(source, FileSource):
            frame = source.read()
            if frame is None:
                raise VideoError(f"{video.name} has no picture.")
            # Encoded in memory: OpenCV cannot write to every path on Windows.
            _, data = cv2.imencode(".jpg", painter.paint(frame))
            write_bytes(target, data.tobytes())
            return target, ""
        with atomic_path(target) as temporary:
            writer = VideoWriter(temporary, source)
            try:
                last_ms = 0.0
                with ReadAhead(source, limit=limit) as frames:
                    for frame in frames:
                        if tick is not None:
                            tick(min(1.0, frame.timestamp_ms / max(recording.duration_ms, 1.0)))
                        last_ms = frame.timestamp_ms
                        writer.write(painter.paint(frame), last_ms)
                writer.finish(last_ms + 1000 / max(source.fps, 1.0))
            finally:
                writer.close()
    return target, writer.note


class _Painter:
    def __init__(self, recording: Recording, options: MarkOptions) -> None:
        self._recording = recording
        self._options = options
        self._hidden: dict[int, Boxes] = boxes_to_hide(recording) if options.blur_faces else {}

    def paint(self, frame: Frame) -> npt.NDArray[np.uint8]:
        """Return the frame, BGR uint8 (H, W, 3), as the copy shows it."""
        image = frame.image
        row = self._recording.row_of(frame.timestamp_ms)
        if row is None:
            return hide_all(image) if self._options.blur_faces else image
        if self._options.blur_faces and row in self._hidden:
            image = pixelate(image, self._hidden[row])
        if self._options.labels:
            image = draw(image, edited(self._recording.result(row), self._recording.edits))
        return image
