"""Signals and widgets of the Player's page, declared apart from what they do."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtGui import QDropEvent
from PyQt5.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QWidget,
)

from trainer.inference.suffixes import VIDEO_SUFFIXES
from ui.finding_panel import FindingPanel
from ui.people_panel import PeoplePanel
from ui.player_timeline_panel import PlayerTimelinePanel
from ui.steadiness_panel import SteadinessPanel
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.face_panel import FacePanel
from ui.widgets.loop_button import LoopButton
from ui.widgets.model_button import ModelButton
from ui.widgets.offer_banner import OfferBanner
from ui.widgets.seek_bar import SeekBar
from ui.widgets.speed_button import SpeedButton
from ui.widgets.video_view import VideoView

_DATASET_SUFFIXES = (".csv", ".gz", ".zip")
_LOOKED_AT = 500

BUTTON_ICONS: dict[str, str] = {
    "open_button": "player-open",
    "camera_button": "player-camera",
    "start_button": "player-start",
    "end_button": "player-end",
    "step_back_button": "player-step-back",
    "step_forward_button": "player-step-forward",
    "stop_button": "player-stop",
    "loop_button": "player-loop",
    "boxes_button": "player-boxes",
    "snapshot_button": "player-snapshot",
    "full_screen_button": "player-full-screen",
}
"""Signs of the buttons, but for play, which changes."""


class PlayerTabBase(QWidget):
    """The Player's page.

    Signals:
        open_requested, sample_requested, camera_requested: Choose what to play.
        path_requested: (Path) A file was dropped, or picked from the recent ones.
        many_requested: (list of Path) Several files, or a folder of them, were dropped.
        play_toggled, stop_requested: Transport.
        file_step_requested: (1 or -1) Open the next or previous file of the folder.
        step_requested: (frames) Step while paused; negative is back.
        jump_requested: (frames when paused, ms when playing) An arrow key.
        seek_by_requested: (ms) Relative seek.
        seek_requested: (ms) Seek; infinity is the end.
        drag_started, drag_finished: The seek bar is being dragged.
        speed_requested: (factor) Play at this speed.
        loop_changed: (on) Start again at the end, or not.
        snapshot_requested: Save the picture shown.
        save_session_requested: Save what was found.
        undo_requested, redo_requested: The last change of labels, names, marks, stretches.
        retry_requested: Try again what failed.
        view_resized: (width, height) Device pixels to scale frames to.
        frame_painted: The frame given last is on the screen.
        face_selected: (person id) Follow this person; 0 is the largest face.
        label_requested: (class name) Say what the selected face shows; "" takes it back.
        face_menu_requested: (person id, QPoint on the screen) Offer the labels of a face.
    """

    open_requested = pyqtSignal()
    sample_requested = pyqtSignal()
    camera_requested = pyqtSignal()
    path_requested = pyqtSignal(Path)
    many_requested = pyqtSignal(list)
    play_toggled = pyqtSignal()
    stop_requested = pyqtSignal()
    step_requested = pyqtSignal(int)
    file_step_requested = pyqtSignal(int)
    jump_requested = pyqtSignal(int, float)
    seek_by_requested = pyqtSignal(float)
    seek_requested = pyqtSignal(float)
    drag_started = pyqtSignal()
    drag_finished = pyqtSignal()
    speed_requested = pyqtSignal(float)
    loop_changed = pyqtSignal(bool)
    snapshot_requested = pyqtSignal()
    save_session_requested = pyqtSignal()
    undo_requested = pyqtSignal()
    redo_requested = pyqtSignal()
    retry_requested = pyqtSignal()
    view_resized = pyqtSignal(int, int)
    frame_painted = pyqtSignal()
    face_selected = pyqtSignal(int)
    label_requested = pyqtSignal(str)
    face_menu_requested = pyqtSignal(int, object)

    message_banner: QFrame
    message_label: QLabel
    retry_button: QPushButton
    open_other_button: QPushButton
    dismiss_button: QPushButton
    offer_banner: OfferBanner
    pages: QStackedWidget
    empty_page: QWidget
    empty_card: QFrame
    empty_icon: QLabel
    empty_open_button: QPushButton
    empty_sample_button: QPushButton
    empty_camera_button: QPushButton
    player_page: QWidget
    stage_holder: QWidget
    stage: QWidget
    video_view: VideoView
    seek_bar: SeekBar
    position_label: QLabel
    duration_label: QLabel
    open_button: QToolButton
    camera_button: QToolButton
    start_button: QToolButton
    step_back_button: QToolButton
    play_button: QToolButton
    step_forward_button: QToolButton
    end_button: QToolButton
    stop_button: QToolButton
    speed_button: SpeedButton
    loop_button: LoopButton
    boxes_button: QToolButton
    snapshot_button: QToolButton
    full_screen_button: QToolButton
    more_button: QToolButton
    side_panel: QFrame
    side_tabs: QTabWidget
    face_panel: FacePanel
    people_panel: PeoplePanel
    steadiness_panel: SteadinessPanel
    finding_panel: FindingPanel
    timeline_panel: PlayerTimelinePanel
    cadence_label: QLabel
    status_label: ElidedLabel
    model_button: ModelButton


def dropped_paths(event: QDropEvent) -> list[Path]:
    """Return the files dropped, or a folder of videos; none for a data set: the window takes it."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    if not paths or paths[0].suffix.lower() in _DATASET_SUFFIXES:
        return []
    if paths[0].is_dir() and len(paths) == 1 and not _holds_videos(paths[0]):
        return []
    return paths


def _holds_videos(folder: Path) -> bool:
    """Whether there is a video among the first entries; photos may be a data set."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in islice(entries, _LOOKED_AT)]
    except OSError:
        return False
    return any(Path(name).suffix.lower() in VIDEO_SUFFIXES for name in names)
