"""A stop is honoured in the middle of an update, not after it."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from trainer.errors import OperationCancelled
from trainer.interrupt import stoppable_layers


class Asked:
    """Says stop from the ``limit``-th question on, and counts the questions."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.count = 0

    def __call__(self) -> bool:
        self.count += 1
        return self.count >= self.limit


def network() -> nn.Module:
    return nn.Sequential(nn.Linear(4, 4), nn.ReLU(inplace=True), nn.Linear(4, 2))


def test_a_stop_leaves_the_forward_pass() -> None:
    asked = Asked(2)
    with pytest.raises(OperationCancelled), stoppable_layers(model := network(), asked):
        model(torch.ones(2, 4))
    assert asked.count == 2


def test_a_stop_leaves_the_backward_pass() -> None:
    asked = Asked(5)  # three layers forward, then the second question of the way back
    model = network()
    with pytest.raises(OperationCancelled), stoppable_layers(model, asked):
        model(torch.ones(2, 4)).sum().backward()
    assert asked.count == 5
    assert model[0].weight.grad is None  # type: ignore[index]
    assert model[2].weight.grad is not None  # type: ignore[index]


def test_nothing_is_left_on_the_network() -> None:
    asked = Asked(100)
    model = network()
    with stoppable_layers(model, asked):
        model(torch.ones(2, 4)).sum().backward()
    before = asked.count
    model(torch.ones(2, 4)).sum().backward()
    assert asked.count == before
