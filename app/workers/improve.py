"""Fits a model to the corrections on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from trainer.data.corrections import CorrectionStore
from trainer.errors import DataError

if TYPE_CHECKING:
    from trainer.improve.network import HeadNetwork
    from trainer.improve.replay import Replay


class ImproveWorker(Worker):
    """Runs :func:`trainer.improve.improve.improve` once.

    Signals:
        done: (Outcome)
    """

    done = pyqtSignal(object)

    def __init__(self, model: Path | None, dataset: Path | None, folder: Path) -> None:
        """Prepare.

        Args:
            model: The network's file; None is the one that ships with Mien.
            dataset: What is replayed; None takes the features that ship with Mien.
            folder: Where the new network goes.
        """
        super().__init__()
        self._model = model
        self._dataset = dataset
        self._folder = folder

    def work(self) -> None:
        from trainer.improve.improve import free_name, improve
        from trainer.improve.network import HeadNetwork
        from trainer.improve.replay import original_of
        from trainer.inference.shipped import default_model_path
        from trainer.run_onnx import ensure_onnx

        path = self._model if self._model is not None else default_model_path()
        corrections = CorrectionStore().read()
        network = HeadNetwork(original_of(ensure_onnx(path)))
        name = path.parent.name if path.name == "best.onnx" else path.name  # a run's
        outcome = improve(
            corrections,
            network,
            self._replay,
            free_name(self._folder, name),
            on_progress=self.progress.emit,
            should_stop=self.should_stop,
        )
        self.done.emit(outcome)

    def _replay(self, network: HeadNetwork, tell: Callable[[float], None]) -> Replay:
        from trainer.improve.replay import replay_of, shipped_replay

        if self._dataset is None:
            shipped = shipped_replay(network)
            if shipped is None:
                raise DataError(
                    f"There are no stored features of {network.path.name}; choose the data set "
                    "that it learnt from."
                )
            return shipped
        from app.opening import read_as_remembered  # brings torch

        dataset = read_as_remembered(self._dataset, should_stop=self.should_stop)
        if tuple(dataset.class_names) != tuple(network.metadata.class_names):
            raise DataError(
                f"{dataset.name} and {network.path.name} have different classes; choose the data "
                "set that the model learnt from."
            )
        return replay_of(
            network,
            dataset.name,
            dataset.images.numpy(),
            dataset.targets.numpy(),
            dataset.splits.numpy(),
            on_progress=tell,
            should_stop=self.should_stop,
        )
