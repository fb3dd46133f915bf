"""Newest frame of a camera: a thread drains the device so that nothing old queues up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from app.workers.media import CameraDevice
from app.workers.rendering import render
from trainer.errors import VideoError
from trainer.inference.camera_backend import CameraInfo, list_cameras
from trainer.inference.types import Frame

_PREVIEW_S = 1 / 15


class CameraFeed:
    """Reads a camera all the time and keeps only its newest frame.

    Drivers queue several frames; a reader that is slower than the camera would show the
    past. The thread ends with :meth:`close`, which also releases the device.
    """

    def __init__(self, device: CameraDevice) -> None:
        self._device = device
        self._condition = threading.Condition()
        self._newest: Frame | None = None
        self._error: Exception | None = None
        self._closing = False
        self._sink: Callable[[Frame], None] | None = None
        self._thread = threading.Thread(target=self._drain, name="camera", daemon=True)
        self._thread.start()

    def take_newest(self, timeout_s: float) -> Frame | None:
        """Wait for a frame that was not taken yet.

        Args:
            timeout_s: Longest wait, seconds.

        Returns:
            The newest frame, or None when none came in time.

        Raises:
            VideoError: The camera was unplugged or stopped delivering.
        """
        with self._condition:
            if self._newest is None and self._error is None:
                self._condition.wait(timeout_s)
            if self._error is not None:
                raise self._error
            frame, self._newest = self._newest, None
            return frame

    def check(self) -> None:
        """Do nothing while the camera delivers.

        Raises:
            VideoError: The camera was unplugged or stopped delivering.
        """
        with self._condition:
            if self._error is not None:
                raise self._error

    def set_sink(self, sink: Callable[[Frame], None] | None) -> None:
        """Give every frame to ``sink``, also those that nobody takes; it must not wait."""
        self._sink = sink

    def close(self) -> None:
        """Stop reading and release the camera; waits at most one second for the driver."""
        with self._condition:
            self._closing = True
            self._condition.notify_all()
        self._thread.join(1.0)

    def _drain(self) -> None:
        try:
            while not self._closing:
                frame = self._device.read()
                if frame is None:
                    raise VideoError("The camera sends no more pictures; was it unplugged?")
                sink = self._sink
                if sink is not None:
                    sink(frame)
                with self._condition:
                    self._newest = frame
                    self._condition.notify_all()
        except Exception as error:  # handed to whoever waits for a frame
            with self._condition:
                self._error = error
                self._condition.notify_all()
        finally:
            self._device.close()


class CameraListWorker(Worker):
    """Finds the cameras, off the GUI thread since some drivers answer slowly.

    Signals:
        listed: (list of CameraInfo) What was found.
    """

    listed = pyqtSignal(list)

    def __init__(self, list_cameras: Callable[[], Sequence[CameraInfo]] = list_cameras) -> None:
        super().__init__()
        self._list_cameras = list_cameras

    def work(self) -> None:
        """Look once."""
        self.listed.emit(list(self._list_cameras()))


class CameraPreviewWorker(Worker):
    """Shows what a camera sees before it is chosen; releases it when stopped.

    Signals:
        pictured: (uint8 (h, w, 4), BGRA) What it sees now; at most 15 times a second.
    """

    pictured = pyqtSignal(object)

    def __init__(self, open_camera: Callable[[int], CameraDevice], index: int, width: int) -> None:
        """Prepare.

        Args:
            open_camera: Opens a device by its number.
            index: The number.
            width: Pixels to scale the pictures to.
        """
        super().__init__()
        self._open = open_camera
        self._index = index
        self._width = width

    def work(self) -> None:
        """Look until :meth:`stop`.

        Raises:
            VideoError: The camera is missing, in use, denied, black, or was unplugged.
        """
        device = self._open(self._index)
        told_s = 0.0
        try:
            while not self.should_stop():
                frame = device.read()
                if frame is None:
                    return
                now = time.monotonic()
                if now - told_s >= _PREVIEW_S:
                    told_s = now
                    height, width = frame.image.shape[:2]
                    size = (self._width, max(1, round(self._width * height / width)))
                    self.pictured.emit(render(frame.image, size))
        finally:
            device.close()
