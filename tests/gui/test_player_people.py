"""The list of people and the sliders for calm labels, in a playing Player."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from player_parts import (
    FakePipeline,
    MakePlayer,
    Player,
    open_paused,
    play_to_end,
    shown_after,
    write_clip,
)
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.settings import Settings
from trainer.inference.steadiness import flicker
from trainer.inference.types import Frame, FrameResult
from trainer.labels import EXPRESSIONS
from ui.tables.people_model import PICTURE_ROLE


class Restless(FakePipeline):
    """The second person's expression changes with every frame."""

    def process(
        self, frame: Frame, *, detect: bool = True, classify_at_most: int | None = None
    ) -> FrameResult:
        result = super().process(frame, detect=detect, classify_at_most=classify_at_most)
        shown = "anger" if frame.frame_index % 2 else "happiness"
        probs = np.full(7, 0.05, np.float32)
        probs[EXPRESSIONS.index(shown)] = 0.7
        faces = (
            result.faces[0],
            replace(result.faces[1], probs=probs, probs_raw=probs, expression=shown),
        )
        return replace(result, faces=faces)


class Successive(FakePipeline):
    """The second person comes when the first one has gone."""

    def process(
        self, frame: Frame, *, detect: bool = True, classify_at_most: int | None = None
    ) -> FrameResult:
        result = super().process(frame, detect=detect, classify_at_most=classify_at_most)
        return replace(result, faces=(result.faces[frame.frame_index >= 15],))


def played(
    qtbot: QtBot,
    make_player: MakePlayer,
    tmp_path: Path,
    frames: int = 30,
    pipeline: type[FakePipeline] = Restless,
) -> Player:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=frames)
    player = make_player(lambda _path: pipeline())
    play_to_end(qtbot, player, path)
    qtbot.waitUntil(lambda: player.tab.people_panel.model.rowCount() == 2, timeout=5000)
    return player


