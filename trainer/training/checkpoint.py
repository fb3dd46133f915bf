"""``last.ckpt``: everything that a run needs to go on as if it had never stopped."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from trainer.data.dataset import ExpressionDataset
from trainer.errors import TrainingError
from trainer.events import EpochFinished
from trainer.files import atomic_path
from trainer.training.finetune import RATE_FACTOR
from trainer.training.loop import TrainState

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
    # Through Python's own file: a full disk is then an OSError and not a fault of PyTorch's.
    with atomic_path(path) as temporary:
        with open(temporary, "wb") as stream:
            torch.save(content, stream)
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


def restore(
    path: Path, state: TrainState, model: str, dataset: ExpressionDataset
) -> list[EpochFinished]:
    """Bring a fresh state to where a checkpoint left it; return the finished epochs.

    Args:
        path: ``last.ckpt`` in a run's folder.
        state: Of the network and settings the run was started with.
        model: Name of the network.
        dataset: With the corrections, as it is to be trained on.

    Raises:
        TrainingError: The file cannot be used, or belongs to another network or data set.
    """
    name = path.parent.name
    content = load_checkpoint(path)
    if content["dataset_hash"] != dataset.content_hash:
        raise TrainingError(
            f"The run {name} was trained on other data than {dataset.name}, or with other "
            "corrections or another class map of it; resume it with what it was started with."
        )
    settings = [
        {key: value for key, value in group.items() if key not in ("params", RATE_FACTOR)}
        for group in state.optimizer.param_groups
    ]
    try:
        state.model.load_state_dict(content["model"])
        state.optimizer.load_state_dict(content["optimizer"])
        # The momenta are the checkpoint's, the settings those that the run goes on with.
        for group, setting in zip(state.optimizer.param_groups, settings, strict=True):
            group.update(setting)
    except (RuntimeError, ValueError, KeyError) as error:
        raise TrainingError(f"The checkpoint of {name} does not fit {model}: {error}.") from error
    if state.average is not None and content["average"] is not None:
        state.average.restore(content["average"], content["average_updates"])
    history: list[EpochFinished] = content["history"]
    return history
