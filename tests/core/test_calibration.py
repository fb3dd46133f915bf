"""Temperatures on made-up networks whose true confidence is known."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.calibration import (
    cross_fitted_probs,
    error_by_chance,
    expected_calibration_error,
    fit_temperature,
)
from trainer.metrics import softmax


def honest_logits(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Logits whose softmax is exactly how often each class is right."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, 1.5, (count, 7))
    probs = softmax(logits)
    targets = np.array([rng.choice(7, p=row / row.sum()) for row in probs.astype(np.float64)])
    return logits, targets


@pytest.mark.parametrize("exaggeration", [0.5, 1.0, 2.5])
def test_the_exaggeration_is_found_and_undone(exaggeration: float) -> None:
    logits, targets = honest_logits(6000)
    loud = logits * exaggeration
    assert fit_temperature(loud, targets) == pytest.approx(exaggeration, rel=0.06)
    assert expected_calibration_error(cross_fitted_probs(loud, targets), targets) < 0.025
    if exaggeration > 1:
        assert expected_calibration_error(softmax(loud), targets) > 0.1


def test_error_by_hand() -> None:
    probs = np.array([[0.9, 0.1], [0.9, 0.1], [0.6, 0.4], [0.6, 0.4]])
    targets = np.array([0, 1, 0, 0])
    # 0.9 is right half of the time, 0.6 always: (0.4 + 0.4) / 2.
    assert expected_calibration_error(probs, targets) == pytest.approx(0.4)


def test_chance_alone_makes_an_error_that_more_images_take_away() -> None:
    logits, targets = honest_logits(4000)
    probs = softmax(logits)
    few, many = error_by_chance(probs[:400]), error_by_chance(probs)
    assert few > 2 * many
    # The network is calibrated, so what it shows is about what chance makes of it.
    assert expected_calibration_error(probs, targets) == pytest.approx(many, abs=0.01)
