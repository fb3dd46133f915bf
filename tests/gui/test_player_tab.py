"""The Player's page: keys, face selection, seek bar, labels, camera dialog, translations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from player_parts import make_face
from PyQt5.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QMouseEvent
from PyQt5.QtWidgets import QAction, QLineEdit
from pytestqt.qtbot import QtBot

from app.controllers.player_camera import CameraChooser
from app.settings import Settings
from app.workers.analysis import AnalysisPace, Pace
from app.workers.clock import PlaybackClock
from app.workers.rendering import fit_size, render
from trainer.inference.camera_backend import CameraInfo
from trainer.inference.types import Face, FrameResult
from trainer.labels import EXPRESSIONS
from ui.colors import EXPRESSION_COLORS
from ui.player_keys import PLAYER_KEYS
from ui.player_tab import PlayerTab
from ui.widgets.face_labels import LabelChoice, label_rect, place_labels
from ui.widgets.face_overlay import face_color, face_text, text_color
from ui.widgets.seek_bar import SeekBar, format_time


@pytest.fixture
def tab(qtbot: QtBot) -> PlayerTab:
    widget = PlayerTab()
    qtbot.addWidget(widget)
    widget.resize(1000, 640)
    widget.show_media("video", 60_000.0)
    widget.show()
    with qtbot.waitActive(widget):  # shortcuts only work in the active window
        widget.activateWindow()
    widget.setFocus()
    return widget


def show(tab: PlayerTab, *faces: Face) -> None:
    result = FrameResult(0, 0.0, tuple(faces), EXPRESSIONS)
    tab.show_frame(np.zeros((360, 640, 4), np.uint8), (640, 360), result)


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key_Space, "play_toggled"),
        (Qt.Key_K, "play_toggled"),
        (Qt.Key_Comma, "step_requested"),
        (Qt.Key_Period, "step_requested"),
        (Qt.Key_Left, "jump_requested"),
        (Qt.Key_Right, "jump_requested"),
        (Qt.Key_Up, "seek_by_requested"),
        (Qt.Key_Down, "seek_by_requested"),
        (Qt.Key_PageDown, "file_step_requested"),
        (Qt.Key_PageUp, "file_step_requested"),
        (Qt.Key_Home, "seek_requested"),
        (Qt.Key_End, "seek_requested"),
        (Qt.Key_BracketLeft, "speed_requested"),
        (Qt.Key_BracketRight, "speed_requested"),
        (Qt.Key_BraceLeft, "speed_requested"),
        (Qt.Key_Backspace, "speed_requested"),
        (Qt.Key_S, "snapshot_requested"),
    ],
)
@pytest.mark.parametrize("focus", ["play_button", "seek_bar", "loop_button"])
def test_keys_work_wherever_the_focus_is(
    qtbot: QtBot, tab: PlayerTab, key: Qt.Key, signal: str, focus: str
) -> None:
    widget = getattr(tab, focus)
    widget.setFocus()
    with qtbot.waitSignal(getattr(tab, signal), timeout=2000):
        qtbot.keyClick(widget, key)


def test_a_text_field_keeps_its_letters(qtbot: QtBot, tab: PlayerTab) -> None:
    field = QLineEdit(tab)
    field.show()
    field.setFocus()
    with qtbot.assertNotEmitted(tab.play_toggled), qtbot.assertNotEmitted(tab.snapshot_requested):
        qtbot.keyClicks(field, "sk k.")
    assert field.text() == "sk k."


def test_return_presses_the_focused_button(qtbot: QtBot, tab: PlayerTab) -> None:
    tab.loop_button.setFocus()
    qtbot.keyClick(tab.loop_button, Qt.Key_Return)
    assert tab.loop_button.isChecked()


def test_every_control_names_its_key() -> None:
    assert len({key for entry in PLAYER_KEYS for key in entry.keys}) == sum(
        len(entry.keys) for entry in PLAYER_KEYS
    )


def test_full_screen_takes_the_picture_and_gives_it_back(qtbot: QtBot, tab: PlayerTab) -> None:
    qtbot.keyClick(tab, Qt.Key_F)
    window = tab.stage.window()
    assert window is not tab.window()
    assert tab.video_view.isVisible()
    with qtbot.waitSignal(tab.play_toggled, timeout=2000):
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=5000)
        qtbot.keyClick(window, Qt.Key_Space)
    qtbot.keyClick(window, Qt.Key_Escape)
    assert tab.stage.window() is tab.window()
    assert tab.stage.isVisible()


def test_the_largest_face_is_selected_until_one_is_clicked(qtbot: QtBot, tab: PlayerTab) -> None:
    small = make_face(1, (20, 20, 120, 120), "sadness")
    large = make_face(2, (300, 40, 600, 340), "happiness")
    show(tab, small, large)
    assert "2" in tab.face_panel._person.text()
    area = tab.video_view.frame_rect()
    scale = area.width() / 640
    point = QPoint(round(area.left() + 70 * scale), round(area.top() + 70 * scale))
    qtbot.mouseClick(tab.video_view, Qt.LeftButton, pos=point)
    assert tab.selected_id == 1
    assert "Sadness" in tab.face_panel._title.text()
    show(tab, large)
    assert "not in this picture" in tab.face_panel._reason.text()
    show(tab, small, large)
    assert "Sadness" in tab.face_panel._title.text()
    qtbot.keyClick(tab, Qt.Key_N)
    assert tab.selected_id == 2


def test_untrusted_faces_are_grey_and_say_why() -> None:
    dark = make_face(3, (0, 0, 10, 10), "fear", quality="dark")
    unsure = make_face(4, (0, 0, 10, 10), "unsure")
    assert face_text(dark).startswith("Too dark")  # and no guess of the expression
    assert "Fear" not in face_text(dark)
    assert "Unsure" in face_text(unsure)
    assert "#3" in face_text(dark)
    for face in (dark, unsure):
        assert face_color(face).saturation() == 0


@pytest.mark.parametrize("box", [(0, 0, 40, 40), (600, 330, 700, 400), (-20, 100, 30, 180)])
def test_the_label_stays_inside_the_frame(box: tuple[int, int, int, int]) -> None:
    frame = QRectF(10, 20, 640, 360)
    rect = QRectF(box[0] + 10, box[1] + 20, box[2] - box[0], box[3] - box[1])
    assert frame.contains(label_rect(rect, 180, 22, frame))


@pytest.mark.parametrize("color", sorted(set(EXPRESSION_COLORS.values())))
def test_label_text_is_readable(color: str) -> None:
    def luminance(value: QColor) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in value.getRgbF()[:3]
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    back = QColor(color)
    first, second = sorted((luminance(back), luminance(text_color(back))))
    assert (second + 0.05) / (first + 0.05) >= 4.5


def test_clicking_and_dragging_the_bar_seeks(qtbot: QtBot) -> None:
    bar = SeekBar()
    qtbot.addWidget(bar)
    bar.resize(416, 26)  # 400 usable pixels
    bar.set_duration(4000.0)
    bar.show()
    wanted: list[float] = []
    bar.seek_requested.connect(wanted.append)
    qtbot.mousePress(bar, Qt.LeftButton, pos=QPoint(108, 13))
    assert bar.dragging
    bar.set_position(0.0)
    move = QMouseEvent(
        QEvent.MouseMove, QPointF(308, 13), Qt.NoButton, Qt.LeftButton, Qt.NoModifier
    )
    bar.mouseMoveEvent(move)
    qtbot.mouseRelease(bar, Qt.LeftButton, pos=QPoint(308, 13))
    assert wanted == [1000.0, 3000.0, 3000.0]
    assert not bar.dragging


def test_times_are_written_as_people_write_them() -> None:
    assert format_time(65_430.0, tenths=True) == "1:05.4"
    assert format_time(3_723_000.0) == "1:02:03"


def test_pictures_are_fitted_and_bgra() -> None:
    assert fit_size(1280, 720, 640, 640) == (640, 360)
    image = np.zeros((4, 8, 3), np.uint8)
    image[..., 0] = 200
    picture = render(image, (16, 16))
    assert picture.shape == (8, 16, 4)
    assert tuple(picture[0, 0]) == (200, 0, 0, 255)


def test_the_clock_never_jumps_when_the_speed_changes() -> None:
    now = [10.0]
    clock = PlaybackClock(lambda: now[0])
    clock.start(100.0)
    now[0] += 1.0
    clock.set_speed(2.0)
    assert clock.position_ms() == pytest.approx(1100.0)
    now[0] += 1.0
    assert clock.position_ms() == pytest.approx(3100.0)


def test_labels_in_a_crowd_do_not_cover_each_other() -> None:
    frame = QRectF(0, 0, 600, 400)
    boxes = [QRectF(100 + 45 * index, 150 + 9 * (index % 3), 40, 50) for index in range(6)]
    choices = [LabelChoice("Sadness  21 %  #7", 120, 20), LabelChoice("Sadness", 60, 20)]
    labels = [label.rect for label in place_labels(boxes, [choices] * 6, frame)]
    assert all(frame.contains(rect) for rect in labels)
    for index, rect in enumerate(labels):
        assert not any(rect.intersects(other) for other in labels[:index])


def test_the_detector_rests_when_frames_cost_too_much_and_comes_back() -> None:
    pace = AnalysisPace()
    for _ in range(30):
        detects = pace.next_detects()
        pace.record(60.0 if detects else 5.0, detected=detects)
        pace.adapt(33.0, fill=0.1)
    assert pace.pace.detect_every > 1
    assert pace.pace.classify_every == 1
    assert pace.expected_ms() <= 33.0
    for _ in range(60):
        detects = pace.next_detects()
        pace.record(10.0 if detects else 5.0, detected=detects)
        pace.adapt(33.0, fill=0.9)
    assert pace.pace == Pace(1, 1)


def test_a_crowd_keeps_its_expressions_for_some_frames_when_detection_is_thin() -> None:
    pace = AnalysisPace()
    for _ in range(30):
        detects = pace.next_detects()
        at_most = pace.classify_at_most()
        classify_ms = 12.0 * (8 if at_most is None else at_most)
        other_ms = 25.0 if detects else 6.0
        pace.record(other_ms + classify_ms, detected=detects, faces=8, classify_ms=classify_ms)
        pace.adapt(45.0, fill=0.1)
    assert pace.pace.detect_every == 5
    assert 1 < pace.pace.classify_every <= 8
    assert pace.expected_ms() <= 45.0
    for _ in range(60):
        pace.record(20.0, detected=pace.next_detects(), faces=1, classify_ms=3.0)
        pace.adapt(40.0, fill=0.9)
    assert pace.pace == Pace(1, 1)


def test_a_camera_needs_the_notice_once(qtbot: QtBot, tmp_path: Path, tab: PlayerTab) -> None:
    settings = Settings(tmp_path / "s.ini")
    cameras = [CameraInfo(0, "Integrated Camera"), CameraInfo(2, "USB 摄像头")]
    chooser = CameraChooser(tab, settings, lambda: cameras)
    chooser.show()
    dialog = chooser.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.camera_list.count() == 2, timeout=5000)
    assert not dialog.open_button.isEnabled()
    dialog.consent_box.setChecked(True)
    dialog.camera_list.setCurrentRow(1)
    with qtbot.waitSignal(chooser.chosen, timeout=2000) as chosen:
        dialog.open_button.click()
    assert chosen.args == [2, "USB 摄像头"]
    assert CameraChooser(tab, settings, lambda: cameras).notice_accepted
    chooser.shutdown()


def test_without_a_camera_there_is_a_way_on(qtbot: QtBot, tmp_path: Path, tab: PlayerTab) -> None:
    chooser = CameraChooser(tab, Settings(tmp_path / "s.ini"), lambda: [])
    chooser.show()
    dialog = chooser.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "No camera was found" in dialog.state_label.text(), timeout=5000)
    with qtbot.waitSignal(chooser.open_file_requested, timeout=2000):
        dialog.open_file_button.click()
    chooser.shutdown()


def test_tools_gather_under_more_and_leave_with_full_screen(qtbot: QtBot, tab: PlayerTab) -> None:
    assert not tab.more_button.isVisible()
    action = QAction("Export results…", tab)
    tab.add_tool(action)
    assert tab.more_button.isVisible()
    assert tab.more_button.menu().actions() == [action]
    tab.toggle_full_screen()
    assert not tab.more_button.isVisible()
    tab.leave_full_screen()
    assert tab.more_button.isVisible()
