"""What a run says of itself before it begins."""

from __future__ import annotations

import logging
import math
from pathlib import Path

from trainer.config import TrainConfig
from trainer.device import DeviceChoice
from trainer.events import EpochFinished, TrainingStarted
from trainer.training.prepare import TrainingData
from trainer.training.sampling import steps_per_epoch

_log = logging.getLogger(__name__)


def started(
    run_dir: Path,
    config: TrainConfig,
    data: TrainingData,
    choice: DeviceChoice,
    processes: int,
    history: tuple[EpochFinished, ...],
    parameters: int,
) -> TrainingStarted:
    """Return the first event of a run.

    Args:
        run_dir: The run's folder.
        config: Its settings.
        data: What it learns from.
        choice: Where it computes.
        processes: How many train together.
        history: Earlier epochs of a resumed run.
        parameters: Trainable parameters of the network.
    """
    samples = math.ceil(len(data.train_indices) / processes)
    return TrainingStarted(
        run_dir=run_dir,
        device=choice.text if processes == 1 else f"{processes} times {choice.text}",
        first_epoch=len(history),
        epochs=config.epochs,
        steps_per_epoch=steps_per_epoch(samples, config.batch_size),
        train_samples=len(data.train_indices),
        val_samples=len(data.val_indices),
        parameters=parameters,
        duplicates_left_out=data.duplicates_left_out,
        leaks_left_out=data.leaks_left_out,
        history=history,
        leaks_kept=data.leaks_kept,
        balanced_added=data.balanced_added,
        relabelled=sum(data.edited.relabelled.values()),
        excluded=sum(data.edited.excluded.values()),
        class_names=data.dataset.class_names,
        targets_left_out=sum(data.targets_left_out.values()),
        device_wasted=choice.wasted,
    )


def log_data(data: TrainingData, choice: DeviceChoice) -> None:
    """Log what should be known of the device and the data."""
    if choice.wasted:
        _log.warning("Training on the %s.", choice.text)
    if data.edited.changed:
        _log.info(data.edited.sentence())
    if data.leaks_kept:
        _log.warning(
            "%d training images also stand in the validation or test split and are learnt: "
            "the validation score is too good.",
            data.leaks_kept,
        )
