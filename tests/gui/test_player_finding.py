"""The sliders for what counts as a face, in a Player with a clip and with a real photo."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pytest
from player_parts import FakePipeline, MakePlayer, Player, open_paused, play_to_end, write_clip
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.workers.playback_parts import default_pipeline
from trainer.inference.finding import FindingSettings
from trainer.inference.pipeline import PipelineSettings
from trainer.inference.types import Frame, FrameResult


class Choosy(FakePipeline):
    """Leaves the smaller face out when only large ones count."""

    def process(
        self, frame: Frame, *, detect: bool = True, classify_at_most: int | None = None
    ) -> FrameResult:
        result = super().process(frame, detect=detect, classify_at_most=classify_at_most)
        faces = [
            face for face in result.faces if face.xyxy[2] - face.xyxy[0] >= self.finding.min_face
        ]
        return replace(result, faces=tuple(faces))


def faces(player: Player) -> int:
    result = player.tab._result
    return 0 if result is None else len(result.faces)


def test_a_slider_counts_at_once_for_the_frame_that_is_shown(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path)
    pipeline = Choosy()
    player = make_player(lambda _path: pipeline)
    open_paused(qtbot, player, path)
    panel = player.tab.finding_panel
    assert faces(player) == 2
    panel.size_slider.setValue(10)
    assert panel.size_value.text() == "40 px"
    qtbot.waitUntil(lambda: faces(player) == 1, timeout=5000)
    assert not panel.again_button.isVisibleTo(panel)
    recording = player.controller.tools.recorder.recording
    assert recording is not None
    assert recording.info.settings["finding"]["min_face"] == 40.0
    panel.reset_button.click()
    qtbot.waitUntil(lambda: faces(player) == 2, timeout=5000)
    assert pipeline.finding == FindingSettings()


def test_what_somebody_worked_on_is_not_thrown_away_unasked(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path)
    player = make_player(lambda _path: Choosy())
    play_to_end(qtbot, player, path)
    tools, panel = player.controller.tools, player.tab.finding_panel
    tools.timeline.edit(lambda edits: edits.mark(200.0, "event", "door"))
    tools.timeline.edit(lambda edits: edits.rename(2, "Ada"))
    assert panel.again_button.isVisibleTo(panel)
    frames = len(tools.recorder.recording or ())
    panel.size_slider.setValue(20)
    tools.finding._settle.timeout.emit()
    assert len(tools.recorder.recording or ()) == frames
    assert tools.recorder.edits.name_of(2) == "Ada"

    panel.again_button.click()
    box = tools.finding.question
    assert box is not None
    box.buttons()[-1].click()  # Cancel
    assert tools.recorder.edits.name_of(2) == "Ada"
    panel.again_button.click()
    box = tools.finding.question
    assert box is not None
    next(b for b in box.buttons() if b.text().startswith("Forget")).click()
    assert tools.recorder.edits.name_of(2) == "P2"
    assert [marker.text for marker in tools.recorder.edits.markers] == ["door"]
    qtbot.waitUntil(lambda: faces(player) == 0, timeout=5000)
    assert not panel.again_button.isVisibleTo(panel)


def test_the_choice_is_remembered_and_nonsense_is_not(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    assert settings.finding == FindingSettings()
    settings.finding = FindingSettings(0.8, 40.0)
    assert Settings(tmp_path / "settings.ini").finding == FindingSettings(0.8, 40.0)
    settings.qt.setValue("player/face_score", "1e9")
    settings.qt.setValue("player/smallest_face", "large")
    found = settings.finding
    assert 0 < found.score_threshold < 1
    assert found.min_face == FindingSettings().min_face


@pytest.mark.parametrize("values", [(0.0, 16.0), (1.0, 16.0), (0.5, -1.0), (0.5, float("nan"))])
def test_impossible_settings_are_refused(values: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="must"):
        FindingSettings(*values)


def test_the_window_keeps_the_same_settings_beside_results_as_the_command(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=5)
    player = make_player(default_pipeline)
    play_to_end(qtbot, player, path)
    recording = player.controller.tools.recorder.recording
    assert recording is not None
    assert recording.info.settings == asdict(PipelineSettings())
