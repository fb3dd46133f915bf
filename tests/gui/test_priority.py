"""The window comes first: training and playing give way to it, and not to each other."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest
from player_parts import FakePipeline, MakePlayer, open_paused, write_clip
from pytestqt.qtbot import QtBot

from app.workers.priority import lower_this_thread


@pytest.mark.skipif(sys.platform != "linux", reason="niceness of one thread is Linux's")
def test_only_the_asking_thread_and_its_children_give_way() -> None:
    found: dict[str, int] = {}

    def niceness(name: str) -> None:
        found[name] = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def work() -> None:
        lower_this_thread()
        niceness("worker")
        child = threading.Thread(target=niceness, args=("child",))
        child.start()
        child.join()

    niceness("before")
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    niceness("after")
    assert found["worker"] == found["child"] == min(found["before"] + 5, 19)
    assert found["after"] == found["before"]


@pytest.mark.skipif(sys.platform != "linux", reason="niceness of one thread is Linux's")
def test_playing_and_training_give_way_to_the_window_alike(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    found: list[int] = []

    def look(_frame: object, _detect: bool) -> None:
        found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    clip = tmp_path / "clip.mp4"
    write_clip(clip, frames=2)
    player = make_player(lambda _path: FakePipeline(look))
    open_paused(qtbot, player, clip)

    window = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert found[0] == min(window + 5, 19)
    training = threading.Thread(
        target=lambda: (lower_this_thread(), look(None, False)), name="training"
    )
    training.start()
    training.join()
    # One behind the other would be kept from a core while it holds the lock the window waits for.
    assert found[-1] == found[0]


def test_page_painting_and_first_frame_are_not_done_at_one_go(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    """Together they held the window up for more than 16 ms."""
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=2)
    player = make_player()
    page: list[bool] = []
    frames: list[int] = []
    player.tab.pages.currentChanged.connect(lambda _page: page.append(player.tab.updatesEnabled()))
    player.controller.opened.connect(lambda _title: frames.append(len(player.shown)))
    open_paused(qtbot, player, path)
    assert page == [False]  # it is laid out, painted later
    assert frames == [0]
    qtbot.waitUntil(player.tab.updatesEnabled)
    assert player.shown
