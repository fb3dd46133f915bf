"""The Player: connects its tab with the playback worker."""

from __future__ import annotations

import logging
import math
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QObject, Qt, QTimer, pyqtSignal
from PyQt5.QtWidgets import QAction

from app.controllers.agreement import AgreementController
from app.controllers.batch import BatchController
from app.controllers.playback_stats import PlaybackStats
from app.controllers.player_camera import CameraChooser
from app.controllers.player_display import PlayerDisplay
from app.controllers.player_files import SnapshotSaver, choose_media
from app.controllers.player_folder import FolderWalk
from app.controllers.player_model import ModelChooser
from app.controllers.player_recording import CameraRecorder
from app.controllers.player_tools import PlayerTools
from app.controllers.presenter import FramePresenter
from app.paths import settings_file
from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.media import MediaInfo, ModelDescription
from app.workers.playback import PlaybackServices, PlaybackWorker
from resources import resource_path
from trainer.inference.camera_backend import CameraInfo, list_cameras
from ui.player_tab import PlayerTab

log = logging.getLogger(__name__)

_TURN_MS = 4  # between the parts of opening, so that the window answers in between

CameraOrder = tuple[int, str, tuple[int, int] | None]  # index, name ("": none), size in pixels


class PlayerController(QObject):
    """Opens files and cameras and plays them in a :class:`PlayerTab`.

    Attributes:
        stats: Figures since the media was opened.
        batch: Many files, one after another.
        agreement: A person's coding beside the model's labels.
        camera_recorder: Writes a camera to disk when asked to.

    Signals:
        opened: (title) A file or camera was opened.
        failed: (sentence) Opening or playing failed, or a model was refused.
        frame_shown: (FrameResult) What was found in the frame that was just shown.
        model_changed: (ModelDescription) Another model is in use.
        recent_changed: The list of recent files changed.
        playing_changed: (playing) Playing began or stopped.
        snapshot_saved: (Path) A picture was written.
        dataset_requested: (Path) The user wants this data set opened.
        document_changed: (title, unsaved) For the window's title; "" when nothing is open.
    """

    opened = pyqtSignal(str)
    failed = pyqtSignal(str)
    frame_shown = pyqtSignal(object)
    model_changed = pyqtSignal(object)
    recent_changed = pyqtSignal()
    playing_changed = pyqtSignal(bool)
    snapshot_saved = pyqtSignal(Path)
    dataset_requested = pyqtSignal(Path)
    document_changed = pyqtSignal(str, bool)

    def __init__(
        self,
        tab: PlayerTab,
        settings: Settings | None = None,
        parent: QObject | None = None,
        *,
        services: PlaybackServices | None = None,
        find_cameras: Callable[[], Sequence[CameraInfo]] = list_cameras,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._settings = settings or Settings(settings_file())
        self.stats = PlaybackStats()
        services = services or PlaybackServices()
        self._worker = PlaybackWorker(services)
        self._thread = WorkerThread(self._worker)
        self.presenter = FramePresenter(self._worker, self.stats, self)
        self._models = ModelChooser(tab, self._settings, self)
        self._worker.first_model = self._models.remembered()
        self._models.chosen.connect(self.set_model)
        self.presenter.frame_due.connect(self._models.watch)
        self._cameras = CameraChooser(
            tab,
            self._settings,
            find_cameras,
            self,
            open_camera=services.open_camera,
            playing=lambda: camera[0] if (camera := self.camera()) is not None else -1,
        )
        self._model: ModelDescription | None = None
        self._play_when_changed = False
        self._retry: Callable[[], None] | None = None
        self._opening: Path | None = None
        self._opened_as = 0  # generation of the last order to open or close
        self._camera: CameraOrder | None = None  # what was opened last, if that was a camera
        self._preparing = QTimer(self)
        self._preparing.setSingleShot(True)
        self._preparing.timeout.connect(self._prepare)
        self._snapshots = SnapshotSaver(tab, self._settings, self)
        self._snapshots.saved.connect(self.snapshot_saved)
        self.display = PlayerDisplay(tab, self.presenter, self.stats, self._worker, self)
        self.display.frame_shown.connect(self.frame_shown)
        self.tools = PlayerTools(
            tab, self.presenter, self._worker, self.display, services, self._settings, self
        )
        self.tools.sessions.changed.connect(self.document_changed)
        self.tools.correction_windows.dataset_requested.connect(self.dataset_requested)
        self.tools.correction_windows.model_requested.connect(self.use_model)
        self.batch = BatchController(tab, self._settings, self._models.path, self)
        self.batch.open_requested.connect(self.open_file)
        self.agreement = AgreementController(
            tab, self._settings, self._worker.recorder, lambda: self.presenter.position_ms, self
        )
        self.agreement.seek_requested.connect(self.seek)
        self.camera_recorder = CameraRecorder(tab, self._worker, self._settings, self)
        self.folder = FolderWalk(tab, self.presenter, self._settings, self.open_file, self)
        self._add_tools()
        self._connect_worker()
        self._connect_tab()
        tab.set_recent(self.recent_files())
        self._worker.set_view_size(*tab.video_view.pixel_size())
        self._thread.start()

    def _add_tools(self) -> None:
        many = QAction(self.tr("Many files…"), self)
        many.triggered.connect(lambda _on: self.batch.show())
        coding = QAction(self.tr("Compare with a coding…"), self)
        coding.triggered.connect(lambda _on: self.agreement.show())
        for action in (many, coding, self.camera_recorder.action):
            self._tab.add_tool(action)

    def _connect_worker(self) -> None:
        worker = self._worker
        worker.opened.connect(self._on_opened)
        worker.media_failed.connect(self._on_failed)
        worker.warned.connect(self._on_warned)
        worker.model_changed.connect(self._on_model_changed)
        worker.model_failed.connect(self._on_model_failed)
        self.presenter.playing_changed.connect(self._on_playing_changed)
        self._cameras.chosen.connect(
            lambda index, name: self.open_camera(index, name, self._cameras.size)
        )
        self._cameras.open_file_requested.connect(self.choose_file)

    def _connect_tab(self) -> None:
        tab, presenter = self._tab, self.presenter
        tab.open_requested.connect(self.choose_file)
        tab.sample_requested.connect(self.open_sample)
        tab.camera_requested.connect(self._cameras.show)
        tab.path_requested.connect(self.open_file)
        tab.many_requested.connect(self.batch.show)
        tab.play_toggled.connect(presenter.toggle)
        tab.stop_requested.connect(self.stop)
        tab.step_requested.connect(presenter.step)
        tab.jump_requested.connect(self._on_jump_requested)
        tab.seek_by_requested.connect(self._seek_by)
        tab.seek_requested.connect(self.seek)
        tab.drag_started.connect(lambda: presenter.set_dragging(True))
        tab.drag_finished.connect(lambda: presenter.set_dragging(False))
        tab.speed_requested.connect(self.set_speed)
        tab.loop_changed.connect(self._on_loop_changed)
        tab.snapshot_requested.connect(self._on_snapshot_requested)
        tab.retry_requested.connect(self._on_retry_requested)
        tab.frame_painted.connect(presenter.painted)

    # --- opening ---------------------------------------------------------------------------

    def open_file(self, path: Path) -> None:
        """Open a video or photo, or the first one of a folder; a model (``.onnx``) is used."""
        path = Path(path)
        if path.is_dir():
            self.folder.open(path)
            return
        if path.suffix.lower() == ".onnx":
            self.set_model(path)
            return
        self._begin(lambda: self.open_file(path))
        self._opening = path
        self._worker.open_file(self.presenter.generation, path)

    def return_to(self, path: Path, position_ms: float, *, playing: bool) -> None:
        """Open a file where another window showed it."""

        def go_on(_title: str) -> None:
            self.opened.disconnect(go_on)
            info = self.presenter.info
            if info is None or info.path != path:
                return  # something else was opened meanwhile
            if not playing:
                self.pause()
            self.seek(position_ms)

        self.opened.connect(go_on)
        self.open_file(path)

    def open_sample(self) -> None:
        """Play the clip that comes with Mien."""
        self.open_file(resource_path("media", "sample.mp4"))

    def open_camera(self, index: int, name: str = "", size: tuple[int, int] | None = None) -> None:
        """Open a camera by its index, in a wanted size (pixels) or its usual one."""
        title = name or self.tr("Camera {number}").format(number=index + 1)
        self._begin(lambda: self.open_camera(index, title, size))
        self._camera = (index, name, size)
        self._worker.open_camera(self.presenter.generation, index, title, size)

    def is_open(self) -> bool:
        """Whether a file or camera is open."""
        return self.presenter.info is not None

    def camera(self) -> CameraOrder | None:
        """Return what :meth:`open_camera` was given for the camera that is open, else None."""
        return self._camera if self.is_open() else None

    def set_model(self, path: Path) -> None:
        """Analyse with another ONNX model; the one before stays if this one is refused."""
        self.tools.sessions.save()  # what the network before found
        self._worker.set_model(path)

    def use_model(self, path: Path, play: bool) -> None:
        """Analyse with another model; what is open is played from its start if so wished."""
        self._play_when_changed = play
        self.set_model(path)

    def choose_file(self) -> None:
        """Ask for a video or photo."""
        chosen = choose_media(self._tab, self._settings)
        if chosen is not None:
            self.open_file(chosen)

    def recent_files(self) -> list[Path]:
        """Return the files opened last that still exist, newest first."""
        return [path for path in self._settings.recent_media if os.path.exists(path)]

    def shutdown(self) -> None:
        """Stop playing, release file and camera, join the threads."""
        self.display.stop()
        self._tab.leave_full_screen()
        self._cameras.shutdown()
        self.batch.shutdown()
        self.agreement.shutdown()
        self.presenter.begin()
        self.tools.shutdown()
        self._snapshots.shutdown()
        self._thread.stop_and_wait()

    # --- transport -------------------------------------------------------------------------

    def play(self) -> None:
        """Play on."""
        self.presenter.play()

    def pause(self) -> None:
        """Stay on the frame shown."""
        self.presenter.pause()

    def stop(self) -> None:
        """Go back to the start; a camera is released."""
        info = self.presenter.info
        if info is None:
            return
        if info.kind == "video":
            self.presenter.pause()
            self.presenter.seek(0.0)
            return
        self.close_media()

    def close_media(self) -> None:
        """Release what is open and show the first page."""
        self.tools.close()
        self.camera_recorder.media_changed(None)
        self._opened_as = self.presenter.begin()
        self._worker.close_media(self._opened_as)
        self.display.stop()
        self._tab.show_empty()

    def seek(self, timestamp_ms: float) -> None:
        """Show the frame of this time; infinity is the last one."""
        duration = self.presenter.duration_ms
        self.presenter.seek(duration if math.isinf(timestamp_ms) else timestamp_ms)
        self._tab.show_position(self.presenter.position_ms, exact=True)

    def set_speed(self, speed: float) -> None:
        """Play faster or slower than real time."""
        self.presenter.set_speed(speed)
        self._tab.set_speed(speed)

    def _seek_by(self, ms: float) -> None:
        self.seek(self.presenter.position_ms + ms)

    def _on_jump_requested(self, frames: int, ms: float) -> None:
        if self.presenter.playing:
            self._seek_by(ms)
        else:
            self.presenter.step(frames)

    def _on_loop_changed(self, loop: bool) -> None:
        self.presenter.loop = loop

    # --- from the worker -------------------------------------------------------------------

    def _begin(self, retry: Callable[[], None]) -> None:
        self._retry = retry
        self._opening = None
        self._camera = None
        self._tab.clear_message()
        self.stats.reset()
        self.tools.close()
        self._opened_as = self.presenter.begin()

    def _on_opened(self, generation: int, info: MediaInfo) -> None:
        if generation != self.presenter.generation:
            return
        self._tab.show_media(info.kind, info.duration_ms)
        self._worker.set_view_size(*self._tab.video_view.pixel_size())
        self.presenter.opened(info, play=info.kind != "photo")
        self._preparing.start(_TURN_MS)

    def _prepare(self) -> None:
        """Do what comes before the first frame but need not hold up the page that appears."""
        info = self.presenter.info
        if info is None:
            return  # closed meanwhile, or something else is being opened
        if self._opening is not None and info.path is not None:
            self._settings.remember_media(info.path.resolve())
            self._tab.set_recent(self.recent_files())
            self.recent_changed.emit()
        self.display.start()
        self.tools.open(info)
        self.agreement.media_changed()
        self.camera_recorder.media_changed(info)
        self._tab.setFocus(Qt.OtherFocusReason)
        self.opened.emit(info.title)

    def _on_failed(self, generation: int, sentence: str, _details: str) -> None:
        if generation < self._opened_as:
            return  # something else was opened in its place meanwhile
        self.tools.close()
        self.camera_recorder.media_changed(None)
        self.presenter.begin()
        self.display.stop()
        self._tab.show_empty()
        self._tab.show_message(sentence, retry=self._retry is not None, other=True)
        self.failed.emit(sentence)

    def _on_warned(self, sentence: str) -> None:
        self._tab.show_message(sentence, level="warning", other=True)

    def _on_model_changed(self, model: ModelDescription) -> None:
        self._model = model
        self.tools.model_changed(model.path)
        self._models.used(model.path)
        self.presenter.analyse_again()
        self.display.set_model(model)
        self.model_changed.emit(model)
        again, self._play_when_changed = self._play_when_changed, False
        if again and self.is_open():
            self.seek(0.0)
            self.play()

    def _on_model_failed(self, sentence: str, _details: str) -> None:
        kept = ""
        if self._model is not None:
            kept = " " + self.tr("The model used before stays.")
        self._tab.show_message(sentence + kept)
        self.failed.emit(sentence)

    def _on_retry_requested(self) -> None:
        if self._retry is not None:
            self._retry()

    # --- showing ---------------------------------------------------------------------------

    def _on_playing_changed(self, playing: bool) -> None:
        self._tab.set_playing(playing)
        self.display.settle(playing)
        self.playing_changed.emit(playing)

    def save_snapshot(self, path: Path) -> None:
        """Write the frame shown in full resolution, with the boxes if they are shown."""
        if self.presenter.current is not None:
            self._snapshots.save(self.presenter.current, path)

    def _on_snapshot_requested(self) -> None:
        if self.presenter.current is not None and self.presenter.info is not None:
            self._snapshots.ask(self.presenter.current, self.presenter.info.title)
