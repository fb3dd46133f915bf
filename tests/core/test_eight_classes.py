"""Contempt, where it is asked for, goes the whole way; seven classes and eight meet in words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from trainer import runs
from trainer.cli import main
from trainer.config import TrainConfig
from trainer.data import load_dataset
from trainer.data.dataset import ExpressionDataset
from trainer.errors import DataError
from trainer.evaluation import predict_split
from trainer.labels import CONTEMPT, EXPRESSIONS
from trainer.metadata import ModelMetadata
from trainer.models import create_model
from trainer.training.prepare import prepare
from trainer.weights import save_weights

MAP = ["--class-map", "contempt=contempt"]


class FixedPredictor:
    """Gives every image the same probabilities."""

    def __init__(self, names: tuple[str, ...], probs: list[float]) -> None:
        self.metadata = ModelMetadata("lenet", class_names=names)
        self._probs = np.array(probs, np.float32)

    def predict(self, images: np.ndarray) -> np.ndarray:
        return np.tile(self._probs, (len(images), 1))


@pytest.fixture(autouse=True)
def private_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIEN_HOME", str(tmp_path / "home"))


@pytest.fixture
def eight_csv(demo_csv: Path, tmp_path: Path) -> Path:
    """The demo data with every third sad face called contempt."""
    lines = demo_csv.read_text(encoding="utf-8").splitlines()
    sad = str(EXPRESSIONS.index("sadness"))
    for index, line in enumerate(lines):
        label, rest = line.split(",", 1)
        if index > 0:
            name = CONTEMPT if label == sad and index % 3 == 0 else EXPRESSIONS[int(label)]
            lines[index] = f"{name},{rest}"
    path = tmp_path / "eight.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_eight_classes_train_are_scored_and_balanced(
    eight_csv: Path, tiny_model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run"
    more = ["--model", tiny_model, "--epochs", "1", "--balance", "contempt=2"]
    assert main(["train", "--data", str(eight_csv), *MAP, *more, "--out", str(out)]) == 0
    assert runs.load_run(out).config.balance == {CONTEMPT: 2}
    capsys.readouterr()
    weights = ["--weights", str(out / runs.WEIGHTS)]
    assert main(["evaluate", "--data", str(eight_csv), *MAP, *weights]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert len(scores["per_class"]) == 8
    assert scores["top1_accuracy"] == runs.load_run(out).metrics["top1_accuracy"]
    # The seven-class reading, which the run itself was not trained with, leaves contempt out on
    # both sides.
    less = ["--class-map", "contempt=-"]
    assert main(["evaluate", "--data", str(eight_csv), *less, *weights]) == 0
    assert len(json.loads(capsys.readouterr().out)["per_class"]) == 7


def test_a_network_that_does_not_know_contempt_is_refused_in_one_line(
    eight_csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seven = tmp_path / "seven.safetensors"
    save_weights(seven, create_model("lenet").state_dict(), ModelMetadata("lenet"))
    data = ["--data", str(eight_csv), *MAP, "--weights", str(seven)]
    out = ["--out", str(tmp_path / "o.safetensors")]
    for command in (["evaluate", *data], ["export", *data, *out, "--calibrate"]):
        assert main(command) == 2
        assert "contempt" in capsys.readouterr().err


def test_what_is_given_to_a_class_the_data_lack_is_shared_out(demo: ExpressionDataset) -> None:
    probs = [0.5, 0.1, 0.1, 0.1, 0.1, 0.05, 0.0, 0.05]
    eight = FixedPredictor((CONTEMPT, *EXPRESSIONS), probs)
    found, _, _ = predict_split(eight, demo, "val")
    assert found.shape[1] == 7
    np.testing.assert_allclose(found[0], np.array(probs[1:]) / 0.5, rtol=1e-5)
    certain = FixedPredictor((CONTEMPT, *EXPRESSIONS), [1.0, *([0.0] * 7)])
    assert np.isfinite(predict_split(certain, demo, "val")[0]).all()


def test_a_teacher_of_eight_classes_gives_whole_shares(
    tiny_model: str, demo: ExpressionDataset, tmp_path: Path
) -> None:
    teacher = tmp_path / "eight.safetensors"
    about = ModelMetadata("lenet", class_names=(*EXPRESSIONS, CONTEMPT))
    save_weights(teacher, create_model("lenet", 8).state_dict(), about)
    data = prepare(TrainConfig(model=tiny_model, teachers=(str(teacher),)), demo, lambda: False)
    assert data.shares is not None
    np.testing.assert_allclose(data.shares[data.train_indices].sum(dim=1), 1.0, rtol=1e-5)


def test_one_image_is_no_training_set(
    tiny_model: str, demo_csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset = load_dataset(demo_csv, cache_dir=tmp_path)
    happy = replace(dataset, targets=dataset.targets.clone().fill_(3))
    with pytest.raises(DataError, match="at least two"):
        prepare(TrainConfig(model=tiny_model, train_limit=1), happy, lambda: False)
    assert main(["train", "--data", str(demo_csv), "--seed", "99999999999999999999"]) == 2
    assert "seed" in capsys.readouterr().err
