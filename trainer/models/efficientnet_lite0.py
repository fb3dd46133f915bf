"""EfficientNet-Lite0 with weights learnt on ImageNet, small enough to fine-tune on a CPU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.models import ModelInfo
from trainer.preprocess import Preprocessing

if TYPE_CHECKING:
    from torch import nn


def _build(num_classes: int) -> nn.Module:
    from trainer.models._efficientnet import EfficientNetLite0

    return EfficientNetLite0(num_classes)


MODELS: tuple[ModelInfo, ...] = (
    ModelInfo(
        name="efficientnet_lite0_imagenet",
        title="EfficientNet-Lite0 (ImageNet)",
        description=(
            "A small network that starts from weights learnt on ImageNet. At 96 pixels "
            "it can be fine-tuned without a GPU."
        ),
        parameters=3_379_975,
        preprocessing=Preprocessing(
            input_size=96,
            source_size=48,
            channels=3,
            mode="dataset",
            mean=(127 / 255,) * 3,
            std=(128 / 255,) * 3,
        ),
        build=_build,
        head="classifier",
        pretrained="efficientnet_lite0",
    ),
)
