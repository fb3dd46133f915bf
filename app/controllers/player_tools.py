"""What the Player does beside playing: time line, analysis of the whole video, sessions."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QObject
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction

from app.controllers.correction_windows import CorrectionWindows
from app.controllers.player_analysis import WholeVideoAnalysis
from app.controllers.player_corrections import CorrectionsController
from app.controllers.player_display import PlayerDisplay
from app.controllers.player_export import ResultsExporter
from app.controllers.player_finding import FindingController
from app.controllers.player_length import LengthController
from app.controllers.player_loop import LoopControl
from app.controllers.player_people import PeopleController
from app.controllers.player_session import SessionKeeper
from app.controllers.player_steadiness import SteadinessController
from app.controllers.player_timeline import TimelineController
from app.controllers.presenter import FramePresenter
from app.settings import Settings
from app.workers.media import MediaInfo
from app.workers.playback import PlaybackWorker
from app.workers.playback_parts import PlaybackServices
from ui.keys_dialog import KeysDialog, OwnKeys
from ui.player_keys import key_set
from ui.player_tab import PlayerTab


class PlayerTools(QObject):
    """Owns the controllers around the recording.

    Attributes:
        recorder: What was found in the video that is open.
        timeline: The time line and the user's edits.
        analysis: The analysis of the whole video.
        people: The list of people.
        steadiness: The sliders for calm labels.
        finding: The sliders for what counts as a face.
        sessions: Saves what was found.
        corrections: The labels that the user gives faces.
        exporter: Writes what was found to files.
        keys_dialog: Where the keys were changed last.
        correction_windows: The collection of them, and improving the model.
    """

    def __init__(
        self,
        tab: PlayerTab,
        presenter: FramePresenter,
        worker: PlaybackWorker,
        display: PlayerDisplay,
        services: PlaybackServices,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._settings = settings
        self._presenter = presenter
        self.recorder = worker.recorder
        self._model_path: Path | None = None
        self.keys_dialog: KeysDialog | None = None
        self.timeline = TimelineController(tab, presenter, worker, self)
        self.timeline.edited.connect(display.show_again)
        self.analysis = WholeVideoAnalysis(
            tab.timeline_panel, presenter, worker, services, lambda: self._model_path, self
        )
        self.corrections = CorrectionsController(
            tab, presenter, worker.recorder, self.timeline.edit, self
        )
        self.correction_windows = CorrectionWindows(
            tab,
            self.corrections,
            lambda: self._model_path,
            lambda: presenter.info is not None,
            settings,
            self,
        )
        self.analysis.failed.connect(tab.show_message)
        self.analysis.ended.connect(self._on_analysis_ended)
        self.analysis.nothing_to_do.connect(self._on_nothing_to_do)
        self.people = PeopleController(
            tab, presenter, worker, self.timeline, services.open_media, self
        )
        self.people.renumbered.connect(display.labels_changed)
        self.steadiness = SteadinessController(tab, worker, self.timeline, display, settings, self)
        self.finding = FindingController(tab, presenter, worker, self.timeline, settings, self)
        self.loop = LoopControl(tab, presenter, self)
        self.length = LengthController(tab, presenter, worker, self)
        self.length.changed.connect(self.timeline.refresh)
        self.analysis.measured.connect(self.length.decoded)
        self.sessions = SessionKeeper(tab, presenter, worker, self)
        tab.undo_requested.connect(self.undo)
        tab.people_panel.undo_requested.connect(self.undo)
        self.exporter = ResultsExporter(tab, presenter, worker.recorder, settings, self)
        self.exporter.analyse_requested.connect(self.analysis.start)
        tab.redo_requested.connect(self.timeline.redo)
        self._add_tools()
        tab.save_session_requested.connect(lambda: self.sessions.save(asked=True))

    def _add_tools(self) -> None:
        """Put what has no button of its own into the menu of the More button."""
        save = QAction(self.tr("Save the session"), self)
        save.triggered.connect(lambda _on: self.sessions.save(asked=True))
        keys = QAction(self.tr("Keys…"), self)
        keys.triggered.connect(lambda _on: self._show_keys())
        for action in (save, keys):
            self._tab.add_tool(action)
        self._tab.shortcuts.name_in_menu(save, "save_session")
        self._tab.shortcuts.use(key_set(self._settings.boris_keys, self._settings.own_keys))

    def _show_keys(self) -> None:
        window = self._tab.window()
        taken = {
            sequence.toString(QKeySequence.PortableText): action.text().replace("&", "").rstrip("…")
            for action in window.findChildren(QAction)
            if not self._tab.isAncestorOf(action.parentWidget() or window)
            for sequence in action.shortcuts()
        }
        dialog = KeysDialog(self._settings.boris_keys, self._settings.own_keys, taken, window)
        dialog.changed.connect(self._on_keys_changed)
        self.keys_dialog = dialog
        dialog.open()

    def _on_keys_changed(self, boris: bool, own: OwnKeys) -> None:
        self._settings.boris_keys = boris
        self._settings.own_keys = own
        self._tab.shortcuts.use(key_set(boris, own))

    def open(self, info: MediaInfo) -> None:
        """Something was opened."""
        self.timeline.open(info)
        self.length.open(info)
        self.loop.clear()
        self.people.open(info)
        self.steadiness.open()
        self.finding.open()
        self.sessions.open(info)

    def undo(self) -> None:
        """Take the last change back, be it a correction, a name, a mark or a stretch."""
        edits = self.recorder.edits
        if edits.last_step == "correct" or not edits.can_undo:
            self.corrections.undo()  # the face that was kept goes too; or it says there is nothing
        else:
            self.timeline.undo()

    def model_changed(self, path: Path | None) -> None:
        """Another network is in use; what the one before found is gone."""
        self.analysis.end()
        self.corrections.media_changed()
        self._model_path = path
        self.timeline.refresh()

    def _on_analysis_ended(self) -> None:
        self.timeline.refresh()
        self.sessions.save()
        if not self._presenter.playing:
            self._presenter.analyse_again()  # the frame shown may not have been looked at before

    def _on_nothing_to_do(self, whole: bool) -> None:
        text = self.tr("Every frame of this stretch was looked at with this network already.")
        if whole:
            text = self.tr("Every frame was looked at with this network already.")
        self._tab.show_message(text, level="info")

    def close(self) -> None:
        """What is open will be closed."""
        self.exporter.end()
        self.analysis.end()
        self.length.close()
        self.corrections.media_changed()
        self.timeline.close()
        self.people.close()
        self.steadiness.close()
        self.finding.close()
        self.sessions.close()

    def shutdown(self) -> None:
        """Join all threads."""
        self.close()
        self.timeline.shutdown()
        self.steadiness.shutdown()
        self.sessions.shutdown()
        self.correction_windows.shutdown()
        self.corrections.shutdown()
