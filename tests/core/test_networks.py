"""The networks as the report builds them, and their way into the Player."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from tools.join_columns import join
from trainer.data.dataset import ExpressionDataset
from trainer.device import place
from trainer.errors import MienError, WeightsError
from trainer.evaluation import predict_logits
from trainer.export import export_onnx
from trainer.inference.classifier import OnnxClassifier
from trainer.metadata import ModelMetadata
from trainer.metrics import softmax
from trainer.models import create_model, model_info
from trainer.models._lightnet import LightNet
from trainer.quantize import quantize_onnx
from trainer.scoring import evaluate_weights
from trainer.weights import load_weights, save_weights

_COLUMNS = ("lightnet_wide", "lightnet_wide64")
SMALL = ("lenet", "resnet11", "lightnet", "lightnet_wide", "lightnet_wide64", "lightnet_columns")
NEW = (*SMALL, "vgg9_dropout", "efficientnet_lite0_imagenet", "resnet18_imagenet")


def _count(model: nn.Module, kind: type[nn.Module]) -> int:
    return sum(isinstance(module, kind) for module in model.modules())


def test_lenet_has_two_convolutions_two_poolings_three_linear_layers() -> None:
    model = create_model("lenet")
    assert _count(model, nn.Conv2d) == 2
    assert _count(model, nn.MaxPool2d) == 2
    assert _count(model, nn.Linear) == 3


def test_dropout_of_vgg9_dropout_follows_every_convolution() -> None:
    layers = list(create_model("vgg9_dropout").features)
    convolutions = [index for index, layer in enumerate(layers) if isinstance(layer, nn.Conv2d)]
    assert len(convolutions) == 6
    for index in convolutions:
        after = [type(layer) for layer in layers[index + 1 : index + 3]]
        assert after == [nn.ReLU, nn.Dropout]


def test_faces_reach_the_last_layer_of_plain_vgg9_from_the_start() -> None:
    torch.manual_seed(0)
    model = create_model("vgg9").eval()
    with torch.no_grad():
        logits = model(torch.randn(8, 1, 48, 48))
    # With PyTorch's own start it is 0.0002, and for a whole epoch nothing is learnt.
    assert logits.std(dim=0).mean() > 0.05
    assert logits.abs().max() < 10  # nor so large that the first updates throw it off


def test_resnet11_has_the_reports_stages() -> None:
    model = create_model("resnet11")
    stem = model.stem[0]
    assert (stem.kernel_size, stem.stride) == ((7, 7), (2, 2))
    shapes: list[tuple[int, ...]] = []
    for block in model.features:
        block.register_forward_hook(lambda _m, _i, output: shapes.append(tuple(output.shape[1:])))
    model.eval()(torch.zeros(1, 1, 48, 48))
    assert shapes == [(64, 12, 12), (128, 6, 6), (256, 3, 3), (512, 2, 2)]
    main = [
        module
        for name, module in model.named_modules()
        if isinstance(module, (nn.Conv2d, nn.Linear)) and "shortcut" not in name
    ]
    assert len(main) == 10  # the eleventh of the name is the stem's max-pool
    assert _count(model, nn.BatchNorm2d) == 1 + 4 * 2 + 3


def _untrained(name: str, seed: int, path: Path, data: str) -> LightNet:
    torch.manual_seed(seed)
    model = create_model(name).eval()
    save_weights(path, model.state_dict(), ModelMetadata(name, dataset_hash=data))
    assert isinstance(model, LightNet)
    return model


def test_two_joined_networks_say_the_mean_of_what_each_says(
    tmp_path: Path, demo: ExpressionDataset
) -> None:
    images = demo.images[:6]
    paths, logits = [tmp_path / f"{name}.safetensors" for name in _COLUMNS], []
    for seed, (name, path) in enumerate(zip(_COLUMNS, paths, strict=True)):
        model = _untrained(name, seed, path, demo.content_hash)
        logits.append(predict_logits(model, images, model_info(name).preprocessing))

    join(paths[:1], paths[1:], demo, tmp_path / "both.safetensors")

    joined, metadata = load_weights(tmp_path / "both.safetensors")
    assert metadata.architecture == "lightnet_columns"
    said = predict_logits(joined, images, metadata.preprocessing)
    np.testing.assert_allclose(said, np.mean(logits, axis=0), atol=1e-5)
    assert np.abs(logits[0] - logits[1]).max() > 0.01
    scores = evaluate_weights(tmp_path / "both.safetensors", demo, "val")
    assert metadata.metrics["val_top1_accuracy"] == pytest.approx(scores["top1_accuracy"])


def test_several_files_of_a_column_are_averaged(tmp_path: Path, demo: ExpressionDataset) -> None:
    paths = [tmp_path / f"{number}.safetensors" for number in range(3)]
    names = (_COLUMNS[0], *_COLUMNS)
    models = [
        _untrained(name, seed, path, demo.content_hash)
        for seed, (name, path) in enumerate(zip(names, paths, strict=True))
    ]
    join(paths[:2], paths[2:], demo, tmp_path / "both.safetensors")
    joined = load_weights(tmp_path / "both.safetensors")[0].state_dict()
    mean = (models[0].stem[0].weight + models[1].stem[0].weight) / 2
    assert torch.allclose(joined["columns.0.0.0.weight"], mean)
    assert torch.equal(joined["columns.1.0.0.weight"], models[2].stem[0].weight)
    # Batch norm's statistics are those of the training images, not the mean of two fresh ones.
    assert (joined["columns.0.0.1.running_var"] - 1.0).abs().max() > 0.1


def test_a_file_from_when_both_columns_saw_48_pixels_is_refused(tmp_path: Path) -> None:
    state = create_model("lightnet_columns").state_dict()
    del state["sides"]
    path = tmp_path / "older.safetensors"
    save_weights(path, state, ModelMetadata("lightnet_columns"))
    with pytest.raises(WeightsError, match="older.safetensors"):
        load_weights(path)


def test_networks_that_know_other_things_are_not_joined(
    tmp_path: Path, demo: ExpressionDataset
) -> None:
    paths = (tmp_path / "a.safetensors", tmp_path / "b.safetensors")
    out = tmp_path / "both.safetensors"
    for name, path, data in zip(_COLUMNS, paths, (demo.content_hash, "1" * 64), strict=True):
        _untrained(name, 0, path, data)
    with pytest.raises(MienError, match="other data"):
        join(paths[:1], paths[1:], demo, out)
    with pytest.raises(MienError, match="holds lightnet_wide64, not lightnet_wide"):
        join(paths[1:], paths[:1], demo, out)
    assert not out.exists()


@pytest.mark.parametrize("name", NEW)
def test_memory_format_does_not_change_what_a_network_says(name: str) -> None:
    torch.manual_seed(0)
    model = create_model(name).eval()
    preprocessing = model_info(name).preprocessing
    size = preprocessing.input_size
    images = torch.randn(2, preprocessing.channels, size, size)
    with torch.inference_mode():
        plain = model(images)
        fast = place(model)(images.to(memory_format=torch.channels_last))
    assert torch.allclose(plain, fast, atol=1e-4)


@pytest.mark.parametrize("name", NEW)
def test_a_network_exported_for_the_player_says_the_same(
    name: str, tmp_path: Path, random_images: np.ndarray
) -> None:
    torch.manual_seed(0)
    model = create_model(name)
    preprocessing = model_info(name).preprocessing
    path = tmp_path / "net.onnx"
    export_onnx(model, ModelMetadata(name, preprocessing=preprocessing), path)
    images = random_images[:6]
    there = OnnxClassifier(path).predict(images)
    here = softmax(predict_logits(model, torch.from_numpy(images), preprocessing))
    assert np.abs(there - here).max() < 1e-4


@pytest.mark.parametrize("name", SMALL)
def test_a_network_quantised_to_eight_bits_still_agrees(
    name: str, tmp_path: Path, demo: ExpressionDataset
) -> None:
    torch.manual_seed(0)
    model = create_model(name)
    metadata = ModelMetadata(name, preprocessing=model_info(name).preprocessing)
    full, small = tmp_path / "full.onnx", tmp_path / "int8.onnx"
    export_onnx(model, metadata, full)
    quantize_onnx(model, metadata, demo, small)
    images = demo.images[demo.indices("val")].numpy()
    there, here = OnnxClassifier(small).predict(images), OnnxClassifier(full).predict(images)
    assert small.stat().st_size < 0.4 * full.stat().st_size
    assert np.abs(there - here).max() < 0.05
