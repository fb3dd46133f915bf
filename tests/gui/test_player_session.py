"""Sessions in the Player: saved by themselves, used again, never in the way."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

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

from tests.core.inference_helpers import write_late
from trainer.inference.recording_file import load_recording, save_recording, sessions_dir
from trainer.inference.types import Frame, FrameResult


def session_files() -> list[Path]:
    return sorted(sessions_dir().glob("*.mien-session"))


class Network(FakePipeline):
    """A pipeline whose network has a hash."""

    def __init__(self, sha256: str) -> None:
        super().__init__()
        self.classifier = SimpleNamespace(metadata=None, path=None, sha256=sha256)


def frames_known(player: Player) -> int:
    recording = player.controller.tools.recorder.recording
    return 0 if recording is None else len(recording)


def analyse(qtbot: QtBot, player: Player, path: Path) -> None:
    """Look at every frame; while playing, a busy computer leaves some out."""
    open_paused(qtbot, player, path)
    tools = player.controller.tools
    with qtbot.waitSignal(tools.sessions.saved, timeout=15_000):
        tools.analysis.start()


def test_closing_saves_and_opening_the_moved_video_computes_nothing(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path)
    pipeline = FakePipeline()
    player = make_player(lambda _path: pipeline)
    analyse(qtbot, player, path)
    tools = player.controller.tools
    tools.timeline.edit(lambda edits: edits.rename(2, "Ada"))
    player.controller.close_media()
    moved = tmp_path / "elsewhere" / "other name.mp4"
    moved.parent.mkdir()
    tools.sessions._saver.settle()
    shutil.move(path, moved)
    processed = len(pipeline.processed)
    play_to_end(qtbot, player, moved)
    assert len(pipeline.processed) == processed
    assert frames_known(player) == 30
    assert tools.recorder.edits.name_of(2) == "Ada"
    assert not tools.recorder.unsaved


def test_leaving_the_program_saves(qtbot: QtBot, make_player: MakePlayer, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path)
    player = make_player()
    analyse(qtbot, player, path)
    player.controller.tools.timeline.edit(lambda edits: edits.rename(2, "Ada"))
    player.controller.shutdown()
    (session,) = map(load_recording, session_files())
    assert (len(session), session.edits.name_of(2)) == (30, "Ada")


def test_the_whole_analysis_is_saved_at_once(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=60)
    player = make_player()
    open_paused(qtbot, player, path)
    tools = player.controller.tools
    with qtbot.waitSignal(tools.sessions.saved, timeout=15_000) as saved:
        tools.analysis.start()
    assert saved.args[0].frames == 60
    with qtbot.waitSignal(tools.analysis.nothing_to_do, timeout=5000):
        tools.analysis.start()
    assert frames_known(player) == 60


def test_ctrl_s_saves_and_says_where(qtbot: QtBot, make_player: MakePlayer, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=5)
    player = make_player()
    sessions = player.controller.tools.sessions
    titles: list[tuple[str, bool]] = []
    player.controller.document_changed.connect(lambda *state: titles.append(state))
    open_paused(qtbot, player, path)
    qtbot.waitUntil(lambda: ("clip.mp4", True) in titles, timeout=5000)
    player.tab.activateWindow()
    qtbot.waitUntil(player.tab.isActiveWindow, timeout=5000)
    with qtbot.waitSignal(sessions.saved, timeout=5000):
        qtbot.keyClick(player.tab, Qt.Key_S, Qt.ControlModifier)
    assert str(session_files()[0]) in player.tab.message_label.text()
    qtbot.waitUntil(lambda: titles[-1] == ("clip.mp4", False), timeout=5000)


def test_a_damaged_session_is_kept_aside_and_the_video_opens(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=5)
    player = make_player()
    play_to_end(qtbot, player, path)
    player.controller.close_media()
    player.controller.tools.sessions._saver.settle()
    (session,) = session_files()
    data = session.read_bytes()
    session.write_bytes(data[: len(data) // 2])
    player.tab.clear_message()
    play_to_end(qtbot, player, path)
    kept = session.with_name(session.name + ".damaged")
    assert kept.read_bytes() == data[: len(data) // 2]
    assert str(kept) in player.tab.message_label.text()
    player.controller.close_media()
    player.controller.tools.sessions._saver.settle()
    assert len(load_recording(session)) == 5


def test_what_another_network_found_is_shown_and_kept(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=10)
    first = make_player(lambda _path: Network("a" * 64))
    play_to_end(qtbot, first, path)
    first.controller.tools.timeline.edit(lambda edits: edits.rename(1, "Ada"))
    first.controller.shutdown()
    other = Network("b" * 64)
    second = make_player(lambda _path: other)
    play_to_end(qtbot, second, path)
    tools = second.controller.tools
    assert tools.recorder.foreign
    assert tools.recorder.edits.name_of(1) == "Ada"
    assert other.processed == []
    with qtbot.waitSignal(tools.analysis.ended, timeout=15_000):
        tools.analysis.start()
    assert not tools.recorder.foreign
    assert len(other.processed) == 10
    second.controller.shutdown()
    names = {load_recording(file).edits.name_of(1) for file in session_files()}
    assert names == {"Ada", "P1"}
    third = make_player(lambda _path: Network("a" * 64))
    shown_after(qtbot, third, lambda: third.controller.open_file(path))
    assert third.controller.tools.recorder.edits.name_of(1) == "Ada"
    assert not third.controller.tools.recorder.foreign


def test_sound_before_the_picture_is_known_of_an_older_session_too(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = write_late(tmp_path / "clip.mp4")
    player = make_player()
    tools = player.controller.tools
    play_to_end(qtbot, player, path)
    start_ms = tools.recorder.info.start_ms
    assert 399 <= start_ms <= 530  # the encoder of the sound may put a little before
    player.controller.close_media()
    tools.sessions._saver.settle()
    (session,) = session_files()
    recording = load_recording(session)
    assert recording.info.start_ms == start_ms
    recording.info = replace(recording.info, start_ms=0.0)
    save_recording(recording, session)
    open_paused(qtbot, player, path)
    assert tools.recorder.info.start_ms == start_ms


class Late(Network):
    """Answers for one frame only when another network is already in use."""

    def __init__(self, sha256: str, player: list[Player]) -> None:
        super().__init__(sha256)
        self.player = player
        self.reached = threading.Event()

    def process(
        self, frame: Frame, *, detect: bool = True, classify_at_most: int | None = None
    ) -> FrameResult:
        result = super().process(frame, detect=detect, classify_at_most=classify_at_most)
        if frame.timestamp_ms >= 2000:  # playing, paused at the start, looks not so far ahead
            recorder = self.player[0].controller.tools.recorder
            generation = recorder.generation
            self.reached.set()
            tries = 0
            while recorder.generation == generation and tries < 2000:
                threading.Event().wait(0.005)
                tries += 1
        return result


class Other(Network):
    """Finds one face, and so is told from the first."""

    def process(
        self, frame: Frame, *, detect: bool = True, classify_at_most: int | None = None
    ) -> FrameResult:
        result = super().process(frame, detect=detect, classify_at_most=classify_at_most)
        return replace(result, faces=result.faces[:1])


def test_another_network_during_the_whole_analysis_begins_anew(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path, made = tmp_path / "clip.mp4", list[Player]()
    write_clip(path, frames=60)
    late = Late("a" * 64, made)
    player = make_player(lambda path: late if path is None else Other("b" * 64))
    made.append(player)
    open_paused(qtbot, player, path)
    tools = player.controller.tools
    tools.analysis.start()
    qtbot.waitUntil(late.reached.is_set, timeout=15_000)
    with qtbot.waitSignal(player.controller.model_changed, timeout=15_000):
        player.controller.set_model(tmp_path / "other.onnx")
    assert tools.recorder.known(2000.0) is None
    with qtbot.waitSignal(tools.analysis.ended, timeout=15_000):
        tools.analysis.start()
    recording = tools.recorder.snapshot()
    assert recording is not None
    assert recording.info.model_sha256 == "b" * 64
    assert len(recording) == 60
    assert {len(recording.result(row).faces) for row in range(60)} == {1}


def test_a_full_disk_is_said_once(qtbot: QtBot, make_player: MakePlayer, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=5)
    sessions_dir().parent.mkdir(parents=True, exist_ok=True)
    sessions_dir().write_text("not a folder", encoding="utf-8")
    player = make_player()
    open_paused(qtbot, player, path)
    with qtbot.waitSignal(player.controller.tools.sessions._saver.failed, timeout=8000):
        player.controller.tools.sessions.save()
    qtbot.waitUntil(player.tab.message_banner.isVisible, timeout=3000)
    assert "cannot be written" in player.tab.message_label.text()
