"""Clips of every kind in the Player: turned, portrait, odd, slow, fast, one frame, no picture."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from player_parts import MakePlayer, open_paused, play_to_end, shown_after
from pytestqt.qtbot import QtBot

from app.workers.thumbnails import Thumbnails
from tests.core.inference_helpers import turn_clip, write_clip
from tests.core.test_clip_kinds import write_lying, write_raw
from trainer.inference.file_source import FileSource
from trainer.inference.types import Frame


@pytest.mark.parametrize(("degrees", "upright"), [(90, (64, 96)), (180, (96, 64)), (270, (64, 96))])
def test_a_turned_clip_is_upright(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path, degrees: int, upright: tuple[int, int]
) -> None:
    player = make_player()
    open_paused(qtbot, player, turn_clip(write_clip(tmp_path / "a.mp4"), degrees))
    current = player.controller.presenter.current
    assert current is not None
    assert current.frame.image.shape[1::-1] == upright
    height, width = current.picture.shape[:2]
    assert width / height == pytest.approx(upright[0] / upright[1], rel=0.02)


@pytest.mark.parametrize("size", [(97, 63), (63, 97), (90, 160)])
def test_odd_and_portrait_clips_are_shown_unstretched(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path, size: tuple[int, int]
) -> None:
    player = make_player()
    open_paused(qtbot, player, write_raw(tmp_path / "a.mkv", 5, size, "ffv1", "bgr0"))
    area = player.tab.video_view.frame_rect()
    assert area.width() / area.height() == pytest.approx(size[0] / size[1], rel=0.02)


@pytest.mark.parametrize("rate", [10, 120])
def test_slow_and_fast_clips_end_at_their_length_and_step_frame_by_frame(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path, rate: int
) -> None:
    times = [1000.0 * n / rate for n in range(8)]
    player = make_player()
    play_to_end(qtbot, player, write_clip(tmp_path / "a.mp4", times))
    assert player.controller.presenter.duration_ms == pytest.approx(8000.0 / rate, abs=12)
    shown_after(qtbot, player, lambda: player.controller.seek(times[3] + 1))
    back = shown_after(qtbot, player, lambda: player.controller.presenter.step(-1))
    assert back == pytest.approx(times[2], abs=0.6)


def test_one_frame_is_shown_and_played_without_end(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    player = make_player()
    play_to_end(qtbot, player, write_clip(tmp_path / "one.mp4", (0.0,)))
    assert player.shown[0] == 0.0
    assert not player.tab.message_banner.isVisible()


def test_a_file_with_sound_only_is_refused_with_a_way_on(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    player = make_player()
    sound = write_clip(tmp_path / "sound.mp4", audio_only=True)
    with qtbot.waitSignal(player.controller.failed, timeout=10_000) as failed:
        player.controller.open_file(sound)
    assert "sound.mp4" in failed.args[0]
    assert player.tab.open_other_button.isVisible()


def test_a_clip_without_a_length_gets_a_time_line_and_can_be_sought_in(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    """As a browser's recorder writes them: nothing in the header says how long it is."""
    times = [40.0 * n for n in range(50)]
    live = write_clip(tmp_path / "live.mkv", times, muxer={"live": "1"})
    player = make_player()
    controller, tab = player.controller, player.tab
    open_paused(qtbot, player, live)
    qtbot.waitUntil(lambda: controller.presenter.duration_ms > 0, timeout=5000)
    assert controller.presenter.duration_ms == pytest.approx(2000, abs=1)
    assert tab.timeline_panel.isVisible()
    assert tab.timeline_panel.timeline.isEnabled()
    assert tab.duration_label.text() == "0:02.0"
    assert shown_after(qtbot, player, lambda: controller.seek(1210.0)) == pytest.approx(1200)
    assert shown_after(qtbot, player, tab.end_button.click) == pytest.approx(1960)
    analysis = controller.tools.analysis
    with qtbot.waitSignal(analysis.ended, timeout=15_000):
        tab.timeline_panel.analyse_button.click()
    recording = controller.tools.recorder.recording
    assert recording is not None
    assert recording.frame_times().tolist() == pytest.approx(times, abs=1)
    assert recording.info.duration_ms == pytest.approx(2000, abs=1)


