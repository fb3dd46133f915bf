"""ResNet-11, the report's shallow residual network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.models import ModelInfo
from trainer.preprocess import Preprocessing

if TYPE_CHECKING:
    from torch import nn


def _build(num_classes: int) -> nn.Module:
    from trainer.models._resnet import ResNet

    return ResNet((64, 128, 256, 512), num_classes)


MODELS: tuple[ModelInfo, ...] = (
    ModelInfo(
        name="resnet11",
        title="ResNet-11",
        description=(
            "A wide first convolution and four residual blocks with batch normalisation. "
            "Quick, but it shrinks a 48-pixel face to 12 pixels before the first block."
        ),
        parameters=4_903_111,
        preprocessing=Preprocessing(),
        build=_build,
        head="classifier",
    ),
)
