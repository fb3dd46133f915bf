"""The time line in the Player: filling while playing, analysis, marks, jumps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from player_parts import MakePlayer, open_paused, play_to_end, shown_after, write_clip
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.workers.whole_video import unseen_ranges


def test_it_fills_while_the_video_plays(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path)
    player = make_player()
    play_to_end(qtbot, player, path)
    tools = player.controller.tools
    qtbot.waitUntil(
        lambda: tools.timeline.overview is not None and tools.timeline.overview.share > 0.99,
        timeout=5000,
    )
    found = tools.timeline.overview
    assert found is not None
    assert [line.person_id for line in found.data.lines] == [1, 2]
    assert len(found.data.lines[0].times_ms) == 30
    assert player.tab.timeline_panel.person_combo.count() == 2


def test_the_whole_video_is_analysed_at_once(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    times = write_clip(path, frames=120)
    player = make_player()
    open_paused(qtbot, player, path)
    analysis = player.controller.tools.analysis
    with qtbot.waitSignal(analysis.ended, timeout=15_000):
        player.tab.timeline_panel.analyse_button.click()
    recording = player.controller.tools.recorder.recording
    assert recording is not None
    assert recording.frame_times().tolist() == pytest.approx(times, abs=1.0)
    assert player.tab.timeline_panel.analyse_button.isVisible()


def test_frames_that_playing_only_skimmed_are_looked_at_again(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=60)
    player = make_player()
    open_paused(qtbot, player, path)
    tools = player.controller.tools
    with qtbot.waitSignal(tools.analysis.ended, timeout=15_000):
        tools.analysis.start()
    recording = tools.recorder.recording
    assert recording is not None
    recording.frames["detector_ran"][10:20] = False
    assert unseen_ranges(recording) == [(pytest.approx(400.0), pytest.approx(800.0))]
    with qtbot.waitSignal(tools.analysis.ended, timeout=15_000):
        tools.analysis.start()
    assert tools.recorder.recording is recording
    assert recording.frames["detector_ran"].all()


def test_only_a_stretch_is_analysed_when_asked(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    times = np.array(write_clip(path, frames=120))
    player = make_player()
    open_paused(qtbot, player, path)
    tools, panel = player.controller.tools, player.tab.timeline_panel
    assert panel.analyse_button.text() == "Analyse whole video"
    shown_after(qtbot, player, lambda: player.controller.seek(1000.0))
    tools.loop.set_point("a")
    shown_after(qtbot, player, lambda: player.controller.seek(2000.0))
    tools.loop.set_point("b")
    assert panel.analyse_button.text() == "Analyse A to B"
    shares: list[float] = []
    progress = panel.analysis_progress
    progress.valueChanged.connect(lambda value: shares.append(value / progress.maximum()))
    with qtbot.waitSignal(tools.analysis.ended, timeout=15_000):
        panel.analyse_button.click()
    recording = tools.recorder.recording
    assert recording is not None
    found = recording.frame_times()
    inside = times[(times >= 999.0) & (times <= 2001.0)]
    assert np.isin(np.round(inside), np.round(found)).all()
    assert found.max() < 3500.0  # and what the Player read ahead; the rest was left alone
    assert max(shares) > 0.9
    with qtbot.waitSignal(tools.analysis.nothing_to_do, timeout=5000):
        panel.analyse_button.click()
    # What is shown when zoomed in, and the rest, from the menu of the time line.
    panel.timeline.zoom(4.0, 4000.0)
    menu = dict(panel.menu_actions(4000.0))
    with qtbot.waitSignal(tools.analysis.ended, timeout=15_000):
        menu["Analyse what is shown"]()
    assert len(found) < len(recording.frame_times()) < len(times)
    with qtbot.waitSignal(tools.analysis.ended, timeout=15_000):
        menu["Analyse whole video"]()
    assert recording.frame_times().tolist() == pytest.approx(times.tolist(), abs=1.0)
    tools.loop.clear()
    assert "Analyse whole video" not in dict(panel.menu_actions(4000.0))
    assert panel.analyse_button.text() == "Analyse whole video"


def test_a_running_analysis_ends_when_another_video_is_opened(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.mp4", tmp_path / "b.mp4"
    write_clip(first, frames=200)
    write_clip(second, frames=5)
    player = make_player()
    open_paused(qtbot, player, first)
    player.controller.tools.analysis.start()
    open_paused(qtbot, player, second)
    assert not player.controller.tools.analysis.running
    recording = player.controller.tools.recorder.recording
    assert recording is not None
    assert recording.info.video_name == "b.mp4"


def test_marks_and_excluded_stretches_by_keys_with_undo(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=60)
    player = make_player()
    open_paused(qtbot, player, path)
    edits = player.controller.tools.recorder.edits
    tab = player.tab
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow, timeout=5000)
    shown_after(qtbot, player, lambda: tab.seek_requested.emit(400.0))
    qtbot.keyClick(tab, Qt.Key_E)
    qtbot.keyClick(tab, Qt.Key_X)
    shown_after(qtbot, player, lambda: tab.seek_requested.emit(1200.0))
    qtbot.keyClick(tab, Qt.Key_X)
    assert [mark.timestamp_ms for mark in edits.markers] == [pytest.approx(400.0)]
    assert edits.excluded == ((pytest.approx(400.0), pytest.approx(1200.0)),)
    player.controller.tools.timeline.undo()
    assert edits.excluded == ()
    panel = tab.timeline_panel
    panel.mark_named.emit(edits.markers[0].number, "smile")
    assert edits.markers[0].text == "smile"
    panel.mark_moved.emit(edits.markers[0].number, 800.0)
    assert [(mark.timestamp_ms, mark.text) for mark in edits.markers] == [(800.0, "smile")]
    player.controller.tools.timeline.undo()
    assert edits.markers[0].timestamp_ms == pytest.approx(400.0)
    assert any("Remove" in text for text, _ in panel.menu_actions(400.0))


def test_jumping_to_the_next_change_of_expression(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=20)
    player = make_player()
    play_to_end(qtbot, player, path)
    tools = player.controller.tools
    qtbot.waitUntil(lambda: tools.timeline.overview is not None, timeout=5000)
    shown = shown_after(qtbot, player, lambda: player.tab.timeline_panel.previous_button.click())
    assert shown == pytest.approx(0.0)


def test_a_fault_is_said_and_the_next_look_works(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path)
    player = make_player()
    timeline = player.controller.tools.timeline
    with monkeypatch.context() as broken:
        broken.setattr(timeline._curves, "_build", lambda: 1 // 0)
        open_paused(qtbot, player, path)
        qtbot.waitUntil(player.tab.message_banner.isVisible, timeout=5000)
    assert "ZeroDivisionError" in player.tab.message_label.text()
    timeline._curves.ask()
    qtbot.waitUntil(lambda: timeline.overview is not None, timeout=5000)
