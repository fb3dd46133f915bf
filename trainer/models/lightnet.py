"""LightNet, small and fast for weak computers and crowds; twice as wide; and two of those."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.models import ModelInfo
from trainer.preprocess import Preprocessing

if TYPE_CHECKING:
    from torch import nn

_WIDE = (48, 128, 192, 512)


def _build(num_classes: int) -> nn.Module:
    from trainer.models._lightnet import LightNet

    return LightNet(num_classes)


def _wide(num_classes: int) -> nn.Module:
    from trainer.models._lightnet import LightNet

    return LightNet(num_classes, widths=_WIDE)


def _wide64(num_classes: int) -> nn.Module:
    from trainer.models._lightnet import LightNet

    return LightNet(num_classes, widths=_WIDE, side=64)


def _columns(num_classes: int) -> nn.Module:
    from trainer.models._lightnet import TwoColumnLightNet

    return TwoColumnLightNet(num_classes, widths=_WIDE, sides=(0, 64))


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
            "LightNet with twice the channels: more accurate than VGG-9, with a tenth of its "
            "weights and in a quarter of the time."
        ),
        parameters=1_841_303,
        preprocessing=Preprocessing(),
        build=_wide,
        head="classifier",
    ),
    ModelInfo(
        name="lightnet_wide64",
        title="Wide LightNet, 64 pixels",
        description=(
            "Wide LightNet on images enlarged from 48 to 64 pixels, so that every layer sees finer "
            "steps. The same weights, almost twice the time."
        ),
        parameters=1_841_303,
        preprocessing=Preprocessing(),
        build=_wide64,
        head="classifier",
    ),
    ModelInfo(
        name="lightnet_columns",
        title="Two-column LightNet",
        description=(
            "Two wide LightNets side by side under one linear layer; one of them sees the image "
            "enlarged to 64 pixels. Two that were trained one by one and joined are the Player's "
            "default, the most accurate network here; training both at once takes three times as "
            "long as one."
        ),
        parameters=3_682_599,
        preprocessing=Preprocessing(),
        build=_columns,
        head="classifier",
    ),
)
