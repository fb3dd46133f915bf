"""Run folders: where a training keeps what it did, and how to read it back.

Torch-free, so that windows can list runs at once. Names of files are those that users of
other trainers know: ``results.csv`` grows by a row an epoch.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import math
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import Timeout

from trainer.config import TrainConfig
from trainer.errors import MienError
from trainer.events import EpochFinished
from trainer.files import write_text
from trainer.locks import hold

_log = logging.getLogger(__name__)

CONFIG = "config.yaml"
RESULTS = "results.csv"
WEIGHTS = "best.safetensors"
ONNX = "best.onnx"
CHECKPOINT = "last.ckpt"
METRICS = "metrics.json"
PREDICTIONS = "predictions.npz"
ENVIRONMENT = "environment.json"
LOG = "log.txt"
LOCK = "training.lock"
_REPLACED = (RESULTS, WEIGHTS, ONNX, CHECKPOINT, METRICS, PREDICTIONS, ENVIRONMENT)

RESULT_COLUMNS: tuple[str, ...] = tuple(
    entry.name
    for entry in fields(EpochFinished)
    if entry.name not in ("val_recall", "val_confusion")
)
"""Columns of ``results.csv`` in every run; ``recall_<class>`` for each class follow."""
RECALL_PREFIX = "recall_"


@dataclass(frozen=True)
class Run:
    """A run folder as it was read.

    Attributes:
        path: The folder.
        config: Its settings.
        history: Finished epochs, oldest first.
        metrics: ``metrics.json`` (scores of the best epoch, ``state``), empty if absent.
        environment: ``environment.json`` (versions, device, data set), empty if absent.
    """

    path: Path
    config: TrainConfig
    history: tuple[EpochFinished, ...]
    metrics: dict[str, Any]
    environment: dict[str, Any]

    @property
    def name(self) -> str:
        """Folder name."""
        return self.path.name

    @property
    def state(self) -> str:
        """``"finished"``, ``"stopped"`` (by the user) or ``"interrupted"`` (crash, running)."""
        state = self.metrics.get("state")
        return state if state in ("finished", "stopped") else "interrupted"

    @property
    def can_resume(self) -> bool:
        """Whether a checkpoint is there, epochs are left, and nobody is training it."""
        if self.state == "finished" or not (self.path / CHECKPOINT).is_file():
            return False
        return not self.is_training

    @property
    def is_training(self) -> bool:
        """Whether a process, this one included, is training the run right now."""
        if not (self.path / LOCK).exists():
            return False
        try:
            with training_lock(self.path):
                return False
        except (MienError, OSError):
            return True

    @property
    def weights_path(self) -> Path | None:
        """``best.safetensors`` if it exists."""
        path = self.path / WEIGHTS
        return path if path.is_file() else None

    @property
    def onnx_path(self) -> Path | None:
        """``best.onnx`` for the Player if there is a best epoch.

        The file is made when it is first used (:func:`trainer.run_onnx.ensure_onnx`).
        """
        path = self.path / ONNX
        return path if path.is_file() or self.weights_path is not None else None

    @property
    def predictions_path(self) -> Path | None:
        """``predictions.npz`` if it exists."""
        path = self.path / PREDICTIONS
        return path if path.is_file() else None

    @property
    def best_epoch(self) -> EpochFinished | None:
        """The epoch with the best validation accuracy (the first of equals)."""
        return max(self.history, key=lambda epoch: epoch.val_accuracy, default=None)

    @property
    def dataset_name(self) -> str:
        """Name of the data set it was trained on."""
        return str(self.data.get("name", ""))

    @property
    def data(self) -> dict[str, Any]:
        """What ``environment.json`` says of the data set; {} where it says nothing."""
        about = self.environment.get("dataset")
        return about if isinstance(about, dict) else {}

    @property
    def class_map(self) -> dict[str, str | None] | None:
        """What was asked for of the data's class names; None where that was not recorded."""
        found = self.data.get("class_map")
        if not isinstance(found, dict):
            return None
        known = all(ours is None or isinstance(ours, str) for ours in found.values())
        return found if known else None


def check_free(path: Path) -> None:
    """Refuse a folder for a new run where files lie that the run would replace.

    Raises:
        MienError: It holds a run already, or somebody else's files of the same names.
    """
    if (path / CONFIG).exists():
        raise MienError(
            f"{path} already holds a run; go on with --resume {path} or name another --out."
        )
    there = [name for name in _REPLACED if (path / name).exists()]
    if there:
        raise MienError(
            f"{path} holds {', '.join(there)}, which a run would replace; name another folder."
        )


@contextmanager
def training_lock(path: Path) -> Iterator[None]:
    """Hold a run folder for one training; the system lets go of it if the process dies.

    A folder still empty after that, of a training that failed before it began, is removed.

    Raises:
        MienError: Another training holds it.
    """
    try:
        lock = hold(path / LOCK)
    except Timeout as error:
        raise MienError(
            f"The run {path.name} is being trained right now; stop that first."
        ) from error
    try:
        yield
    finally:
        lock.release()
        _remove_unbegun(path)


