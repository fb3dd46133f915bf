"""Runs the analysis of the whole video, or of a stretch of it, beside playing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal

from app.controllers.presenter import FramePresenter
from app.workers.base import WorkerThread
from app.workers.playback import PlaybackWorker
from app.workers.playback_parts import PlaybackServices
from app.workers.whole_video import WholeVideoWorker, unseen_ranges
from trainer.inference.recording_curves import Range
from ui.player_timeline_panel import PlayerTimelinePanel


class WholeVideoAnalysis(QObject):
    """Starts, shows and cancels a :class:`WholeVideoWorker`.

    Signals:
        failed: (sentence)
        ended: The analysis is over, for whatever reason.
        measured: (ms) The end was met: so long is the video.
        nothing_to_do: (whole video) Every frame of it, or of the stretch, has been looked at.
    """

    failed = pyqtSignal(str)
    ended = pyqtSignal()
    nothing_to_do = pyqtSignal(bool)
    measured = pyqtSignal(float)

    def __init__(
        self,
        panel: PlayerTimelinePanel,
        presenter: FramePresenter,
        worker: PlaybackWorker,
        services: PlaybackServices,
        model_path: Callable[[], Path | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._presenter = presenter
        self._playback = worker
        self._services = services
        self._model_path = model_path
        self._thread: WorkerThread | None = None
        self._worker: WholeVideoWorker | None = None
        panel.analyse_requested.connect(self.start)
        panel.cancel_requested.connect(self.cancel)
        presenter.playing_changed.connect(self._on_playing_changed)

    @property
    def running(self) -> bool:
        """Whether an analysis is under way."""
        return self._thread is not None

    def start(self, within: Range | None = None) -> None:
        """Look at what is missing; at everything where another network had looked.

        Args:
            within: Only there; the whole video when None.
        """
        info = self._presenter.info
        if self._thread is not None or info is None or info.path is None:
            return
        recorder, services, model = self._playback.recorder, self._services, self._model_path()
        with recorder.lock:
            recording = recorder.recording
            if recorder.foreign:
                recorder.renew()
            elif recording is not None and not unseen_ranges(recording, within):
                # The same network would find the same once more.
                self.nothing_to_do.emit(within is None)
                return
        worker = WholeVideoWorker(
            info.path,
            recorder,
            self._playback.thumbnails,
            services.open_media,
            lambda: services.make_pipeline(model),
            self._playback.shots,
            within=within,
        )
        worker.moved.connect(self._on_moved)
        worker.measured.connect(self._on_measured)
        worker.failed.connect(self._on_failed)
        self._worker = worker
        self._thread = WorkerThread(worker, self)
        self._thread.finished.connect(self._on_finished)
        self._panel.show_analysis(0.0, self.tr("Loading…"))
        self._on_playing_changed(self._presenter.playing)
        self._thread.start()

    def cancel(self) -> None:
        """Stop soon; what was found is kept."""
        if self._worker is not None:
            self._worker.stop()

    def end(self) -> None:
        """Stop and join, because another video is opened or the program ends."""
        if self._thread is None:
            return
        self._thread.finished.disconnect(self._on_finished)
        self._thread.stop_and_wait()
        self._on_finished()

    def _on_playing_changed(self, playing: bool) -> None:
        if self._worker is None:
            return
        self._worker.set_resting(playing)
        if playing:
            self._panel.analysis_label.setText(self.tr("The analysis waits while it plays"))

    def _on_moved(self, share: float, fps: float) -> None:
        if self._worker is None or self._presenter.playing:
            return
        text = self.tr("{share:.0f} % · {fps:.0f} frames/s").format(share=100 * share, fps=fps)
        self._panel.show_analysis(share, text)

    def _on_measured(self, ms: float) -> None:
        if self._worker is not None:
            self.measured.emit(ms)

    def _on_failed(self, sentence: str, _details: str) -> None:
        self.failed.emit(sentence)

    def _on_finished(self) -> None:
        self._thread = self._worker = None
        self._panel.show_analysis(None)
        self.ended.emit()
