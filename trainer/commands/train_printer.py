"""What ``train`` prints of a run, and keeps in its log."""

from __future__ import annotations

import logging
import sys

from trainer import runs
from trainer.events import (
    EpochFinished,
    StepFinished,
    TrainingEvent,
    TrainingFinished,
    TrainingStarted,
)


class Printer:
    """Prints what the loop announces, and keeps it in the log."""

    def __init__(self) -> None:
        self._log = logging.getLogger("trainer.train")
        self._live = sys.stderr.isatty()

    def __call__(self, event: TrainingEvent) -> None:
        if isinstance(event, StepFinished):
            if self._live:
                print(
                    f"\repoch {event.epoch + 1}  {event.step + 1}/{event.steps_per_epoch}  "
                    f"loss {event.loss:.4f}  {event.images_per_second:.0f} images/s  "
                    f"{_minutes(event.run_eta_s)} left   ",
                    end="",
                    file=sys.stderr,
                )
            return
        text = self._describe(event)
        if self._live:
            print("\r", end="", file=sys.stderr)
        print(text, flush=True)
        self._log.info(text)

    def _describe(self, event: TrainingEvent) -> str:
        if isinstance(event, TrainingStarted):
            return (
                f"{event.train_samples} images to train ({event.duplicates_left_out} repeats "
                f"and {event.leaks_left_out} that also stand in val or test left out; by your "
                f"corrections {event.relabelled} relabelled, {event.excluded} left out; "
                f"{event.balanced_added} made by balancing; "
                f"{event.targets_left_out} left out for want of a clear vote), "
                f"{event.val_samples} to validate, "
                f"{event.parameters:,} parameters, {event.device}, "
                f"epochs {event.first_epoch + 1} to {event.epochs}, run folder {event.run_dir}"
            )
        if isinstance(event, EpochFinished):
            return (
                f"epoch {event.epoch + 1}: train loss {event.train_loss:.4f} "
                f"accuracy {event.train_accuracy:.2%}, val loss {event.val_loss:.4f} "
                f"accuracy {event.val_accuracy:.2%} macro-F1 {event.val_macro_f1:.3f}, "
                f"lr {event.lr:.2g}, {event.images_per_second:.0f} images/s, "
                f"{_minutes(event.duration_s)}{', best' if event.is_best else ''}"
            )
        assert isinstance(event, TrainingFinished)
        ending = "stopped" if event.stopped else "finished"
        if event.best_epoch is None or event.best_val_accuracy is None:
            return f"{ending} before the first epoch was done; there is nothing to keep"
        return (
            f"{ending} after {event.epochs_done} epochs, best epoch {event.best_epoch + 1} "
            f"with val accuracy {event.best_val_accuracy:.2%}: {event.run_dir / runs.WEIGHTS}"
        )


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
