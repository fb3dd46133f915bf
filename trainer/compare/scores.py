"""A model's answers on a split, and keeping them on disk."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.compare.kept import key_of
from trainer.files import atomic_path
from trainer.metrics import classification_metrics
from trainer.temperature import Temperature

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Scores:
    """What a model answered on a split, and how good that is.

    Attributes:
        probs: float32 (N, C), in the data set's classes.
        targets: int64 (N,).
        indices: int64 (N,), images of the data set.
        class_names: C names.
        split: Which split.
        dataset_name: File or folder name of the data.
        dataset_hash: Its content hash.
        model_file: The file that was scored.
        model_hash: Its sha256, hex.
        architecture: Registry name.
        temperature: What the file's logits were divided by.
        seconds: How long it took, when it was done.
        from_cache: Whether it was done before.
    """

    probs: npt.NDArray[np.float32]
    targets: npt.NDArray[np.int64]
    indices: npt.NDArray[np.int64]
    class_names: tuple[str, ...]
    split: str
    dataset_name: str
    dataset_hash: str
    model_file: Path
    model_hash: str
    architecture: str
    temperature: Temperature
    seconds: float
    from_cache: bool = False

    def __len__(self) -> int:
        return len(self.targets)

    @cached_property
    def metrics(self) -> dict[str, Any]:
        """See :func:`trainer.metrics.classification_metrics`."""
        return classification_metrics(self.probs, self.targets, self.class_names)

    @cached_property
    def preds(self) -> npt.NDArray[np.int64]:
        """Answers, int64 (N,)."""
        return np.asarray(self.probs.argmax(axis=1), np.int64)

    @cached_property
    def correct(self) -> npt.NDArray[np.bool_]:
        """Which answers are right, bool (N,)."""
        return np.asarray(self.preds == self.targets, np.bool_)

    @cached_property
    def losses(self) -> npt.NDArray[np.float64]:
        """Cross entropy of each image, float64 (N,)."""
        of_target = self.probs[np.arange(len(self)), self.targets].astype(np.float64)
        return np.asarray(-np.log(np.maximum(of_target, 1e-12)), np.float64)

    def report(self) -> dict[str, Any]:
        """Return what ``python -m trainer evaluate`` prints."""
        return {
            **self.metrics,
            "split": self.split,
            "dataset": self.dataset_name,
            "dataset_hash": self.dataset_hash,
            "weights": self.model_file.name,
            "architecture": self.architecture,
        }


def cache_file(folder: Path, model_hash: str, dataset_hash: str, split: str) -> Path:
    """Return where scores of this model, data, split and program are kept."""
    return folder / "scores" / f"{key_of(model_hash, dataset_hash, split)}.npz"


def store(path: Path, scores: Scores) -> None:
    """Keep scores; that a full disk keeps them from being kept is no reason to lose them."""
    about = {
        "dataset_name": scores.dataset_name,
        "dataset_hash": scores.dataset_hash,
        "split": scores.split,
        "class_names": list(scores.class_names),
        "model_file": str(scores.model_file),
        "model_hash": scores.model_hash,
        "architecture": scores.architecture,
        "temperature": [scores.temperature.value, scores.temperature.slope],
        "seconds": scores.seconds,
    }
    try:
        with atomic_path(path) as temporary:
            np.savez(
                temporary,
                probs=scores.probs,
                targets=scores.targets,
                indices=scores.indices,
                about=np.array(json.dumps(about)),
            )
    except OSError as error:
        _log.warning("The scores of %s could not be kept: %s", scores.model_file, error)


def load(path: Path, model: Path | None, dataset_hash: str, split: str) -> Scores:
    """Read what :func:`store` wrote.

    Args:
        path: The kept file.
        model: The file that was scored, where it lies now; None takes the path it had.
        dataset_hash: Data that they must be of.
        split: Split that they must be of.

    Raises:
        OSError, or one of :data:`trainer.files.DAMAGED_ARCHIVE`: They are damaged.
    """
    with np.load(path, allow_pickle=False) as content:
        about = json.loads(str(content["about"]))
        probs, targets, indices = content["probs"], content["targets"], content["indices"]
    names = tuple(str(name) for name in about["class_names"])
    count = len(targets)
    if (about["dataset_hash"], about["split"]) != (dataset_hash, split):
        raise ValueError("they belong to other data")
    if probs.shape != (count, len(names)) or indices.shape != (count,) or count == 0:
        raise ValueError("their shapes do not fit")
    return Scores(
        probs=np.asarray(probs, np.float32),
        targets=np.asarray(targets, np.int64),
        indices=np.asarray(indices, np.int64),
        class_names=names,
        split=split,
        dataset_name=str(about["dataset_name"]),
        dataset_hash=dataset_hash,
        model_file=model or Path(str(about["model_file"])),
        model_hash=str(about["model_hash"]),
        architecture=str(about["architecture"]),
        temperature=Temperature(*(float(part) for part in about["temperature"])),
        seconds=float(about["seconds"]),
        from_cache=True,
    )
