"""Leaving an update half-way: a slow machine must not wait for a whole backward pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch import nn

from trainer.errors import OperationCancelled


@contextmanager
def stoppable_layers(model: nn.Module, should_stop: Callable[[], bool]) -> Iterator[None]:
    """Ask ``should_stop`` after each layer, forward and backward, while the context is open.

    An update of a large network takes a second on a slow or busy processor; asked between
    layers, the wait is that of one layer. The weights are not touched by an update that is
    left this way, since the optimizer steps only after the backward pass.

    Args:
        model: Its innermost modules are watched.
        should_stop: Cheap, for it is asked some tens of times an update.

    Raises:
        OperationCancelled: From the forward or the backward pass, once ``should_stop`` said so.
    """

    def ask() -> None:
        if should_stop():
            raise OperationCancelled

    def ask_backward(_gradient: torch.Tensor) -> None:
        ask()

    def after_forward(_module: nn.Module, _inputs: object, output: object) -> None:
        ask()
        if isinstance(output, torch.Tensor) and output.requires_grad:
            output.register_hook(ask_backward)

    leaves = [module for module in model.modules() if next(module.children(), None) is None]
    handles = [module.register_forward_hook(after_forward) for module in leaves]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()
