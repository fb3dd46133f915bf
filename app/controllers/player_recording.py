"""Recording a camera: only when asked for, with a notice once and a red sign all the time."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QObject, QStandardPaths
from PyQt5.QtWidgets import QAction, QCheckBox, QMessageBox

from app.settings import Settings
from app.workers.media import MediaInfo
from app.workers.playback import PlaybackWorker
from ui.player_tab import PlayerTab
from ui.widgets.recording_badge import RecordingBadge

_NOTICE_KEY = "player/recording_notice_accepted"
_FOLDER_KEY = "player/recordings_folder"


class CameraRecorder(QObject):
    """Owns the entry in the menu and the sign.

    Attributes:
        action: Starts and stops; enabled while a camera is open.
        badge: The sign.
    """

    def __init__(
        self,
        tab: PlayerTab,
        worker: PlaybackWorker,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._worker = worker
        self._settings = settings
        self._notice: QMessageBox | None = None
        self.action = QAction(self.tr("Record the camera…"), self)
        self.action.setEnabled(False)
        self.action.triggered.connect(lambda _on: self.toggle())
        self.badge = RecordingBadge(tab.video_view)
        self.badge.stop_requested.connect(self.stop)
        worker.live.began.connect(self._on_began)
        worker.live.ended.connect(self._on_ended)

    def media_changed(self, info: MediaInfo | None) -> None:
        """Something else is open, or nothing."""
        self.action.setEnabled(info is not None and info.kind == "camera")

    @property
    def is_recording(self) -> bool:
        """Whether the sign is shown."""
        return not self.badge.isHidden()

    @property
    def folder(self) -> Path:
        """Where recordings go."""
        value = str(self._settings.qt.value(_FOLDER_KEY, ""))
        if value:
            return Path(value)
        movies = QStandardPaths.writableLocation(QStandardPaths.MoviesLocation)
        return Path(movies or Path.home()) / "Mien"

    def toggle(self) -> None:
        """Start, after the notice the first time, or stop."""
        if self.is_recording:
            self.stop()
        elif str(self._settings.qt.value(_NOTICE_KEY, "false")).lower() == "true":
            self._start()
        else:
            self._ask()

    def stop(self) -> None:
        """Stop recording; the camera goes on."""
        self.badge.setEnabled(False)
        self._worker.record(None)

    def _start(self) -> None:
        self._worker.record(self.folder)

    def _ask(self) -> None:
        box = QMessageBox(self._tab.window())
        box.setIcon(QMessageBox.Warning)
        box.setWindowTitle(self.tr("Record the camera"))
        box.setText(self.tr("From now on the pictures are stored."))
        box.setInformativeText(
            self.tr(
                "The video and what the network finds in it are written to {folder} on this "
                "computer; nothing is sent. Record people only with their consent, tell them what "
                "the recording is for, and delete it when they ask. A red sign stays over the "
                "picture as long as it is recorded."
            ).format(folder=self.folder)
        )
        # With a parent: PyQt would delete it at the end of this function, under the box.
        agreed = QCheckBox(self.tr("&Everybody in the picture has agreed to be recorded"), box)
        box.setCheckBox(agreed)
        record = box.addButton(self.tr("Record"), QMessageBox.AcceptRole)
        record.setObjectName("record_button")
        record.setEnabled(False)
        box.setEscapeButton(box.addButton(self.tr("Cancel"), QMessageBox.RejectRole))
        agreed.toggled.connect(record.setEnabled)
        record.clicked.connect(lambda _on: self._on_agreed())
        self._notice = box
        box.open()

    def _on_agreed(self) -> None:
        self._settings.qt.setValue(_NOTICE_KEY, "true")
        self._settings.sync()
        self._start()

    def _on_began(self, _name: str) -> None:
        self.action.setText(self.tr("Stop recording the camera"))
        self.badge.begin()

    def _on_ended(self, sentence: str, is_bad: bool) -> None:
        self.action.setText(self.tr("Record the camera…"))
        self.badge.end()
        self._tab.show_message(sentence, level="error" if is_bad else "info")
