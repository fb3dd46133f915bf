"""Playing: exact times, seeking, stepping, the end, models, snapshots, closing."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from player_parts import (
    FakePipeline,
    MakePlayer,
    decoded_times,
    open_paused,
    play_to_end,
    shown_after,
    write_clip,
)
from pytestqt.qtbot import QtBot

from app.workers.analysis import Pace
from resources import resource_path
from trainer.errors import WeightsError

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("variable", [False, True])
def test_shows_every_decoded_frame_at_its_time(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path, variable: bool
) -> None:
    path = tmp_path / "Gesicht 表情.mp4"
    times = [0.0, 40.0, 120.0, 133.0, 300.0, 340.0, 380.0, 700.0] if variable else None
    written = write_clip(path, times, frames=20)
    player = make_player()

    play_to_end(qtbot, player, path)

    decoded = decoded_times(path)
    assert decoded == pytest.approx(written, abs=1.1)
    # A busy machine may drop a frame, but never shows a wrong or repeated time.
    assert set(player.shown) <= set(decoded)
    assert player.shown == sorted(set(player.shown))
    assert len(player.shown) + player.controller.stats.late_count >= len(decoded)
    assert player.shown[-1] == decoded[-1]


def test_playing_takes_as_long_as_the_video(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=25)
    player = make_player()
    open_paused(qtbot, player, path)
    began = time.perf_counter()
    with qtbot.waitSignal(
        player.controller.playing_changed, check_params_cb=lambda on: not on, timeout=20_000
    ):
        player.controller.play()
    assert 0.95 <= time.perf_counter() - began <= 3.0


def test_a_slow_pipeline_never_stretches_time(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=50)
    waiting = threading.Event()
    pipelines: list[FakePipeline] = []

    def slow(_frame: object, detect: bool) -> None:
        waiting.wait(0.12 if detect else 0.01)

    def make(_path: Path | None) -> FakePipeline:
        pipelines.append(FakePipeline(slow))
        return pipelines[-1]

    player = make_player(make)
    cadences: list[str] = []
    player.controller.frame_shown.connect(
        lambda _result: cadences.append(player.tab.cadence_label.text())
    )
    open_paused(qtbot, player, path)
    began = time.perf_counter()
    with qtbot.waitSignal(
        player.controller.playing_changed, check_params_cb=lambda on: not on, timeout=20_000
    ):
        player.controller.play()
    assert time.perf_counter() - began <= 4.5
    assert pipelines[0].detected.count(False) > 0
    assert any("finding faces on every" in text for text in cadences)


@pytest.mark.parametrize("wanted_ms", [0.0, 399.0, 400.0, 439.0, 860.0, 1160.0])
def test_seek_is_exact(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path, wanted_ms: float
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path)
    player = make_player()
    open_paused(qtbot, player, path)
    expected = max(moment for moment in decoded_times(path) if moment <= wanted_ms + 0.01)
    got = shown_after(qtbot, player, lambda: player.controller.seek(wanted_ms))
    assert got == pytest.approx(expected)


def test_the_latest_of_many_seeks_wins(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path)
    player = make_player()
    open_paused(qtbot, player, path)
    with qtbot.waitSignal(
        player.controller.frame_shown,
        check_params_cb=lambda result: result.timestamp_ms == pytest.approx(1000.0),
        timeout=10_000,
    ):
        for wanted in (900.0, 200.0, 1100.0, 500.0, 1000.0):
            player.controller.seek(wanted)
    assert len(player.shown) <= 3  # the start, the first seek, the last


def test_steps_go_single_frames_both_ways_and_keep_results(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, [0.0, 40.0, 120.0, 133.0, 300.0, 340.0])
    pipeline = FakePipeline()
    player = make_player(lambda _path: pipeline)
    open_paused(qtbot, player, path)
    times = decoded_times(path)
    step = player.tab.step_requested.emit
    forward = [shown_after(qtbot, player, lambda: step(1)) for _ in range(4)]
    back = [shown_after(qtbot, player, lambda: step(-1)) for _ in range(4)]
    assert forward == times[1:5]
    assert back == times[3::-1]
    assert len(pipeline.processed) == len(set(pipeline.processed))


def test_play_at_the_end_starts_again_and_loop_goes_on(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=8)
    player = make_player()
    play_to_end(qtbot, player, path)
    assert shown_after(qtbot, player, player.controller.play) == 0.0
    player.tab.loop_button.setChecked(True)
    with qtbot.waitSignal(
        player.controller.frame_shown,
        check_params_cb=lambda result: result.timestamp_ms == 0.0,
        timeout=10_000,
    ):
        pass
    assert player.controller.presenter.playing


def test_closing_while_playing_joins_within_two_seconds(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=100)
    player = make_player()
    with qtbot.waitSignals([player.controller.frame_shown] * 4, timeout=10_000):
        player.controller.open_file(path)
    began = time.perf_counter()
    player.controller.shutdown()
    assert time.perf_counter() - began < 2.0
    assert not player.controller._thread.isRunning()


def test_the_model_is_swapped_while_playing_and_a_bad_one_is_refused(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    made: list[FakePipeline] = []

    def make(path: Path | None) -> FakePipeline:
        if path is not None and path.name == "bad.onnx":
            raise WeightsError("bad.onnx is not an ONNX network; choose another file.")
        made.append(FakePipeline())
        return made[-1]

    path = tmp_path / "clip.mp4"
    write_clip(path, frames=100)
    player = make_player(make)
    open_paused(qtbot, player, path)
    player.controller.play()
    with qtbot.waitSignal(player.controller.model_changed, timeout=10_000) as changed:
        player.controller.set_model(tmp_path / "other.onnx")
    assert changed.args[0].name == "other"
    # The next frames shown may still be those that the network before looked at ahead.
    qtbot.waitUntil(lambda: bool(made[1].processed), timeout=10_000)
    assert player.controller.presenter.playing
    count = len(made[1].processed)
    with qtbot.waitSignal(player.controller.failed, timeout=10_000):
        player.controller.set_model(tmp_path / "bad.onnx")
    assert "stays" in player.tab.message_label.text()
    player.controller.seek(3000.0)
    qtbot.waitUntil(lambda: len(made[1].processed) > count, timeout=10_000)
    assert len(made) == 2


def test_a_late_failure_of_what_was_left_does_not_close_what_is_open(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    write_clip(tmp_path / "clip.mp4")
    (tmp_path / "bad.mp4").write_bytes(b"no video")
    player = make_player()
    told: list[str] = []
    player.controller.failed.connect(told.append)
    before = player.controller.presenter.generation
    open_paused(qtbot, player, tmp_path / "clip.mp4")
    # As it arrives when a slow camera gives up after the user has opened something else.
    player.controller._worker.media_failed.emit(before, "The camera is in use.", "")
    assert told == []
    assert player.controller.is_open()
    with qtbot.waitSignal(player.controller.failed, timeout=10_000):
        player.controller.open_file(tmp_path / "bad.mp4")
    assert not player.controller.is_open()


def test_a_snapshot_has_the_full_size(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    from PyQt5.QtGui import QImage

    path = tmp_path / "clip.mp4"
    write_clip(path, size=(320, 192))
    player = make_player()
    open_paused(qtbot, player, path)
    target = tmp_path / "neu" / "Bild.png"
    with qtbot.waitSignal(player.controller.snapshot_saved, timeout=10_000):
        player.controller.save_snapshot(target)
    image = QImage(str(target))
    assert (image.width(), image.height()) == (320, 192)


def test_opened_files_are_remembered(qtbot: QtBot, make_player: MakePlayer, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=5)
    player = make_player()
    with qtbot.waitSignal(player.controller.recent_changed, timeout=10_000):
        player.controller.open_file(path)
    assert player.controller.recent_files() == [path.resolve()]


def test_playing_never_imports_torch(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    write_clip(clip, frames=6)
    code = f"""
