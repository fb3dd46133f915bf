"""A new last layer from a few corrections, held to the old one's answers on replayed features.

The corrections' cross entropy is made small together with the distance of the new answers from
the old ones on replayed features ("Learning without Forgetting", Li and Hoiem, ECCV 2016).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from trainer.errors import OperationCancelled
from trainer.improve.replay import Replay
from trainer.metrics import softmax

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

STRENGTHS: tuple[float, ...] = (0.3, 1.0, 3.0, 10.0, 30.0)
"""Weights of the replayed answers that are tried, the loosest first."""
MOST_FORGOTTEN = 0.01
"""How much of the base split's accuracy may be lost, a fraction."""

_SHRINK = 1e-2
_STEPS = 100


@dataclass(frozen=True)
class Change:
    """What is added to the logits, by place.

    Attributes:
        weight: float64 (C, K).
        bias: float64 (C,).
        strength: Of the replay, one of :data:`STRENGTHS`; 0.0 for no change.
    """

    weight: npt.NDArray[np.float64]
    bias: npt.NDArray[np.float64]
    strength: float

    def logits(self, places: Floats, logits: Floats) -> npt.NDArray[np.float64]:
        """Return the new logits (N, C) for places (N, K) and old logits (N, C)."""
        changed: npt.NDArray[np.float64] = logits + places @ self.weight.T + self.bias
        return changed

    def head(self, replay: Replay, weight: Floats, bias: Floats) -> tuple[Floats, Floats]:
        """Return the last layer (C, D), (C,) that gives the new logits from features."""
        added = self.weight @ replay.basis
        return (
            np.asarray(weight + added, np.float32),
            np.asarray(bias + self.bias - added @ replay.mean, np.float32),
        )


def fit_change(
    places: Floats,
    logits: Floats,
    targets: Ints,
    replay: Replay,
    strength: float,
    should_stop: Callable[[], bool] | None = None,
    start: Change | None = None,
) -> Change:
    """Fit the change to corrections.

    Args:
        places: float32 (N, K), of the corrections.
        logits: float32 (N, C), the old answers.
        targets: int64 (N,).
        replay: What must stay.
        strength: How firmly.
        should_stop: Asked in every step.
        start: A change to begin from; the result hardly differs, the time does.

    Raises:
        OperationCancelled: ``should_stop`` said so.
    """
    classes, count = logits.shape[1], places.shape[1]
    old = softmax(replay.logits)
    rows = np.arange(len(places))
    given, kept = _with_one(places), _with_one(replay.places)

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        if should_stop is not None and should_stop():
            raise OperationCancelled
        change = flat.reshape(classes, count + 1)
        probs = softmax(logits + given @ change.T)
        value = -np.log(np.maximum(probs[rows, targets], 1e-12)).mean()
        error = probs.copy()
        error[rows, targets] -= 1.0
        slope = error.T @ given / len(given)
        new = softmax(replay.logits + kept @ change.T)
        distance = old * (np.log(np.maximum(old, 1e-12)) - np.log(np.maximum(new, 1e-12)))
        value += strength * distance.sum(axis=1).mean()
        slope += strength * (new - old).T @ kept / len(kept)
        value += _SHRINK * np.square(change).sum()
        slope += 2 * _SHRINK * change
        return float(value), slope.ravel()

    first = np.zeros((classes, count + 1))
    if start is not None:
        first = np.concatenate([start.weight, start.bias[:, None]], axis=1)
    found = minimize(loss, first.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    change = found.x.reshape(classes, count + 1)
    return Change(change[:, :count], change[:, count], strength)


def fit_within(
    places: Floats,
    logits: Floats,
    targets: Ints,
    replay: Replay,
    guard: npt.NDArray[np.bool_],
    should_stop: Callable[[], bool] | None = None,
) -> Change | None:
    """Return the loosest change that loses at most :data:`MOST_FORGOTTEN`; None if none does.

    Args:
        places: float32 (N, K), of the corrections.
        logits: float32 (N, C).
        targets: int64 (N,).
        replay: What must stay.
        guard: bool (M,), the base split's images that the loss is looked at on.
        should_stop: Asked in every step.
    """
    base_targets = replay.base_targets[guard]
    base_places, base_logits = replay.base_places[guard], replay.base_logits[guard]
    before = (base_logits.argmax(axis=1) == base_targets).mean()
    change: Change | None = None
    for strength in STRENGTHS:
        change = fit_change(places, logits, targets, replay, strength, should_stop, change)
        after = (change.logits(base_places, base_logits).argmax(axis=1) == base_targets).mean()
        if before - after <= MOST_FORGOTTEN:
            return change
    return None


def _with_one(places: Floats) -> npt.NDArray[np.float64]:
    return np.concatenate([places, np.ones((len(places), 1))], axis=1).astype(np.float64)
