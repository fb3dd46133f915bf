"""The Player: shows the picture and what was found, and says what the user asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QEvent, QPoint, Qt, QTimer
from PyQt5.QtGui import QDragEnterEvent, QDropEvent
from PyQt5.QtWidgets import QAction, QMenu, QSizePolicy, QWidget

from trainer.inference.types import FrameResult
from ui.icons import icon
from ui.loader import load_ui
from ui.player_labels import label_handlers
from ui.player_shortcuts import PlayerShortcuts
from ui.player_tab_base import BUTTON_ICONS, PlayerTabBase, dropped_paths
from ui.widgets.face_panel import find_face, largest_face
from ui.widgets.full_screen import FullScreenSwitch
from ui.widgets.seek_bar import format_time
from ui.widgets.toast import Toast

_PAINT_AFTER_MS = 10


class PlayerTab(PlayerTabBase):
    """The Player's page; its signals are those of :class:`PlayerTabBase`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("player_tab", self)
        self._playing = False
        self._kind = ""
        self._selected_id = 0  # 0: the largest face of each frame
        self._result: FrameResult | None = None
        self._full_screen = FullScreenSwitch(
            self.stage, self.stage_holder, lambda window: self.shortcuts.install(window)
        )
        self._full_screen.changed.connect(self._on_full_screen_changed)
        for label in (self.position_label, self.duration_label):
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance("00:00:00.0"))
        self.position_label.setAlignment(Qt.AlignRight | Qt.AlignVCenter)
        self.cadence_label.setSizePolicy(QSizePolicy.Maximum, QSizePolicy.Fixed)
        # As high as the badge, so that the picture keeps its size when the badge comes.
        self.status_label.setMinimumHeight(self.cadence_label.sizeHint().height() + 6)
        self.cadence_label.hide()
        self.message_banner.hide()
        self._recent_menu = QMenu(self)
        self._more_menu = QMenu(self)
        self.more_button.setMenu(self._more_menu)
        self.more_button.hide()
        self.open_button.setMenu(self._recent_menu)
        # The theme's own frame around the arrow would look like a second, empty button.
        self.open_button.setStyleSheet(
            "QToolButton { padding-right: 18px; }"
            "QToolButton::menu-button { border: 0; width: 16px; }"
        )
        self.side_tabs.tabBar().setProperty("pages", True)
        self.side_tabs.tabBar().setProperty("narrow", True)  # four in a narrow column
        self.empty_card.setSizePolicy(QSizePolicy.Preferred, QSizePolicy.Maximum)
        self.toast = Toast(self.video_view)
        self._set_icons()
        self._connect()
        self._handlers = self._key_handlers()
        self.shortcuts = PlayerShortcuts(
            self,
            self._handlers,
            {
                self.play_button: ("play",),
                self.boxes_button: ("boxes",),
                self.snapshot_button: ("snapshot",),
                self.timeline_panel.previous_button: ("change_back",),
                self.timeline_panel.next_button: ("change_forward",),
                self.timeline_panel.zoom_in_button: ("zoom_in",),
                self.timeline_panel.zoom_out_button: ("zoom_out",),
                self.timeline_panel.zoom_all_button: ("zoom_all",),
                self.start_button: ("start",),
                self.end_button: ("end",),
                self.step_back_button: ("frame_back",),
                self.step_forward_button: ("frame_forward",),
                self.speed_button: ("slower", "faster", "normal_speed"),
            },
        )
        self.set_recent([])
        self.show_empty()

    def _connect(self) -> None:
        for button, signal in (
            (self.empty_open_button, self.open_requested),
            (self.empty_sample_button, self.sample_requested),
            (self.empty_camera_button, self.camera_requested),
            (self.open_button, self.open_requested),
            (self.camera_button, self.camera_requested),
            (self.play_button, self.play_toggled),
            (self.stop_button, self.stop_requested),
            (self.snapshot_button, self.snapshot_requested),
            (self.retry_button, self.retry_requested),
            (self.open_other_button, self.open_requested),
        ):
            button.clicked.connect(partial(self._emit, signal))
        self.step_back_button.clicked.connect(lambda _on: self.step_requested.emit(-1))
        self.step_forward_button.clicked.connect(lambda _on: self.step_requested.emit(1))
        self.start_button.clicked.connect(lambda _on: self.seek_requested.emit(0.0))
        self.end_button.clicked.connect(lambda _on: self.seek_requested.emit(float("inf")))
        self.full_screen_button.clicked.connect(lambda _on: self.toggle_full_screen())
        self.dismiss_button.clicked.connect(lambda _on: self.clear_message())
        self.speed_button.speed_requested.connect(self.speed_requested)
        self.loop_button.toggled.connect(self.loop_changed)
        self.boxes_button.toggled.connect(self.video_view.set_boxes_visible)
        self.seek_bar.seek_requested.connect(self.seek_requested)
        self.seek_bar.drag_started.connect(self.drag_started)
        self.seek_bar.drag_finished.connect(self.drag_finished)
        self.video_view.pixel_size_changed.connect(self.view_resized)
        self.video_view.painted.connect(self.frame_painted)
        self.video_view.double_clicked.connect(self.toggle_full_screen)
        self.video_view.face_clicked.connect(self.select_face)
        self.video_view.menu_requested.connect(self._on_menu_requested)
        line = self.timeline_panel
        line.seek_requested.connect(self.seek_requested)
        line.drag_started.connect(self.drag_started)
        line.drag_finished.connect(self.drag_finished)

    @staticmethod
    def _emit(signal: object, _checked: bool = False) -> None:
        signal.emit()  # type: ignore[attr-defined]

    def _key_handlers(self) -> dict[str, Callable[[], None]]:
        return {
            "play": self.play_toggled.emit,
            "frame_back": lambda: self.step_requested.emit(-1),
            "frame_forward": lambda: self.step_requested.emit(1),
            "left": lambda: self.jump_requested.emit(-1, -5000.0),
            "right": lambda: self.jump_requested.emit(1, 5000.0),
            "far_left": lambda: self.jump_requested.emit(-10, -1000.0),
            "far_right": lambda: self.jump_requested.emit(10, 1000.0),
            "minute_forward": lambda: self.seek_by_requested.emit(60_000.0),
            "minute_back": lambda: self.seek_by_requested.emit(-60_000.0),
            "ten_forward": lambda: self.seek_by_requested.emit(10_000.0),
            "ten_back": lambda: self.seek_by_requested.emit(-10_000.0),
            "next_file": lambda: self.file_step_requested.emit(1),
            "previous_file": lambda: self.file_step_requested.emit(-1),
            "start": lambda: self.seek_requested.emit(0.0),
            "end": lambda: self.seek_requested.emit(float("inf")),
            "slower": lambda: self.speed_button.request_next(-1),
            "faster": lambda: self.speed_button.request_next(1),
            "normal_speed": lambda: self.speed_requested.emit(1.0),
            "half_speed": lambda: self.speed_button.request_factor(0.5),
            "double_speed": lambda: self.speed_button.request_factor(2.0),
            "loop": self.loop_button.toggle,
            "loop_points": lambda: self.loop_button.point_requested.emit("next"),
            "boxes": self.boxes_button.toggle,
            "snapshot": self.snapshot_requested.emit,
            "undo": self.undo_requested.emit,
            "redo": self.redo_requested.emit,
            "save_session": self.save_session_requested.emit,
            "full_screen": self.toggle_full_screen,
            "escape": self.leave_full_screen,
            "next_face": self.select_next_face,
            "change_back": self.timeline_panel.previous_button.click,
            "change_forward": self.timeline_panel.next_button.click,
            "mark": self.timeline_panel.marker_button.click,
            "exclude": self.timeline_panel.exclude_toggled.emit,
            "zoom_in": self.timeline_panel.zoom_in_button.click,
            "zoom_out": self.timeline_panel.zoom_out_button.click,
            "zoom_all": self.timeline_panel.zoom_all_button.click,
            **label_handlers(self.label_requested.emit),
        }

    def shortcut_help(self) -> list[tuple[str, str]]:
        """Return (action, keys) for the list under Help."""
        return self.shortcuts.help()

    # --- what the controller shows ---------------------------------------------------------

    def show_empty(self) -> None:
        """Show the page that says how to begin."""
        self.leave_full_screen()
        self.pages.setCurrentWidget(self.empty_page)
        self.video_view.clear()
        self._result = None
        self._kind = ""

    def show_media(self, kind: str, duration_ms: float) -> None:
        """Get ready for a ``"video"``, ``"photo"`` or ``"camera"`` of this length."""
        self._kind = kind
        self._selected_id = 0
        self.video_view.clear()
        self._result = None
        self.face_panel.show_face(None, None)
        # A page takes long to be laid out and long to be painted: not both at one go.
        self.setUpdatesEnabled(False)
        QTimer.singleShot(_PAINT_AFTER_MS, self._paint_again)
        self.pages.setCurrentWidget(self.player_page)
        video = kind == "video"
        for widget in (
            self.start_button,
            self.end_button,
            self.step_back_button,
            self.step_forward_button,
            self.speed_button,
            self.loop_button,
        ):
            widget.setEnabled(video)
        self.play_button.setEnabled(kind != "photo")
        self.set_duration(duration_ms if video else 0.0)
        self.show_position(0.0, exact=True)
        self.status_label.setText("")
        self.cadence_label.hide()

    def _paint_again(self) -> None:
        self.setUpdatesEnabled(True)

    def show_frame(
        self, picture: npt.NDArray[np.uint8], source_size: tuple[int, int], result: FrameResult
    ) -> None:
        """Show a frame (uint8 (h, w, 4), BGRA) with the faces found in it."""
        self._result = result
        if self._selected_id:
            face = find_face(result, self._selected_id)
        else:
            face = largest_face(result)
        self.video_view.show_frame(
            picture, source_size, result, face.tracker_id if face is not None else 0
        )
        self.face_panel.show_face(result, face)

    def describe(self) -> None:
        """Bring the texts for screen readers up to date; called a few times a second."""
        self.video_view.describe()
        self.face_panel.describe()

    def show_position(self, ms: float, *, exact: bool = False) -> None:
        """Show the time of the frame on the screen."""
        self.seek_bar.set_position(ms, exact=exact)
        text = format_time(ms, hours=self.seek_bar.maximum() >= 3_600_000, tenths=True)
        self.position_label.setText(text)

    def set_duration(self, ms: float) -> None:
        """Set the length of the video; 0 is unknown or none."""
        self.seek_bar.set_duration(ms)
        text = format_time(ms, tenths=True) if ms > 0 else "–"
        if self._kind == "camera":
            text = self.tr("Live")
        self.duration_label.setText(text)

    def set_playing(self, playing: bool) -> None:
        """Show play or pause on the button."""
        self._playing = playing
        self.play_button.setIcon(icon("player-pause" if playing else "player-play"))
        self.play_button.setAccessibleName(self.tr("Pause") if playing else self.tr("Play"))

    def set_speed(self, speed: float) -> None:
        """Show the speed."""
        self.speed_button.set_speed(speed)

    def show_status(self, text: str, cadence: str = "") -> None:
        """Show the line of figures, and openly when not every frame is analysed."""
        self.status_label.setText(text)
        self.cadence_label.setText(cadence)
        self.cadence_label.setVisible(bool(cadence))

    def show_message(
        self, sentence: str, *, level: str = "error", retry: bool = False, other: bool = False
    ) -> None:
        """Show a sentence above the picture, with ways on.

        Args:
            sentence: What happened and what to do.
            level: ``"error"``, ``"warning"`` or ``"info"``.
            retry: Offer to try again.
            other: Offer to open another file.
        """
        self.message_label.setText(sentence)
        self.message_banner.setProperty("level", level)
        self.message_banner.style().unpolish(self.message_banner)
        self.message_banner.style().polish(self.message_banner)
        self.retry_button.setVisible(retry)
        self.open_other_button.setVisible(other)
        self.message_banner.setAccessibleName(sentence)
        self.message_banner.show()

    def clear_message(self) -> None:
        """Take the sentence away."""
        self.message_banner.hide()

    def set_recent(self, paths: Sequence[Path]) -> None:
        """Fill the menu of the Open button."""
        self._recent_menu.clear()
        for path in paths:
            action = self._recent_menu.addAction(path.name.replace("&", "&&"))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _on, wanted=path: self.path_requested.emit(wanted))
        if paths:
            self._recent_menu.addSeparator()
        sample = self._recent_menu.addAction(self.tr("Sample clip"))
        sample.triggered.connect(lambda _on: self.sample_requested.emit())

    def add_tool(self, action: QAction) -> None:
        """Add an entry to the menu of the More button, which is hidden while it is empty."""
        self._more_menu.addAction(action)
        self.more_button.setVisible(not self._full_screen.is_on)

    # --- faces -----------------------------------------------------------------------------

    @property
    def selected_id(self) -> int:
        """Tracker id of the chosen person, or 0 for the largest face."""
        return self._selected_id

    @property
    def shown_id(self) -> int:
        """Person id of the face that is drawn strongly, or 0."""
        return self.video_view.selected_id

    def _on_menu_requested(self, tracker_id: int, at: QPoint) -> None:
        self.select_face(tracker_id)
        self.face_menu_requested.emit(tracker_id, at)

    def select_face(self, tracker_id: int) -> None:
        """Follow this person; 0 goes back to the largest face."""
        self._selected_id = tracker_id
        self.face_selected.emit(tracker_id)
        if self._result is None:
            return
        face = find_face(self._result, tracker_id) if tracker_id else largest_face(self._result)
        self.video_view.set_selected(face.tracker_id if face is not None else 0)
        self.face_panel.show_face(self._result, face)
        self.describe()

    def set_names(self, names: Mapping[int, str]) -> None:
        """Call people by the names that the user gave, by number of the person."""
        self.video_view.set_names(names)
        self.face_panel.set_names(names)

    def select_next_face(self) -> None:
        """Select the face to the right of the selected one, then the first again."""
        if self._result is None or not self._result.faces:
            return
        ids = [face.tracker_id for face in self._result.faces]
        largest = largest_face(self._result)
        current = self._selected_id or (largest.tracker_id if largest is not None else 0)
        index = ids.index(current) if current in ids else -1
        self.select_face(ids[(index + 1) % len(ids)])

    # --- full screen -----------------------------------------------------------------------

    def toggle_full_screen(self) -> None:
        """Show the picture and its controls on the whole screen, or bring them back."""
        if self._full_screen.is_on:
            self._full_screen.leave()
        elif self._kind:
            self._full_screen.enter()

    def leave_full_screen(self) -> None:
        """Bring the picture back into the tab."""
        self._full_screen.leave()

    def _on_full_screen_changed(self, on: bool) -> None:
        sign = "player-leave-full-screen" if on else "player-full-screen"
        self.full_screen_button.setIcon(icon(sign))
        # A dialog opened from the menu would stay behind the full screen.
        self.more_button.setVisible(not on and bool(self._more_menu.actions()))
        if not on:
            self.setFocus(Qt.OtherFocusReason)

    # --- parts -----------------------------------------------------------------------------

    def _set_icons(self) -> None:
        for name, sign in BUTTON_ICONS.items():
            getattr(self, name).setIcon(icon(sign))
        self.set_playing(self._playing)
        accent = self.palette().highlight().color()
        self.empty_icon.setPixmap(icon("player-face", accent).pixmap(64, 64))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.PaletteChange and hasattr(self, "_handlers"):
            self._set_icons()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_paths(event)
        if not paths:
            return
        event.acceptProposedAction()
        if len(paths) > 1 or paths[0].is_dir():
            self.many_requested.emit(paths)
        else:
            self.path_requested.emit(paths[0])
