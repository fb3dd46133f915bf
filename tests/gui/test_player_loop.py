"""Points A and B, the speeds, and the keys of another program."""

from __future__ import annotations

from pathlib import Path

import pytest
from player_parts import MakePlayer, open_paused, shown_after, write_clip
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.settings import Settings
from ui.player_keys import key_set
from ui.widgets.speed_button import SPEEDS, SpeedButton


def test_a_stretch_is_repeated_with_both_its_ends(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=30)
    player = make_player()
    open_paused(qtbot, player, path)
    tab = player.tab
    shown_after(qtbot, player, lambda: tab.seek_requested.emit(400.0))
    tab.loop_button.point_requested.emit("next")
    assert tab.loop_button.text() == "A…"
    shown_after(qtbot, player, lambda: tab.seek_requested.emit(600.0))
    tab.loop_button.point_requested.emit("next")
    assert tab.loop_button.text() == "A–B"
    player.shown.clear()
    player.controller.play()
    qtbot.waitUntil(lambda: player.shown.count(400.0) >= 2, timeout=10_000)
    player.controller.pause()
    assert max(player.shown) == 600.0
    assert min(player.shown) == 400.0
    image = tab.seek_bar.grab().toImage()
    assert not image.isNull()
    tab.loop_button.point_requested.emit("next")
    assert player.controller.presenter.loop_range is None


def test_the_last_frame_may_be_the_end_and_the_points_may_be_set_backwards(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=12)
    player = make_player()
    open_paused(qtbot, player, path)
    tab, loop = player.tab, player.controller.tools.loop
    shown_after(qtbot, player, lambda: tab.seek_requested.emit(float("inf")))
    loop.set_point("a")
    shown_after(qtbot, player, lambda: tab.seek_requested.emit(320.0))
    loop.set_point("b")
    assert player.controller.presenter.loop_range == pytest.approx((320.0, 480.0))
    player.shown.clear()
    player.controller.play()
    qtbot.waitUntil(lambda: player.shown.count(320.0) >= 2, timeout=10_000)
    player.controller.pause()
    assert 440.0 in player.shown


def test_another_video_has_no_points(qtbot: QtBot, make_player: MakePlayer, tmp_path: Path) -> None:
    first, second = tmp_path / "a.mp4", tmp_path / "b.mp4"
    write_clip(first, frames=5)
    write_clip(second, frames=5)
    player = make_player()
    open_paused(qtbot, player, first)
    player.controller.tools.loop.set_point("a")
    open_paused(qtbot, player, second)
    assert player.tab.loop_button.text() == ""


def test_speeds_reach_from_a_tenth_to_eight_times(qtbot: QtBot) -> None:
    assert (SPEEDS[0], SPEEDS[-1]) == (0.1, 8.0)
    button = SpeedButton()
    qtbot.addWidget(button)
    button.speed_requested.connect(button.set_speed)
    for _ in range(20):
        button.request_next(1)
    assert button.text() == "8×"
    button.request_factor(2.0)
    assert button.text() == "8×"
    button.request_factor(0.5)
    assert button.text() == "4×"
    button.set_speed(1.1)
    button.request_next(-1)
    assert button.text() == "1×"


def test_no_key_has_two_meanings_in_either_set() -> None:
    for boris in (False, True):
        keys = [key for own in key_set(boris).values() for key in own]
        assert len(keys) == len(set(keys))


def test_the_keys_of_boris_move_by_frames_while_playing(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=20)
    player = make_player()
    open_paused(qtbot, player, path)
    tab = player.tab
    (keys,) = [action for action in tab._more_menu.actions() if "Keys" in action.text()]
    keys.trigger()
    dialog = player.controller.tools.keys_dialog
    assert dialog is not None
    dialog.preset_combo.setCurrentText("BORIS")
    dialog.accept()
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow, timeout=5000)
    with qtbot.waitSignal(tab.step_requested, timeout=2000):
        qtbot.keyClick(tab, Qt.Key_Right)
    with qtbot.waitSignal(tab.speed_requested, timeout=2000):
        qtbot.keyClick(tab, Qt.Key_Home)
    assert "Ctrl+Home" in tab.start_button.toolTip()
    assert Settings(tmp_path / "settings0.ini").boris_keys
    keys.trigger()
    dialog = player.controller.tools.keys_dialog
    assert dialog is not None
    assert dialog.preset_combo.currentText() == "BORIS"
    dialog.preset_combo.setCurrentText("Mien")
    dialog.accept()
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow, timeout=5000)
    with qtbot.waitSignal(tab.seek_requested, timeout=2000):
        qtbot.keyClick(tab, Qt.Key_Home)
    assert "Home" in tab.start_button.toolTip()
    assert "Ctrl" not in tab.start_button.toolTip()
