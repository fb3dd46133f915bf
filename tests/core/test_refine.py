"""Refining finished weights: exact statistics, and classes that are no longer under-predicted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from trainer import runs
from trainer.cli import main
from trainer.data.dataset import ExpressionDataset
from trainer.errors import TrainingError
from trainer.evaluation import predict_logits
from trainer.metrics import softmax
from trainer.models import create_model
from trainer.preprocess import Preprocessing, normalize
from trainer.refine import averaged, recompute_batch_norm, refine, refit_last_layer
from trainer.temperature import Temperature
from trainer.weights import load_weights, save_weights


def test_statistics_are_those_of_the_images(tiny_model: str, random_images: np.ndarray) -> None:
    model = create_model(tiny_model)
    norm = next(m for m in model.modules() if isinstance(m, nn.BatchNorm2d))
    norm.running_mean.fill_(9.0)
    images = torch.from_numpy(random_images)
    recompute_batch_norm(model, images, Preprocessing())
    inputs = torch.from_numpy(normalize(random_images, Preprocessing()))
    expected = model.features[0](inputs).mean(dim=(0, 2, 3)).detach()
    assert torch.allclose(norm.running_mean, expected, atol=1e-4)
    assert norm.momentum == 0.1
    assert not any(module.training for module in model.modules())


def test_a_hidden_scale_and_shift_are_undone(tiny_model: str, demo: ExpressionDataset) -> None:
    model = create_model(tiny_model).eval()
    rng = np.random.default_rng(0)
    honest = rng.normal(0, 1.5, (4000, 7)).astype(np.float32)
    probs = softmax(honest).astype(np.float64)
    targets = np.array([rng.choice(7, p=row / row.sum()) for row in probs])
    bent = (honest - np.array([0, 0, 0, 0, 0, 0, 1.0], np.float32)) / 2
    scale, shift = refit_last_layer(model, bent, torch.from_numpy(targets))
    assert scale == pytest.approx(2.0, rel=0.1)
    assert shift[6] - shift[:6].mean() == pytest.approx(1.0, abs=0.25)


def test_the_network_given_is_left_alone_and_the_copy_fits_training_images_better(
    tiny_model: str, demo: ExpressionDataset
) -> None:
    torch.manual_seed(0)
    model = create_model(tiny_model).eval()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    refined = refine(model, demo, Preprocessing())
    assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())
    indices = demo.indices("train")
    targets = demo.targets[indices].numpy()

    def loss(network: nn.Module) -> float:
        probs = softmax(predict_logits(network, demo.images[indices], Preprocessing()))
        return float(-np.log(probs[np.arange(len(targets)), targets]).mean())

    assert loss(refined) < loss(model)


def test_weights_are_averaged_and_those_given_left_alone(tiny_model: str) -> None:
    models = []
    for seed in range(3):
        torch.manual_seed(seed)
        models.append(create_model(tiny_model))
    before = [parameter.clone() for parameter in models[0].parameters()]
    mean = averaged(models)
    for at, parameter in enumerate(mean.parameters()):
        of_all = torch.stack([list(model.parameters())[at] for model in models])
        assert torch.allclose(parameter, of_all.mean(dim=0), atol=1e-6)
        assert torch.equal(list(models[0].parameters())[at], before[at])
    with pytest.raises(TrainingError, match="same network"):
        averaged([models[0], create_model("lenet")])


def test_a_network_without_a_last_linear_layer_is_refused() -> None:
    with pytest.raises(TrainingError, match="end in a linear layer"):
        refit_last_layer(nn.Conv2d(1, 7, 3), np.zeros((4, 7), np.float32), torch.zeros(4).long())


def test_the_command(
    tiny_model: str, demo_csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    train = ["train", "--data", str(demo_csv), "--model", tiny_model, "--epochs", "1"]
    assert main([*train, "--out", str(run)]) == 0
    out = tmp_path / "refined.safetensors"
    model, about = load_weights(run / runs.WEIGHTS)
    about = replace(about, temperature=Temperature(2.0, -0.1), unsure_threshold=0.4)
    about = about.with_metrics({"val_calibration_error": 0.02})
    save_weights(run / runs.WEIGHTS, model.state_dict(), about)
    command = ["refine", "--weights", str(run / runs.WEIGHTS), "--out", str(out), "--data"]
    assert main([*command, str(demo_csv)]) == 0
    assert "after: val accuracy" in capsys.readouterr().out
    refined = load_weights(out)[1]
    assert refined.extra["refined"]
    # They were fitted to other logits.
    assert (refined.temperature, refined.unsure_threshold) == (Temperature(), 0.0)
    assert "val_calibration_error" not in refined.metrics
    both = [str(run / runs.WEIGHTS), str(out), "--out", str(tmp_path / "mean.safetensors")]
    assert main(["refine", "--data", str(demo_csv), "--weights", *both]) == 0
    one, two, mean = (
        load_weights(path)[0].state_dict()
        for path in (run / runs.WEIGHTS, out, tmp_path / "mean.safetensors")
    )
    first = next(name for name, value in one.items() if value.ndim == 4)
    assert torch.allclose(mean[first], (one[first] + two[first]) / 2, atol=1e-6)
    other = tmp_path / "other.csv"
    assert main(["demo", str(other), "--seed", "5", "--per-class", "4"]) == 0
    assert main([*command, str(other)]) == 2
    assert "trained on other data" in capsys.readouterr().err
