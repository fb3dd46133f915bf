"""Whether a model knows when it is right: calibration, and accuracy against faces answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer import calibration
from trainer.compare.statistics import Interval, share_interval
from trainer.temperature import Temperature

Probs = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.int64]

FEWEST = 100
"""Images below which no temperature is fitted."""


@dataclass(frozen=True)
class Bin:
    """Images of like confidence.

    Attributes:
        low: Lowest confidence.
        high: Highest.
        count: Images.
        confidence: Their mean confidence; NaN without images.
        accuracy: Their accuracy with its interval (Wilson).
    """

    low: float
    high: float
    count: int
    confidence: float
    accuracy: Interval


@dataclass(frozen=True)
class Calibration:
    """Confidence against accuracy, as it is and with the best temperature.

    Attributes:
        temperature: What the logits should be divided by, fitted on all images.
        before: Reliability diagram of the model as it is.
        after: The same, each image with a temperature fitted on the other half of the images.
        error_before: Expected calibration error as it is, a fraction.
        error_after: Cross-fitted, so it is not too good; the mean of ten ways to halve the images.
        error_by_chance: What a perfectly calibrated model would show on so many images.
        loss_before: Mean cross entropy as it is.
        loss_after: Cross-fitted.
    """

    temperature: Temperature
    before: tuple[Bin, ...]
    after: tuple[Bin, ...]
    error_before: float
    error_after: float
    error_by_chance: float
    loss_before: float
    loss_after: float


@dataclass(frozen=True)
class RiskCoverage:
    """Accuracy when only the surest faces are answered (El-Yaniv and Wiener, JMLR 2010).

    Attributes:
        thresholds: Confidences, falling, float64 (M,).
        coverage: Share of faces with at least that confidence, float64 (M,).
        accuracy: Their accuracy, float64 (M,).
        area: Area under the risk-coverage curve, lower is better (Geifman et al., 2019).
    """

    thresholds: npt.NDArray[np.float64]
    coverage: npt.NDArray[np.float64]
    accuracy: npt.NDArray[np.float64]
    area: float

    def at_coverage(self, share: float) -> tuple[float, float, float]:
        """Return ``(threshold, coverage, accuracy)`` where at least ``share`` is answered."""
        place = min(int(np.searchsorted(self.coverage, share - 1e-12)), len(self.coverage) - 1)
        values = (self.thresholds[place], self.coverage[place], self.accuracy[place])
        return float(values[0]), float(values[1]), float(values[2])

    def at_threshold(self, threshold: float) -> tuple[float, float]:
        """Return ``(coverage, accuracy)`` when faces below a confidence are "unsure"."""
        place = int(np.searchsorted(-self.thresholds, -threshold, side="right")) - 1
        if place < 0:
            return 0.0, float("nan")
        return float(self.coverage[place]), float(self.accuracy[place])

    def sentence(self, share: float = 0.7) -> str:
        """Return "answers 70 % of faces at 82 % accuracy", in English."""
        _, coverage, accuracy = self.at_coverage(share)
        return f"Answers {100 * coverage:.0f} % of faces at {100 * accuracy:.0f} % accuracy."


def reliability_bins(probs: Probs, targets: Ints) -> tuple[Bin, ...]:
    """Return the bins of the reliability diagram, those of the calibration error."""
    confidence, correct = probs.max(axis=1), probs.argmax(axis=1) == targets
    number = calibration.confidence_bins(confidence)
    bins = []
    for index in range(calibration.BINS):
        inside = number == index
        count = int(inside.sum())
        bins.append(
            Bin(
                low=index / calibration.BINS,
                high=(index + 1) / calibration.BINS,
                count=count,
                confidence=float(confidence[inside].mean()) if count else float("nan"),
                accuracy=share_interval(int(correct[inside].sum()), count),
            )
        )
    return tuple(bins)


def calibrate(probs: Probs, targets: Ints, temperature: Temperature) -> Calibration:
    """Judge the confidences and fit a temperature.

    Args:
        probs: (N, C) of images the network has not learnt from.
        targets: int (N,).
        temperature: That the logits were divided by already.

    Raises:
        ValueError: There are fewer than :data:`FEWEST` images.
    """
    if len(targets) < FEWEST:
        raise ValueError(f"expected at least {FEWEST} images, got {len(targets)}")
    logits = temperature.logits(probs)
    after = calibration.cross_fitted_probs(logits, targets)
    return Calibration(
        temperature=calibration.fit_temperature(logits, targets),
        before=reliability_bins(probs, targets),
        after=reliability_bins(after, targets),
        error_before=calibration.expected_calibration_error(probs, targets),
        error_after=calibration.cross_fitted_error(logits, targets),
        error_by_chance=calibration.error_by_chance(after),
        loss_before=_loss(probs, targets),
        loss_after=_loss(after, targets),
    )


def _loss(probs: Probs, targets: Ints) -> float:
    of_target = probs[np.arange(len(targets)), targets].astype(np.float64)
    return float(-np.log(np.maximum(of_target, 1e-12)).mean())


def risk_coverage(probs: Probs, targets: Ints) -> RiskCoverage:
    """Return the accuracy of the surest faces for every share of faces answered.

    Equal confidences are answered together, since no threshold parts them.
    """
    confidence = probs.max(axis=1).astype(np.float64)
    correct = (probs.argmax(axis=1) == targets).astype(np.float64)
    order = np.argsort(-confidence, kind="stable")
    confidence, correct = confidence[order], correct[order]
    last = np.flatnonzero(np.append(confidence[1:] != confidence[:-1], True))
    answered = last + 1
    accuracy = np.cumsum(correct)[last] / answered
    shares = np.diff(answered, prepend=0) / len(targets)
    return RiskCoverage(
        thresholds=confidence[last],
        coverage=answered / len(targets),
        accuracy=accuracy,
        area=float(((1 - accuracy) * shares).sum()),
    )
