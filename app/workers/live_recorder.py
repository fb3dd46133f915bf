"""A camera written to disk while it plays."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QCoreApplication, QObject, pyqtSignal

from app.workers.base import summary_of
from app.workers.camera import CameraFeed
from trainer.errors import MienError
from trainer.inference.types import FrameResult

if TYPE_CHECKING:
    from trainer.inference.camera_recording import CameraRecording

log = logging.getLogger(__name__)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LiveRecorder", text)


class LiveRecorder(QObject):
    """Used by the playback worker's thread only; its signals go to the window.

    Signals:
        began: (file name) The camera is being recorded.
        ended: (sentence, is_bad) It no longer is; where the video lies, or what went wrong.
    """

    began = pyqtSignal(str)
    ended = pyqtSignal(str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recording: CameraRecording | None = None
        self._feed: CameraFeed | None = None

    @property
    def is_recording(self) -> bool:
        """Whether the camera is written to disk."""
        return self._recording is not None

    def start(self, folder: Path, feed: CameraFeed, camera: str, model: str) -> None:
        """Write every frame of the camera from now on."""
        from trainer.inference.camera_recording import CameraRecording  # brings PyAV

        self.stop()
        name = f"{camera} {datetime.now():%Y-%m-%d %H-%M-%S}"
        name = "".join("_" if sign in '<>:"/\\|?*' or ord(sign) < 32 else sign for sign in name)
        try:
            self._recording = CameraRecording(folder, name, camera=camera, model=model)
        except MienError as error:
            self.ended.emit(str(error), True)
            return
        self._feed = feed
        feed.set_sink(self._recording.put)
        self.began.emit(self._recording.video.name)

    def add(self, result: FrameResult) -> None:
        """Keep what was found."""
        if self._recording is None:
            return
        self._recording.add(result)
        self.check()

    def check(self) -> None:
        """End the recording when the disk takes nothing more."""
        if self._recording is not None and self._recording.error:
            self.stop()

    def stop(self) -> str:
        """End the recording, if there is one; return the sentence that was told."""
        recording, self._recording = self._recording, None
        if self._feed is not None:
            self._feed.set_sink(None)
            self._feed = None
        if recording is None:
            return ""
        try:
            files = recording.finish()
        except Exception as error:
            log.warning("recording: %s", error)
            sentence = summary_of(error)
            self.ended.emit(sentence, True)
            return sentence
        text = _tr("The recording was saved: {path}").format(path=files.video)
        sentence = " ".join(part for part in (text, files.note) if part)
        self.ended.emit(sentence, False)
        return sentence
