"""Speed, Grad-CAM, figures of others, and taking a model away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from tests.core.compare_parts import make_run
from trainer import runs
from trainer.compare.confidence import calibrate
from trainer.compare.gradcam import grad_cam, randomise
from trainer.compare.literature import NOT_MEASURED, REFERENCES
from trainer.compare.models import Candidate, load_candidate, shipped_candidate
from trainer.compare.scoring import score
from trainer.compare.speed import measure_speed
from trainer.compare.takeaway import (
    calibrated_coverage,
    export_model,
    store_calibration,
    threshold_for,
)
from trainer.data.dataset import ExpressionDataset
from trainer.errors import MienError, OperationCancelled, WeightsError
from trainer.inference.shipped import default_model_path
from trainer.metadata import ModelMetadata
from trainer.models import ModelInfo, create_model, model_infos
from trainer.preprocess import Preprocessing
from trainer.temperature import Temperature
from trainer.weights import load_weights, save_weights


@pytest.fixture
def run(tiny_model: str, demo: ExpressionDataset, tmp_path: Path) -> Candidate:
    return load_candidate(make_run(tmp_path / "runs" / "a", demo))


def test_speed_is_measured_and_can_be_stopped(run: Candidate) -> None:
    heard: list[float] = []
    found = measure_speed(run, on_progress=heard.append, runs=30, seconds=0.1, threads=1)
    assert 0 < found.median_ms <= found.p95_ms
    assert 1 <= found.runs <= 30
    assert found.faces_per_second > 0
    assert found.parameters == 8167
    assert run.onnx_path is not None
    assert found.megabytes == run.onnx_path.stat().st_size / 1e6
    assert "cores" in found.machine
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    with pytest.raises(OperationCancelled):
        measure_speed(run, lambda: True)


class Corner(nn.Module):
    """Answers by the light in the upper left quarter alone: the map is known."""

    def __init__(self, num_classes: int) -> None:
        super().__init__()
        self.look = nn.Conv2d(1, 2, 3, padding=1)
        self.relu = nn.ReLU(inplace=True)
        self.head = nn.Linear(2 * 48 * 48, num_classes)
        weight = torch.zeros(num_classes, 2, 48, 48)
        weight[3, 0, :24, :24] = 0.01
        with torch.no_grad():
            self.look.weight.zero_()
            self.look.bias.zero_()  # type: ignore[union-attr]
            self.look.weight[0, 0, 1, 1] = 1
            self.head.weight.copy_(weight.flatten(1))
            self.head.bias.zero_()

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        answer: torch.Tensor = self.head(self.relu(self.look(images)).flatten(1))
        return answer


def test_grad_cam_shows_what_the_network_uses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = sum(p.numel() for p in Corner(7).parameters())
    monkeypatch.setitem(
        model_infos(), "corner", ModelInfo("corner", "", "", size, Preprocessing(), Corner)
    )
    path = tmp_path / "corner.safetensors"
    save_weights(path, Corner(7).state_dict(), ModelMetadata("corner"))
    image = np.full((48, 48), 60, np.uint8)
    image[8:16, 8:16] = 250
    found = grad_cam(load_candidate(path), image)
    assert found.target == 3
    assert found.layer == "relu"
    assert found.probs.shape == (7,)
    assert found.probs.argmax() == 3
    assert found.heat.shape == found.random_heat.shape == (48, 48)
    assert found.heat.max() == pytest.approx(1)
    assert found.heat[8:16, 8:16].min() > 0.9
    assert found.heat[30:, 30:].max() < 0.2
    nothing = grad_cam(load_candidate(path), image, target=5)
    assert nothing.target == 5
    assert nothing.heat.max() == 0
    assert np.isnan(nothing.similarity)


def test_the_check_tells_learnt_from_random(run: Candidate, demo: ExpressionDataset) -> None:
    image = demo.images[0, 0].numpy()
    before = torch.get_rng_state()
    found = grad_cam(run, image)
    again = grad_cam(run, image)
    assert -1 <= found.similarity <= 1
    assert np.array_equal(found.heat, again.heat)
    assert found.similarity == again.similarity
    assert not np.array_equal(found.heat, found.random_heat)
    model, _ = load_weights(run.path / runs.WEIGHTS)
    torch.set_rng_state(before)
    randomise(model, 0)
    assert torch.equal(torch.get_rng_state(), before)  # a training beside it draws the same


@pytest.mark.parametrize(("model", "layer"), [("resnet11", "features"), ("lenet", "4")])
def test_grad_cam_takes_the_last_maps_of_every_network(
    demo: ExpressionDataset, tmp_path: Path, model: str, layer: str
) -> None:
    path = tmp_path / "any.safetensors"
    save_weights(path, create_model(model).state_dict(), ModelMetadata(model))
    found = grad_cam(load_candidate(path), demo.images[0, 0].numpy())
    assert found.heat.shape == (48, 48)
    # The sum of both branches of the last block, the last maps before a pool.
    assert found.layer == layer


def test_grad_cam_needs_weights_and_maps(
    run: Candidate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    face = np.zeros((48, 48), np.uint8)
    with pytest.raises(WeightsError, match="needs"):
        grad_cam(replace(run, weights_path=None), face)

    def flat(num_classes: int) -> nn.Module:
        return nn.Sequential(nn.Flatten(), nn.Linear(2304, num_classes))

    info = ModelInfo("flat", "", "", 0, Preprocessing(), flat)
    monkeypatch.setitem(model_infos(), "flat", info)
    path = tmp_path / "flat.safetensors"
    save_weights(path, flat(7).state_dict(), ModelMetadata("flat"))
    with pytest.raises(WeightsError, match="no convolutions"):
        grad_cam(load_candidate(path), face)


def test_figures_of_others_say_where_they_are_from() -> None:
    assert len(REFERENCES) == 13
    assert all(row.source and NOT_MEASURED in row.protocol for row in REFERENCES)
    texts = {row.name: row.accuracy_text for row in REFERENCES}
    assert texts["VGG-9"] == "58.4 %"
    assert texts["ResNet-18, ImageNet"] == "59.1-60.0 %"
    assert texts["VGG, Khaireddin and Chen"] == "73.28 %"
    assert texts["face-api.js"] == "58.9 %"


def test_calibration_is_stored_for_the_player(
    run: Candidate, demo: ExpressionDataset, tmp_path: Path
) -> None:
    before = score(run, demo, "train", cache_dir=tmp_path)
    tensors = load_weights(run.path / runs.WEIGHTS)[0].state_dict()
    found = calibrate(before.probs, before.targets, before.temperature)
    coverage = calibrated_coverage(before, found.temperature)
    limit = float(coverage.thresholds[len(coverage.thresholds) // 2])
    stored = store_calibration(run, found.temperature, limit, "demo.csv train")
    assert stored.metadata is not None
    assert stored.metadata.temperature == found.temperature
    assert stored.metadata.unsure_threshold == limit
    assert stored.metadata.extra["calibrated_on"] == "demo.csv train"
    assert stored.metadata.extra["run"] == "a"
    assert stored.onnx_path == run.onnx_path  # it did not become older than the weights
    after = score(stored, demo, "train", cache_dir=tmp_path)
    assert not after.from_cache
    assert np.array_equal(after.preds, before.preds)
    assert after.metrics["log_loss"] < before.metrics["log_loss"] + 1e-6
    # What was promised for the threshold is what the stored model does.
    assert calibrated_coverage(after, found.temperature).at_threshold(limit) == pytest.approx(
        coverage.at_threshold(limit), abs=0.03
    )
    for name, value in load_weights(run.path / runs.WEIGHTS)[0].state_dict().items():
        assert torch.equal(value, tensors[name])


def test_thresholds_for_an_accuracy(
    run: Candidate, demo: ExpressionDataset, tmp_path: Path
) -> None:
    coverage = calibrated_coverage(score(run, demo, "train", cache_dir=tmp_path), Temperature())
    wanted = float(coverage.accuracy[-1])
    limit = threshold_for(coverage, wanted)
    assert limit is not None
    assert coverage.at_threshold(limit)[1] >= wanted
    assert threshold_for(coverage, 0.0) == coverage.thresholds[-1]
    assert threshold_for(coverage, 1.1) is None


def test_calibration_that_must_not_be_written(run: Candidate, tmp_path: Path) -> None:
    shipped = shipped_candidate(tmp_path, default_model_path())
    assert shipped is not None
    with pytest.raises(MienError, match="ships with Mien"):
        store_calibration(shipped, Temperature(), 0.0)
    with runs.training_lock(run.path), pytest.raises(MienError, match="being trained"):
        store_calibration(run, Temperature(), 0.0)
    for threshold in (1.0, -0.1, float("nan")):
        with pytest.raises(MienError, match="must be"):
            store_calibration(run, Temperature(), threshold)


def test_models_are_written_for_others(
    run: Candidate, demo: ExpressionDataset, tmp_path: Path
) -> None:
    assert run.onnx_path is not None
    export_model(run, tmp_path / "out" / "mine.onnx")
    assert (tmp_path / "out" / "mine.onnx").read_bytes() == run.onnx_path.read_bytes()
    export_model(run, tmp_path / "mine.safetensors")
    assert load_candidate(tmp_path / "mine.safetensors").can_score
    bare = load_candidate(make_run(tmp_path / "bare", demo, onnx=False))
    export_model(bare, tmp_path / "bare.onnx")
    assert load_candidate(tmp_path / "bare.onnx").can_score
    with pytest.raises(MienError, match="is the model itself"):
        export_model(run, run.onnx_path)
    with pytest.raises(MienError, match=".onnx or .safetensors"):
        export_model(run, tmp_path / "mine.pt")
    only_onnx = load_candidate(tmp_path / "bare.onnx")
    with pytest.raises(MienError, match="no .safetensors file"):
        export_model(only_onnx, tmp_path / "x.safetensors")
    export_model(run, tmp_path / "small.onnx", int8_with=demo)
    assert load_candidate(tmp_path / "small.onnx").can_score
