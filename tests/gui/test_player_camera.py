"""Cameras in the window: preview after consent, sizes, recording with its sign and notice."""

from __future__ import annotations

import csv
import errno
import os
import threading
from pathlib import Path

import av
import numpy as np
import pytest
from player_parts import FakeCamera, FakePipeline, MakePlayer, Player
from PyQt5.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.controllers.player_camera import CameraChooser
from app.settings import Settings
from app.workers.analysis import Analyst
from trainer.errors import VideoError
from trainer.inference.camera_backend import CameraInfo
from trainer.inference.camera_recording import CameraRecording
from trainer.inference.camera_source import CameraSource
from trainer.inference.types import Frame
from ui.player_tab import PlayerTab
from ui.widgets.camera_dialog import CameraDialog

CAMERAS = [CameraInfo(0, "Integrated Camera"), CameraInfo(2, "USB 摄像头")]


class Opener:
    """Opens stand-ins and remembers them; a number in ``broken`` fails with its sentence."""

    def __init__(self) -> None:
        self.opened: list[tuple[int, FakeCamera]] = []
        self.broken: dict[int, str] = {}

    def __call__(self, index: int) -> FakeCamera:
        if index in self.broken:
            raise VideoError(self.broken[index])
        assert all(camera.closed.is_set() for _index, camera in self.opened)  # one at a time
        self.opened.append((index, FakeCamera()))
        return self.opened[-1][1]


def chooser_of(
    qtbot: QtBot, tmp_path: Path, opener: Opener, playing: int = -1
) -> tuple[CameraChooser, CameraDialog]:
    tab = PlayerTab()
    qtbot.addWidget(tab)
    chooser = CameraChooser(
        tab, Settings(tmp_path / "s.ini"), lambda: CAMERAS, open_camera=opener,
        playing=lambda: playing,
    )  # fmt: skip
    chooser.show()
    dialog = chooser.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.camera_list.count() == 2, timeout=5000)
    return chooser, dialog


def test_no_picture_before_everybody_agreed_and_none_after_choosing(
    qtbot: QtBot, tmp_path: Path
) -> None:
    opener = Opener()
    chooser, dialog = chooser_of(qtbot, tmp_path, opener)
    assert "agreed" in dialog.preview.sentence
    assert opener.opened == []
    dialog.consent_box.click()
    qtbot.waitUntil(lambda: dialog.preview.has_picture, timeout=5000)
    dialog.camera_list.setCurrentRow(1)
    qtbot.waitUntil(lambda: [index for index, _ in opener.opened] == [0, 2], timeout=5000)
    qtbot.waitUntil(lambda: dialog.preview.has_picture, timeout=5000)
    dialog.size_combo.setCurrentIndex(1)
    with qtbot.waitSignal(chooser.chosen, timeout=5000) as chosen:
        dialog.open_button.click()
    assert chosen.args == [2, "USB 摄像头"]
    assert chooser.size == (640, 480)
    assert all(camera.closed.is_set() for _index, camera in opener.opened)
    chooser.shutdown()


@pytest.mark.parametrize(
    "reason",
    [
        "Integrated Camera cannot be opened: it is used by another program, or is not a camera.",
        "Integrated Camera sends only black pictures; open its cover.",
    ],
)
def test_the_preview_says_why_it_is_empty_and_another_camera_can_be_chosen(
    qtbot: QtBot, tmp_path: Path, reason: str
) -> None:
    opener = Opener()
    opener.broken[0] = reason
    chooser, dialog = chooser_of(qtbot, tmp_path, opener)
    dialog.consent_box.click()
    qtbot.waitUntil(lambda: dialog.preview.sentence == reason, timeout=5000)
    dialog.camera_list.setCurrentRow(1)
    qtbot.waitUntil(lambda: dialog.preview.has_picture, timeout=5000)
    chooser.shutdown()
    assert all(camera.closed.is_set() for _index, camera in opener.opened)


def test_the_camera_that_plays_is_not_opened_twice(qtbot: QtBot, tmp_path: Path) -> None:
    opener = Opener()
    chooser, dialog = chooser_of(qtbot, tmp_path, opener, playing=0)
    dialog.consent_box.click()
    qtbot.waitUntil(lambda: "shows this camera now" in dialog.preview.sentence, timeout=5000)
    assert opener.opened == []
    chooser.shutdown()


def test_a_camera_that_chooses_its_own_size_is_named(qtbot: QtBot, make_player: MakePlayer) -> None:
    asked: list[tuple[int, int]] = []

    def open_camera(_index: int, size: tuple[int, int]) -> FakeCamera:
        asked.append(size)
        return FakeCamera()

    player = make_player(camera=open_camera)
    with qtbot.waitSignal(player.controller.frame_shown, timeout=10_000):
        player.controller.open_camera(0, "Lens", (1920, 1080))
    qtbot.waitUntil(lambda: "160 × 96 instead" in player.tab.message_label.text(), timeout=5000)
    assert asked == [(1920, 1080)]


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (1920, 1080), (96, 160)])
def test_every_size_a_camera_gives_is_taken(size: tuple[int, int]) -> None:
    class Backend:
        def open(self, index: int, width: int, height: int) -> Backend:
            self.asked = (width, height)
            return self

        def reason(self, index: int) -> str:
            return ""

        def read(self) -> tuple[bool, np.ndarray]:
            return True, np.full((size[1], size[0], 3), 99, np.uint8)

        def release(self) -> None: ...

    backend = Backend()
    with CameraSource(0, width=size[0], height=size[1], backend=backend) as source:
        assert (source.width, source.height) == size == backend.asked


