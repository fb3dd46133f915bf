"""Scores on cases that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.metrics import classification_metrics, softmax

NAMES = ("a", "b", "c")


def test_scores_by_hand() -> None:
    probs = np.array([[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.6, 0.3, 0.1], [0.1, 0.8, 0.1]])
    targets = np.array([0, 1, 1, 1])
    scores = classification_metrics(probs, targets, NAMES)
    assert scores["n"] == 4
    assert scores["top1_accuracy"] == 0.75
    assert scores["confusion_matrix"] == [[1, 0, 0], [1, 2, 0], [0, 0, 0]]
    assert scores["per_class"]["b"] == {
        "precision": 1.0,
        "recall": pytest.approx(2 / 3),
        "f1": pytest.approx(0.8),
        "support": 3,
    }
    # Class c never occurs: it was not recognised in 0 %, and must not pull the means down.
    unknown = {"precision": None, "recall": None, "f1": None, "support": 0}
    assert scores["per_class"]["c"] == unknown
    assert scores["macro_f1"] == pytest.approx((2 / 3 + 0.8) / 2)
    assert scores["balanced_accuracy"] == pytest.approx((1 + 2 / 3) / 2)
    assert scores["log_loss"] == pytest.approx(-np.log([0.8, 0.7, 0.3, 0.8]).mean())


def test_shapes_are_checked() -> None:
    with pytest.raises(ValueError, match="expected probs"):
        classification_metrics(np.zeros((0, 3)), np.zeros(0, int), NAMES)
    with pytest.raises(ValueError, match="expected probs"):
        classification_metrics(np.zeros((2, 4)), np.zeros(2, int), NAMES)


def test_softmax_of_large_logits() -> None:
    probs = softmax(np.array([[1000.0, 1000.0, -1000.0]], np.float32))
    assert probs == pytest.approx(np.array([[0.5, 0.5, 0.0]]))
