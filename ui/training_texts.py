"""What the Train tab says about a run, in whole sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt5.QtCore import QCoreApplication

from trainer.config import TrainConfig
from trainer.events import EpochFinished, TrainingFinished
from ui.formats import count, duration, percent

if TYPE_CHECKING:
    from trainer.training.estimate import TimeEstimate


def since_best(history: Sequence[EpochFinished], patience: int) -> str:
    """Epochs since the best one; with a patience how many of it are used: ``3 / 10``."""
    best = max(history, key=lambda entry: entry.val_accuracy, default=None)
    if best is None:
        return "–"
    passed = history[-1].epoch - best.epoch
    return f"{passed} / {patience}" if patience else str(passed)


def state_sentence(event: TrainingFinished) -> str:
    """A few words for the heading."""
    if event.best_val_accuracy is None:
        return QCoreApplication.translate("TrainingTexts", "Stopped before the first epoch")
    if event.stopped:
        text = QCoreApplication.translate("TrainingTexts", "Stopped; best {accuracy}")
    else:
        text = QCoreApplication.translate("TrainingTexts", "Finished; best {accuracy}")
    return text.format(accuracy=percent(event.best_val_accuracy))


def summary_sentences(
    event: TrainingFinished,
    history: Sequence[EpochFinished],
    seconds: float,
    epochs: int,
    class_titles: Sequence[str],
) -> str:
    """What came out: the best epoch, the time, the classes it finds best and worst.

    Args:
        event: How the run ended.
        history: Finished epochs, oldest first.
        seconds: How long this part of the run took.
        epochs: Planned epochs.
        class_titles: Translated names of the classes, in the order of ``val_recall``.
    """
    if event.best_epoch is None or event.best_val_accuracy is None:
        return QCoreApplication.translate(
            "TrainingTexts", "No epoch was finished, so there is no network to keep."
        )
    parts = [
        QCoreApplication.translate(
            "TrainingTexts",
            "Kept is epoch {best} of {done}: it recognises {accuracy} of the validation images.",
        ).format(
            best=event.best_epoch + 1,
            done=event.epochs_done,
            accuracy=percent(event.best_val_accuracy),
        )
    ]
    best = next((entry for entry in history if entry.epoch == event.best_epoch), None)
    if best is not None and len(best.val_recall) == len(class_titles) > 1:
        known = [
            (recall, title)
            for recall, title in zip(best.val_recall, class_titles, strict=True)
            if recall == recall  # NaN: no validation images
        ]
        if len(known) > 1:
            (low, worst), (high, easiest) = min(known), max(known)
            parts.append(
                QCoreApplication.translate(
                    "TrainingTexts",
                    "Best found: {easiest} ({high}), least: {worst} ({low}).",
                ).format(easiest=easiest, high=percent(high), worst=worst, low=percent(low))
            )
    if not event.stopped and event.epochs_done < epochs:
        parts.append(
            QCoreApplication.translate(
                "TrainingTexts", "It ended {number} epochs early, as nothing got better."
            ).format(number=count(epochs - event.epochs_done))
        )
    parts.append(
        QCoreApplication.translate("TrainingTexts", "It took {time}.").format(
            time=duration(seconds)
        )
    )
    return " ".join(parts)


def time_sentence(found: TimeEstimate, train: int, val: int, config: TrainConfig) -> str:
    """How long an epoch and the run will take.

    Args:
        found: What was measured.
        train: Training images, 0 where they were not counted yet.
        val: Validation images.
        config: The settings that were measured.
    """
    speed = QCoreApplication.translate(
        "TrainingTexts",
        "{layers} layers with weights; {number} batches on {device}: {speed} images/s.",
    ).format(
        layers=found.layers,
        number=found.batches,
        device=found.device.split(" (")[0],
        speed=f"{found.learnt_per_second:.0f}" if found.learnt_per_second >= 10
        else f"{found.learnt_per_second:.1f}",
    )
    if not train:
        text = QCoreApplication.translate(
            "TrainingTexts",
            "Open the data set once to know how many images it has; 1,000 take {time} an epoch.",
        )
        return f"{speed} {text.format(time=duration(found.epoch_seconds(1000, 0)))}"
    epoch = found.epoch_seconds(train, val)
    text = QCoreApplication.translate(
        "TrainingTexts", "About {epoch} an epoch, {run} for all {epochs}."
    )
    if config.epochs == 1:
        text = QCoreApplication.translate("TrainingTexts", "About {epoch} for the one epoch.")
    return f"{speed} " + text.format(
        epoch=duration(epoch), run=duration(config.epochs * epoch), epochs=config.epochs
    )
