"""Events of a training made by hand, for tests of the windows that show them."""

from __future__ import annotations

import random
from pathlib import Path

from trainer.events import EpochFinished, StepFinished, TrainingFinished, TrainingStarted
from trainer.labels import EXPRESSIONS

STEPS = 424
"""Updates in an epoch of FER2013 with batches of 64."""


def started(
    run_dir: Path, *, epochs: int = 30, history: tuple[EpochFinished, ...] = ()
) -> TrainingStarted:
    """The first event of a run."""
    return TrainingStarted(
        run_dir=run_dir,
        device="CPU (no CUDA device found)",
        first_epoch=len(history),
        epochs=epochs,
        steps_per_epoch=STEPS,
        train_samples=27_122,
        val_samples=3_589,
        parameters=18_151_367,
        history=history,
        class_names=EXPRESSIONS,
    )


def step(epoch: int, number: int, lr: float = 0.01) -> StepFinished:
    """An update."""
    return StepFinished(
        epoch=epoch,
        step=number,
        steps_per_epoch=STEPS,
        loss=1.5,
        accuracy=0.4,
        lr=lr,
        images_per_second=72.0,
        epoch_eta_s=90.0,
        run_eta_s=3600.0,
    )


def epoch(number: int, accuracy: float = 0.5, *, with_classes: bool = True) -> EpochFinished:
    """A finished epoch; the same number gives the same event."""
    chance = random.Random(number)
    rows = len(EXPRESSIONS)
    recall = tuple(chance.random() for _ in range(rows)) if with_classes else ()
    matrix = tuple(tuple(chance.randrange(100) for _ in range(rows)) for _ in range(rows))
    return EpochFinished(
        epoch=number,
        train_loss=2.0 / (number + 1),
        train_accuracy=0.3,
        val_loss=1.8 / (number + 1),
        val_accuracy=accuracy,
        val_macro_f1=0.4,
        lr=0.01,
        images_per_second=72.0,
        duration_s=380.0,
        is_best=False,
        val_recall=recall,
        val_confusion=matrix if with_classes else (),
    )


def finished(
    run_dir: Path, done: int, best: int | None, *, stopped: bool = False
) -> TrainingFinished:
    """The last event of a run."""
    return TrainingFinished(
        run_dir=run_dir,
        stopped=stopped,
        epochs_done=done,
        best_epoch=best,
        best_val_accuracy=None if best is None else 0.6,
        onnx_path=None if best is None else run_dir / "best.onnx",
    )
