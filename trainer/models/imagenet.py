"""VGG-11 and ResNet-18 as torchvision builds them, for 224-pixel images with three channels.

They are meant to start from weights learnt on ImageNet (:mod:`trainer.pretrained`); only their
last layer is new. The faces have 48 pixels, so those are enlarged, in the Player too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.models import ModelInfo
from trainer.preprocess import Preprocessing

if TYPE_CHECKING:
    from torch import nn

_PREPROCESSING = Preprocessing(
    input_size=224,
    source_size=48,
    channels=3,
    mode="dataset",
    mean=(0.485, 0.456, 0.406),
    std=(0.229, 0.224, 0.225),
)


def _vgg11(num_classes: int) -> nn.Module:
    from trainer._torchvision import torchvision

    model: nn.Module = torchvision.models.vgg11(weights=None, num_classes=num_classes)
    return model


def _resnet18(num_classes: int) -> nn.Module:
    from trainer._torchvision import torchvision

    model: nn.Module = torchvision.models.resnet18(weights=None, num_classes=num_classes)
    return model


MODELS: tuple[ModelInfo, ...] = (
    ModelInfo(
        name="resnet18_imagenet",
        title="ResNet-18 (ImageNet)",
        description=(
            "Eighteen layers that start from weights learnt on ImageNet. Its images are "
            "enlarged to 224 pixels: fine-tuning it wants a GPU, or patience."
        ),
        parameters=11_180_103,
        preprocessing=_PREPROCESSING,
        build=_resnet18,
        head="fc",
        pretrained="resnet18",
    ),
    ModelInfo(
        name="vgg11_imagenet",
        title="VGG-11 (ImageNet)",
        description=(
            "Eleven layers that start from weights learnt on ImageNet. Its images are "
            "enlarged to 224 pixels and its weights take 515 MB: it wants a GPU."
        ),
        parameters=128_795_015,
        preprocessing=_PREPROCESSING,
        build=_vgg11,
        head="classifier.6",
        pretrained="vgg11",
    ),
)
