"""Training gives way to the window."""

from __future__ import annotations

import os
import sys
import threading

import pytest

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
    assert found["worker"] == found["child"] == max(found["before"], 10)
    assert found["after"] == found["before"]
