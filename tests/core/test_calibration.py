"""Temperatures on made-up networks whose true confidence is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from trainer.calibration import (
    cross_fitted_error,
    error_by_chance,
    expected_calibration_error,
    fit_temperature,
)
from trainer.metrics import softmax
from trainer.temperature import Temperature


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
    found = fit_temperature(loud, targets)
    assert found.value == pytest.approx(exaggeration, rel=0.12)
    assert found.slope == pytest.approx(0.0, abs=0.04)
    assert cross_fitted_error(loud, targets, halvings=2) < 0.025
    if exaggeration > 1:
        assert expected_calibration_error(softmax(loud), targets) > 0.1


def test_a_network_too_sure_of_hard_faces_only_is_straightened() -> None:
    truth, targets = honest_logits(6000)
    warped = Temperature(1.6, -0.1)
    loud = warped.logits(softmax(truth))  # right only when cooled by the lead of each face
    found = fit_temperature(loud, targets)
    assert found.value == pytest.approx(1.6, rel=0.12)
    assert found.slope == pytest.approx(-0.1, abs=0.04)
    assert cross_fitted_error(loud, targets, halvings=2) < 0.025


def test_a_hundred_images_do_not_bend_the_confidences() -> None:
    slopes = []
    for seed in range(20):
        logits, targets = honest_logits(100, seed)
        slopes.append(fit_temperature(logits, targets).slope)
    assert np.std(slopes) < 0.2


@given(
    logits=arrays(np.float64, (4, 7), elements=st.floats(-8, 8, width=32)),
    value=st.floats(0.3, 4.0),
    slope=st.floats(-0.3, 0.3),
)
def test_temperatures_keep_the_order_and_can_be_undone(
    logits: np.ndarray, value: float, slope: float
) -> None:
    temperature = Temperature(value, slope)
    probs = temperature.probabilities(logits)
    assert probs.dtype == np.float32
    assert probs.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    best = probs[np.arange(4), logits.argmax(axis=1)]
    assert (best == probs.max(axis=1)).all()
    again = temperature.probabilities(temperature.logits(probs))
    assert np.allclose(probs, again, atol=2e-4)


@pytest.mark.parametrize("slope", [-0.4, -0.1, 0.0, 0.3])
def test_a_greater_lead_is_always_more_confident(slope: float) -> None:
    leads = np.linspace(0, 20, 400)
    logits = np.stack([leads, np.zeros_like(leads)], axis=1)
    confidence = Temperature(1.5, slope).probabilities(logits)[:, 0]
    assert (np.diff(confidence) >= 0).all()
    assert confidence[100] > confidence[0]


def test_temperatures_are_written_out() -> None:
    assert f"{Temperature(1.302):.1f}" == "1.3"
    assert str(Temperature(1.49, -0.075)) == "1.49 - 0.07 \u0394"
    assert str(Temperature(1.0, 0.5)) == "1.00 + 0.50 \u0394"
    for value, slope in ((0.0, 0.0), (-1.0, 0.0), (float("nan"), 0.0), (1.0, float("inf"))):
        with pytest.raises(ValueError, match="no temperature"):
            Temperature(value, slope)


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
