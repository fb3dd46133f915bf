"""The command line: wrong input is one line and exit code 2, never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.conftest import row
from trainer import parity, runs
from trainer.cli import COMMANDS, main
from trainer.data import load_dataset
from trainer.data.demo import generate_demo
from trainer.inference.classifier import OnnxClassifier
from trainer.temperature import Temperature
from trainer.weights import read_metadata


@pytest.fixture(autouse=True)
def private_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIEN_HOME", str(tmp_path / "home"))


@pytest.fixture
def trained(tiny_model: str, demo_csv: Path, tmp_path: Path) -> Path:
    """A run folder made by the command itself."""
    out = tmp_path / "run"
    arguments = ["train", "--data", str(demo_csv), "--epochs", "2", "--out", str(out)]
    assert main([*arguments, "--model", tiny_model, "--lr", "0.05"]) == 0
    return out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_describes_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert len(capsys.readouterr().out) > 200


def test_it_runs_as_a_module_and_lists_its_commands() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "trainer", "--help"], capture_output=True, text=True, check=True
    )
    listed = {line.split()[0] for line in done.stdout.splitlines() if line.startswith("    ")}
    assert set(COMMANDS) <= listed


def broken(name: str, tmp_path: Path) -> list[str]:
    """Return a command line that cannot work."""
    csv = tmp_path / "bad.csv"
    csv.write_text("emotion,pixels,Usage\n9,1 2 3,Training\n")
    text = tmp_path / "text.safetensors"
    text.write_text("no weights")
    good = tmp_path / "good.csv"
    good.write_text(f"emotion,pixels,Usage\n{row()}\n{row(4, 9)}\n")
    return {
        "no data": ["train"],
        "missing data": ["train", "--data", str(tmp_path / "none.csv")],
        "broken data": ["dataset", "--data", str(csv)],
        "no validation": ["train", "--data", str(good), "--out", str(tmp_path / "r")],
        "wrong setting": ["train", "--data", str(good), "--lr", "-1"],
        "wrong augmentation": ["train", "--data", str(good), "--augment", "shift=much"],
        "no run": ["train", "--resume", str(tmp_path)],
        "no weights": ["evaluate", "--data", str(good), "--weights", str(tmp_path / "none.onnx")],
        "text as weights": ["evaluate", "--data", str(good), "--weights", str(text)],
        "empty split": ["evaluate", "--data", str(good), "--split", "test"],
        "export without data": [
            *("export", "--weights", str(text), "--out", str(tmp_path / "o.onnx"), "--int8"),
        ],
        "export to a strange name": [
            *("export", "--weights", str(text), "--out", str(tmp_path / "o.bin")),
        ],
        "export int8 safetensors": [
            *("export", "--weights", str(text), "--out", str(tmp_path / "o.safetensors")),
            *("--int8", "--data", str(good)),
        ],
        "export unsure above one": [
            *("export", "--weights", str(text), "--out", str(tmp_path / "o.onnx")),
            *("--unsure-below", "1.5"),
        ],
        "no video": ["benchmark", "--input", str(tmp_path / "none.mp4")],
        "text as video": ["benchmark", "--input", str(csv)],
        "predict nothing": ["predict", str(tmp_path / "none.mp4"), "--out", str(tmp_path)],
        "demo in a file's place": ["demo", str(csv / "x.csv")],
    }[name]


@pytest.mark.parametrize(
    "name",
    [
        "no data",
        "missing data",
        "broken data",
        "no validation",
        "wrong setting",
        "wrong augmentation",
        "no run",
        "no weights",
        "text as weights",
        "empty split",
        "export without data",
        "export to a strange name",
        "export int8 safetensors",
        "export unsure above one",
        "no video",
        "text as video",
        "predict nothing",
        "demo in a file's place",
    ],
)
def test_wrong_input_is_one_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(broken(name, tmp_path)) == 2
    output = capsys.readouterr()
    errors = [line for line in output.err.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1
    assert "Traceback" not in output.err


def test_train_evaluate_export(
    trained: Path,
    demo_csv: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A network of eight channels gains nothing by 8 bits; here it is the file that matters.
    monkeypatch.setattr(parity.Int8Report, "worth_it", True)
    capsys.readouterr()
    scores = {}
    onnx, int8 = tmp_path / "a.onnx", tmp_path / "b.onnx"
    weights = trained / runs.WEIGHTS
    assert main(["export", "--weights", str(weights), "--out", str(onnx)]) == 0
    exported = ["export", "--weights", str(weights), "--out", str(int8), "--int8"]
    assert main([*exported, "--data", str(demo_csv)]) == 0
    for path in (weights, onnx, int8):
        capsys.readouterr()
        assert main(["evaluate", "--data", str(demo_csv), "--weights", str(path)]) == 0
        scores[path] = json.loads(capsys.readouterr().out)
        assert {"top1_accuracy", "macro_f1", "per_class", "n"} <= set(scores[path])
        assert scores[path]["n"] == 56
    best = runs.load_run(trained).best_epoch
    assert best is not None
    assert scores[weights]["top1_accuracy"] == pytest.approx(best.val_accuracy, abs=1e-5)
    assert scores[onnx]["top1_accuracy"] == scores[weights]["top1_accuracy"]
    assert scores[int8]["top1_accuracy"] == pytest.approx(scores[onnx]["top1_accuracy"], abs=0.1)
    one, other = OnnxClassifier(int8).metadata, OnnxClassifier(onnx).metadata
    assert replace(one, metrics={}) == replace(other, metrics={})
    assert one.metrics["val_top1_accuracy"] == scores[int8]["top1_accuracy"]
    assert other.metrics["val_top1_accuracy"] == pytest.approx(best.val_accuracy, abs=1e-5)


def test_calibrated_half_size_weights_decide_the_same(
    trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = generate_demo(tmp_path / "more.csv", train_per_class=2, val_per_class=20)
    half = tmp_path / "half.safetensors"
    exported = ["export", "--weights", str(trained / runs.WEIGHTS), "--out", str(half)]
    more = ["--calibrate", "--data", str(data), "--unsure-below", "0.3"]
    assert main([*exported, *more]) == 0
    assert "calibration error" in capsys.readouterr().out
    metadata = read_metadata(half)
    assert metadata.temperature != Temperature()
    assert metadata.unsure_threshold == 0.3
    accuracies = []
    for path in (trained / runs.WEIGHTS, half):
        assert main(["evaluate", "--data", str(data), "--weights", str(path)]) == 0
        accuracies.append(json.loads(capsys.readouterr().out)["top1_accuracy"])
    assert accuracies[0] == pytest.approx(accuracies[1], abs=0.02)


def test_resume_by_command_needs_only_the_run(
    trained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "--resume", str(trained), "--epochs", "3"]) == 0
    assert len(runs.load_run(trained).history) == 3
    assert "epochs 3 to 3" in capsys.readouterr().out


def test_a_resumed_run_may_train_on_other_changes_of_the_images(trained: Path) -> None:
    more = ["--epochs", "3", "--augment", "shift=0.01", "erase=0"]
    assert main(["train", "--resume", str(trained), *more]) == 0
    augment = runs.load_run(trained).config.augment
    assert (augment.shift, augment.erase, augment.flip) == (0.01, 0.0, 0.5)


def test_a_run_is_never_overwritten(
    trained: Path, demo_csv: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (trained / runs.RESULTS).read_bytes()
    assert main(["train", "--data", str(demo_csv), "--out", str(trained)]) == 2
    assert "already holds a run" in capsys.readouterr().err
    assert (trained / runs.RESULTS).read_bytes() == before


def test_dataset_facts(demo_csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = tmp_path / "facts.json"
    assert main(["dataset", "--data", str(demo_csv), "--json", str(facts)]) == 0
    assert "Leaks: 0 train/val" in capsys.readouterr().out
    counts = json.loads(facts.read_text())["counts"]
    assert sum(counts["train"].values()) == 140


def test_demo_command_makes_a_data_set(tmp_path: Path) -> None:
    out = tmp_path / "faces.csv"
    assert main(["demo", str(out), "--per-class", "2"]) == 0
    assert load_dataset(out).counts()[:, 0].tolist() == [2] * 7
