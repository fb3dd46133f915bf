"""Newest frame of a camera: a thread drains the device so that nothing old queues up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from app.workers.media import CameraDevice
from trainer.errors import VideoError
from trainer.inference.camera_backend import CameraInfo, list_cameras
from trainer.inference.types import Frame


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
