"""Fine-tuning: a body that was trained before, a last layer that is new, two learning rates.

The report did it in two ways. *all*: the whole network learns from the first step, its last
layer at a higher rate. *features-first*: the body stays frozen for some epochs, then as before.
"""

from __future__ import annotations

from typing import Any

from torch import nn

from trainer.config import TrainConfig
from trainer.initial_weights import in_head
from trainer.models import ModelInfo

RATE_FACTOR = "rate_factor"
"""Key of an optimizer group: what the schedule's rate is multiplied by."""


def parameter_groups(
    model: nn.Module, config: TrainConfig, info: ModelInfo, *, new_head: bool
) -> list[dict[str, Any]]:
    """Return SGD's groups: weight decay on weights only, a higher rate for a new last layer.

    Networks that start at random have two groups, others four: the last layer apart, so that a
    checkpoint fits whether the layer was new or not.
    """
    parts: list[tuple[bool, float]] = [(False, 1.0)]
    if config.init_weights:
        parts.append((True, config.head_lr_factor if new_head else 1.0))
    groups: list[dict[str, Any]] = []
    for head, factor in parts:
        own = [
            parameter
            for name, parameter in model.named_parameters()
            if len(parts) == 1 or in_head(name, info) == head
        ]
        for decay, members in (
            (config.weight_decay, [parameter for parameter in own if parameter.ndim > 1]),
            (0.0, [parameter for parameter in own if parameter.ndim <= 1]),
        ):
            groups.append({"params": members, "weight_decay": decay, RATE_FACTOR: factor})
    return groups


def is_frozen(config: TrainConfig, epoch: int) -> bool:
    """Tell whether the body rests in an epoch (0-based)."""
    return config.fine_tune == "features-first" and epoch < config.freeze_epochs


def set_train_mode(model: nn.Module, config: TrainConfig, info: ModelInfo, epoch: int) -> None:
    """Bring the network into training mode, its body frozen or not, as the epoch wants it.

    The norms of a frozen body stay in eval mode: their means and variances belong to the
    weights. Its parameters want no gradient, so that the backward pass ends at the last layer.
    """
    model.train()
    frozen = is_frozen(config, epoch)
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(not frozen or in_head(name, info))
    if frozen:
        for name, module in model.named_modules():
            if isinstance(module, nn.modules.batchnorm._BatchNorm) and name != info.head:
                module.eval()
