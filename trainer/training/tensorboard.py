"""TensorBoard event files beside ``results.csv``, for those who want them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trainer.events import EpochFinished


class EpochWriter:
    """Writes one point of every curve an epoch; a resumed run replaces later points."""

    def __init__(self, run_dir: Path, first_epoch: int, class_names: Sequence[str]) -> None:
        # Imported here: it costs a second, and most runs go without.
        from torch.utils.tensorboard import SummaryWriter

        self._class_names = class_names
        self._writer = SummaryWriter(  # type: ignore[no-untyped-call]
            str(run_dir), purge_step=first_epoch or None
        )

    def write(self, epoch: EpochFinished) -> None:
        """Add an epoch's losses, accuracies, recalls and learning rate, and flush them."""
        points = {
            "loss/train": epoch.train_loss,
            "loss/val": epoch.val_loss,
            "accuracy/train": epoch.train_accuracy,
            "accuracy/val": epoch.val_accuracy,
            "macro_f1/val": epoch.val_macro_f1,
            "lr": epoch.lr,
        }
        for name, recall in zip(self._class_names, epoch.val_recall, strict=False):
            points[f"recall/{name}"] = recall
        for tag, value in points.items():
            self._writer.add_scalar(tag, value, epoch.epoch)  # type: ignore[no-untyped-call]
        self._writer.flush()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Close the file."""
        self._writer.close()  # type: ignore[no-untyped-call]
