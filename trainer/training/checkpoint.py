"""``last.ckpt``: everything that a run needs to go on as if it had never stopped."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from trainer.errors import TrainingError
from trainer.events import EpochFinished
from trainer.files import atomic_path

_VERSION = 1


def save_checkpoint(
    path: Path,
    *,
    model: dict[str, torch.Tensor],
    optimizer: dict[str, Any],
    average: dict[str, torch.Tensor] | None,
    average_updates: int,
    history: list[EpochFinished],
    dataset_hash: str,
    before_it_counts: Callable[[], None] | None = None,
) -> None:
    """Write the state after the last epoch of ``history``, atomically.

    Random states need no place here: every epoch seeds its own from the run's seed.

    Args:
        path: The file.
        model: State dict of the network.
        optimizer: State dict of the optimizer.
        average: The averaged weights, or None.
        average_updates: How many updates they have seen.
        history: Finished epochs.
        dataset_hash: Content hash of the data that is learnt.
        before_it_counts: Called when the content is written and has not replaced the old
            checkpoint yet; an exception keeps the old one.
    """
    content = {
        "version": _VERSION,
        "model": model,
        "optimizer": optimizer,
        "average": average,
        "average_updates": average_updates,
        "history": [asdict(epoch) for epoch in history],
        "dataset_hash": dataset_hash,
    }
    with atomic_path(path) as temporary:
        torch.save(content, temporary)
        if before_it_counts is not None:
            before_it_counts()


def load_checkpoint(path: Path) -> dict[str, Any]:
    """Read what :func:`save_checkpoint` wrote; ``history`` holds events again.

    Raises:
        TrainingError: The file is missing, damaged, or of another version.
    """
    if not path.is_file():
        raise TrainingError(f"There is no checkpoint at {path}, so this run cannot be resumed.")
    try:
        content: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        if content["version"] != _VERSION:
            raise TrainingError(
                f"The checkpoint {path} is of version {content['version']}; "
                f"this program reads version {_VERSION}."
            )
        content["history"] = [EpochFinished(**epoch) for epoch in content["history"]]
    except (
        OSError,
        RuntimeError,
        EOFError,
        KeyError,
        TypeError,
        ValueError,
        pickle.UnpicklingError,
    ) as error:
        raise TrainingError(
            f"The checkpoint {path} is damaged ({error}); start the run anew."
        ) from error
    return content
