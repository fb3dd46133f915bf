"""The sliders for calm labels: they change what is recorded and what is found next."""

from __future__ import annotations

from PyQt5.QtCore import QObject, QTimer

from app.controllers.player_display import PlayerDisplay
from app.controllers.player_timeline import TimelineController
from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.playback import PlaybackWorker
from app.workers.steadying import SteadyWorker
from trainer.inference.smoothing import SmoothingSettings
from trainer.inference.steadiness import Flicker
from ui.player_tab import PlayerTab

_SETTLE_MS = 80
_MEASURE_MS = 1500


class SteadinessController(QObject):
    """Owns the worker that computes labels anew."""

    def __init__(
        self,
        tab: PlayerTab,
        worker: PlaybackWorker,
        timeline: TimelineController,
        display: PlayerDisplay,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._panel = tab.steadiness_panel
        self._recorder = worker.recorder
        self._timeline = timeline
        self._display = display
        self._settings = settings
        self._size = -1
        self._worker = SteadyWorker(self._recorder)
        self._thread = WorkerThread(self._worker, self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        # A call: as a slot it would wait for the worker's event loop, which does not run.
        self._settle.timeout.connect(lambda: self._worker.ask())
        self._look = QTimer(self)
        self._look.setInterval(_MEASURE_MS)
        self._look.timeout.connect(self._measure)
        self._worker.relabelled.connect(self._on_relabelled)
        self._worker.measured.connect(self._on_measured)
        self._worker.failed.connect(lambda sentence, _details: tab.show_message(sentence))
        self._panel.changed.connect(self._on_changed)
        self._panel.reset_requested.connect(self._on_reset)
        self._use(SmoothingSettings(*settings.steadiness))
        self._thread.start()

    def open(self) -> None:
        """Something was opened; what was saved with other sliders is computed anew."""
        self._size = -1
        self._panel.clear_meter()
        self._worker.ask()
        self._look.start()

    def close(self) -> None:
        """Nothing is open."""
        self._look.stop()

    def shutdown(self) -> None:
        """Join the thread."""
        self.close()
        self._settle.stop()
        self._thread.stop_and_wait()

    def _use(self, smoothing: SmoothingSettings) -> None:
        self._recorder.smoothing = smoothing
        self._panel.set_values(smoothing.tau_ms, smoothing.hysteresis)

    def _on_changed(self, tau_ms: float, margin: float) -> None:
        self._recorder.smoothing = SmoothingSettings(tau_ms, margin)
        self._settings.steadiness = (tau_ms, margin)
        self._settle.start()

    def _on_reset(self) -> None:
        self._use(SmoothingSettings())
        self._on_changed(self._recorder.smoothing.tau_ms, self._recorder.smoothing.hysteresis)

    def _measure(self) -> None:
        recording = self._recorder.recording
        size = 0 if recording is None else len(recording.faces)
        if size != self._size and self._panel.isVisible():
            self._size = size
            self._worker.ask()

    def _on_relabelled(self) -> None:
        self._display.labels_changed()
        self._timeline.refresh()

    def _on_measured(self, found: Flicker | None) -> None:
        if found is None or not found.minutes:
            self._panel.clear_meter()
        else:
            self._panel.show_meter(found.raw_per_minute, found.steady_per_minute, found.delay_ms)
