"""Making confidences mean what they say: temperature scaling and its error.

Guo et al., "On Calibration of Modern Neural Networks", ICML 2017: the logits are divided by
one number, chosen on held-out data by the likelihood. It changes no decision.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar

from trainer.metrics import softmax

Logits = npt.NDArray[np.floating[Any]]
Targets = npt.NDArray[np.integer[Any]]

_RANGE = (0.2, 5.0)
_BINS = 15


def fit_temperature(logits: Logits, targets: Targets) -> float:
    """Return the temperature with the smallest cross entropy.

    Args:
        logits: (N, C) of images the network has not learnt from.
        targets: (N,) class indices.
    """

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
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gap = 0.0
    for number in range(_BINS):
        inside = bins == number
        if inside.any():
            gap += float(inside.mean() * abs(confidence[inside].mean() - correct[inside].mean()))
    return gap


def cross_fitted_error(logits: Logits, targets: Targets, seed: int = 0) -> float:
    """Return the calibration error of a temperature judged on images it was not fitted on.

    The images are split into random halves; each half is judged with the temperature of
    the other, and the mean is returned.
    """
    order = np.random.default_rng(seed).permutation(len(targets))
    halves = np.array_split(order, 2)
    errors = []
    for fitted, judged in (halves, halves[::-1]):
        temperature = fit_temperature(logits[fitted], targets[fitted])
        probs = softmax(logits[judged] / temperature)
        errors.append(expected_calibration_error(probs, targets[judged]))
    return float(np.mean(errors))