def _remove_unbegun(path: Path) -> None:
    if (path / CONFIG).exists():
        return
    try:
        (path / LOCK).unlink(missing_ok=True)
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    except OSError as error:  # it must not hide why the training failed
        _log.warning("The empty run folder %s cannot be removed: %s", path, error)


def new_run_name(model: str) -> str:
    """Return ``<date>-<time>-<model>``."""
    return f"{datetime.now():%Y%m%d-%H%M%S}-{model}"


def new_run_dir(root: Path, model: str) -> Path:
    """Create and return a new folder ``<date>-<time>-<model>`` below ``root``."""
    stem = new_run_name(model)
    for number in range(1, 1000):
        path = root / (stem if number == 1 else f"{stem}-{number}")
        try:
            path.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise MienError(f"Cannot create a run folder in {root}: {error}.") from error
        return path
    raise MienError(f"Cannot find a free name for a run in {root}.")


def write_results(
    path: Path, history: Sequence[EpochFinished], class_names: Sequence[str] = ()
) -> None:
    """Write ``results.csv`` anew, atomically (a resumed run may drop a torn last row).

    Args:
        path: The file.
        history: Finished epochs, oldest first.
        class_names: Adds a column of recall for each; an epoch of an older version, which did
            not record it, leaves its cells empty.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*RESULT_COLUMNS, *(RECALL_PREFIX + name for name in class_names)])
    for epoch in history:
        recall = epoch.val_recall or ("",) * len(class_names)
        cells = [getattr(epoch, name) for name in RESULT_COLUMNS]
        writer.writerow([_cell(value) for value in (*cells, *recall[: len(class_names)])])
    write_text(path, text.getvalue())


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def read_results(path: Path) -> tuple[EpochFinished, ...]:
    """Read ``results.csv``; a torn or damaged row ends the reading with a log entry."""
    if not path.is_file():
        return ()
    epochs: list[EpochFinished] = []
    try:
        with open(path, encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                epochs.append(_parse_row(row))
    except (OSError, ValueError, KeyError, TypeError, csv.Error) as error:
        _log.warning("%s is damaged after %d epochs: %s", path, len(epochs), error)
    return tuple(epochs)


def _parse_row(row: dict[str, str]) -> EpochFinished:
    values: dict[str, Any] = {}
    for name in RESULT_COLUMNS:
        values[name] = int(row[name]) if name == "epoch" else float(row[name])
    values["is_best"] = bool(values["is_best"])
    recall = [text for name, text in row.items() if (name or "").startswith(RECALL_PREFIX)]
    if all(recall):
        values["val_recall"] = tuple(float(text) for text in recall)
    return EpochFinished(**values)


def _read_json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        _log.warning("%s cannot be read: %s", path, error)
        return {}
    return content if isinstance(content, dict) else {}


def load_run(path: Path) -> Run:
    """Read a run folder.

    Raises:
        MienError: It is no run folder, or its settings are damaged.
    """
    if not (path / CONFIG).is_file():
        raise MienError(f"{path} is no run folder: it holds no {CONFIG}.")
    return Run(
        path=path,
        config=TrainConfig.load(path / CONFIG),
        history=read_results(path / RESULTS),
        metrics=_read_json(path / METRICS),
        environment=_read_json(path / ENVIRONMENT),
    )


@dataclass(frozen=True)
class SeedSummary:
    """Runs that differ in their seed only.

    Attributes:
        runs: Their folders.
        accuracies: Best validation accuracy of each, a fraction.
    """

    runs: tuple[Path, ...]
    accuracies: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Mean accuracy; NaN without a run."""
        return statistics.fmean(self.accuracies) if self.accuracies else math.nan

    @property
    def deviation(self) -> float:
        """Sample standard deviation of the accuracies; NaN for fewer than two runs."""
        return statistics.stdev(self.accuracies) if len(self.accuracies) > 1 else math.nan


def summarize_seeds(folders: Sequence[Path]) -> SeedSummary:
    """Read the best accuracies of runs; a run without an epoch is left out."""
    found = []
    for folder in folders:
        best = load_run(folder).best_epoch
        if best is not None:
            found.append((folder, best.val_accuracy))
    return SeedSummary(tuple(f for f, _ in found), tuple(accuracy for _, accuracy in found))


def list_runs(root: Path) -> list[Run]:
    """Return the runs below ``root``, newest name first; damaged ones are logged and left out."""
    runs: list[Run] = []
    if not root.is_dir():
        return runs
    for path in sorted(root.iterdir(), reverse=True):
        if not (path / CONFIG).is_file():
            continue
        try:
            runs.append(load_run(path))
        except MienError as error:
            _log.warning("A run is left out: %s", error)
    return runs
