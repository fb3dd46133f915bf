"""Making confidences mean what they say: temperature scaling and its error.

Guo et al., "On Calibration of Modern Neural Networks", ICML 2017: the logits are divided by
one number, chosen on held-out data by the likelihood. It changes no decision.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.metrics import softmax

Logits = npt.NDArray[np.floating[Any]]
Targets = npt.NDArray[np.integer[Any]]

_RANGE = (0.2, 5.0)
BINS = 15


def fit_temperature(logits: Logits, targets: Targets) -> float:
    """Return the temperature with the smallest cross entropy.

    Args:
        logits: (N, C) of images the network has not learnt from.
        targets: (N,) class indices.
    """
    # Here: the window reaches this module when it starts, and SciPy takes a third of that time.
    from scipy.optimize import minimize_scalar

    def cross_entropy(log_temperature: float) -> float:
        probs = softmax(logits / np.exp(log_temperature))
        return float(-np.log(np.maximum(probs[np.arange(len(targets)), targets], 1e-12)).mean())

    found = minimize_scalar(cross_entropy, bounds=np.log(_RANGE), method="bounded")
    return float(np.exp(found.x))


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

    Their calibration error says how the temperature does on images it was not fitted on, and
    is taken over all N at once: over halves it would be larger by chance alone
    (:func:`error_by_chance`).
    """
    order = np.random.default_rng(seed).permutation(len(targets))
    halves = np.array_split(order, 2)
    probs = np.empty(np.shape(logits), np.float64)
    for fitted, judged in (halves, halves[::-1]):
        temperature = fit_temperature(logits[fitted], targets[fitted])
        probs[judged] = softmax(logits[judged] / temperature)
    return probs


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
