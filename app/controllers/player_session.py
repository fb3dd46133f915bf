"""Keeps what was found in a video: saved by itself, used again when the video is opened."""

from __future__ import annotations

import logging

from PyQt5.QtCore import QObject, QTimer, pyqtSignal

from app.controllers.presenter import FramePresenter
from app.workers.base import WorkerThread
from app.workers.media import MediaInfo
from app.workers.playback import PlaybackWorker
from app.workers.session_saver import SavedSession
from ui.formats import size_text
from ui.player_tab import PlayerTab

log = logging.getLogger(__name__)

_LOOK_MS = 1000
_SETTLED_MS = 3000  # after the last change, while nothing plays
_PLAYING_MS = 60_000


class SessionKeeper(QObject):
    """Writes the session of the video that is open.

    Signals:
        changed: (title, unsaved) Another video is open, or there is something to save.
        saved: (SavedSession)
    """

    changed = pyqtSignal(str, bool)
    saved = pyqtSignal(object)

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
        self._recorder = worker.recorder
        self._saver = worker.sessions
        self._info: MediaInfo | None = None
        self._told: tuple[str, bool] = ("", False)
        self._version: tuple[int, ...] | None = None
        self._waited_ms = 0
        self._failed = False
        self._thread = WorkerThread(self._saver, self)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._saver.saved.connect(self._on_saved)
        self._saver.failed.connect(self._on_failed)
        worker.session_found.connect(self._on_session_found)
        self._thread.start()

    def open(self, info: MediaInfo) -> None:
        """Something was opened; only videos have sessions."""
        self._info = info
        self._version = None
        self._waited_ms = 0
        self._failed = False
        if info.kind == "video":
            self._timer.start()
        self._tell()

    @property
    def unsaved(self) -> bool:
        """Whether there is something that the session file does not hold."""
        return self._info is not None and self._info.kind == "video" and self._recorder.unsaved

    def save(self, *, asked: bool = False) -> None:
        """Write the session if there is something to write, or say that there is not."""
        recording, info = self._recorder.recording, self._info
        if info is None or info.path is None or recording is None or info.kind != "video":
            return
        if self.unsaved or asked:
            self._waited_ms = 0
            self._saver.put(recording, info.path, asked=asked)

    def close(self) -> None:
        """What is open will be closed."""
        self._timer.stop()
        self.save()
        self._info = None
        self._tell()

    def shutdown(self) -> None:
        """Write what waits and join the thread."""
        self.close()
        self._thread.stop_and_wait()

    def _look(self) -> None:
        """Save after a moment of rest; while a video plays, once a minute."""
        self._tell()
        recording = self._recorder.recording
        if recording is None or not self.unsaved or self._failed:
            return
        self._waited_ms += _LOOK_MS
        version, self._version = self._version, recording.version
        resting = version == self._version and not self._presenter.playing
        if self._waited_ms >= (_SETTLED_MS if resting else _PLAYING_MS):
            self.save()

    def _tell(self) -> None:
        state = ("" if self._info is None else self._info.title, self.unsaved)
        if state != self._told:
            self._told = state
            self.changed.emit(*state)

    def _on_saved(self, session: SavedSession) -> None:
        self._failed = False
        self._tell()
        log.info("session %s: %d frames, %d bytes", session.path, session.frames, session.size)
        if session.asked:
            self._tab.show_message(
                self.tr("The session was saved ({size}): {path}").format(
                    size=size_text(session.size), path=session.path
                ),
                level="info",
            )
        self.saved.emit(session)

    def _on_failed(self, sentence: str, _details: str) -> None:
        self._failed = True  # not again every few seconds; leaving the video tries once more
        self._tab.show_message(sentence, level="warning")

    def _on_session_found(self, model: str, same: bool) -> None:
        if same:
            return
        self._tab.show_message(
            self.tr(
                "What is shown was saved with the network {name}. “Analyse whole video” looks at "
                "the video with the network in use now; the saved results are kept."
            ).format(name=model or "?"),
            level="info",
        )
