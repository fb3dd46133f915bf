"""A webcam through OpenCV: names, monotonic time stamps, and reasons when it fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from trainer.errors import VideoError
from trainer.inference.camera_backend import CameraInfo, OpenCvBackend, list_cameras
from trainer.inference.types import Frame

__all__ = ["CameraInfo", "CameraSource", "CaptureBackend", "list_cameras"]

_LOST_AFTER_MS = 1500.0  # without a frame: some drivers skip a few reads while waking up
_BLACK_AFTER_MS = 3000.0  # automatic exposure has settled long before
_BLACK_LEVEL = 4.0
_BLACK_SPREAD = 2.0


class Capture(Protocol):
    """An opened device, as ``cv2.VideoCapture`` is one."""

    def read(self) -> tuple[bool, Any]:
        """Return (True, BGR uint8 image) or (False, anything)."""

    def release(self) -> None:
        """Close the device."""


class CaptureBackend(Protocol):
    """Opens devices; tests pass a stand-in."""

    def open(self, index: int, width: int, height: int) -> Capture | None:
        """Return the opened device, or None when it cannot be opened."""

    def reason(self, index: int) -> str:
        """Say in one sentence why ``open`` gave None."""


class CameraSource:
    """Live frames; time stamps are milliseconds since the first frame (monotonic clock).

    ``read()`` waits for the next frame of the device, so call it from a worker. A device
    that stops answering is reported once as a VideoError; open a new source to go on.

    Attributes:
        index: The device number.
        name: Its name, or ``"Camera 1"``.
        width: Pixels of a frame.
        height: Pixels of a frame.
        fps: Frames per second measured so far, 30.0 before the second frame.
        duration_ms: 0.0.
        frame_count_hint: None.
        is_still: False.
        warning: Always "".
    """

    duration_ms = 0.0
    frame_count_hint: int | None = None
    has_video = True
    is_still = False
    warning = ""

    def __init__(
        self,
        index: int,
        *,
        name: str = "",
        width: int = 1280,
        height: int = 720,
        backend: CaptureBackend | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open the device and take its first frame.

        Args:
            index: Device number as in :func:`list_cameras`.
            name: Name for messages.
            width: Wanted width, pixels; the device may choose another.
            height: Wanted height, pixels.
            backend: What opens devices; OpenCV when None.
            clock: Seconds, monotonic.

        Raises:
            VideoError: Missing, in use, not allowed, or no frame arrives.
        """
        self.index = index
        self.name = name or f"Camera {index + 1}"
        self._clock = clock
        self._backend: CaptureBackend = backend or OpenCvBackend()
        self._count = 0
        self._started: float | None = None
        self._seen_light = False
        self.fps = 30.0
        capture = self._backend.open(index, width, height)
        if capture is None:
            raise VideoError(f"{self.name} cannot be opened: {self._backend.reason(index)}")
        self._capture: Capture | None = capture
        try:
            first = self._grab()
        except VideoError:
            self.close()
            raise VideoError(
                f"{self.name} was opened but sends no picture; another program may be using it."
            ) from None
        self.height, self.width = first.image.shape[:2]
        self._pending: Frame | None = first

    def read(self) -> Frame | None:
        """Return the next frame, or None after ``close()``.

        Raises:
            VideoError: The device was unplugged or stopped, or has shown nothing but
                black since it was opened.
        """
        if self._capture is None:
            return None
        if self._pending is not None:
            frame, self._pending = self._pending, None
        else:
            try:
                frame = self._grab()
            except VideoError:
                self.close()
                raise
        self._check_light(frame)
        return frame

    def _grab(self) -> Frame:
        asked = self._clock()
        while self._capture is not None:
            try:
                good, image = self._capture.read()
            except Exception:  # cv2.error, and whatever else a driver's binding raises
                good, image = False, None
            now = self._clock()
            if good and isinstance(image, np.ndarray) and image.size:
                return self._stamp(_to_bgr(image), now)
            if (now - asked) * 1000 >= _LOST_AFTER_MS:
                break
        raise VideoError(
            f"{self.name} stopped sending pictures; it was unplugged or taken by another program."
        )

    def _stamp(self, image: npt.NDArray[np.uint8], now: float) -> Frame:
        if self._started is None:
            self._started = now
        timestamp_ms = (now - self._started) * 1000
        frame = Frame(image, self._count, timestamp_ms)
        self._count += 1
        if timestamp_ms > 500:
            self.fps = (self._count - 1) * 1000 / timestamp_ms
        return frame

    def _check_light(self, frame: Frame) -> None:
        if self._seen_light:
            return
        sample = frame.image[::8, ::8]
        if sample.mean() > _BLACK_LEVEL or sample.std() > _BLACK_SPREAD:
            self._seen_light = True
        elif frame.timestamp_ms >= _BLACK_AFTER_MS:
            self.close()
            raise VideoError(
                f"{self.name} sends only black pictures; open its cover, or allow this program "
                "to use the camera in the system settings."
            )

    def seek(self, timestamp_ms: float, should_stop: Callable[[], bool] | None = None) -> None:
        """Do nothing: a camera has only its present picture."""

    def close(self) -> None:
        """Release the device (its light goes out); safe to call twice."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def __enter__(self) -> CameraSource:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _to_bgr(image: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    if image.ndim == 2:
        image = image[:, :, None]
    if image.shape[2] == 1:
        image = np.repeat(image, 3, axis=2)
    return np.ascontiguousarray(image[:, :, :3])
