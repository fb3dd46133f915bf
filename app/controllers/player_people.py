"""The list of people: names, merging, leaving out, and their faces."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

from PyQt5.QtCore import QObject, QTimer, pyqtSignal

from app.controllers.player_timeline import TimelineController
from app.controllers.presenter import FramePresenter
from app.workers.base import WorkerThread
from app.workers.curves import Overview
from app.workers.media import MediaInfo, MediaSource
from app.workers.playback import PlaybackWorker
from app.workers.shot_finder import ShotFinder
from trainer.inference.recording_edits import RecordingEdits
from trainer.inference.recording_views import frames_side_by_side
from ui.formats import count
from ui.player_tab import PlayerTab
from ui.tables.people_model import PersonRow, Picture
from ui.widgets.face_panel import find_face

_LOOK_MS = 500
_MOST_TOGETHER = 5  # frames: a track may stray to somebody else for a moment
_MOST_FACES = 60  # read anew from a video that was analysed earlier


class PeopleController(QObject):
    """Connects the list with the recording; everything it changes can be undone.

    Signals:
        renumbered: Faces proved to belong to somebody known and have other numbers now.
    """

    renumbered = pyqtSignal()

    def __init__(
        self,
        tab: PlayerTab,
        presenter: FramePresenter,
        worker: PlaybackWorker,
        timeline: TimelineController,
        open_media: Callable[[Path], MediaSource],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._panel = tab.people_panel
        self._presenter = presenter
        self._recorder = worker.recorder
        self._shots = worker.shots
        self._timeline = timeline
        self._open_media = open_media
        self._people: dict[int, PersonRow] = {}
        self._path: Path | None = None
        self._looked_for: set[int] = set()
        self._renamed = 0
        self._revision = -1
        self._finder: ShotFinder | None = None
        self._thread: WorkerThread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        panel = self._panel
        panel.set_pictures(self._picture_of)
        panel.chosen.connect(self._on_chosen)
        panel.first_requested.connect(self.go_to_first)
        panel.renamed.connect(lambda number, name: self._edit(lambda e: e.rename(number, name)))
        panel.merged.connect(self._on_merged)
        panel.deleted.connect(self._on_deleted)
        tab.face_selected.connect(panel.set_chosen)
        timeline.overview_changed.connect(self._on_overview)
        timeline.edited.connect(self._show_edits)
        presenter.playing_changed.connect(self._on_playing_changed)

    def open(self, info: MediaInfo) -> None:
        """Something was opened; people are listed for videos."""
        self._path = info.path if info.kind == "video" else None
        self._looked_for = set()
        self._renamed = 0
        self._people = {}
        self._panel.show_people((), ())
        self._show_edits()
        self._timer.start()

    def close(self) -> None:
        """Nothing is open."""
        self._timer.stop()
        self._path = None
        if self._thread is not None:
            self._thread.stop_and_wait()
            self._finder = self._thread = None

    def go_to_first(self, number: int) -> None:
        """Show the person's first frame."""
        row = self._people.get(number)
        if row is not None and not row.deleted:
            self._presenter.pause()
            self._presenter.seek(row.first_ms)
            self._tab.select_face(number)

    # --- the user --------------------------------------------------------------------------

    def _on_chosen(self, number: int) -> None:
        row = self._people.get(number)
        if row is None or row.deleted:
            return
        self._tab.select_face(number)
        current = self._presenter.current
        if current is None or self._presenter.playing:
            return
        shown = self._timeline.shown(current)
        if find_face(shown, number) is None:  # else one would look at somebody else
            self._presenter.seek(row.first_ms)

    def _edit(self, change: Callable[[RecordingEdits], object]) -> None:
        self._timeline.edit(change)

    def _on_merged(self, numbers: list[int]) -> None:
        into, *others = numbers
        apart = self._seen_apart(numbers)
        if apart is not None:
            one, other, frames = apart
            text = self.tr(
                "{one} and {other} are seen beside each other in {count} frames; they cannot be "
                "one person."
            )
            name = self._recorder.edits.name_of
            self._tab.toast.show_notice(
                text.format(one=name(one), other=name(other), count=count(frames))
            )
            return
        for number in others:
            self._edit(lambda edits, one=number: edits.merge(one, into))  # type: ignore[misc]
        self._tab.select_face(into)

    def _seen_apart(self, numbers: list[int]) -> tuple[int, int, int] | None:
        """Return two of the people who stand beside each other, and in how many frames."""
        with self._recorder.lock:
            recording = self._recorder.recording
            if recording is None:
                return None
            for one, other in combinations(numbers, 2):
                frames = frames_side_by_side(recording, one, other)
                if frames > _MOST_TOGETHER:
                    return one, other, frames
        return None

    def _on_deleted(self, number: int, out: bool) -> None:
        self._edit(lambda edits: edits.delete(number) if out else edits.restore(number))
        if out and self._tab.selected_id == number:
            self._tab.select_face(0)

    # --- showing ---------------------------------------------------------------------------

    def _on_overview(self, overview: Overview) -> None:
        self._people = {row.number: row for row in overview.people}
        self._panel.show_people(overview.people, overview.data.class_names)
        self._follow_renamed()
        self._find_faces()

    def _follow_renamed(self) -> None:
        """Keep the chosen person chosen when two numbers became one."""
        with self._recorder.lock:
            recording = self._recorder.recording
            renamed = {} if recording is None else dict(recording.renamed)
        if len(renamed) == self._renamed:
            return
        self._renamed = len(renamed)
        chosen = self._tab.selected_id
        if chosen in renamed:
            self._tab.select_face(renamed[chosen])
        self.renumbered.emit()

    def _show_edits(self) -> None:
        edits = self._recorder.edits
        self._panel.set_can_undo(edits.can_undo)
        self._tab.set_names(dict(edits.names))

    def _picture_of(self, number: int) -> Picture | None:
        edits = self._recorder.edits
        tracks = (track for track in self._shots.tracks() if edits.person_of(track) == number)
        return self._shots.best_of(tracks)

    def _look(self) -> None:
        if self._shots.revision != self._revision:
            self._revision = self._shots.revision
            self._panel.model.refresh_pictures()

    def _find_faces(self) -> None:
        """Read the faces of people that were found in an earlier session."""
        if self._path is None or self._presenter.playing or self._thread is not None:
            return
        missing = [
            number
            for number in list(self._people)[:_MOST_FACES]
            if number not in self._looked_for and self._picture_of(number) is None
        ]
        if not missing:
            return
        self._looked_for.update(missing)
        finder = ShotFinder(
            self._path, tuple(missing), self._recorder, self._shots, self._open_media
        )
        self._finder, self._thread = finder, WorkerThread(finder, self)
        self._thread.finished.connect(self._on_found_all)
        self._thread.start()

    def _on_found_all(self) -> None:
        self._finder = self._thread = None

    def _on_playing_changed(self, playing: bool) -> None:
        if self._finder is not None:
            self._finder.set_resting(playing)
