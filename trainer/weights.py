"""Weights as safetensors: tensors and text, never code."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from trainer.errors import TrainingError, WeightsError
from trainer.files import atomic_path
from trainer.metadata import ModelMetadata
from trainer.model_files import read_metadata
from trainer.models import create_model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import nn


def save_weights(
    path: Path,
    state: Mapping[str, torch.Tensor],
    metadata: ModelMetadata,
    *,
    half: bool = False,
) -> None:
    """Write a state dict with its metadata, atomically.

    Args:
        path: A ``.safetensors`` file.
        state: ``nn.Module.state_dict()``.
        metadata: What the network is and expects.
        half: Store floating-point tensors as float16 (half the size).

    Raises:
        OSError: The file cannot be written.
    """
    tensors = {}
    for name, value in state.items():
        value = value.detach().to("cpu")
        if half and value.is_floating_point():
            value = value.to(torch.float16)
        # safetensors wants plain memory; a channels_last tensor is copied into it.
        tensors[name] = value.contiguous(memory_format=torch.contiguous_format)
    with atomic_path(path) as temporary:
        try:  # straight to the file: made in memory first, it would hold up all other threads
            save_file(tensors, temporary, metadata=metadata.to_strings())
        except SafetensorError as error:
            raise _os_error(error, path) from error


def _os_error(error: SafetensorError, path: Path) -> OSError:
    """Return what Python itself would have raised; the library says "... (os error 28)"."""
    found = re.search(r"\(os error (\d+)\)", str(error))
    code = int(found[1]) if found else errno.EIO
    if sys.platform == "win32":  # its own numbers, which Python translates
        return OSError(0, str(error), str(path), code)
    return OSError(code, os.strerror(code), str(path))


def load_weights(path: Path) -> tuple[nn.Module, ModelMetadata]:
    """Build the network a file describes and load its weights (float32, eval mode).

    Raises:
        WeightsError: The file is missing, damaged, not Mien's, of an unknown
            architecture, or its shapes do not fit.
    """
    metadata = read_metadata(path)
    try:
        model = create_model(metadata.architecture, len(metadata.class_names))
    except TrainingError as error:
        raise WeightsError(f"{path.name} was made for another version: {error}") from error
    expected = model.state_dict()
    try:
        with safe_open(str(path), framework="pt") as file:
            state = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (SafetensorError, OSError, ValueError) as error:
        raise WeightsError(f"{path} is no sound safetensors file: {error}.") from error
    differing = sorted(set(expected) ^ set(state))
    if differing:
        raise WeightsError(
            f"{path.name} does not fit {metadata.architecture}: "
            f"{len(differing)} tensors differ, first {differing[0]}."
        )
    for name, value in expected.items():
        if state[name].shape != value.shape:
            raise WeightsError(
                f"{path.name} does not fit {metadata.architecture}: {name} is "
                f"{tuple(state[name].shape)} instead of {tuple(value.shape)}."
            )
        state[name] = state[name].to(value.dtype)
    model.load_state_dict(state)
    return model.eval(), metadata
