"""The learning rate as a function of the update."""

from __future__ import annotations

import math

from trainer.config import TrainConfig

_STEP_AT = (0.5, 0.75)  # where "step" changes the rate unless it is told after how many epochs


def lr_at(step: int, total_steps: int, steps_per_epoch: int, config: TrainConfig) -> float:
    """Return the learning rate of an update.

    Args:
        step: 0-based update of the whole run.
        total_steps: Updates of the whole run.
        steps_per_epoch: Updates of one epoch.
        config: ``lr`` is the peak.

    ``one-cycle`` climbs over the first 30 % and ends at zero (Smith, 2018); ``cosine`` falls
    along half a cosine after the warm-up (Loshchilov and Hutter, 2017).
    """
    progress = step / max(total_steps, 1)
    warmup_steps = config.warmup_epochs * steps_per_epoch
    if config.schedule == "one-cycle":
        warmup_steps = max(warmup_steps, 0.3 * total_steps)
    if step < warmup_steps:
        return config.lr * (step + 1) / (warmup_steps + 1)
    if config.schedule == "constant":
        return config.lr
    if config.schedule == "step":
        if config.step_epochs > 0:
            changes = step // (steps_per_epoch * config.step_epochs)
        else:
            changes = sum(progress >= mark for mark in _STEP_AT)
        return config.lr * config.step_factor**changes
    left = max(total_steps - warmup_steps, 1)
    return config.lr * 0.5 * (1 + math.cos(math.pi * (step - warmup_steps) / left))
