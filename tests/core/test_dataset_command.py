"""``python -m trainer dataset``: the facts as text and JSON, with votes, edits and suspicions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trainer import runs
from trainer.cli import main
from trainer.config import TrainConfig
from trainer.data import load_dataset
from trainer.data.dataset import ExpressionDataset
from trainer.data.edits import EditLog, edits_path
from trainer.data.label_errors import find_label_errors
from trainer.data.run_predictions import run_probs
from trainer.data.vote_report import agreement_of_errors, majority_targets, vote_facts
from trainer.errors import DataError
from trainer.files import write_text
from trainer.labels import EXPRESSIONS, SPLITS


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIEN_HOME", str(tmp_path / "home"))


def facts_of(*arguments: str, folder: Path) -> dict[str, Any]:
    path = folder / "facts.json"
    assert main(["dataset", *arguments, "--json", str(path)]) == 0
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return facts


@pytest.fixture
def votes_csv(demo: ExpressionDataset, tmp_path: Path) -> Path:
    """Everybody agrees with the labels, but for the first image and a tie in the second."""
    columns = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear")
    usage = ("Training", "PublicTest", "PrivateTest")
    lines = ["Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,"
             "contempt,unknown,NF"]  # fmt: skip
    for index in range(len(demo)):
        row = [0] * 10
        row[columns.index(EXPRESSIONS[int(demo.targets[index])])] = 10
        if index == 0:
            row = [0] * 9 + [10]
        if index == 1:
            row = [5, 5] + [0] * 8
        split = usage[int(demo.splits[index])]
        lines.append(f"{split},fer{index:07}.png,{','.join(map(str, row))}")
    path = tmp_path / "fer2013new.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_votes_are_counted(
    demo: ExpressionDataset, demo_csv: Path, votes_csv: Path, tmp_path: Path, capsys
) -> None:  # type: ignore[no-untyped-def]
    facts = facts_of("--data", str(demo_csv), "--votes", str(votes_csv), folder=tmp_path)
    votes = facts["votes"]
    assert votes["judged"] == len(demo)
    assert (votes["ties"], votes["no_majority"], votes["not_a_face"]) == (1, 1, 1)
    assert votes["majority_differs_from_label"] == 0
    assert facts["findings"]["flags"]["no_face"] is None
    text = capsys.readouterr().out
    assert "1 (0.4%) have no majority" in text
    assert "No face found" not in text


def test_a_training_takes_its_targets_from_a_file_of_votes(
    demo_csv: Path, votes_csv: Path, tmp_path: Path, capsys
) -> None:  # type: ignore[no-untyped-def]
    run = tmp_path / "run"
    arguments = ["train", "--data", str(demo_csv), "--model", "lenet", "--epochs", "1",
                 "--train-limit", "64", "--val-limit", "32", "--targets", "both"]  # fmt: skip
    assert main([*arguments, "--out", str(run)]) != 0
    assert "fer2013new.csv" in capsys.readouterr().err
    assert main([*arguments, "--votes", str(votes_csv), "--out", str(run)]) == 0
    assert "1 left out for want of a clear vote" in (run / "log.txt").read_text(encoding="utf-8")
    assert main(["train", "--resume", str(run), "--epochs", "2"]) == 0  # the votes are known
    assert len(runs.load_run(run).history) == 2


def test_corrections_count_when_asked(
    demo: ExpressionDataset, demo_csv: Path, tmp_path: Path, capsys
) -> None:  # type: ignore[no-untyped-def]
    log = EditLog(demo.content_hash, demo.class_names, len(demo))
    log.exclude([0, 1, 2])
    log.relabel(5, 1)
    log.save(edits_path(demo.content_hash))
    plain = facts_of("--data", str(demo_csv), folder=tmp_path)
    assert "corrections" not in capsys.readouterr().out
    edited = facts_of("--data", str(demo_csv), "--edits", folder=tmp_path)
    assert "Your corrections are applied" in capsys.readouterr().out

    def total(facts: dict[str, Any]) -> int:
        return sum(sum(facts["counts"][split].values()) for split in SPLITS)

    assert total(plain) - total(edited) == 3


def test_cleaned_data_are_exported(demo: ExpressionDataset, demo_csv: Path, tmp_path: Path) -> None:
    log = EditLog(demo.content_hash, demo.class_names, len(demo))
    log.exclude([0, 1, 2])
    log.save(edits_path(demo.content_hash))
    out = tmp_path / "clean.csv"
    assert main(["dataset", "--data", str(demo_csv), "--edits", "--export", str(out)]) == 0
    again = load_dataset(out)
    assert len(again) == len(demo) - 3
    assert np.array_equal(again.images[0].numpy(), demo.images[3].numpy())


def make_run(folder: Path, demo: ExpressionDataset, content_hash: str) -> Path:
    """A run folder whose predictions are sure of the right class, but for one image."""
    run = folder / "run"
    run.mkdir()
    TrainConfig().save(run / runs.CONFIG)
    write_text(run / runs.ENVIRONMENT, json.dumps({"dataset": {"content_hash": content_hash}}))
    indices = demo.indices("val").numpy()
    targets = demo.targets.numpy()[indices].copy()
    targets[4] = (targets[4] + 1) % 7
    names = list(reversed(demo.class_names))
    probs = np.full((len(indices), 7), 0.02, np.float32)
    probs[np.arange(len(indices)), 6 - targets] = 0.88
    np.savez(run / runs.PREDICTIONS, probs=probs, indices=indices, class_names=np.array(names))
    return run


def test_label_errors_of_a_run(
    demo: ExpressionDataset, demo_csv: Path, tmp_path: Path, capsys
) -> None:  # type: ignore[no-untyped-def]
    run = make_run(tmp_path, demo, demo.content_hash)
    facts = facts_of("--data", str(demo_csv), "--label-errors", str(run), folder=tmp_path)
    (suspect,) = facts["suspected"]
    index = int(demo.indices("val")[4])
    assert suspect["row"] == int(demo.source_rows[index])
    assert suspect["label"] == demo.class_names[int(demo.targets[index])]
    assert suspect["suggested"] == demo.class_names[(int(demo.targets[index]) + 1) % 7]
    assert "Suspected label errors: 1 of 56 judged images" in capsys.readouterr().out


def test_predictions_of_other_data_are_refused(demo: ExpressionDataset, tmp_path: Path) -> None:
    run = make_run(tmp_path, demo, "other")
    with pytest.raises(DataError, match="other data"):
        run_probs(run, demo.content_hash, demo.class_names, len(demo))
    write_text(run / runs.ENVIRONMENT, json.dumps({"dataset": {"content_hash": "h"}}))
    with pytest.raises(DataError, match="damaged"):
        run_probs(run, "h", demo.class_names, 10)
    (run / runs.PREDICTIONS).write_bytes(b"PK nothing")
    with pytest.raises(DataError, match="damaged"):
        run_probs(run, "h", demo.class_names, len(demo))
    (run / runs.PREDICTIONS).unlink()
    with pytest.raises(DataError, match="no predictions"):
        run_probs(run, "h", demo.class_names, len(demo))


def test_suspicions_are_compared_with_votes() -> None:
    names = ("anger", "fear")
    votes = np.zeros((6, 10), np.uint8)
    votes[:, 4] = (10, 10, 0, 0, 4, 0)  # anger
    votes[:, 6] = (0, 0, 10, 10, 4, 0)  # fear
    votes[5, 9] = 10
    targets = np.array([0, 1, 0, 1, 0, 0])
    assert majority_targets(votes, names).tolist() == [0, 0, 1, 1, -1, -2]
    assert vote_facts(votes, targets, names)["majority_differs_from_label"] == 2
    probs = np.array([[0.9, 0.1], [0.9, 0.1], [0.8, 0.2], [0.2, 0.8], [0.1, 0.9], [0.9, 0.1]])
    errors = find_label_errors(targets, probs.astype(np.float32), source="")
    compared = agreement_of_errors(errors, votes, targets, names)
    assert errors.order.tolist() == [1, 4]
    assert compared["compared"] == 1  # nobody agreed on image 4
    assert (compared["rate"], compared["suggestion_is_majority"]) == (1.0, 1.0)
    assert compared["found_of_differing"] == 0.5
