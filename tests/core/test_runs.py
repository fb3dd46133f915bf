"""Run folders as they may be found after a crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer import runs
from trainer.config import TrainConfig
from trainer.errors import MienError
from trainer.events import EpochFinished


def epoch(number: int, accuracy: float = 0.5) -> EpochFinished:
    return EpochFinished(number, 1.0, 0.4, 1.1, accuracy, 0.3, 0.01, 80.0, 12.5, number == 0)


def make_run(path: Path, rows: int = 2) -> Path:
    path.mkdir(parents=True)
    TrainConfig().save(path / runs.CONFIG)
    runs.write_results(path / runs.RESULTS, [epoch(number) for number in range(rows)])
    return path


def test_results_survive_the_file(tmp_path: Path) -> None:
    path = make_run(tmp_path / "a")
    assert runs.load_run(path).history == (epoch(0), epoch(1))


def test_a_torn_last_row_costs_only_itself(tmp_path: Path) -> None:
    path = make_run(tmp_path / "a", rows=3)
    results = path / runs.RESULTS
    results.write_text(results.read_text()[:-30])
    assert len(runs.load_run(path).history) == 2


def test_a_run_without_an_end_was_interrupted(tmp_path: Path) -> None:
    run = runs.load_run(make_run(tmp_path / "a"))
    assert run.state == "interrupted"
    assert not run.can_resume  # there is no checkpoint
    (run.path / runs.CHECKPOINT).write_bytes(b"")
    assert run.can_resume


def test_a_run_in_training_is_not_offered_and_not_trained_twice(tmp_path: Path) -> None:
    run = runs.load_run(make_run(tmp_path / "a"))
    (run.path / runs.CHECKPOINT).write_bytes(b"")
    with runs.training_lock(run.path):
        assert run.is_training
        assert not run.can_resume
        with (
            pytest.raises(MienError, match="is being trained right now"),
            runs.training_lock(run.path),
        ):
            pass
    assert run.can_resume


def test_damaged_runs_do_not_hide_the_others(tmp_path: Path) -> None:
    make_run(tmp_path / "good")
    (make_run(tmp_path / "bad") / runs.CONFIG).write_text("{:::")
    (make_run(tmp_path / "odd") / runs.METRICS).write_text("[not a map")
    (tmp_path / "unrelated").mkdir()
    assert [run.name for run in runs.list_runs(tmp_path)] == ["odd", "good"]
    assert runs.list_runs(tmp_path / "nowhere") == []


def test_no_run_folder(tmp_path: Path) -> None:
    with pytest.raises(MienError, match="is no run folder"):
        runs.load_run(tmp_path)


def test_two_runs_in_the_same_second_get_two_folders(tmp_path: Path) -> None:
    made = {runs.new_run_dir(tmp_path, "vgg9") for _ in range(3)}
    assert len(made) == 3


def test_a_root_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MienError, match="Cannot create a run folder"):
        runs.new_run_dir(tmp_path / "file" / "runs", "vgg9")
