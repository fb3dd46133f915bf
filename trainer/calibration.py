"""Making confidences mean what they say: fitting the temperature, and the error that is left."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.temperature import Temperature

Logits = npt.NDArray[np.floating[Any]]
Targets = npt.NDArray[np.integer[Any]]

_VALUES = (0.2, 5.0)
_SLOPES = (-0.5, 0.5)
_USUAL_SLOPE = 0.2  # standard deviation of the prior
BINS = 15


def fit_temperature(logits: Logits, targets: Targets) -> Temperature:
    """Return the temperature with the smallest cross entropy on held-out images.

    The slope has a Gaussian prior around none, so that a hundred images do not bend what they
    cannot show.

    Args:
        logits: (N, C) of images the network has not learnt from.
        targets: (N,) class indices.
    """
    # Here: the window reaches this module when it starts, and SciPy takes a third of that time.
    from scipy.optimize import minimize

    def loss(parameters: npt.NDArray[np.float64]) -> float:
        log_value, slope = parameters
        probs = Temperature(float(np.exp(log_value)), float(slope)).probabilities(logits)
        of_target = np.maximum(probs[np.arange(len(targets)), targets].astype(np.float64), 1e-12)
        pull = (slope / _USUAL_SLOPE) ** 2 / (2 * len(targets))
        return float(-np.log(of_target).mean() + pull)

    found = minimize(
        loss, np.zeros(2), method="Nelder-Mead", bounds=(np.log(_VALUES), _SLOPES),
        options={"initial_simplex": [[0.0, 0.0], [0.3, 0.0], [0.0, -0.1]], "fatol": 1e-9},
    )  # fmt: skip
    return Temperature(float(np.exp(found.x[0])), float(found.x[1]))


def expected_calibration_error(probs: npt.NDArray[np.floating[Any]], targets: Targets) -> float:
    """Return the mean gap between confidence and accuracy over 15 equal bins, a fraction.

    Naeini et al., AAAI 2015; the bins are weighted by their images.
    """
    confidence = probs.max(axis=1)
    correct = probs.argmax(axis=1) == targets
    bins = confidence_bins(confidence)
    gap = 0.0
    for number in range(BINS):
        inside = bins == number
        if inside.any():
            gap += float(inside.mean() * abs(confidence[inside].mean() - correct[inside].mean()))
    return gap


def confidence_bins(confidence: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.int64]:
    """Return the number of each confidence's bin, 0..14, int64 (N,)."""
    return np.minimum((confidence * BINS).astype(np.int64), BINS - 1)


def cross_fitted_probs(
    logits: Logits, targets: Targets, seed: int = 0
) -> npt.NDArray[np.floating[Any]]:
    """Return probabilities (N, C), each with a temperature fitted on the other half of N.

    They say how the temperature does on images it was not fitted on.
    """
    order = np.random.default_rng(seed).permutation(len(targets))
    halves = np.array_split(order, 2)
    probs = np.empty(np.shape(logits), np.float64)
    for fitted, judged in (halves, halves[::-1]):
        temperature = fit_temperature(logits[fitted], targets[fitted])
        probs[judged] = temperature.probabilities(logits[judged])
    return probs


def cross_fitted_error(logits: Logits, targets: Targets, halvings: int = 10) -> float:
    """Return the mean calibration error of :func:`cross_fitted_probs`, a fraction.

    Each error is taken over all N images at once: over halves it would be larger by chance alone
    (:func:`error_by_chance`). How the images fall into halves moves it by some tenths of a
    percent, hence the mean over several ways.
    """
    errors = [
        expected_calibration_error(cross_fitted_probs(logits, targets, seed), targets)
        for seed in range(halvings)
    ]
    return float(np.mean(errors))


def error_by_chance(probs: npt.NDArray[np.floating[Any]], seed: int = 0, draws: int = 200) -> float:
    """Return the calibration error that a perfectly calibrated network would show here.

    Bins hold few images, so their accuracy differs from their confidence by chance. The
    confidences are taken as true and right answers are drawn from them.

    Args:
        probs: (N, C), as they are judged.
        seed: Of the draws.
        draws: How many times.

    Returns:
        The mean over the draws, a fraction.
    """
    random = np.random.default_rng(seed)
    confidence = probs.max(axis=1)
    answers = probs.argmax(axis=1)
    errors = []
    for _ in range(draws):
        right = random.random(len(probs)) < confidence
        drawn = np.where(right, answers, (answers + 1) % probs.shape[1])
        errors.append(expected_calibration_error(probs, drawn))
    return float(np.mean(errors))
