"""Suspected label errors on data whose errors are known."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.data.label_errors import find_label_errors

Array = np.ndarray


def noisy_labels(count: int = 4000, seed: int = 0) -> tuple[Array, Array, Array]:
    """Return true labels, labels with 10 % errors, and the probabilities of a fair network."""
    rng = np.random.default_rng(seed)
    true = rng.choice(4, count, p=[0.5, 0.3, 0.15, 0.05])
    logits = rng.normal(0, 1, (count, 4))
    logits[np.arange(count), true] += 4
    logits[:, 3] -= 1  # the rare class is underrated, as networks do
    probs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    given = true.copy()
    wrong = rng.random(count) < 0.1
    given[wrong] = (true[wrong] + rng.integers(1, 4, wrong.sum())) % 4
    return true, given, probs.astype(np.float32)


def test_finds_planted_errors() -> None:
    true, given, probs = noisy_labels()
    errors = find_label_errors(given, probs, source="test")
    wrong = true != given
    hit = wrong[errors.order]
    assert hit.mean() > 0.85
    assert hit.sum() > 0.75 * wrong.sum()
    assert hit[: len(hit) // 2].mean() > 0.97  # the worst come first
    right = errors.suggested[errors.order] == true[errors.order]
    assert right.mean() > 0.8
    assert (errors.suggested >= 0).sum() == len(errors.order)
    assert not (errors.suggested[errors.order] == given[errors.order]).any()


def test_rare_class_is_not_swept_away() -> None:
    """Against plain "network disagrees": fewer right labels of the rare class are suspected."""
    true, given, probs = noisy_labels()
    errors = find_label_errors(given, probs, source="test")
    right = (given == 3) & (true == 3)
    disagrees = probs.argmax(axis=1) != given
    suspected = errors.suggested >= 0
    assert (suspected & right).sum() <= (disagrees & right).sum()


def test_what_is_not_judged_is_not_suspected() -> None:
    _, given, probs = noisy_labels(500)
    probs[::2] = np.nan
    given[1::4] = -1
    errors = find_label_errors(given, probs, source="test")
    judged = np.zeros(500, bool)
    judged[3::4] = True
    assert np.isfinite(errors.given_prob).tolist() == judged.tolist()
    assert judged[errors.order].all()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_tiny_data(count: int) -> None:
    errors = find_label_errors(
        np.zeros(count, np.int64), np.full((count, 2), 0.5, np.float32), source="test"
    )
    assert len(errors.order) == 0


def test_wrong_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="targets"):
        find_label_errors(np.zeros(3, np.int64), np.zeros((4, 2), np.float32), source="")
    with pytest.raises(ValueError, match="below 2"):
        find_label_errors(np.full(4, 2), np.zeros((4, 2), np.float32), source="")
