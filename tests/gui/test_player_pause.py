"""Pausing on frames that were played too fast to be looked at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from player_parts import FakePipeline, MakePlayer, decoded_times, open_paused, write_clip
from pytestqt.qtbot import QtBot

from trainer.inference.types import Frame, FrameResult


class LatePipeline(FakePipeline):
    """Looks for no face the first time it sees a frame, as when the computer is too slow."""

    def process(
        self, frame: Frame, *, detect: bool = True, classify_at_most: int | None = None
    ) -> FrameResult:
        seen_before = frame.timestamp_ms in self.processed
        result = super().process(frame, detect=detect, classify_at_most=classify_at_most)
        return result if seen_before else replace(result, faces=(), detector_ran=False)


def test_a_paused_frame_that_nobody_looked_at_is_looked_at(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=50)
    pipeline = LatePipeline()
    player = make_player(lambda _path: pipeline)
    results: list[FrameResult] = []
    player.controller.frame_shown.connect(results.append)
    open_paused(qtbot, player, path)
    qtbot.waitUntil(lambda: len(results[-1].faces) == 2, timeout=10_000)
    times = decoded_times(path)
    for number in (1, 2):
        player.tab.step_requested.emit(1)
        qtbot.waitUntil(
            lambda wanted=times[number]: (  # type: ignore[misc]
                results[-1].timestamp_ms == wanted and len(results[-1].faces) == 2
            ),
            timeout=10_000,
        )
    player.controller.play()
    qtbot.waitUntil(lambda: results[-1].timestamp_ms > times[20], timeout=10_000)
    player.controller.pause()
    moment = results[-1].timestamp_ms
    qtbot.waitUntil(lambda: len(results[-1].faces) == 2, timeout=10_000)
    assert results[-1].timestamp_ms == moment
