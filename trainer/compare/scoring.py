"""Scoring models through ONNX Runtime, once: probabilities are kept until anything changes.

The numbers are those of ``python -m trainer evaluate`` on the same file, since both predict by
:func:`trainer.evaluation.predict_split` and score by
:func:`trainer.metrics.classification_metrics`.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from trainer.compare.models import RUN, Candidate, fresh_onnx
from trainer.compare.scores import Scores, cache_file, load, store
from trainer.errors import WeightsError
from trainer.files import DAMAGED_ARCHIVE
from trainer.model_files import sha256_of
from trainer.paths import cache_dir as default_cache_dir
from trainer.run_onnx import ensure_onnx
from trainer.runs import ONNX

if TYPE_CHECKING:
    from trainer.data.dataset import ExpressionDataset

_log = logging.getLogger(__name__)

_EXPORTS = "exports"
_KEPT_EXPORTS = 6
_hashes: dict[tuple[str, int, int], str] = {}


def score(
    candidate: Candidate,
    dataset: ExpressionDataset,
    split: str,
    should_stop: Callable[[], bool] | None = None,
    on_progress: Callable[[float], None] | None = None,
    *,
    threads: int = 0,
    cache_dir: Path | None = None,
) -> Scores:
    """Score a model on a split, from the cache if nothing has changed.

    Args:
        candidate: The model.
        dataset: The data.
        split: ``"train"``, ``"val"`` or ``"test"``.
        should_stop: Asked after every 128 images.
        on_progress: Called with 0..1.
        threads: Of ONNX Runtime; 0 takes all cores that the process may use.
        cache_dir: The user's cache folder when None.

    Raises:
        WeightsError: The model cannot be used.
        DataError: The split is empty or does not fit the model.
        OperationCancelled: ``should_stop`` said so.
    """
    folder = cache_dir or default_cache_dir()
    known = cached_scores(candidate, dataset.content_hash, split, cache_dir=folder)
    if known is not None:
        if on_progress is not None:
            on_progress(1.0)
        # The name may have changed since; the content has not.
        return replace(known, dataset_name=dataset.name)
    from trainer.evaluation import predict_split
    from trainer.inference.classifier import OnnxClassifier

    path = onnx_file(candidate, cache_dir=folder)
    started = time.perf_counter()
    classifier = OnnxClassifier(path, threads=threads or usable_cores())
    probs, targets, indices = predict_split(
        classifier, dataset, split, on_progress=on_progress, should_stop=should_stop
    )
    scores = Scores(
        probs=np.ascontiguousarray(probs, np.float32),
        targets=targets,
        indices=indices,
        class_names=dataset.class_names,
        split=split,
        dataset_name=dataset.name,
        dataset_hash=dataset.content_hash,
        model_file=path,
        model_hash=classifier.sha256,
        architecture=classifier.metadata.architecture,
        temperature=classifier.metadata.temperature,
        seconds=time.perf_counter() - started,
    )
    # By the hash of the bytes that were run, so that a file replaced meanwhile is not mistaken.
    exported = path.parent == folder / _EXPORTS
    source = file_hash(_model(candidate)) if exported else classifier.sha256
    store(cache_file(folder, source, dataset.content_hash, split), scores)
    return scores


def cached_scores(
    candidate: Candidate, dataset_hash: str, split: str, *, cache_dir: Path | None = None
) -> Scores | None:
    """Return scores that were made before of just this file, data, split and program.

    Needs only the data's content hash, so that a table can be filled before data are loaded.
    """
    if not candidate.can_score:
        return None
    folder = cache_dir or default_cache_dir()
    try:
        network = fresh_onnx(candidate.path) if candidate.kind == RUN else candidate.onnx_path
        for model in (network, candidate.weights_path):
            if model is not None:
                path = cache_file(folder, file_hash(model), dataset_hash, split)
                if path.is_file():
                    return load(path, model if model == network else None, dataset_hash, split)
        return None
    except (OSError, *DAMAGED_ARCHIVE) as error:
        _log.warning("Kept scores of %s are damaged and made again: %s", candidate.name, error)
        return None


def onnx_file(candidate: Candidate, *, cache_dir: Path | None = None) -> Path:
    """Return the network as ONNX, written first where there are only safetensors.

    A run's is written into its folder, as the Player does; one of an imported model, or of a
    folder that may not be written, into the cache. Writing needs torch.

    Raises:
        WeightsError: There are no sound weights.
    """
    weights = candidate.weights_path
    damaged = candidate.onnx_path is None and fresh_onnx(candidate.path) is not None
    if candidate.kind == RUN and weights is not None and not damaged:
        try:
            return ensure_onnx(candidate.path / ONNX)
        except OSError as error:
            _log.warning("%s cannot be written as ONNX beside its weights: %s", weights, error)
    elif candidate.onnx_path is not None:
        return candidate.onnx_path
    weights = _model(candidate)
    folder = (cache_dir or default_cache_dir()) / _EXPORTS
    target = folder / f"{file_hash(weights)}.onnx"
    if not target.is_file():
        from trainer.export import export_onnx
        from trainer.weights import load_weights

        model, metadata = load_weights(weights)
        export_onnx(model, metadata, target)
        _prune(folder)
    return target


def file_hash(path: Path) -> str:
    """Return the sha256 (hex) of a model file, remembered while its size and time stay."""
    stat = path.stat()
    key = (str(path), stat.st_size, stat.st_mtime_ns)
    if key not in _hashes:
        _hashes[key] = sha256_of(path)
    return _hashes[key]


def _model(candidate: Candidate) -> Path:
    if candidate.model_path is None or not candidate.can_score:
        raise WeightsError(
            f"{candidate.name} has no weights that can be scored"
            + (f": {candidate.damage}" if candidate.damage else "; it needs one finished epoch.")
        )
    return candidate.model_path


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def _prune(folder: Path) -> None:
    """Keep the newest exports only: they are large and can be made again."""
    files = sorted(folder.glob("*.onnx"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[_KEPT_EXPORTS:]:
        try:
            path.unlink()
        except OSError as error:
            _log.warning("The export %s cannot be removed: %s", path, error)
