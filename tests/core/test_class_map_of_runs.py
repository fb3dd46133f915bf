"""A run keeps what its data's class names meant, and is resumed and judged with that."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from trainer import runs
from trainer.cli import main
from trainer.compare.ground import learnt_images
from trainer.compare.models import list_candidates
from trainer.data import load_dataset
from trainer.data.dataset import ExpressionDataset
from trainer.data.export import export_image_folder
from trainer.data.library import DatasetEntry, Library

MAP = {"1": "anger"}


@pytest.fixture(autouse=True)
def private_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIEN_HOME", str(tmp_path / "home"))


@pytest.fixture
def faces(demo: ExpressionDataset, tmp_path: Path) -> Path:
    """Folders by class, one of them with a number for a name."""
    root = tmp_path / "faces"
    export_image_folder(demo, root)
    for split in ("train", "val", "test"):
        (root / split / "anger").rename(root / split / "1")
    return root


@pytest.fixture
def run(faces: Path, tiny_model: str, tmp_path: Path) -> Path:
    """A run of one epoch on the faces, started with a class map."""
    folder = tmp_path / "runs" / "run"
    assert train(faces, tiny_model, folder, "--class-map", "1=angry") == 0
    return folder


def train(faces: Path, model: str, folder: Path, *more: str) -> int:
    what = ["--data", str(faces), "--model", model, "--out", str(folder)]
    return main(["train", *what, "--epochs", "1", "--batch-size", "32", *more])


def resume(run: Path, *more: str) -> int:
    return main(["train", "--resume", str(run), "--epochs", "2", *more])


def recorded(run: Path) -> Any:
    return json.loads((run / runs.ENVIRONMENT).read_text())["dataset"].get("class_map")


def remember(faces: Path, class_map: Mapping[str, str | None]) -> None:
    """Let the window have opened the data set with another class map meanwhile."""
    Library().remember(DatasetEntry("faces", faces, "image-folder", class_map=class_map))


def record(run: Path, class_map: object) -> None:
    """Write another class map into the run, or none as an older Mien did."""
    path = run / runs.ENVIRONMENT
    content = json.loads(path.read_text())
    content["dataset"]["class_map"] = class_map
    if class_map is None:
        del content["dataset"]["class_map"]
    path.write_text(json.dumps(content))


def test_a_run_is_resumed_with_its_own_class_map(run: Path, faces: Path) -> None:
    assert recorded(run) == MAP
    assert runs.load_run(run).class_map == MAP
    remember(faces, {"1": "fear"})
    assert resume(run) == 0
    assert len(runs.load_run(run).history) == 2
    assert recorded(run) == MAP


def test_no_class_map_is_recorded_too(faces: Path, tiny_model: str, tmp_path: Path) -> None:
    assert train(faces, tiny_model, tmp_path / "plain") == 0
    assert recorded(tmp_path / "plain") == {}
    remember(faces, MAP)
    assert resume(tmp_path / "plain") == 0


def test_another_class_map_is_warned_of(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert resume(run, "--class-map", "1=fear") == 2
    assert "run was trained with --class-map 1=anger" in capsys.readouterr().err
    assert resume(run, "--class-map", "1=anger") == 0
    assert "was trained with" not in capsys.readouterr().err


def test_a_run_of_an_older_mien_is_read_as_the_window_read_it_last(run: Path, faces: Path) -> None:
    record(run, None)
    assert runs.load_run(run).class_map is None
    assert resume(run) == 2
    remember(faces, MAP)
    assert resume(run) == 0


@pytest.mark.parametrize("damaged", ["1=anger", [], {"1": 4}])
def test_a_damaged_record_is_none(run: Path, damaged: object) -> None:
    record(run, damaged)
    assert runs.load_run(run).class_map is None


def test_a_run_is_judged_and_repeated_with_its_own_class_map(
    run: Path, faces: Path, tiny_model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    judge = ["evaluate", "--weights", str(run / runs.WEIGHTS), "--data", str(faces)]
    capsys.readouterr()
    assert main(judge) == 0
    assert json.loads(capsys.readouterr().out)["n"] == 7 * 8
    assert main([*judge, "--class-map", "1=-"]) == 0
    assert "run was trained with --class-map 1=anger" in capsys.readouterr().err
    again = run.parent / "again"
    assert train(faces, tiny_model, again, "--config", str(run / runs.CONFIG)) == 0
    assert recorded(again) == MAP


def test_other_data_are_not_read_by_the_class_map_of_a_run(
    run: Path, faces: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = faces.rename(tmp_path / "moved")
    capsys.readouterr()
    assert main(["evaluate", "--weights", str(run / runs.WEIGHTS), "--data", str(other)]) == 0
    assert json.loads(capsys.readouterr().out)["n"] == 6 * 8
    assert resume(run, "--data", str(other)) == 0  # this names where the run's own data are now


def test_what_a_run_learnt_is_found_by_its_own_class_map(
    run: Path, demo: ExpressionDataset, tmp_path: Path
) -> None:
    candidate = next(c for c in list_candidates(run.parent, tmp_path / "none") if c.run)
    learnt = learnt_images(candidate, demo, "train")
    assert learnt is not None
    assert learnt.count == learnt.total


def test_the_data_say_what_was_asked_for(faces: Path, tmp_path: Path) -> None:
    assert load_dataset(faces, class_map={"1": "Angry", "fear": None}).class_map == {
        "1": "anger",
        "fear": None,
    }
    assert load_dataset(faces).class_map == {}
