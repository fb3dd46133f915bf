"""Reading run folders and predictions on a thread of their own."""

from __future__ import annotations

import math
import zipfile
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from trainer.errors import MienError
from trainer.labels import EXPRESSIONS
from trainer.models import model_infos
from trainer.runs import RESULTS, Run, list_runs
from ui.tables.run_model import RunRow


class RunsWorker(Worker):
    """Lists the runs of a folder and the shipped network.

    Signals:
        listed: List of :class:`RunRow`.
    """

    listed = pyqtSignal(list)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def work(self) -> None:
        rows = [run_row(run) for run in list_runs(self._folder)]
        shipped = shipped_row()
        self.listed.emit([shipped, *rows] if shipped is not None else rows)


def run_row(run: Run) -> RunRow:
    """Return what the table shows of a run."""
    best = run.best_epoch
    info = model_infos().get(run.config.model)
    changed = run.path / RESULTS
    stamp = (changed if changed.exists() else run.path).stat().st_mtime
    return RunRow(
        name=run.name,
        model=run.config.model,
        dataset=run.dataset_name,
        accuracy=best.val_accuracy if best else math.nan,
        macro_f1=best.val_macro_f1 if best else math.nan,
        epochs=len(run.history),
        parameters=info.parameters if info else 0,
        seconds=sum(entry.duration_s for entry in run.history),
        date=datetime.fromtimestamp(stamp),
        state="training" if run.is_training else run.state,
        path=run.path,
        onnx_path=run.onnx_path,
        predictions_path=run.predictions_path,
        history=run.history,
    )


def shipped_row() -> RunRow | None:
    """Return the default network as a row; None when its file is missing."""
    from trainer.inference.classifier import OnnxClassifier, default_model_path

    path = default_model_path()
    if not path.is_file():
        return None
    metadata = OnnxClassifier(path).metadata
    info = model_infos().get(metadata.architecture)
    metrics = metadata.metrics
    return RunRow(
        name=path.stem,
        model=metadata.architecture,
        dataset=metadata.dataset_name,
        accuracy=metrics.get("val_top1_accuracy", math.nan),
        macro_f1=metrics.get("val_macro_f1", math.nan),
        epochs=0,
        parameters=info.parameters if info else 0,
        seconds=0.0,
        date=None,
        state="shipped",
        path=None,
        onnx_path=path,
    )


def confusion_of(path: Path) -> tuple[npt.NDArray[np.int64], tuple[str, ...]]:
    """Count a ``predictions.npz``: int64 (C, C), rows are targets, and the class names.

    Raises:
        MienError: The file is damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as content:
            probs, targets = content["probs"], content["targets"]
            names = (
                tuple(str(name) for name in content["class_names"])
                if "class_names" in content
                else EXPRESSIONS
            )
            matrix = np.zeros((len(names), len(names)), np.int64)
            np.add.at(matrix, (targets, probs.argmax(axis=1)), 1)
    except (OSError, ValueError, KeyError, IndexError, zipfile.BadZipFile) as error:
        raise MienError(f"The predictions in {path} are damaged ({error}).") from error
    return matrix, names
