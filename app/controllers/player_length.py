"""How long the video is: by its header, by its packets, by what was decoded."""

from __future__ import annotations

from PyQt5.QtCore import QObject

from app.controllers.presenter import FramePresenter
from app.workers.base import WorkerThread
from app.workers.length import LengthWorker
from app.workers.media import MediaInfo
from app.workers.playback import PlaybackWorker
from ui.player_tab import PlayerTab


class LengthController(QObject):
    """Lets everything know the length; the later it is found out, the surer it is."""

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
        worker.ended.connect(self._on_ended)

    def open(self, info: MediaInfo) -> None:
        """Look for the length of a video whose header does not tell it."""
        if info.kind != "video" or info.duration_ms > 0 or info.path is None:
            return
        worker = LengthWorker(info.path)
        worker.grew.connect(self._show)
        worker.measured.connect(self._on_measured)
        self._thread = WorkerThread(worker, self)
        self._thread.start()

    def close(self) -> None:
        """Stop looking; what is on its way about the former video is not heard any more."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.worker.grew.disconnect(self._show)
            thread.worker.measured.disconnect(self._on_measured)
            thread.stop_and_wait()

    def decoded(self, ms: float) -> None:
        """The end was decoded: nothing is surer."""
        self.close()
        self._on_measured(ms)

    def _show(self, ms: float) -> None:
        self._presenter.set_duration(ms)
        self._tab.set_duration(ms)
        self._tab.timeline_panel.timeline.set_duration(ms)
        self._playback.thumbnails.set_duration(ms)

    def _on_measured(self, ms: float) -> None:
        self._show(ms)
        self._playback.recorder.set_duration(ms)

    def _on_ended(self, generation: int, ms: float) -> None:
        info = self._presenter.info
        if generation == self._presenter.generation and info is not None and info.kind == "video":
            self.decoded(ms)