def test_a_jump_does_not_go_to_the_start_while_the_length_is_unknown(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = write_clip(tmp_path / "live.mkv", [40.0 * n for n in range(50)], muxer={"live": "1"})
    player = make_player()
    monkeypatch.setattr(player.controller.tools.length, "open", lambda _info: None)
    open_paused(qtbot, player, live)
    assert player.controller.presenter.duration_ms == 0.0
    shown = shown_after(qtbot, player, lambda: player.controller.seek(1210.0))
    assert shown == pytest.approx(1200)


def test_thumbnails_keep_their_times_when_the_length_is_found_out() -> None:
    thumbnails = Thumbnails()
    thumbnails.open(0.0)
    image = np.zeros((96, 160, 3), np.uint8)
    for place in range(4):
        thumbnails.offer(Frame(image + 60 * place, place, 20_000.0 * place + 100))
    thumbnails.set_duration(3_600_000.0)
    for place in range(4):
        picture = thumbnails.at(20_000.0 * place + 100)
        assert picture is not None
        assert picture[0, 0, 0] == pytest.approx(60 * place, abs=2)
    assert thumbnails.at(3_000_000.0) is None


def test_the_true_length_is_kept_once_an_analysis_has_found_it(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    player = make_player()
    open_paused(qtbot, player, write_lying(tmp_path / "a.avi", 150, 1000))
    tools = player.controller.tools
    assert player.controller.presenter.duration_ms == pytest.approx(40_000)
    with qtbot.waitSignal(tools.analysis.ended, timeout=15_000):
        player.tab.timeline_panel.analyse_button.click()
    assert player.controller.presenter.duration_ms == pytest.approx(6000)
    assert player.tab.duration_label.text() == "0:06.0"
    recording = tools.recorder.recording
    assert recording is not None
    assert recording.duration_ms == pytest.approx(6000)
    with qtbot.waitSignal(tools.analysis.nothing_to_do, timeout=5000):
        player.tab.timeline_panel.analyse_button.click()


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts"])
def test_frames_of_a_variable_rate_keep_their_numbers_after_a_jump(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path, name: str
) -> None:
    times = [20.0 * n for n in range(150)] + [3000.0 + 500.0 * n for n in range(20)]
    clip = write_clip(tmp_path / name, times)
    player = make_player()
    open_paused(qtbot, player, clip)
    tools = player.controller.tools
    shown_after(qtbot, player, lambda: player.controller.seek(9010.0))

    def numbers() -> dict[int, int]:
        recording = tools.recorder.recording
        assert recording is not None
        moments = recording.frames["timestamp_ms"].round().astype(int).tolist()
        return dict(zip(moments, recording.frames["frame_index"].tolist(), strict=True))

    qtbot.waitUntil(lambda: numbers().get(9000) == 162, timeout=5000)
    before = set(numbers())
    shown_after(qtbot, player, lambda: player.controller.seek(4500.0))
    expected = {round(time): number for number, time in enumerate(times)}
    assert set(numbers()) - before
    assert all(expected[moment] == number for moment, number in numbers().items())
    with qtbot.waitSignal(tools.analysis.ended, timeout=15_000):
        player.tab.timeline_panel.analyse_button.click()
    assert numbers() == expected


def test_another_video_is_opened_in_the_middle_of_a_long_jump(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long, short = write_clip(tmp_path / "long.mp4"), write_clip(tmp_path / "short.mp4")
    player = make_player()
    open_paused(qtbot, player, long)
    jumping, never, seek = threading.Event(), threading.Event(), FileSource.seek

    def endless(
        source: FileSource, ms: float, should_stop: Callable[[], bool] | None = None
    ) -> None:
        if source.path == short:
            seek(source, ms, should_stop)
            return
        jumping.set()
        assert should_stop is not None
        while not should_stop():
            never.wait(0.01)

    monkeypatch.setattr(FileSource, "seek", endless)
    player.controller.seek(400.0)
    qtbot.waitUntil(jumping.is_set, timeout=5000)
    open_paused(qtbot, player, short)
    assert player.controller.presenter.info is not None
    assert player.controller.presenter.info.title == "short.mp4"