import sys
from dataclasses import replace
from pathlib import Path
from PyQt5.QtCore import QTimer
from PyQt5.QtWidgets import QApplication
app = QApplication(["player", "-platform", "offscreen"])
from app.controllers.player import PlayerController
from app.settings import Settings
from ui.player_tab import PlayerTab
from app.workers import default_pipeline
tab = PlayerTab()
player = PlayerController(tab, Settings(Path({str(tmp_path / "s.ini")!r})))
tab.show()
player.playing_changed.connect(lambda on: None if on else app.quit())
QTimer.singleShot(30000, lambda: app.exit(3))
player.open_file(Path({str(clip)!r}))
status = app.exec_()
player.shutdown()
assert status == 0, status
assert player.stats.frames_shown > 0
found = [name for name in sys.modules if name.split(".")[0] in ("torch", "torchvision")]
assert not found, found[:3]
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.media
@pytest.mark.parametrize(
    "name", ["pyfeat_WolfgangLanger_Pexels.mp4", "lp_d10.mp4", "intel_sorry.mkv"]
)
def test_real_clips_show_their_decoded_times(
    qtbot: QtBot, make_player: MakePlayer, shared_folder: Path, name: str
) -> None:
    path = shared_folder / "media" / "videos" / name
    if not path.exists():
        pytest.skip(f"{name} is not there")
    player = make_player()
    open_paused(qtbot, player, path)
    first = decoded_times(path)[:4]
    step = player.tab.step_requested.emit
    assert [shown_after(qtbot, player, lambda: step(1)) for _ in range(3)] == first[1:]


def test_the_sample_opens(qtbot: QtBot, make_player: MakePlayer) -> None:
    if not resource_path("media", "sample.mp4").exists():
        pytest.skip("the sample clip is not in this checkout")
    player = make_player()
    with qtbot.waitSignal(player.controller.frame_shown, timeout=10_000):
        player.tab.empty_sample_button.click()
    assert player.tab.pages.currentWidget() is player.tab.player_page


def test_the_light_network_is_offered_when_the_computer_lags_behind_and_only_then(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    light = tmp_path / "lightnet.onnx"
    light.write_bytes(b"network")
    monkeypatch.setattr("app.controllers.player_model.light_model_path", lambda: light)
    clip = tmp_path / "clip.mp4"
    write_clip(clip)
    player = make_player()
    open_paused(qtbot, player, clip)
    banner = player.tab.offer_banner
    ready = player.controller.presenter.current
    assert ready is not None

    def lag(classify_every: int, *times_ms: float) -> None:
        for time_ms in times_ms:
            frame = replace(ready.frame, timestamp_ms=time_ms)
            slow = replace(ready, frame=frame, pace=Pace(5, classify_every), analysed=True)
            player.controller.presenter.frame_due.emit(slow)

    lag(4, 0.0, 3000.0)
    lag(1, 3040.0)
    lag(4, 3080.0, 7000.0)
    assert banner.isHidden()
    lag(4, 7200.0)
    assert "LightNet" in banner.text
    with qtbot.waitSignal(player.controller.model_changed, timeout=10_000) as changed:
        banner.offer_button.click()
    assert changed.args[0].path == light
    lag(4, 8000.0, 20_000.0)
    assert banner.isHidden()
