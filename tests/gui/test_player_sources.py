"""What the Player opens: bad and cut files, photos, cameras."""

from __future__ import annotations

from pathlib import Path

from player_parts import (
    FakeCamera,
    MakePlayer,
    open_paused,
    play_to_end,
    shown_after,
    write_clip,
)
from PyQt5.QtCore import QTimer
from pytestqt.qtbot import QtBot

from trainer.errors import VideoError


def test_a_text_file_named_mp4_is_refused_with_a_sentence(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "notes.mp4"
    path.write_text("shopping list\n" * 50, encoding="utf-8")
    player = make_player()
    with qtbot.waitSignal(player.controller.failed, timeout=10_000) as failed:
        player.controller.open_file(path)
    assert "notes.mp4" in failed.args[0]
    assert player.tab.message_banner.isVisible()
    assert player.tab.retry_button.isVisible()
    assert player.tab.open_other_button.isVisible()
    write_clip(path, frames=5)
    shown_after(qtbot, player, player.tab.retry_button.click)
    assert not player.tab.message_banner.isVisible()


def test_a_truncated_file_plays_to_where_it_is_cut(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    whole, cut = tmp_path / "whole.mkv", tmp_path / "cut.mkv"
    write_clip(whole, frames=75, size=(320, 240))
    data = whole.read_bytes()
    cut.write_bytes(data[: len(data) // 2])
    player = make_player()
    play_to_end(qtbot, player, cut)
    assert len(player.shown) > 5
    assert player.tab.message_banner.isVisible()
    assert "cut.mkv" in player.tab.message_label.text()


def test_a_photo_is_one_frame(qtbot: QtBot, make_player: MakePlayer, tmp_path: Path) -> None:
    from PyQt5.QtGui import QColor, QImage

    path = tmp_path / "photo.png"
    image = QImage(64, 48, QImage.Format_RGB32)
    image.fill(QColor("teal"))
    assert image.save(str(path))
    player = make_player()
    open_paused(qtbot, player, path)
    assert player.shown == [0.0]
    assert not player.tab.play_button.isEnabled()


def test_what_is_closed_while_its_page_appears_does_not_come_back(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path)
    player = make_player()
    controller = player.controller
    controller.presenter.playing_changed.connect(
        lambda on: QTimer.singleShot(0, controller.close_media) if on else None
    )
    with (
        qtbot.assertNotEmitted(controller.opened, wait=300),
        qtbot.waitSignal(controller.presenter.playing_changed, timeout=10_000),
    ):
        controller.open_file(path)
    assert player.tab.pages.currentWidget() is player.tab.empty_page
    assert player.shown == []


def test_a_missing_camera_says_so(qtbot: QtBot, make_player: MakePlayer) -> None:
    def missing(_index: int) -> object:
        raise VideoError("Camera 8 cannot be opened: there is no such camera.")

    player = make_player(camera=missing)
    with qtbot.waitSignal(player.controller.failed, timeout=10_000) as failed:
        player.controller.open_camera(7)
    assert failed.args[0].startswith("Camera 8 cannot be opened")
    assert player.tab.open_other_button.isVisible()


def test_an_unplugged_camera_is_reported_and_released(
    qtbot: QtBot, make_player: MakePlayer
) -> None:
    camera = FakeCamera()
    player = make_player(camera=lambda _index: camera)
    with qtbot.waitSignals([player.controller.frame_shown] * 3, timeout=10_000):
        player.controller.open_camera(0, "Webcam")
    with qtbot.waitSignal(player.controller.failed, timeout=10_000) as failed:
        camera.unplugged.set()
    assert "unplugged" in failed.args[0]
    assert camera.closed.is_set()
    assert player.tab.retry_button.isVisible()


def test_stop_releases_the_camera(qtbot: QtBot, make_player: MakePlayer) -> None:
    camera = FakeCamera()
    player = make_player(camera=lambda _index: camera)
    with qtbot.waitSignal(player.controller.frame_shown, timeout=10_000):
        player.controller.open_camera(0, "Webcam")
    player.tab.stop_button.click()
    assert camera.closed.wait(5.0)
    assert player.tab.pages.currentWidget() is player.tab.empty_page
