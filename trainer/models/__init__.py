"""The networks. A new public file in this folder that defines ``MODELS`` adds to them.

Files with a leading underscore hold layers and import torch; the public ones do so only
inside ``build``, so that a window can list the networks without loading torch.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from trainer.errors import TrainingError
from trainer.preprocess import Preprocessing

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True)
class ModelInfo:
    """What there is to know of a network before it is built.

    Attributes:
        name: Registry name, as on the command line.
        title: Name to show.
        description: One or two sentences for a person choosing.
        parameters: Trainable parameters with seven classes.
        preprocessing: The input it is trained with.
        build: Makes the untrained network for a number of classes; it maps float32
            (N, C, H, W) to logits float32 (N, classes).
        head: Name of its last layer inside the module. Fine-tuning replaces it and keeps
            the rest, the body. Empty: it cannot be told apart.
        pretrained: Key of the ImageNet weights that fit its body
            (:data:`trainer.pretrained.KNOWN`), or empty.
    """

    name: str
    title: str
    description: str
    parameters: int
    preprocessing: Preprocessing
    build: Callable[[int], nn.Module]
    head: str = ""
    pretrained: str = ""


@lru_cache(maxsize=1)
def model_infos() -> dict[str, ModelInfo]:
    """Return every network by name, without loading torch."""
    found: dict[str, ModelInfo] = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name.startswith("_"):
            continue
        for info in importlib.import_module(f"{__name__}.{module.name}").MODELS:
            if info.name in found:
                raise ValueError(f"two networks are called {info.name!r}")
            found[info.name] = info
    return found


def available_models() -> list[str]:
    """Return the names of all networks."""
    return list(model_infos())


def model_info(name: str) -> ModelInfo:
    """Return one network's description.

    Raises:
        TrainingError: There is no such network.
    """
    infos = model_infos()
    if name not in infos:
        raise TrainingError(f"There is no network '{name}'; choose one of {', '.join(infos)}.")
    return infos[name]


def create_model(name: str, num_classes: int = 7) -> nn.Module:
    """Build an untrained network (see :class:`ModelInfo`)."""
    return model_info(name).build(num_classes)
