"""Puts frames and figures of the Player on the screen."""

from __future__ import annotations

import time

from PyQt5.QtCore import QObject, Qt, QTimer, pyqtSignal

from app.controllers.playback_stats import PlaybackStats
from app.controllers.player_status import cadence_text, status_text
from app.controllers.presenter import FramePresenter
from app.workers.frame_buffer import ReadyFrame
from app.workers.media import ModelDescription
from app.workers.playback import PlaybackWorker
from app.workers.rendering import ImageArray, render
from trainer.inference.recording_views import edited
from trainer.inference.types import FrameResult
from ui.player_tab import PlayerTab

_STATUS_MS = 400
_RENDER_AGAIN_MS = 60
_OLD_LABELS_S = 10.0  # the buffer holds 0.8 s of video, longer than this only at 0.1x


class PlayerDisplay(QObject):
    """Shows what is due, the line of figures, and a standing picture as sharp as can be.

    Signals:
        frame_shown: (FrameResult) What was found in the frame that was just shown.
    """

    frame_shown = pyqtSignal(object)

    def __init__(
        self,
        tab: PlayerTab,
        presenter: FramePresenter,
        stats: PlaybackStats,
        worker: PlaybackWorker,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._presenter = presenter
        self._stats = stats
        self._worker = worker
        self._model: ModelDescription | None = None
        self._labels_until_s = 0.0
        self._sharp: tuple[ReadyFrame, ImageArray] | None = None
        self._status_timer = QTimer(self)
        self._status_timer.setTimerType(Qt.CoarseTimer)
        self._status_timer.timeout.connect(self.show_status)
        self._render_timer = QTimer(self)
        self._render_timer.setSingleShot(True)
        self._render_timer.timeout.connect(self._render_again)
        presenter.frame_due.connect(self._on_frame_due)
        tab.view_resized.connect(self._on_view_resized)

    def start(self) -> None:
        """Something is open: bring the figures up to date from now on."""
        self._status_timer.start(_STATUS_MS)

    def stop(self) -> None:
        """Nothing is open any more."""
        self._status_timer.stop()
        self._render_timer.stop()
        self._sharp = None

    def set_model(self, model: ModelDescription) -> None:
        """Name another model in the line of figures."""
        self._model = model
        self.show_status()

    def settle(self, playing: bool) -> None:
        """Playing began, or stopped on a frame."""
        if not playing:
            self._tab.show_position(self._presenter.position_ms, exact=True)
            self._render_timer.start(_RENDER_AGAIN_MS)
        self.show_status()

    def show_status(self) -> None:
        """Bring the line of figures up to date."""
        info, ready = self._presenter.info, self._presenter.current
        if info is None:
            return
        text = status_text(info, self._stats, ready, self._model, self._presenter.playing)
        self._tab.show_status(text, cadence_text(ready))
        self._tab.describe()

    def _on_frame_due(self, ready: ReadyFrame) -> None:
        height, width = ready.frame.image.shape[:2]
        result = self.result_of(ready)
        self._tab.show_frame(ready.picture, (width, height), result)
        self._tab.show_position(ready.timestamp_ms, exact=not self._presenter.playing)
        if not self._tab.video_view.isVisible():
            self._presenter.painted()
        if self._presenter.current is ready and not self._presenter.playing:
            self._render_timer.start(_RENDER_AGAIN_MS)
        self.frame_shown.emit(result)

    def result_of(self, ready: ReadyFrame) -> FrameResult:
        """Return what was found in a frame, as the user wants to see it."""
        result = ready.result
        if ready.analysed and time.monotonic() < self._labels_until_s:
            # It may wait in the buffer since before the labels were computed anew.
            result = self._worker.recorder.known_now(ready.timestamp_ms) or result
        return edited(result, self._worker.recorder.edits)

    def labels_changed(self) -> None:
        """Labels were computed anew; frames with the old ones still wait to be shown."""
        self._labels_until_s = time.monotonic() + _OLD_LABELS_S
        self.show_again()

    def show_again(self) -> None:
        """Draw the frame that is shown anew, because names or labels changed."""
        ready = self._presenter.current
        if ready is not None and self._presenter.info is not None:
            height, width = ready.frame.image.shape[:2]
            picture = ready.picture
            if self._sharp is not None and self._sharp[0] is ready:
                picture = self._sharp[1]
            self._tab.show_frame(picture, (width, height), self.result_of(ready))

    def _on_view_resized(self, width: int, height: int) -> None:
        self._worker.set_view_size(width, height)
        self._render_timer.start(_RENDER_AGAIN_MS)

    def _render_again(self) -> None:
        """Sharpen a standing picture after the view changed its size."""
        ready = self._presenter.current
        if ready is None or (self._presenter.playing and ready.analysed):
            return
        self.show_status()
        picture = render(ready.frame.image, self._tab.video_view.pixel_size())
        if picture.shape != ready.picture.shape:
            self._sharp = (ready, picture)
            height, width = ready.frame.image.shape[:2]
            self._tab.show_frame(picture, (width, height), self.result_of(ready))
