"""Small networks and data, so that the core's tests train in seconds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from trainer.data import load_dataset
from trainer.data.dataset import ExpressionDataset
from trainer.data.demo import generate_demo
from trainer.models import ModelInfo, model_infos
from trainer.preprocess import Preprocessing

HEADER = "emotion,pixels,Usage"


class TinyNet(nn.Module):
    """One convolution and one linear layer: enough to learn the drawn faces."""

    def __init__(self, num_classes: int) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 8, 3, stride=2, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2)
        )
        self.head = nn.Sequential(
            nn.Flatten(), nn.Dropout(0.1), nn.Linear(8 * 12 * 12, num_classes)
        )

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return self.head(self.features(images))


@pytest.fixture
def tiny_model(monkeypatch: pytest.MonkeyPatch) -> str:
    """Register a network of a few thousand weights and return its name."""
    info = ModelInfo("tiny", "Tiny", "For tests.", 8167, Preprocessing(), TinyNet)
    monkeypatch.setitem(model_infos(), "tiny", info)
    return "tiny"


@pytest.fixture(scope="session")
def demo_csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The drawn demo data set, smaller than the default one."""
    folder = tmp_path_factory.mktemp("demo")
    return generate_demo(folder / "demo.csv", train_per_class=20, val_per_class=8, test_per_class=4)


@pytest.fixture(scope="session")
def demo(demo_csv: Path, tmp_path_factory: pytest.TempPathFactory) -> ExpressionDataset:
    """The drawn demo data set, loaded."""
    return load_dataset(demo_csv, cache_dir=tmp_path_factory.mktemp("cache"))


def row(label: object = 3, pixel: object = 7, count: int = 2304, usage: str = "Training") -> str:
    """Return one CSV row whose pixels all have one value."""
    return f"{label},{' '.join([str(pixel)] * count)},{usage}"


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes lines as a CSV file."""

    def write(*lines: str, name: str = "faces.csv", header: str = HEADER) -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def random_images() -> np.ndarray:
    """uint8 (40, 1, 48, 48) of smooth noise, the same every time."""
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (40, 1, 12, 12)).astype(np.uint8)
    return coarse.repeat(4, axis=2).repeat(4, axis=3)
