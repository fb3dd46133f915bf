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


def rounded_up(last: float) -> float:
    """Return a round number at or above ``last`` >= 0, at least 5, for the end of an axis."""
    if last <= 5:
        return 5.0
    step = max(5.0, 10.0 ** np.floor(np.log10(2 * last)) / 10)
    return float(np.ceil(last / step - 1e-9) * step)


def calm_range(low: float, high: float) -> tuple[float, float]:
    """Return round ends of an axis around values, which few new values change.

    Args:
        low: Smallest value.
        high: Largest.
    """
    span = high - low
    if span <= 0:
        span = max(0.1 * abs(high), 1e-3)
    room = 0.04 * span
    tenth = 10.0 ** np.floor(np.log10(span / 8))
    step = max(tenth * part for part in (1, 2, 5) if tenth * part <= span / 8 * (1 + 1e-9))
    bottom = float(np.floor((low - room) / step) * step)
    top = float(np.ceil((high + room) / step) * step)
    return (max(bottom, -room) if low >= 0 else bottom), top


def strokes(x: Floats, y: Floats, dashes: Sequence[float] = ()) -> Floats:
    """Return a curve as straight strokes, float64 (M, 4): x and y of both ends.

    Args:
        x, y: Points (N,); those that are not finite leave a gap.
        dashes: Lengths drawn and left out by turns, an even number; they go on around corners.
    """
    known = np.isfinite(x) & np.isfinite(y)
    ends = np.column_stack((x[:-1], y[:-1], x[1:], y[1:]))[known[:-1] & known[1:]]
    if not dashes or not len(ends):
        return ends
    # Along the curve, gaps closed: a stroke between each two of the corners and dashes' ends.
    corners = np.append(0.0, np.cumsum(np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])))
    period = sum(dashes)
    starts = np.arange(0.0, corners[-1], period)
    edges = (starts[:, None] + np.append(0.0, np.cumsum(dashes)[:-1])).ravel()
    at = np.unique(np.concatenate((corners, edges[edges < corners[-1]])))
    middle = (at[:-1] + at[1:]) / 2
    drawn = np.searchsorted(np.cumsum(dashes), middle % period, side="right") % 2 == 0
    first, last, middle = at[:-1][drawn], at[1:][drawn], middle[drawn]
    line = np.clip(np.searchsorted(corners, middle, side="right") - 1, 0, len(ends) - 1)
    length = corners[line + 1] - corners[line]
    from_, to = (first - corners[line]) / length, (last - corners[line]) / length
    start, step = ends[line, :2], ends[line, 2:] - ends[line, :2]
    return np.hstack((start + from_[:, None] * step, start + to[:, None] * step))


def nearest(x: Floats, wanted: float) -> int:
    """Index of the value of ascending ``x`` (N,), N >= 1, that is nearest to ``wanted``."""
    right = int(np.searchsorted(x, wanted))
    if right == 0:
        return 0
    if right == len(x):
        return len(x) - 1
    return right if x[right] - wanted < wanted - x[right - 1] else right - 1
