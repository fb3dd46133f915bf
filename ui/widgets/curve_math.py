"""Numbers behind plotted curves: smoothing, a range without outliers, the point nearest to x."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_ENOUGH = 8  # with fewer points nothing can be called an outlier
_KEPT = (2.0, 98.0)  # percentiles
_REACH = 1.5  # of the kept range beyond which a point is an outlier


def smoothed(values: Sequence[float], weight: float) -> list[float]:
    """Return an exponential moving average that does not start at zero.

    Args:
        values: Measured values, oldest first. NaN is passed over and stays NaN.
        weight: 0 keeps the values as they are, 0.9 averages over about ten.
    """
    if weight <= 0:
        return list(values)
    mean, mass, result = 0.0, 0.0, []
    for value in values:
        if np.isfinite(value):
            mean = weight * mean + (1 - weight) * value
            mass = weight * mass + (1 - weight)
            result.append(mean / mass)
        else:
            result.append(float("nan"))
    return result


def range_without_outliers(values: Sequence[float]) -> tuple[float, float] | None:
    """Return the range of all values but those far from most; None when there are none such."""
    finite = np.asarray([value for value in values if np.isfinite(value)], np.float64)
    if len(finite) < _ENOUGH:
        return None
    low, high = np.percentile(finite, _KEPT)
    reach = _REACH * max(high - low, 1e-9)
    kept = finite[(finite >= low - reach) & (finite <= high + reach)]
    if len(kept) == len(finite) or not len(kept):
        return None
    return float(kept.min()), float(kept.max())


def nearest(x: Floats, wanted: float) -> int:
    """Index of the value of ascending ``x`` (N,), N >= 1, that is nearest to ``wanted``."""
    right = int(np.searchsorted(x, wanted))
    if right == 0:
        return 0
    if right == len(x):
        return len(x) - 1
    return right if x[right] - wanted < wanted - x[right - 1] else right - 1
