"""8 bits keep what the network tells classes apart by."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from torch import nn

from trainer.data.dataset import ExpressionDataset
from trainer.inference.classifier import OnnxClassifier
from trainer.metadata import ModelMetadata
from trainer.models import create_model
from trainer.preprocess import Preprocessing
from trainer.quantize import quantize_onnx


class _Brightest(nn.Module):
    """Class 1 when one pixel is brighter than 0.75, else class 0."""

    def __init__(self) -> None:
        super().__init__()
        # Quantised is what comes behind the first two convolutions.
        self.features = nn.Sequential(*(nn.Conv2d(1, 1, 1, bias=False) for _ in range(4)))
        self.pool = nn.AdaptiveMaxPool2d(1)
        self.classifier = nn.Linear(1, 7)
        with torch.no_grad():
            for layer in self.features:
                layer.weight.fill_(1.0)
            self.classifier.weight.zero_()
            self.classifier.weight[1] = 40.0
            self.classifier.bias.copy_(torch.tensor([30.0, *[0.0] * 6]))

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return self.classifier(self.pool(self.features(images)).flatten(1))


def test_a_rare_strong_activation_is_not_cut_off(tmp_path: Path) -> None:
    generator = torch.Generator().manual_seed(0)
    images = torch.randint(0, 60, (128, 1, 48, 48), generator=generator, dtype=torch.uint8)
    images[:64, 0, 20, 20] = 150  # one pixel of 2,304
    images[64:, 0, 20, 20] = 230
    targets = torch.arange(128) // 64
    dataset = ExpressionDataset(
        images,
        targets,
        torch.zeros(128, dtype=torch.uint8),
        torch.arange(1, 129),
        name="spots",
        source="",
        content_hash="0" * 64,
    )
    preprocessing = Preprocessing(mode="dataset", mean=(0.0,), std=(1.0,))
    path = tmp_path / "spots.onnx"
    metadata = ModelMetadata("lenet", preprocessing=preprocessing)
    quantize_onnx(_Brightest().eval(), metadata, dataset, path)
    probs = OnnxClassifier(path).predict(images.numpy())
    assert probs.argmax(axis=1).tolist() == targets.tolist()


def test_the_first_two_convolutions_of_both_columns_keep_their_precision(
    tmp_path: Path, demo: ExpressionDataset
) -> None:
    path = tmp_path / "columns.onnx"
    quantize_onnx(
        create_model("lightnet_columns").eval(), ModelMetadata("lightnet_columns"), demo, path
    )
    graph = onnx.load(str(path)).graph
    rounded = {name for n in graph.node if n.op_type == "DequantizeLinear" for name in n.output}
    weights = {tensor.name: tuple(tensor.dims[:2]) for tensor in graph.initializer}
    names = [node.input[1] for node in graph.node if node.op_type == "Conv"]
    exact = sorted(weights[name] for name in names if name not in rounded)
    assert exact == [(48, 1), (48, 1), (48, 48), (48, 48)]
