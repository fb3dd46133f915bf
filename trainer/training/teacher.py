"""Learning from another network's answers too (Hinton et al., "Distilling the Knowledge", 2015)."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from trainer.data.dataset import ExpressionDataset
from trainer.errors import DataError, TrainingError
from trainer.evaluation import predict_logits, selected_classes
from trainer.files import atomic_path
from trainer.labels import EXPRESSIONS, canonical_indices
from trainer.model_files import sha256_of
from trainer.paths import cache_dir
from trainer.temperature import Temperature
from trainer.weights import load_weights

_log = logging.getLogger(__name__)

_SOFTENED = 2.0  # times the teacher's own temperature: what it takes for likely beside its answer


def teacher_shares(
    path: Path,
    dataset: ExpressionDataset,
    indices: torch.Tensor,
    should_stop: Callable[[], bool],
) -> torch.Tensor:
    """Return what a trained network says of images, float32 (M, C), rows sum to 1.

    It is asked once, for the unchanged images and their mirror images, not anew for every
    change of them: a large teacher would cost many times what its pupil does. The answers are
    kept in the user's cache, for the run that is resumed and for the next seed.

    Args:
        path: A ``.safetensors`` file with the same classes and input size as the data.
        dataset: The data set.
        indices: int64 (M,), the images that are learnt.
        should_stop: Asked after each layer.

    Raises:
        WeightsError: The file cannot be used.
        TrainingError: It is no ``.safetensors`` file.
        DataError: The teacher has other classes, or looks at images of another size.
        OperationCancelled: ``should_stop`` said so.
    """
    if path.suffix.lower() != ".safetensors":
        raise TrainingError(f"The teacher must be a .safetensors file, not {path.name}.")
    model, metadata = load_weights(path)
    try:
        order = canonical_indices(metadata.class_names)
    except ValueError as error:
        raise DataError(f"The teacher {path.name} does not fit the data set: {error}.") from error
    if tuple(dataset.class_names) != EXPRESSIONS:
        raise DataError(
            f"The teacher {path.name} knows {', '.join(EXPRESSIONS)}, {dataset.name} holds "
            f"{', '.join(dataset.class_names)}."
        )
    side = metadata.preprocessing.image_side
    if dataset.images.shape[-2:] != (side, side):
        raise DataError(
            f"The teacher {path.name} looks at {side}x{side} images, {dataset.name} holds "
            f"{dataset.images.shape[-1]}x{dataset.images.shape[-2]}."
        )
    kept = _kept_file(path, dataset, indices)
    known = _read(kept, (len(indices), len(order)))
    if known is not None:
        return torch.from_numpy(known)
    images = dataset.images[indices]
    shares = np.zeros((len(indices), len(order)), np.float32)
    own = metadata.temperature
    softened = Temperature(_SOFTENED * own.value, _SOFTENED * own.slope)
    for seen in (images, images.flip(-1)):
        logits = predict_logits(model, seen, metadata.preprocessing, should_stop=should_stop)
        shares += selected_classes(softened.probabilities(logits), order) / 2
    _keep(kept, shares)
    return torch.from_numpy(shares)


def _kept_file(path: Path, dataset: ExpressionDataset, indices: torch.Tensor) -> Path:
    asked = f"{sha256_of(path)} {dataset.content_hash} {_SOFTENED} ".encode()
    digest = hashlib.sha256(asked + indices.numpy().astype(np.int64).tobytes()).hexdigest()
    return cache_dir() / "teacher" / f"{digest[:32]}.npy"


def _read(file: Path, shape: tuple[int, int]) -> npt.NDArray[np.float32] | None:
    """Return what was kept; None where there is nothing, or nothing that can be right."""
    try:
        shares = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    if shares.shape != shape or shares.dtype != np.float32 or not np.isfinite(shares).all():
        return None
    return (
        np.asarray(shares, np.float32) if np.allclose(shares.sum(axis=1), 1.0, atol=1e-3) else None
    )


def _keep(file: Path, shares: npt.NDArray[np.float32]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with atomic_path(file) as temporary, open(temporary, "wb") as stream:
            np.save(stream, shares, allow_pickle=False)
    except OSError as error:  # it can be asked again; training goes on
        _log.warning("the teacher's answers could not be kept in %s: %s", file, error)
