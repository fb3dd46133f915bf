"""How long the video is: by its header, by its packets, by what was decoded."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QObject, pyqtSignal

from app.controllers.presenter import FramePresenter
from app.workers.base import WorkerThread
from app.workers.media import MediaInfo
from app.workers.packet_times import PacketTimesWorker
from app.workers.playback import PlaybackWorker
from ui.player_tab import PlayerTab


class LengthController(QObject):
    """Lets everything know the length, and the recording when the frames are shown.

    Signals:
        changed: What is recorded lies otherwise in the video now.
    """

    changed = pyqtSignal()

    def __init__(
        self,
        tab: PlayerTab,
        presenter: FramePresenter,
        worker: PlaybackWorker,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._presenter = presenter
        self._playback = worker
        self._thread: WorkerThread | None = None
        self._decoded = False
        self._unread: MediaInfo | None = None
        worker.ended.connect(self._on_ended)
        presenter.sought.connect(self._read)

    def open(self, info: MediaInfo) -> None:
        """Read the packets of a video whose header does not tell its length or its times.

        Where it does not even tell whether the rate varies, only a jump makes that necessary.
        """
        self._decoded = False
        if info.kind != "video" or (info.duration_ms > 0 and info.variable_rate is False):
            return
        self._unread = info
        if info.duration_ms <= 0 or info.variable_rate:
            self._read()

    def _read(self) -> None:
        info, self._unread = self._unread, None
        if info is None or info.path is None:
            return
        worker = PacketTimesWorker(info.path)
        if info.duration_ms <= 0:
            worker.grew.connect(self._on_grew)
        worker.measured.connect(self._on_measured)
        self._thread = WorkerThread(worker, self)
        self._thread.start()

    def close(self) -> None:
        """Stop reading; what is on its way about the former video is not heard any more."""
        self._unread = None
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.stop_and_wait()

    def decoded(self, ms: float) -> None:
        """The end was decoded: nothing is surer."""
        self._decoded = True
        self._show(ms)
        self._playback.recorder.set_duration(ms)
        self.changed.emit()

    def _on_ended(self, generation: int, ms: float) -> None:
        info = self._presenter.info
        if generation == self._presenter.generation and info is not None and info.kind == "video":
            self.decoded(ms)

    def _on_grew(self, ms: float) -> None:
        if self._thread is not None and not self._decoded:
            self._show(ms)

    def _on_measured(self, ms: float, times: npt.NDArray[np.float64]) -> None:
        if self._thread is None:
            return
        if not self._decoded:
            self._show(ms)
            self._playback.recorder.set_duration(ms)
        self._playback.recorder.set_times(times)
        self.changed.emit()

    def _show(self, ms: float) -> None:
        self._presenter.set_duration(ms)
        self._tab.set_duration(ms)
        self._tab.timeline_panel.timeline.set_duration(ms)
        self._playback.thumbnails.set_duration(ms)
