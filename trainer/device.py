"""Which device trains and why, and how networks are laid out in memory."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from trainer.errors import TrainingError


@dataclass(frozen=True)
class DeviceChoice:
    """The device to compute on.

    Attributes:
        device: For PyTorch.
        text: Its name with the reason, e.g. ``"CPU (this PyTorch is a CPU build)"``.
        wasted: There is a GPU that cannot be used as things are: worth a warning.
    """

    device: torch.device
    text: str
    wasted: bool = False


def choose_device(wanted: str = "auto") -> DeviceChoice:
    """Choose a device.

    Args:
        wanted: ``auto`` takes a GPU if there is one; ``cpu``, ``cuda``, ``cuda:1``, ``mps``.

    Raises:
        TrainingError: What was asked for by name is not there; the message says why.
    """
    kind, _, number = wanted.partition(":")
    if kind not in ("auto", "cpu", "cuda", "mps") or (number and not number.isdecimal()):
        raise TrainingError(f"There is no device '{wanted}'; use auto, cpu, cuda, cuda:1 or mps.")
    if wanted == "cpu":
        return DeviceChoice(torch.device("cpu"), "CPU (as you asked)")
    if kind in ("auto", "cuda") and torch.cuda.is_available():
        index = int(number or torch.cuda.current_device())
        if index >= torch.cuda.device_count():
            raise TrainingError(
                f"There is no device {wanted}: this computer has {torch.cuda.device_count()} GPU "
                "that PyTorch can use."
            )
        name = torch.cuda.get_device_name(index)
        return DeviceChoice(torch.device("cuda", index), f"GPU {index} ({name})")
    if kind in ("auto", "mps") and torch.backends.mps.is_available():
        return DeviceChoice(torch.device("mps"), "GPU (Apple Metal)")
    reason, wasted = _why_no_gpu()
    if wanted != "auto":
        raise TrainingError(f"The device {wanted} cannot be used: {reason}.")
    return DeviceChoice(torch.device("cpu"), f"CPU ({reason})", wasted)


def describe_device() -> tuple[torch.device, str]:
    """Return the device to train on and words that say why it is this one."""
    choice = choose_device()
    return choice.device, choice.text


def _why_no_gpu() -> tuple[str, bool]:
    """Return the reason, and whether there is a GPU all the same."""
    there = _nvidia_card()
    if torch.version.cuda is None and torch.version.hip is None:
        if there:
            return (
                "there is an NVIDIA GPU, but this PyTorch is a CPU build: install one for CUDA "
                "to use it",
                True,
            )
        return "this PyTorch is a CPU build", False
    if os.environ.get("CUDA_VISIBLE_DEVICES") in ("", "-1"):
        return "CUDA_VISIBLE_DEVICES hides the GPUs", there
    if there:
        try:
            torch.cuda.init()  # type: ignore[no-untyped-call]
        except (RuntimeError, AssertionError) as error:
            first = str(error).strip().split("\n", 1)[0].split(". ", 1)[0].rstrip(".")
            return f"the NVIDIA GPU cannot be used: {first}", True
        return "the NVIDIA GPU cannot be used", True
    return "no NVIDIA driver found", False


def _nvidia_card() -> bool:
    # The driver's own device file on Linux; its tool where there is none (Windows).
    return Path("/dev/nvidia0").exists() or (
        os.name == "nt" and shutil.which("nvidia-smi") is not None
    )


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
