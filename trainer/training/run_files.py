"""Writing a run's folder; :mod:`trainer.runs` names its files and reads them."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

import trainer
from trainer import runs
from trainer.config import TrainConfig
from trainer.events import EpochFinished, TrainingFinished
from trainer.files import atomic_path, write_text
from trainer.metadata import ModelMetadata, val_metrics
from trainer.models import model_info
from trainer.training.checkpoint import save_checkpoint
from trainer.training.loop import TrainState
from trainer.training.prepare import TrainingData
from trainer.weights import save_weights


class RunFiles:
    """One run's folder.

    Attributes:
        folder: Where it is.
    """

    def __init__(self, folder: Path, config: TrainConfig, data: TrainingData) -> None:
        self.folder = folder
        self._config = config
        self._data = data

    def save_best(
        self,
        model: nn.Module,
        best: EpochFinished,
        scores: dict[str, Any],
        probs: npt.NDArray[np.float32],
        targets: npt.NDArray[np.int64],
    ) -> None:
        """Write the best epoch's weights, predictions and scores."""
        dataset, val = self._data.dataset, self._data.val_indices
        metadata = ModelMetadata(
            architecture=self._config.model,
            class_names=dataset.class_names,
            preprocessing=model_info(self._config.model).preprocessing,
            dataset_name=dataset.name,
            dataset_hash=dataset.content_hash,
            metrics={**val_metrics(scores), "epoch": float(best.epoch)},
            extra={"run": self.folder.name},
        )
        save_weights(self.folder / runs.WEIGHTS, model.state_dict(), metadata)
        with atomic_path(self.folder / runs.PREDICTIONS) as temporary:
            np.savez_compressed(
                temporary,
                probs=probs,
                targets=targets,
                indices=self._data.edited.indices[val].numpy(),  # in the source
                class_names=np.array(dataset.class_names),
            )
        self._write_metrics({**scores, "state": "interrupted", "best_epoch": best.epoch})

    def save_last(
        self,
        state: TrainState,
        history: list[EpochFinished],
        before_it_counts: Callable[[], None] | None = None,
    ) -> None:
        """Write what a resumed run needs, and the row of the last epoch.

        Args:
            state: What is trained.
            history: Finished epochs.
            before_it_counts: See :func:`save_checkpoint`.
        """
        average = state.average
        save_checkpoint(
            self.folder / runs.CHECKPOINT,
            model=state.model.state_dict(),
            optimizer=state.optimizer.state_dict(),
            average=None if average is None else average.state,
            average_updates=0 if average is None else average.updates,
            history=history,
            dataset_hash=self._data.dataset.content_hash,
            before_it_counts=before_it_counts,
        )
        self.write_results(history)

    def write_results(self, history: list[EpochFinished]) -> None:
        """Write ``results.csv``."""
        path = self.folder / runs.RESULTS
        runs.write_results(path, history, self._data.dataset.class_names)

    def reopen(self) -> None:
        """Take back that a resumed run has ended: it may be killed before it ends again."""
        metrics = runs.load_run(self.folder).metrics
        if metrics:
            self._write_metrics({**metrics, "state": "interrupted"})

    def finish(
        self, history: list[EpochFinished], best: EpochFinished | None, stopped: bool
    ) -> TrainingFinished:
        """Write how the run ended and return it."""
        state = "stopped" if stopped else "finished"
        metrics = runs.load_run(self.folder).metrics
        self._write_metrics({**metrics, "state": state, "epochs_done": len(history)})
        return TrainingFinished(
            run_dir=self.folder,
            stopped=stopped,
            epochs_done=len(history),
            best_epoch=None if best is None else best.epoch,
            best_val_accuracy=None if best is None else best.val_accuracy,
            onnx_path=None if best is None else self.folder / runs.ONNX,
        )

    def _write_metrics(self, metrics: dict[str, Any]) -> None:
        write_text(self.folder / runs.METRICS, json.dumps(metrics, indent=1))

    def write_environment(self, device_text: str, processes: int) -> None:
        """Write versions, device and data set."""
        data = self._data
        counts = data.dataset.counts()
        environment = {
            "mien": trainer.__version__,
            "python": platform.python_version(),
            "torch": torch.__version__,
            "numpy": np.__version__,
            "system": platform.platform(),
            "device": device_text,
            "threads": torch.get_num_threads(),
            "processes": processes,
            "dataset": {
                "name": data.dataset.name,
                # A run may be resumed from another folder, and in the window.
                "source": _absolute(data.dataset.source),
                "votes_source": _absolute(data.dataset.votes_source),
                "class_map": dict(data.dataset.class_map),
                "content_hash": data.source.content_hash,
                "edits": data.edited.to_dict(),
                "classes": list(data.dataset.class_names),
                "counts": {
                    split: counts[:, column].tolist()
                    for column, split in enumerate(("train", "val", "test"))
                },
                "train_used": len(data.train_indices),
                "duplicates_left_out": data.duplicates_left_out,
                "leaks_left_out": data.leaks_left_out,
                "balanced_added": data.balanced_added,
                "targets": self._config.targets,
                "targets_left_out": data.targets_left_out,
                "rows_left_out": len(data.dataset.problems),
            },
        }
        write_text(self.folder / runs.ENVIRONMENT, json.dumps(environment, indent=1))


def _absolute(source: str) -> str:
    return str(Path(source).absolute()) if source else ""
