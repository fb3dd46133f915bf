"""Keeps the time line up to date, and carries out what the user marks in it."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QObject, QTimer, pyqtSignal

from app.controllers.presenter import FramePresenter
from app.workers.base import WorkerThread
from app.workers.curves import CurveWorker, Overview
from app.workers.frame_buffer import ReadyFrame
from app.workers.media import MediaInfo
from app.workers.playback import PlaybackWorker
from trainer.inference.recording_edits import RecordingEdits
from trainer.inference.recording_views import edited, next_change, previous_change
from trainer.inference.types import FrameResult
from ui.player_tab import PlayerTab
from ui.widgets.timeline_data import ExcludedRange, Marker

_LOOK_MS = 300
_EVENT = "event"


class TimelineController(QObject):
    """Connects the time line with the recording.

    Attributes:
        overview: What is shown, or None before anything is known.

    Signals:
        overview_changed: (Overview) Other people, curves or shares.
        edited: The user changed something; what is shown of faces may differ now.
    """

    overview_changed = pyqtSignal(object)
    edited = pyqtSignal()

    def __init__(
        self,
        tab: PlayerTab,
        presenter: FramePresenter,
        worker: PlaybackWorker,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._panel = tab.timeline_panel
        self._presenter = presenter
        self._recorder = worker.recorder
        self.overview: Overview | None = None
        self._exclude_from: float | None = None
        self._size = 0
        self._curves = CurveWorker(self._recorder)
        self._thread = WorkerThread(self._curves, self)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._curves.built.connect(self._on_built)
        self._curves.failed.connect(self._on_failed)
        presenter.frame_due.connect(self._on_frame_due)
        panel = self._panel
        panel.picture_at = worker.thumbnails.at
        panel.person_chosen.connect(tab.select_face)
        tab.face_selected.connect(panel.set_chosen)
        panel.change_requested.connect(self.go_to_change)
        panel.mark_requested.connect(self.mark)
        panel.mark_moved.connect(self._on_mark_moved)
        panel.mark_named.connect(self._on_mark_named)
        panel.mark_removed.connect(lambda number: self.edit(lambda e: e.remove_marker(number)))
        panel.exclude_toggled.connect(self.toggle_exclusion)
        panel.exclude_requested.connect(lambda a, b: self.edit(lambda e: e.exclude(a, b)))
        panel.include_requested.connect(lambda a, b: self.edit(lambda e: e.include(a, b)))
        self._thread.start()

    def open(self, info: MediaInfo) -> None:
        """Something was opened; only a video has a time line."""
        self.overview = None
        self._exclude_from = None
        self._size = 0
        self._panel.reset(info.duration_ms)
        self._panel.setVisible(info.kind == "video")
        self._show_annotations()
        if info.kind == "video":
            self._timer.start()
        self._curves.ask()

    def close(self) -> None:
        """Nothing is open."""
        self._timer.stop()

    def shutdown(self) -> None:
        """Join the thread."""
        self._timer.stop()
        self._thread.stop_and_wait()

    # --- edits -----------------------------------------------------------------------------

    def edit(self, change: Callable[[RecordingEdits], object]) -> None:
        """Let the user's change take effect everywhere."""
        with self._recorder.lock:
            change(self._recorder.edits)
        self.refresh()
        self.edited.emit()

    def refresh(self) -> None:
        """Show what the recording says now."""
        self._show_annotations()
        self._curves.ask()

    def undo(self) -> str:
        """Take the last change back; return what it was, "" when there is none."""
        done: list[str] = []
        self.edit(lambda edits: done.append(edits.undo()))
        return done[0]

    def redo(self) -> str:
        """Do again what was taken back."""
        done: list[str] = []
        self.edit(lambda edits: done.append(edits.redo()))
        return done[0]

    def mark(self, ms: float = -1.0) -> None:
        """Mark a time; a negative one is the frame shown."""
        if self._presenter.info is None or self._presenter.info.kind != "video":
            return
        moment = self._presenter.position_ms if ms < 0 else ms
        self.edit(lambda edits: edits.mark(moment, _EVENT))

    def toggle_exclusion(self) -> None:
        """Begin a stretch that does not count at the frame shown, or end it there."""
        if self._presenter.info is None or self._presenter.info.kind != "video":
            return
        position = self._presenter.position_ms
        start, self._exclude_from = self._exclude_from, None
        if start is None:
            self._exclude_from = position
        elif abs(position - start) > 0.5:
            self.edit(lambda edits: edits.exclude(start, position))
        self._panel.exclude_button.setChecked(self._exclude_from is not None)
        self._show_annotations()

    def go_to_change(self, direction: int) -> None:
        """Seek to the next (1) or previous (-1) change of the chosen person's expression."""
        line = self._panel.timeline.chosen_line()
        find = next_change if direction > 0 else previous_change
        with self._recorder.lock:
            recording = self._recorder.recording
            if recording is None or line is None:
                return
            change = find(recording, self._presenter.position_ms, line.person_id)
        if change is not None:
            self._presenter.pause()
            self._presenter.seek(change.start_ms)

    def _on_mark_moved(self, number: int, ms: float) -> None:
        self._replace_mark(number, ms, None)

    def _on_mark_named(self, number: int, text: str) -> None:
        self._replace_mark(number, None, text)

    def _replace_mark(self, number: int, ms: float | None, text: str | None) -> None:
        old = next((m for m in self._recorder.edits.markers if m.number == number), None)
        if old is None:
            return

        moment = old.timestamp_ms if ms is None else ms
        words = old.text if text is None else text
        self.edit(lambda edits: edits.change_marker(number, moment, old.kind, words))

    # --- showing ---------------------------------------------------------------------------

    def _look(self) -> None:
        """Ask for another overview when something was recorded since the last one."""
        recording = self._recorder.recording
        size = 0 if recording is None else len(recording) + len(recording.faces)
        if size != self._size:
            self._size = size
            self._curves.ask()
        self._panel.describe(self._presenter.position_ms)

    def _on_failed(self, sentence: str, _details: str) -> None:
        self._tab.show_message(sentence)

    def _on_built(self, overview: Overview) -> None:
        if overview.generation != self._recorder.generation:
            return
        self.overview = overview
        self._panel.set_data(overview.data, overview.changed)
        self.overview_changed.emit(overview)

    def shown(self, ready: ReadyFrame) -> FrameResult:
        """Return what was found in a frame, as the user wants to see it."""
        return edited(ready.result, self._recorder.edits)

    def _on_frame_due(self, ready: ReadyFrame) -> None:
        self._panel.timeline.set_position(ready.timestamp_ms, follow=self._presenter.playing)

    def _show_annotations(self) -> None:
        edits = self._recorder.edits
        excluded = [ExcludedRange(start, end) for start, end in edits.excluded]
        if self._exclude_from is not None:
            excluded.append(ExcludedRange(self._exclude_from, self._exclude_from))
        markers = [Marker(m.number, m.timestamp_ms, m.text) for m in edits.markers]
        self._panel.set_annotations(markers, excluded)
