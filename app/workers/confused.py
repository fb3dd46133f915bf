"""Finding the images behind a cell of the confusion matrix, on a thread of its own."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QCoreApplication, pyqtSignal

from app.opening import read_as_remembered
from app.workers.base import Worker
from trainer.errors import MienError
from trainer.runs import load_run
from ui.tables.samples import Samples

MOST_IMAGES = 200


class ConfusedWorker(Worker):
    """Loads the images of one label that a run gave one answer to, surest answers first.

    Signals:
        found: (target, pred, :class:`Samples`)
    """

    found = pyqtSignal(int, int, object)

    def __init__(self, run_dir: Path, target: int, pred: int) -> None:
        super().__init__()
        self._run_dir = run_dir
        self._target = target
        self._pred = pred

    def work(self) -> None:
        run = load_run(self._run_dir)
        known = run.environment.get("dataset", {})
        source = Path(str(known.get("source", "")))
        if run.predictions_path is None or not known.get("source") or not source.exists():
            text = QCoreApplication.translate(
                "ConfusedWorker",
                "The data set {name} is not where it was when {run} was trained; "
                "put it back to see its images.",
            )
            raise MienError(text.format(name=run.dataset_name or source.name, run=run.name))
        chosen = chosen_indices(run.predictions_path, self._target, self._pred)
        dataset = read_as_remembered(
            source, on_progress=self.progress.emit, should_stop=self.should_stop
        )
        if dataset.content_hash != known.get("content_hash"):
            text = QCoreApplication.translate(
                "ConfusedWorker", "{name} has changed since {run} was trained."
            )
            raise MienError(text.format(name=source.name, run=run.name))
        self.found.emit(
            self._target,
            self._pred,
            Samples(
                images=np.ascontiguousarray(dataset.images.numpy()[chosen, 0]),
                targets=dataset.targets.numpy()[chosen],
                splits=dataset.splits.numpy()[chosen],
                source_rows=dataset.source_rows.numpy()[chosen],
                class_names=dataset.class_names,
                name=dataset.name,
                path=source,
                preds=np.full(len(chosen), self._pred, np.int64),
            ),
        )


def chosen_indices(path: Path, target: int, pred: int) -> npt.NDArray[np.int64]:
    """Return which samples of the data set are in a cell, the surest answers first.

    Raises:
        MienError: The file is damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as content:
            probs, targets, indices = content["probs"], content["targets"], content["indices"]
        rows = np.flatnonzero((targets == target) & (probs.argmax(axis=1) == pred))
        order = np.argsort(-probs[rows, pred], kind="stable")[:MOST_IMAGES]
        return np.asarray(indices[rows[order]], np.int64)
    except (OSError, ValueError, KeyError, IndexError, zipfile.BadZipFile) as error:
        raise MienError(f"The predictions in {path} are damaged ({error}).") from error