def names(player: Player) -> list[str]:
    model = player.tab.people_panel.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def test_people_are_listed_with_face_name_time_and_label(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    player = played(qtbot, make_player, tmp_path)
    panel = player.tab.people_panel
    assert panel.empty_label.isHidden()
    rows = [panel.model.person(place) for place in range(2)]
    assert [row.name for row in rows] == ["P1", "P2"]
    assert panel.model.label_title(rows[0]) == "Sadness"
    assert rows[0].seen_ms > 1000
    face = panel.model.index(0).data(PICTURE_ROLE)
    assert face is not None
    assert max(face.shape[:2]) == 96
    player.tab.side_tabs.setCurrentWidget(panel)
    assert not panel.grab().isNull()


def test_a_name_is_shown_everywhere_and_taken_back(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    player = played(qtbot, make_player, tmp_path)
    tab, panel = player.tab, player.tab.people_panel
    assert panel.model.setData(panel.model.index(1), " Ada ")
    qtbot.waitUntil(lambda: names(player) == ["P1", "Ada"], timeout=5000)
    tab.select_face(2)
    assert "Ada" in tab.face_panel._person.text()
    tab.describe()
    assert "Ada" in tab.video_view.accessibleDescription()
    assert panel.undo_button.isEnabled()
    panel.undo_button.click()
    qtbot.waitUntil(lambda: names(player) == ["P1", "P2"], timeout=5000)
    assert not panel.undo_button.isEnabled()


def test_two_become_one_person(qtbot: QtBot, make_player: MakePlayer, tmp_path: Path) -> None:
    player = played(qtbot, make_player, tmp_path, pipeline=Successive)
    panel = player.tab.people_panel
    panel.set_chosen(2)
    ((text, numbers),) = panel.merge_choices()
    assert "P1" in text
    panel.merged.emit(numbers)
    qtbot.waitUntil(lambda: names(player) == ["P1"], timeout=5000)
    assert {face.tracker_id for face in player.tab._result.faces} == {1}
    player.tab.undo_requested.emit()
    qtbot.waitUntil(lambda: names(player) == ["P1", "P2"], timeout=5000)


def test_somebody_seen_in_two_pieces_is_one_when_the_gap_is_filled(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=200)
    player = make_player()
    open_paused(qtbot, player, path)
    shown_after(qtbot, player, lambda: player.controller.seek(6000.0))
    model, tools = player.tab.people_panel.model, player.controller.tools
    qtbot.waitUntil(lambda: model.rowCount() == 4, timeout=5000)
    seen = player.tab._result
    assert seen is not None
    assert [face.tracker_id for face in seen.faces] == [3, 4]
    player.tab.select_face(4)
    with qtbot.waitSignal(tools.analysis.ended, timeout=15_000):
        tools.analysis.start()
    qtbot.waitUntil(lambda: model.rowCount() == 2, timeout=5000)
    assert player.tab.selected_id == 2
    # The picture on the screen, which was found before, is drawn with the new numbers.
    qtbot.waitUntil(lambda: player.tab.video_view.selected_id == 2, timeout=5000)
    assert names(player) == ["P1", "P2"]


def test_two_who_stand_side_by_side_do_not_become_one(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    player = played(qtbot, make_player, tmp_path)
    panel = player.tab.people_panel
    panel.set_chosen(2)
    ((_text, numbers),) = panel.merge_choices()
    panel.merged.emit(numbers)
    notice = player.tab.toast.label.text()
    assert "P1 and P2" in notice
    assert "frames" in notice
    assert not player.tab.toast.isHidden()
    assert not panel.undo_button.isEnabled()
    assert names(player) == ["P1", "P2"]


def test_a_deleted_person_leaves_the_picture_and_can_come_back(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    player = played(qtbot, make_player, tmp_path)
    panel = player.tab.people_panel
    player.tab.side_tabs.setCurrentWidget(panel)
    panel.set_chosen(1)
    panel.people_list.setFocus()
    qtbot.keyClick(panel.people_list, Qt.Key_Delete)
    qtbot.waitUntil(lambda: panel.model.person(1).deleted, timeout=5000)
    assert [face.tracker_id for face in player.tab._result.faces] == [2]
    assert [line.person_id for line in player.tab.timeline_panel._data.lines] == [2]
    panel.set_chosen(1)
    panel.toggle_deleted()
    qtbot.waitUntil(lambda: not panel.model.person(1).deleted, timeout=5000)


def test_return_goes_to_the_first_appearance(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    player = played(qtbot, make_player, tmp_path)
    panel = player.tab.people_panel
    with qtbot.waitSignal(player.controller.frame_shown, timeout=5000) as shown:
        panel.people_list.opened.emit(panel.model.place_of(2))
    assert shown.args[0].timestamp_ms == 0.0
    assert player.tab.selected_id == 2


def test_sliders_calm_what_is_recorded_and_are_remembered(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    player = played(qtbot, make_player, tmp_path)
    recorder = player.controller.tools.recorder
    recording = recorder.recording
    assert recording is not None
    raw = recording.faces["raw"].copy()
    before = flicker(recording).steady_per_minute
    assert before > 100
    panel = player.tab.steadiness_panel
    with qtbot.waitSignal(player.controller.tools.steadiness._worker.relabelled, timeout=5000):
        panel.smoothing_slider.setValue(32)
        panel.margin_slider.setValue(20)
    qtbot.waitUntil(lambda: flicker(recording).steady_per_minute == 0, timeout=5000)
    np.testing.assert_array_equal(recording.faces["raw"], raw)
    qtbot.waitUntil(lambda: panel.meter._steady == 0 and panel.meter._raw > 100, timeout=5000)
    shown = {face.expression for face in player.tab._result.faces}
    assert shown == {"fear", "happiness"}  # the first person's raw values speak for fear
    assert Settings(tmp_path / "settings0.ini").steadiness == (800.0, 0.2)
    panel.reset_button.click()
    assert recorder.smoothing.tau_ms == 200.0


def test_sliders_reach_the_running_pipeline(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path)
    pipeline = FakePipeline()
    player = make_player(lambda _path: pipeline)
    player.tab.steadiness_panel.smoothing_slider.setValue(0)
    play_to_end(qtbot, player, path)
    assert pipeline.smoothing.tau_ms == 0.0


def test_faces_of_a_saved_session_are_read_from_the_video(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    played(qtbot, make_player, tmp_path).controller.shutdown()
    again = make_player(lambda _path: Restless())
    with qtbot.waitSignal(again.controller.frame_shown, timeout=10_000):
        again.controller.open_file(tmp_path / "clip.mp4")
    again.controller.pause()
    model = again.tab.people_panel.model
    qtbot.waitUntil(
        lambda: model.rowCount() == 2 and model.index(1).data(PICTURE_ROLE) is not None,
        timeout=8000,
    )
