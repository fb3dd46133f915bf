"""Scoring weights files, safetensors by PyTorch and ONNX by ONNX Runtime, on a split.

Apart from :mod:`trainer.evaluation`, which training uses: this module knows inference too,
and training and inference must not know each other.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from trainer.data.dataset import ExpressionDataset
from trainer.evaluation import Predictor, TorchPredictor, predict_split
from trainer.inference.classifier import OnnxClassifier
from trainer.metrics import classification_metrics
from trainer.run_onnx import ensure_onnx


def load_predictor(path: Path) -> Predictor:
    """Open ``.onnx`` with ONNX Runtime, anything else as safetensors.

    Raises:
        WeightsError: The file cannot be used.
    """
    if path.suffix.lower() == ".onnx":
        return OnnxClassifier(ensure_onnx(path), threads=max(1, torch.get_num_threads()))
    return TorchPredictor(path)


def evaluate_weights(
    path: Path,
    dataset: ExpressionDataset,
    split: str,
    *,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """Score a weights file on a split: :func:`classification_metrics` plus what was used."""
    predictor = load_predictor(path)
    probs, targets, _ = predict_split(
        predictor, dataset, split, on_progress=on_progress, should_stop=should_stop
    )
    scores = classification_metrics(probs, targets, dataset.class_names)
    return {
        **scores,
        "split": split,
        "dataset": dataset.name,
        "dataset_hash": dataset.content_hash,
        "weights": path.name,
        "architecture": predictor.metadata.architecture,
    }
