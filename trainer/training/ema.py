"""A running average of the weights, steadier than the weights themselves."""

from __future__ import annotations

import torch
from torch import nn


class WeightAverage:
    """Exponential moving average of a network's weights and buffers.

    The decay grows from small values at first, as ``min(decay, (1 + n) / (10 + n))``, so
    that the random start is forgotten soon.

    Attributes:
        state: The averaged state dict.
        updates: How many updates went in.
    """

    def __init__(self, model: nn.Module, decay: float) -> None:
        self._decay = decay
        self.updates = 0
        self.state = {name: value.detach().clone() for name, value in model.state_dict().items()}

    def restore(self, state: dict[str, torch.Tensor], updates: int) -> None:
        """Take over a saved average, on the network's device and in its layout."""
        self.updates = updates
        for name, value in self.state.items():
            value.copy_(state[name])

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        """Take in the network's present weights."""
        self.updates += 1
        weight = 1 - min(self._decay, (1 + self.updates) / (10 + self.updates))
        averaged, current = [], []
        for name, value in model.state_dict().items():
            if value.is_floating_point():
                averaged.append(self.state[name])
                current.append(value)
            else:
                self.state[name].copy_(value)
        torch._foreach_lerp_(averaged, current, weight)
