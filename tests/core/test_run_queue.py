"""The queue of runs: order, states, and what a restart finds."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.config import AugmentConfig, TrainConfig
from trainer.run_queue import (
    FAILED,
    FINISHED,
    INTERRUPTED,
    RUNNING,
    WAITING,
    QueuedRun,
    RunQueue,
    over_seeds,
)


@pytest.fixture
def queue(tmp_path: Path) -> RunQueue:
    return RunQueue(tmp_path / "data" / "queue.json")


def _runs(number: int) -> list[QueuedRun]:
    return [QueuedRun(TrainConfig(epochs=n + 1), key=f"run{n}") for n in range(number)]


def _keys(queue: RunQueue) -> list[str]:
    return [run.key for run in queue.runs]


def _reopened(queue: RunQueue) -> RunQueue:
    queue.close()
    return RunQueue(queue.path)


def test_a_restart_finds_all_runs_with_all_settings(queue: RunQueue) -> None:
    config = TrainConfig(
        balance={"disgust": 10}, seed=3, augment=AugmentConfig(flip=0.25), nesterov=False
    )
    run = QueuedRun(config, Path("/data/fer 2013.csv"), run_dir=Path("/runs/a"), accuracy=0.61)
    queue.add([run, *_runs(2)])
    again = _reopened(queue)
    assert again.runs[0] == run
    assert again.runs[0].config == config
    assert [r.config.epochs for r in again.runs[1:]] == [1, 2]
    assert math.isnan(again.runs[1].accuracy)


def test_what_ran_when_the_program_died_is_interrupted(queue: RunQueue) -> None:
    queue.add(_runs(2))
    queue.update("run0", state=RUNNING, run_dir=Path("/runs/a"))
    again = _reopened(queue)
    assert [run.state for run in again.runs] == [INTERRUPTED, WAITING]
    assert again.runs[0].run_dir == Path("/runs/a")
    found = again.next_waiting()
    assert found is not None
    assert found.key == "run1"


def test_order_can_be_changed(queue: RunQueue) -> None:
    queue.add(_runs(3))
    queue.move("run2", 0)
    assert _keys(queue) == ["run2", "run0", "run1"]
    queue.move("run2", 99)
    assert _keys(_reopened(queue)) == ["run0", "run1", "run2"]


def test_a_run_started_now_goes_before_those_that_wait(queue: RunQueue) -> None:
    queue.add(_runs(2))
    queue.update("run0", state=FINISHED)
    queue.add([QueuedRun(TrainConfig(), key="now")], first=True)
    assert _keys(queue) == ["run0", "now", "run1"]
    queue.remove_over()
    assert _keys(queue) == ["now", "run1"]


def test_what_runs_cannot_be_removed(queue: RunQueue) -> None:
    queue.add(_runs(2))
    queue.update("run0", state=RUNNING)
    queue.remove(["run0", "run1"])
    assert _keys(queue) == ["run0"]


def test_one_run_over_several_seeds(queue: RunQueue) -> None:
    runs = over_seeds(QueuedRun(TrainConfig(seed=5)), 3)
    assert [run.config.seed for run in runs] == [5, 6, 7]
    assert len({run.key for run in runs}) == 3


def test_a_failure_is_kept_with_its_reason(queue: RunQueue) -> None:
    queue.add(_runs(1))
    queue.update("run0", state=FAILED, message="The loss diverged.")
    assert _reopened(queue).runs[0].message == "The loss diverged."
    with pytest.raises(KeyError):
        queue.update("nobody", state=FAILED)


@pytest.mark.parametrize(
    "text", ["", "[]", "null", '{"runs": [{}]}', '{"runs": 3}', '{"runs": [{"state": "x"}]}']
)
def test_a_damaged_file_is_put_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "queue.json"
    for expected in ("queue.json.damaged", "queue.json.damaged-2"):
        path.write_text(text, encoding="utf-8")
        queue = RunQueue(path)
        queue.close()
        assert queue.is_kept
        assert queue.runs == ()
        assert path.with_name(expected).read_text(encoding="utf-8") == text


def test_a_second_program_neither_writes_nor_takes_the_list(queue: RunQueue) -> None:
    queue.add(_runs(1))
    queue.flush()
    second = RunQueue(queue.path)
    assert not second.is_kept
    assert second.runs == ()  # what waits in the first would be trained twice
    second.add([QueuedRun(TrainConfig(), key="mine")])
    second.close()
    queue.add([QueuedRun(TrainConfig(), key="last")])
    assert _keys(second) == ["mine"]
    assert _keys(_reopened(queue)) == ["run0", "last"]


def test_a_list_that_cannot_be_written_goes_on_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    queue = RunQueue(tmp_path / "file" / "queue.json")
    queue.add(_runs(2))
    queue.flush()
    assert _keys(queue) == ["run0", "run1"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["key", "state", "config", "dataset", "a"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entry=_JSON)
def test_no_file_is_a_crash(tmp_path: Path, entry: Any) -> None:
    path = tmp_path / "queue.json"
    path.write_text(json.dumps({"version": 1, "runs": [entry]}), encoding="utf-8")
    queue = RunQueue(path)
    queue.close()
    assert queue.is_kept  # so it was read
