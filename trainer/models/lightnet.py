"""LightNet, the small and fast network for weak computers and crowds, and twice as wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.models import ModelInfo
from trainer.preprocess import Preprocessing

if TYPE_CHECKING:
    from torch import nn


def _build(num_classes: int) -> nn.Module:
    from trainer.models._lightnet import LightNet

    return LightNet(num_classes)


def _wide(num_classes: int) -> nn.Module:
    from trainer.models._lightnet import LightNet

    return LightNet(num_classes, widths=(48, 128, 192, 512))


MODELS: tuple[ModelInfo, ...] = (
    ModelInfo(
        name="lightnet",
        title="LightNet",
        description=(
            "A small residual network, partly of depthwise-separable convolutions: a fortieth "
            "of VGG-9's weights and many times as fast. For weak computers and many faces."
        ),
        parameters=467_919,
        preprocessing=Preprocessing(),
        build=_build,
        head="classifier",
    ),
    ModelInfo(
        name="lightnet_wide",
        title="Wide LightNet",
        description=(
            "LightNet with twice the channels: the most accurate network here and the default in "
            "the Player, with a tenth of VGG-9's weights."
        ),
        parameters=1_841_303,
        preprocessing=Preprocessing(),
        build=_wide,
        head="classifier",
    ),
)
