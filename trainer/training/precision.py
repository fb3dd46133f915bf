"""How exactly a run computes: bfloat16 on GPUs, and the same bits every time if asked."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import torch

from trainer.config import TrainConfig


def autocast(device: torch.device, amp: bool) -> AbstractContextManager[object]:
    """Return a context in which layers compute in bfloat16, if asked and where it pays.

    On CPUs it does nothing: most have no bfloat16 units and would be slower.
    """
    if amp and device.type == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False):
        return torch.autocast("cuda", torch.bfloat16)
    if amp and device.type == "mps" and int((platform.mac_ver()[0] or "0").split(".")[0]) >= 14:
        return torch.autocast("mps", torch.bfloat16)
    return nullcontext()


@contextmanager
def reproducible(config: TrainConfig) -> Iterator[None]:
    """Set threads and algorithms as the settings say; both are set back afterwards."""
    with threads_for(max(config.threads, 1) if config.deterministic else config.threads):
        if config.deterministic:
            with _deterministic_algorithms():
                yield
        else:
            yield


@contextmanager
def threads_for(count: int) -> Iterator[None]:
    """Let PyTorch compute with ``count`` threads for a while; 0 leaves their number as it is."""
    before = torch.get_num_threads()
    if count > 0:
        torch.set_num_threads(count)
    try:
        yield
    finally:
        if count > 0:  # the next training in this process starts from what this one found
            torch.set_num_threads(before)


@contextmanager
def _deterministic_algorithms() -> Iterator[None]:
    # cuBLAS reads this when it is first used; without it deterministic matrix products raise.
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    before = torch.are_deterministic_algorithms_enabled()
    benchmark = torch.backends.cudnn.benchmark
    torch.use_deterministic_algorithms(True)
    torch.backends.cudnn.benchmark = False
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(before)
        torch.backends.cudnn.benchmark = benchmark