def test_a_camera_on_a_slow_machine_keeps_its_faces() -> None:
    pipeline = FakePipeline()
    analyst = Analyst(pipeline)
    for _ in range(30):  # a machine that can afford the detector on few frames only
        analyst.pace.record(200.0 if analyst.pace.next_detects() else 20.0, detected=True)
        analyst.pace.record(20.0, detected=False)
        analyst.pace.adapt(33.0, fill=0.0)
    assert analyst.pace.pace.detect_every >= 5
    image = np.zeros((48, 64, 3), np.uint8)
    for number in range(20):
        analyst.analyse_live(Frame(image, number, 150.0 * number))
    detected = [150.0 * n for n, ran in enumerate(pipeline.detected) if ran]
    assert max(np.diff(detected)) <= 400.0


# -- recording -------------------------------------------------------------------------------


def with_camera(qtbot: QtBot, make_player: MakePlayer, folder: Path) -> tuple[Player, FakeCamera]:
    camera = FakeCamera()
    player = make_player(camera=lambda _index: camera)
    player.controller._settings.qt.setValue("player/recordings_folder", str(folder))
    assert not player.controller.camera_recorder.action.isEnabled()
    with qtbot.waitSignal(player.controller.frame_shown, timeout=10_000):
        player.controller.open_camera(0, "Lens: 1/2")
    return player, camera


def agree(qtbot: QtBot, player: Player) -> None:
    recorder = player.controller.camera_recorder
    recorder.action.trigger()
    box = recorder._notice
    assert box is not None
    button = box.findChild(QPushButton, "record_button")
    assert not button.isEnabled()
    check = box.checkBox()
    assert check is not None
    check.click()
    button.click()
    qtbot.waitUntil(lambda: recorder.is_recording, timeout=5000)


def test_recording_needs_the_notice_once_and_shows_its_sign(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    folder = tmp_path / "films"
    player, _camera = with_camera(qtbot, make_player, folder)
    recorder = player.controller.camera_recorder
    assert not recorder.is_recording
    assert not folder.exists()  # nothing is stored unless it is asked for
    agree(qtbot, player)
    assert recorder.badge.isVisible()
    assert "Recording" in recorder.badge.text()
    # The first ones shown may have been taken before it began: one waited, one was looked at.
    with qtbot.waitSignals([player.controller.frame_shown] * 8, timeout=10_000):
        pass
    recorder.badge.click()
    qtbot.waitUntil(lambda: not recorder.is_recording, timeout=20_000)
    assert "was saved" in player.tab.message_label.text()
    assert recorder.action.isEnabled()  # the camera goes on
    video = next(folder.glob("*.mp4"))
    assert video.name.startswith("Lens_ 1_2 ")
    with av.open(str(video)) as container:
        frames = len(list(container.decode(video=0)))
    assert frames >= 5
    with next(folder.glob("*.csv")).open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert max(int(row["frame"]) for row in rows) < frames
    assert {row["label"] for row in rows} == {"sadness", "happiness"}
    recorder.action.trigger()
    qtbot.waitUntil(lambda: recorder.is_recording, timeout=5000)  # without the notice


def test_a_camera_unplugged_while_recorded_loses_nothing(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    player, camera = with_camera(qtbot, make_player, tmp_path)
    agree(qtbot, player)
    with qtbot.waitSignals([player.controller.frame_shown] * 3, timeout=10_000):
        pass
    with qtbot.waitSignal(player.controller.failed, timeout=20_000) as failed:
        camera.unplugged.set()
    assert "unplugged" in failed.args[0]
    assert "The recording was saved" in failed.args[0]
    assert list(tmp_path.glob("Lens*.mp4"))
    assert not list(tmp_path.glob("*unfinished*"))
    assert not player.controller.camera_recorder.is_recording
    assert player.tab.retry_button.isVisible()


def test_paused_it_is_noticed_that_the_recorded_camera_was_unplugged(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    player, camera = with_camera(qtbot, make_player, tmp_path)
    agree(qtbot, player)
    with qtbot.waitSignals([player.controller.frame_shown] * 3, timeout=10_000):
        pass
    player.controller.pause()
    qtbot.waitUntil(lambda: len(player.controller.presenter._buffer) > 0, timeout=5000)
    with qtbot.waitSignal(player.controller.failed, timeout=20_000) as failed:
        camera.unplugged.set()
    assert "unplugged" in failed.args[0]
    assert "The recording was saved" in failed.args[0]
    assert not player.controller.camera_recorder.is_recording


def test_paused_it_is_noticed_that_the_disk_is_full(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = threading.Event()

    def encode(recording: CameraRecording, stream: object, frame: Frame) -> None:
        if full.is_set():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written(recording, stream, frame)

    written = CameraRecording._encode
    monkeypatch.setattr(CameraRecording, "_encode", encode)
    player, camera = with_camera(qtbot, make_player, tmp_path)
    agree(qtbot, player)
    player.controller.pause()
    qtbot.waitUntil(lambda: len(player.controller.presenter._buffer) > 0, timeout=5000)
    shown = len(player.shown)
    with qtbot.waitSignal(player.controller._worker.live.ended, timeout=20_000) as ended:
        full.set()
    assert "No space left" in ended.args[0]
    assert ended.args[1]
    assert not player.controller.camera_recorder.is_recording
    assert "No space left" in player.tab.message_label.text()
    assert not camera.closed.is_set()  # the camera goes on
    assert len(player.shown) == shown  # and its picture still stands
    assert player.controller.is_open()


def test_a_folder_that_takes_no_recording_is_said(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    player, _camera = with_camera(qtbot, make_player, tmp_path / "file")
    player.controller._settings.qt.setValue("player/recording_notice_accepted", "true")
    player.controller.camera_recorder.action.trigger()
    qtbot.waitUntil(
        lambda: "choose another folder" in player.tab.message_label.text(), timeout=5000
    )
    assert not player.controller.camera_recorder.is_recording
