"""Where frames come from: the common interface and the choice by path."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Protocol, runtime_checkable

from trainer.errors import VideoError
from trainer.inference.camera_source import CameraInfo, CameraSource, list_cameras
from trainer.inference.file_source import FileSource
from trainer.inference.image_source import ImageSource
from trainer.inference.suffixes import PHOTO_SUFFIXES, VIDEO_SUFFIXES
from trainer.inference.types import Frame

__all__ = [
    "PHOTO_SUFFIXES",
    "VIDEO_SUFFIXES",
    "CameraInfo",
    "CameraSource",
    "FileSource",
    "ImageSource",
    "VideoSource",
    "list_cameras",
    "open_source",
]

@runtime_checkable
class VideoSource(Protocol):
    """Frames in presentation order; all times are milliseconds from the first frame.

    Attributes:
        width: Pixels of a frame, upright.
        height: Pixels of a frame, upright.
        fps: Average frames per second, 0.0 for a photo.
        duration_ms: Length, 0.0 when there is none (photo, camera).
        frame_count_hint: What the header claims, or None; never exact.
        is_still: True for a photo.
        warning: A sentence about damage met so far, else "".
    """

    width: int
    height: int
    fps: float
    duration_ms: float
    frame_count_hint: int | None
    is_still: bool
    warning: str

    def read(self) -> Frame | None:
        """Return the next frame or None at the end; VideoError when the source is lost."""

    def seek(self, timestamp_ms: float, should_stop: Callable[[], bool] | None = None) -> None:
        """Make the next ``read()`` return the frame shown at that time, unless told to stop."""

    def close(self) -> None:
        """Release the file or device; safe to call twice."""

    def __enter__(self) -> VideoSource: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def open_source(path: Path) -> FileSource | ImageSource:
    """Open a video or a photo, chosen by the ending and then by what the file really is.

    Raises:
        VideoError: The file is neither, or cannot be read.
    """
    path = Path(path)
    if path.suffix.lower() not in PHOTO_SUFFIXES:
        return FileSource(path)
    try:
        return ImageSource(path)
    except VideoError as photo_error:
        if not path.is_file():
            raise
        try:
            source = FileSource(path)
        except VideoError:
            raise photo_error from None
        if source.duration_ms <= 1000 / source.fps:  # a broken picture that FFmpeg accepts
            source.close()
            raise
        return source
