"""LeNet after LeCun et al. (1998), for 48x48 images, with ReLU and max-pooling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.models import ModelInfo
from trainer.preprocess import Preprocessing

if TYPE_CHECKING:
    from torch import nn


def _build(num_classes: int) -> nn.Module:
    from torch import nn

    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2),  # (N, 6, 48, 48)
        nn.ReLU(inplace=True),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5),  # (N, 16, 20, 20)
        nn.ReLU(inplace=True),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(16 * 10 * 10, 120),
        nn.ReLU(inplace=True),
        nn.Linear(120, 84),
        nn.ReLU(inplace=True),
        nn.Linear(84, num_classes),
    )


MODELS: tuple[ModelInfo, ...] = (
    ModelInfo(
        name="lenet",
        title="LeNet",
        description=(
            "Two convolutions, two poolings and three linear layers: small, fast, "
            "and the least accurate network here."
        ),
        parameters=205_451,
        preprocessing=Preprocessing(),
        build=_build,
        head="11",
    ),
)
