"""Which device trains and why, and how networks are laid out in memory."""

from __future__ import annotations

import torch
from torch import nn


def describe_device() -> tuple[torch.device, str]:
    """Return the device to train on and words that say why it is this one."""
    if torch.cuda.is_available():
        return torch.device("cuda"), f"GPU ({torch.cuda.get_device_name(0)})"
    if torch.version.cuda is None and torch.version.hip is None:
        return torch.device("cpu"), "CPU (this PyTorch is a CPU build)"
    return torch.device("cpu"), "CPU (no CUDA device found)"


def place(
    model: nn.Module,
    device: torch.device | None = None,
    memory_format: torch.memory_format = torch.channels_last,
) -> nn.Module:
    """Move a network in place; channels_last trains convolutions about a third faster on CPUs."""
    if device is not None:
        model = model.to(device)
    # PyTorch's own stubs leave the keyword out of the overloads.
    placed: nn.Module = model.to(memory_format=memory_format)  # type: ignore[call-overload]
    return placed
