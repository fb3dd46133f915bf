"""Evaluation: predictions of a network, or of anything that predicts, on labelled images."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from trainer.data.dataset import ExpressionDataset
from trainer.device import place
from trainer.errors import DataError, OperationCancelled
from trainer.interrupt import stoppable_layers
from trainer.labels import canonical_indices
from trainer.metadata import ModelMetadata
from trainer.preprocess import Preprocessing, batch_within_memory, normalize


class Predictor(Protocol):
    """Anything that turns grey face images into probabilities."""

    metadata: ModelMetadata

    def predict(self, images: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        """Map uint8 (N, 1, H, W) to probabilities float32 (N, C)."""


@torch.inference_mode()
def predict_logits(
    model: nn.Module,
    images: torch.Tensor,
    preprocessing: Preprocessing,
    *,
    device: torch.device | None = None,
    batch_size: int | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> npt.NDArray[np.float32]:
    """Return logits float32 (N, C) of uint8 images (N, 1, H, W), in eval mode.

    ``batch_size`` can only make smaller what :func:`batch_within_memory` gives.

    Raises:
        OperationCancelled: ``should_stop`` said so.
    """
    was_training = model.training
    batch = batch_within_memory(preprocessing)
    batch = min(batch, batch_size or batch)
    model.eval()
    parts = []
    try:
        with stoppable_layers(model, should_stop or (lambda: False)):
            for part in images.split(batch):
                inputs = torch.from_numpy(normalize(part.numpy(), preprocessing))
                inputs = inputs.to(device, memory_format=torch.channels_last)
                parts.append(model(inputs).float().cpu().numpy())
    finally:
        model.train(was_training)
    logits: npt.NDArray[np.float32] = np.concatenate(parts)
    return logits


class TorchPredictor:
    """A network from a ``.safetensors`` file."""

    def __init__(self, path: Path) -> None:
        from trainer.weights import load_weights

        self.model, self.metadata = load_weights(path)
        self.model = place(self.model)

    def predict(self, images: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        """Map uint8 (N, 1, H, W) to probabilities float32 (N, C)."""
        tensor = torch.from_numpy(np.ascontiguousarray(images))
        logits = predict_logits(self.model, tensor, self.metadata.preprocessing)
        return self.metadata.temperature.probabilities(logits)


def predict_split(
    predictor: Predictor,
    dataset: ExpressionDataset,
    split: str,
    *,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return ``(probs (N, C), targets (N,), indices (N,))`` of a split, in the data's classes.

    What the model gives to a class that the data do not have is shared out among the others.

    Raises:
        DataError: The split is empty, or the model has other classes or another input size.
        OperationCancelled: ``should_stop`` said so.
    """
    indices = dataset.indices(split)
    if len(indices) == 0:
        raise DataError(f"{dataset.name} has no images in its {split} split.")
    size = predictor.metadata.preprocessing.image_side
    if dataset.images.shape[-2:] != (size, size):
        raise DataError(
            f"The model wants {size}x{size} images, {dataset.name} holds "
            f"{dataset.images.shape[-1]}x{dataset.images.shape[-2]}."
        )
    try:
        order = canonical_indices(predictor.metadata.class_names, dataset.class_names)
    except ValueError as error:
        raise DataError(f"The model does not fit the data set: {error}.") from error
    parts = []
    images = dataset.images[indices].numpy()
    step = batch_within_memory(predictor.metadata.preprocessing)
    for start in range(0, len(images), step):
        if should_stop is not None and should_stop():
            raise OperationCancelled
        parts.append(predictor.predict(images[start : start + step]))
        if on_progress is not None:
            on_progress(min(1.0, (start + step) / len(images)))
    probs = np.concatenate(parts)
    targets = dataset.targets[indices].numpy()
    return selected_classes(probs, order), targets, indices.numpy()


def selected_classes(
    probs: npt.NDArray[np.float32], columns: Sequence[int]
) -> npt.NDArray[np.float32]:
    """Return some columns of probabilities (N, C); rows sum to 1 again where some were left out."""
    chosen = probs[:, columns]
    if len(columns) < probs.shape[1]:
        chosen /= np.maximum(chosen.sum(axis=1, keepdims=True), np.finfo(np.float32).tiny)
    return chosen
