"""VGG-9 with dropout after every convolution, as the report tried it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.models import ModelInfo
from trainer.models.vgg9 import BLOCKS
from trainer.preprocess import Preprocessing

if TYPE_CHECKING:
    from torch import nn


def _build(num_classes: int) -> nn.Module:
    from trainer.models._vgg import Vgg

    return Vgg(BLOCKS, num_classes, batch_norm=False, block_dropout=0.5)


MODELS: tuple[ModelInfo, ...] = (
    ModelInfo(
        name="vgg9_dropout",
        title="VGG-9 with dropout in its blocks",
        description=(
            "VGG-9 with half of the values dropped after every convolution: "
            "the report found that it does not converge."
        ),
        parameters=18_149_639,
        preprocessing=Preprocessing(),
        build=_build,
        head="classifier.7",
    ),
)
