"""Correcting a paused face by key or menu: seen at once, kept, undone."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from player_parts import MakePlayer, Player, open_paused, write_clip
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from trainer.data.corrections import Corrections, CorrectionStore
from trainer.inference.correcting import faces_for
from trainer.inference.crop import crop_faces
from trainer.preprocess import Preprocessing
from ui.widgets.face_overlay import face_text
from ui.widgets.toast import Toast


@pytest.fixture
def player(qtbot: QtBot, make_player: MakePlayer, tmp_path: Path) -> Player:
    made: Player = make_player()
    write_clip(tmp_path / "clip.mp4")
    open_paused(qtbot, made, tmp_path / "clip.mp4")
    qtbot.waitUntil(lambda: made.controller.presenter.current is not None)
    with qtbot.waitActive(made.tab):
        made.tab.activateWindow()
    made.tab.setFocus()
    return made


def kept_after(qtbot: QtBot, player: Player, key: Qt.Key) -> Corrections:
    tools = player.controller.tools
    with qtbot.waitSignal(tools.corrections.changed, timeout=10_000) as changed:
        qtbot.keyClick(player.tab, key)
    found: Corrections = changed.args[0]
    return found


def kept_after_undo(qtbot: QtBot, player: Player) -> Corrections:
    changed = player.controller.tools.corrections.changed
    with qtbot.waitSignal(changed, timeout=10_000) as answer:
        qtbot.keyClick(player.tab, Qt.Key_Z, Qt.ControlModifier)
    found: Corrections = answer.args[0]
    return found


def open_again(qtbot: QtBot, player: Player, path: Path) -> None:
    """Close what is open and stay on the first frame of a file, with its faces found."""
    player.controller.close_media()
    open_paused(qtbot, player, path)
    qtbot.waitUntil(lambda: bool(player.tab.shown_id), timeout=10_000)
    player.tab.setFocus()


def label_shown(player: Player) -> str:
    result = player.tab._result
    assert result is not None
    face = next(one for one in result.faces if one.tracker_id == player.tab.shown_id)
    return face_text(face)


def toast(player: Player) -> Toast:
    found = player.tab.video_view.findChild(Toast)
    assert isinstance(found, Toast)
    return found


def test_photos_of_one_name_keep_their_own_corrections(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    made: Player = make_player()
    for number, folder in enumerate(("anna", "ben")):
        path = tmp_path / folder / "happy.png"
        path.parent.mkdir()
        Image.new("RGB", (320, 192), (90 + 60 * number, 90, 90)).save(path)
        open_paused(qtbot, made, path)
        with qtbot.waitActive(made.tab):
            made.tab.activateWindow()
        made.tab.setFocus()
        qtbot.waitUntil(lambda: bool(made.tab.shown_id), timeout=10_000)
        found = kept_after(qtbot, made, Qt.Key_4)
    assert len(found.items) == 2
    assert len({item.video for item in found.items}) == 2


def test_a_key_corrects_the_selected_face_and_keeps_it(qtbot: QtBot, player: Player) -> None:
    found = kept_after(qtbot, player, Qt.Key_5)
    assert label_shown(player) == "corrected: Sadness  #2"
    assert "Sadness" in toast(player).label.text()
    (item,) = CorrectionStore().read().items
    assert item.key == found.items[0].key
    assert (item.label, item.model_label, item.person) == ("sadness", "happiness", 2)
    assert (item.source, len(item.source_hash)) == ("clip.mp4", 64)
    ready = player.controller.presenter.current
    assert ready is not None
    assert item.timestamp_ms == ready.timestamp_ms
    box = ready.result.faces[1].xyxy[None]
    seen = crop_faces(ready.frame.image, box, None, Preprocessing())
    assert np.array_equal(faces_for([item], Preprocessing()), seen)


def test_undo_takes_label_and_picture_away(qtbot: QtBot, player: Player) -> None:
    kept_after(qtbot, player, Qt.Key_5)
    kept_after(qtbot, player, Qt.Key_7)
    assert label_shown(player).startswith("corrected: Neutral")
    with qtbot.waitSignal(player.controller.tools.corrections.changed, timeout=10_000):
        toast(player).button.click()
    assert label_shown(player).startswith("corrected: Sadness")
    assert [item.label for item in CorrectionStore().read().items] == ["sadness"]
    with qtbot.waitSignal(player.controller.tools.corrections.changed, timeout=10_000):
        qtbot.keyClick(player.tab, Qt.Key_Z, Qt.ControlModifier)
    assert label_shown(player).startswith("Happiness")
    assert not CorrectionStore().read().items
    qtbot.keyClick(player.tab, Qt.Key_Z, Qt.ControlModifier)
    assert "no correction" in toast(player).label.text()


def test_undo_takes_names_and_corrections_back_in_turn(qtbot: QtBot, player: Player) -> None:
    tools = player.controller.tools
    tools.timeline.edit(lambda edits: edits.rename(1, "Ada"))
    kept_after(qtbot, player, Qt.Key_5)
    tools.timeline.edit(lambda edits: edits.rename(2, "Bob"))
    player.tab.undo_requested.emit()
    assert label_shown(player).startswith("corrected: Sadness")
    assert tools.recorder.edits.names == {1: "Ada"}
    with qtbot.waitSignal(tools.corrections.changed, timeout=10_000):
        player.tab.undo_requested.emit()
    assert label_shown(player).startswith("Happiness")
    assert not CorrectionStore().read().items
    player.tab.undo_requested.emit()
    assert tools.recorder.edits.names == {}


def test_0_takes_the_correction_back(qtbot: QtBot, player: Player) -> None:
    kept_after(qtbot, player, Qt.Key_0)
    assert "has no correction" in toast(player).label.text()
    kept_after(qtbot, player, Qt.Key_1)
    kept_after(qtbot, player, Qt.Key_2)
    assert not len(kept_after(qtbot, player, Qt.Key_0))
    assert label_shown(player).startswith("Happiness")


def test_0_comes_undone_with_its_face(qtbot: QtBot, player: Player) -> None:
    kept_after(qtbot, player, Qt.Key_5)
    assert not len(kept_after(qtbot, player, Qt.Key_0))
    found = kept_after_undo(qtbot, player)
    assert [item.label for item in found.items] == ["sadness"]
    assert label_shown(player).startswith("corrected: Sadness")
    assert not len(kept_after_undo(qtbot, player))
    assert label_shown(player).startswith("Happiness")


def test_the_same_key_twice_is_two_steps(qtbot: QtBot, player: Player) -> None:
    kept_after(qtbot, player, Qt.Key_5)
    kept_after(qtbot, player, Qt.Key_5)
    for count, shown in ((1, "corrected: Sadness"), (0, "Happiness")):
        assert len(kept_after_undo(qtbot, player)) == count
        assert label_shown(player).startswith(shown)


@pytest.mark.parametrize("by", ["0", "ctrl+z"])
def test_a_correction_of_a_video_opened_again_can_be_taken_back(
    qtbot: QtBot, player: Player, tmp_path: Path, by: str
) -> None:
    kept_after(qtbot, player, Qt.Key_5)
    open_again(qtbot, player, tmp_path / "clip.mp4")
    assert label_shown(player).startswith("corrected: Sadness")
    found = kept_after(qtbot, player, Qt.Key_0) if by == "0" else kept_after_undo(qtbot, player)
    assert not len(found)
    assert label_shown(player).startswith("Happiness")


def test_undo_in_a_video_opened_again_goes_back_to_the_label_before(
    qtbot: QtBot, player: Player, tmp_path: Path
) -> None:
    kept_after(qtbot, player, Qt.Key_5)
    kept_after(qtbot, player, Qt.Key_7)
    open_again(qtbot, player, tmp_path / "clip.mp4")
    found = kept_after_undo(qtbot, player)
    assert [item.label for item in found.items] == ["sadness"]
    assert label_shown(player).startswith("corrected: Sadness")


def test_undoing_in_a_video_opened_again_what_took_a_face_away_says_what_to_do(
    qtbot: QtBot, player: Player, tmp_path: Path
) -> None:
    kept_after(qtbot, player, Qt.Key_5)
    kept_after(qtbot, player, Qt.Key_0)
    open_again(qtbot, player, tmp_path / "clip.mp4")
    assert not len(kept_after_undo(qtbot, player))
    assert label_shown(player).startswith("corrected: Sadness")
    assert "press its key again" in toast(player).label.text()


def test_a_correction_of_a_photo_opened_again_can_be_taken_back(
    qtbot: QtBot, player: Player, tmp_path: Path
) -> None:
    path = tmp_path / "happy.png"
    Image.new("RGB", (320, 192), (90, 90, 90)).save(path)
    open_again(qtbot, player, path)
    kept_after(qtbot, player, Qt.Key_5)
    open_again(qtbot, player, path)  # photos have no sessions: only the collection knows
    assert not len(kept_after(qtbot, player, Qt.Key_0))
    assert "taken back" in toast(player).label.text()
    assert [item.label for item in kept_after_undo(qtbot, player).items] == ["sadness"]


def test_undo_leaves_the_correction_of_another_video_alone(
    qtbot: QtBot, player: Player, tmp_path: Path
) -> None:
    kept_after(qtbot, player, Qt.Key_5)
    offered = toast(player)
    write_clip(tmp_path / "other.mp4", frames=20)
    open_again(qtbot, player, tmp_path / "other.mp4")
    assert not offered.isVisible()  # its button would act on a video that is not open
    qtbot.keyClick(player.tab, Qt.Key_Z, Qt.ControlModifier)
    assert "no correction" in toast(player).label.text()
    assert [item.label for item in CorrectionStore().read().items] == ["sadness"]


def test_undo_at_once_finds_the_face_that_is_still_being_written(
    qtbot: QtBot, player: Player
) -> None:
    seen: list[int] = []
    player.controller.tools.corrections.changed.connect(lambda found: seen.append(len(found)))
    qtbot.keyClick(player.tab, Qt.Key_5)
    qtbot.keyClick(player.tab, Qt.Key_Z, Qt.ControlModifier)
    assert label_shown(player).startswith("Happiness")
    qtbot.waitUntil(lambda: seen == [1, 0], timeout=10_000)


def test_playing_the_keys_do_nothing_and_say_why(qtbot: QtBot, player: Player) -> None:
    player.controller.presenter.loop = True
    player.controller.play()
    qtbot.keyClick(player.tab, Qt.Key_5)
    assert "Pause first" in toast(player).label.text()
    assert not CorrectionStore().read().items


def test_the_right_button_offers_the_seven_and_corrects_the_face_below(
    qtbot: QtBot, player: Player
) -> None:
    view = player.tab.video_view
    result = player.tab._result
    assert result is not None
    area = view.frame_rect()
    scale = area.width() / 160
    box = result.faces[0].xyxy
    middle = QPoint(
        round(area.left() + float(box[0] + box[2]) / 2 * scale),
        round(area.top() + float(box[1] + box[3]) / 2 * scale),
    )
    player.controller.tools.corrections._on_face_menu_requested(0, QPoint())  # beside all faces
    view.menu_requested.emit(view._face_at(middle), view.mapToGlobal(middle))
    menu = next(one for one in player.tab.findChildren(QMenu) if one.isVisible())
    texts = [action.text() for action in menu.actions() if action.isCheckable()]
    assert texts[0] == "Anger\t1"
    assert len(texts) == 7
    with qtbot.waitSignal(player.controller.tools.corrections.changed, timeout=10_000):
        next(action for action in menu.actions() if action.text() == "Fear\t3").trigger()
    menu.close()
    (item,) = CorrectionStore().read().items
    assert (item.label, item.model_label, item.person) == ("fear", "sadness", 1)


def test_what_cannot_be_kept_is_not_shown_as_corrected(
    qtbot: QtBot, player: Player, mien_home: Path
) -> None:
    folder = mien_home / "data" / "corrections"
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    with qtbot.waitSignal(player.controller.tools.corrections.failed, timeout=10_000):
        qtbot.keyClick(player.tab, Qt.Key_5)
    assert "cannot be saved" in player.tab.message_label.text()
    assert label_shown(player).startswith("Happiness")


def test_a_video_that_was_moved_is_the_same_video(
    qtbot: QtBot, player: Player, tmp_path: Path
) -> None:
    kept_after(qtbot, player, Qt.Key_5)
    os.rename(tmp_path / "clip.mp4", tmp_path / "other.mp4")
    open_paused(qtbot, player, tmp_path / "other.mp4")
    qtbot.waitUntil(lambda: player.controller.presenter.current is not None)
    player.tab.setFocus()
    found = kept_after(qtbot, player, Qt.Key_4)
    assert [item.label for item in found.items] == ["happiness"]
