"""Cycles are collected on the GUI thread, whoever makes them."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.garbage import GarbageCollector


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[GarbageCollector]:
    made = GarbageCollector()
    qtbot.waitUntil(lambda: not gc.isenabled(), timeout=5000)
    yield made
    made.end()
    assert gc.isenabled()


class Cycle:
    """Refers to itself; says which thread took it down."""

    ends: list[threading.Thread] = []  # noqa: RUF012

    def __init__(self) -> None:
        self.own = self

    def __del__(self) -> None:
        Cycle.ends.append(threading.current_thread())


def make_garbage(count: int) -> None:
    for _ in range(count):
        Cycle()


def test_what_a_worker_leaves_is_taken_down_on_the_gui_thread(
    collector: GarbageCollector, qtbot: QtBot
) -> None:
    Cycle.ends.clear()
    thread = threading.Thread(target=make_garbage, args=(5000,))
    thread.start()
    thread.join()
    assert not Cycle.ends  # Python's own collection would have run on the worker's thread
    qtbot.waitUntil(lambda: len(Cycle.ends) == 5000, timeout=5000)
    assert set(Cycle.ends) == {threading.main_thread()}


def test_all_objects_are_looked_at_only_when_there_is_time(
    collector: GarbageCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(gc, "get_count", lambda: (9000, 90, 90))
    monkeypatch.setattr(gc, "collect", asked.append)
    collector.busy = lambda: True
    collector.look()
    collector.busy = lambda: False
    collector.look()
    assert asked == [1, 2]


def test_what_came_to_stay_is_not_looked_at_again(collector: GarbageCollector) -> None:
    came_to_stay = [[number] for number in range(1000)]
    collector.keep("libraries")
    kept = gc.get_freeze_count()
    assert kept > len(came_to_stay)
    later = [[number] for number in range(1000)]
    collector.keep("libraries")  # each cause once: what comes and goes must not pile up
    assert gc.get_freeze_count() == kept
    del later


def test_a_window_built_anew_gives_the_old_one_back(
    collector: GarbageCollector, qtbot: QtBot
) -> None:
    Cycle.ends.clear()
    old = Cycle()
    collector.keep("window")
    del old
    gc.collect()
    assert not Cycle.ends
    collector.release()
    qtbot.waitUntil(lambda: len(Cycle.ends) == 1, timeout=5000)
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 0, timeout=5000)


def test_nothing_is_looked_at_while_a_library_is_imported(
    collector: GarbageCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(gc, "collect", asked.append)
    collector.importing = True
    collector.look()
    assert not asked
    collector.importing = False
    collector.look()
    assert len(asked) == 1
