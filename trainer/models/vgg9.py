"""VGG-9 as the report builds it: six convolutions in four blocks, three linear layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.models import ModelInfo
from trainer.preprocess import Preprocessing

if TYPE_CHECKING:
    from torch import nn

BLOCKS: tuple[tuple[int, int], ...] = ((1, 64), (1, 128), (2, 256), (2, 512))
"""(convolutions, channels) of each block."""


def _plain(num_classes: int) -> nn.Module:
    from trainer.models._vgg import Vgg

    return Vgg(BLOCKS, num_classes, batch_norm=False, he_start=True)


def _batch_norm(num_classes: int) -> nn.Module:
    from trainer.models._vgg import Vgg

    return Vgg(BLOCKS, num_classes, batch_norm=True)


MODELS: tuple[ModelInfo, ...] = (
    ModelInfo(
        name="vgg9_bn",
        title="VGG-9 with batch norm",
        description=(
            "Six convolutions with batch normalisation and three linear layers: the classic "
            "network, which also comes trained."
        ),
        parameters=18_151_367,
        preprocessing=Preprocessing(),
        build=_batch_norm,
        head="classifier.7",
    ),
    ModelInfo(
        name="vgg9",
        title="VGG-9",
        description=(
            "The same network without batch normalisation: learns more slowly and "
            "needs a smaller learning rate."
        ),
        parameters=18_149_639,
        preprocessing=Preprocessing(),
        build=_plain,
        head="classifier.7",
    ),
)
