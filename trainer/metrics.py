"""Scores of predictions against targets, computed by scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt


def classification_metrics(
    probs: npt.NDArray[np.floating[Any]],
    targets: npt.NDArray[np.integer[Any]],
    class_names: Sequence[str],
) -> dict[str, Any]:
    """Return the scores of a classifier.

    Args:
        probs: (N, C) probabilities.
        targets: (N,) class indices.
        class_names: C names.

    Returns:
        ``n``, ``top1_accuracy``, ``macro_f1``, ``balanced_accuracy`` (mean recall of the
        classes that occur), ``log_loss`` (mean cross entropy), ``per_class`` (precision,
        recall, f1, support by name; the first three are None for a class without samples)
        and ``confusion_matrix`` (rows are targets). All scores are fractions.

    Raises:
        ValueError: No sample, or the shapes do not fit.
    """
    from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

    if probs.ndim != 2 or probs.shape != (len(targets), len(class_names)) or len(targets) == 0:
        raise ValueError(
            f"expected probs (N, {len(class_names)}) with N > 0 targets, got {probs.shape} "
            f"and {targets.shape}"
        )
    labels = list(range(len(class_names)))
    preds = probs.argmax(axis=1)
    precision, recall, f1, support = precision_recall_fscore_support(
        targets, preds, labels=labels, zero_division=0
    )
    present = support > 0
    shares = (("precision", precision), ("recall", recall), ("f1", f1))
    of_target = probs[np.arange(len(targets)), targets].astype(np.float64)
    return {
        "n": int(len(targets)),
        "top1_accuracy": float((preds == targets).mean()),
        "macro_f1": float(f1[present].mean()),
        "balanced_accuracy": float(recall[present].mean()),
        "log_loss": float(-np.log(np.maximum(of_target, 1e-12)).mean()),
        "per_class": {
            name: {
                **{key: float(found[index]) if present[index] else None for key, found in shares},
                "support": int(support[index]),
            }
            for index, name in enumerate(class_names)
        },
        "confusion_matrix": confusion_matrix(targets, preds, labels=labels).tolist(),
    }


def softmax(logits: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.float32]:
    """Return probabilities (N, C) of logits (N, C)."""
    shifted = logits.astype(np.float64) - logits.max(axis=1, keepdims=True)
    exponent = np.exp(shifted)
    probs: npt.NDArray[np.float32] = (exponent / exponent.sum(axis=1, keepdims=True)).astype(
        np.float32
    )
    return probs
