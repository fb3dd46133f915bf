"""Other smoothing of a recording afterwards, and what it gains and costs.

The raw probabilities stay; the steady ones and the labels are computed anew with the rules
of :mod:`trainer.inference.smoothing`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

import numpy as np
import numpy.typing as npt

from trainer.inference.recording import CLASSIFIED, Recording, Rows
from trainer.inference.recording_views import OK, persons, rows_of
from trainer.inference.smoothing import LabelHold, SmoothingSettings
from trainer.inference.types import FloatArray

_LONGEST_DECAY = 400.0  # e^-400 still is a number in double precision


@dataclass(frozen=True)
class Steady:
    """What other smoothing gives, row for row of a recording's ``faces``.

    Attributes:
        settings: The smoothing.
        unsure_threshold: A confidence below it is unsure.
        probs: float32 (F, C).
        labels: int8 (F,), the shown class, -1 unsure.
    """

    settings: SmoothingSettings
    unsure_threshold: float
    probs: FloatArray
    labels: npt.NDArray[np.int8]


def steady(
    recording: Recording, settings: SmoothingSettings, unsure_threshold: float | None = None
) -> Steady:
    """Smooth a recording's raw probabilities; the recording is not changed.

    Args:
        recording: Gives raw probabilities and times.
        settings: Time constant, margin and holding time.
        unsure_threshold: The recording's own when None.
    """
    threshold = recording.info.unsure_threshold if unsure_threshold is None else unsure_threshold
    probs = recording.faces["steady"].copy()
    labels = recording.faces["label"].copy()
    for track in recording.tracks:
        rows = recording.rows_of_track(track)
        if len(rows):
            probs[rows], labels[rows] = _of_track(recording, rows, settings, threshold)
    return Steady(settings, threshold, probs, labels)


def apply(recording: Recording, found: Steady) -> None:
    """Put what :func:`steady` gave into the recording.

    Raises:
        ValueError: The recording got more faces in between.
    """
    if len(found.labels) != len(recording.faces):
        raise ValueError(f"expected {len(recording.faces)} faces, got {len(found.labels)}")
    recording.faces["steady"][:] = found.probs
    recording.faces["label"][:] = found.labels
    kept = {**recording.info.settings, "smoothing": asdict(found.settings)}
    recording.info = replace(recording.info, unsure_threshold=found.unsure_threshold, settings=kept)
    recording.relabelled()


def _of_track(
    recording: Recording, rows: Rows, settings: SmoothingSettings, threshold: float
) -> tuple[FloatArray, npt.NDArray[np.int8]]:
    looked = (recording.faces["flags"][rows] & CLASSIFIED) > 0
    looked[0] = True  # a track begins with what the network saw
    fresh = rows[looked]
    times = recording.times_of(fresh)
    average = exponential_average(recording.faces["raw"][fresh], times, settings.tau_ms)
    shown = _held(average, times, settings)
    sure = average[np.arange(len(fresh)), shown] >= np.float32(threshold)
    # In between a face keeps what it had.
    latest = np.cumsum(looked) - 1
    return average[latest], np.where(sure, shown, -1).astype(np.int8)[latest]


def exponential_average(
    raw: FloatArray, times: npt.NDArray[np.float64], tau_ms: float
) -> FloatArray:
    """Return float32 (N, C): the exponential average of ``raw`` (N, C) at ``times`` (N,).

    The recursion y += (1 - exp(-dt / tau)) (x - y) in closed form, a stretch at a time: a sum
    of positive terms, so nothing cancels.
    """
    if tau_ms <= 0 or len(raw) < 2:
        return raw.copy()
    values = raw.astype(np.float64)
    decay = np.concatenate([[0.0], np.maximum(np.diff(times), 0.0) / tau_ms])
    decay = np.minimum(decay, _LONGEST_DECAY)
    weights = -np.expm1(-decay)
    result = np.empty_like(values)
    result[0] = values[0]
    start = 1
    while start < len(values):
        total = np.cumsum(decay[start:])
        count = max(1, int(np.searchsorted(total, _LONGEST_DECAY, side="right")))
        stretch = slice(start, start + count)
        kept = np.exp(-total[:count])[:, None]
        added = np.cumsum(weights[stretch, None] * values[stretch] / kept, axis=0)
        result[stretch] = kept * (result[start - 1] + added)
        start += count
    return result.astype(np.float32)


def _held(
    average: FloatArray, times: npt.NDArray[np.float64], settings: SmoothingSettings
) -> npt.NDArray[np.int64]:
    """Return the shown class (N,) by the rules of :class:`LabelHold`."""
    best: list[int] = average.argmax(axis=1).tolist()
    highest = average.max(axis=1)
    shown = np.empty(len(best), np.int64)
    held = LabelHold(settings)
    current = best[0]
    quiet = False  # a leader that is shown already changes nothing, however long it leads
    for row, leader in enumerate(best):
        if leader != current or not quiet:
            lead = float(highest[row] - average[row, current])
            current = held.update(leader, lead, float(times[row]))
            quiet = leader == current
        shown[row] = current
    return shown


@dataclass(frozen=True)
class Flicker:
    """How restless labels are and what the calm costs.

    Attributes:
        raw_per_minute: Changes of the label without any smoothing, a minute of a seen face.
        steady_per_minute: The same for the steady label.
        delay_ms: Mean lag of the steady changes to an expression behind the raw ones; None
            when there was no change.
        minutes: How long faces were seen, minutes.
    """

    raw_per_minute: float
    steady_per_minute: float
    delay_ms: float | None
    minutes: float


def flicker(
    recording: Recording, person: int | None = None, *, found: Steady | None = None
) -> Flicker:
    """Count the changes of label, raw and steady, as a viewer would see them.

    The raw label is the network's first choice in every frame, unsure below the same
    threshold; faces of poor quality are unsure in both. The lag of a steady change to a
    class is the time since the raw label went over to that class for the last time.

    Args:
        recording: Where to count.
        person: One person; everybody when None.
        found: Another smoothing than the recording's own, e.g. to try it.
    """
    everybody = [p.number for p in persons(recording)] if person is None else [person]
    raw_count = steady_count = 0
    seen_ms = 0.0
    lags: list[float] = []
    for number in everybody:
        rows = rows_of(recording, number)
        times = recording.times_of(rows)
        raw, calm = _labels(recording, rows, found)
        together = np.diff(times) <= recording.gap_ms
        seen_ms += float(np.diff(times)[together].sum())
        raw_at = np.flatnonzero((np.diff(raw) != 0) & together) + 1
        calm_at = np.flatnonzero((np.diff(calm) != 0) & together) + 1
        raw_count += len(raw_at)
        steady_count += len(calm_at)
        lags += _lags(times, raw, calm, raw_at, calm_at)
    minutes = seen_ms / 60_000
    return Flicker(
        raw_per_minute=raw_count / minutes if minutes else 0.0,
        steady_per_minute=steady_count / minutes if minutes else 0.0,
        delay_ms=float(np.mean(lags)) if lags else None,
        minutes=minutes,
    )


def _labels(
    recording: Recording, rows: Rows, found: Steady | None
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the raw and the steady label of each row, -1 unsure."""
    threshold = recording.info.unsure_threshold if found is None else found.unsure_threshold
    labels = recording.faces["label"] if found is None else found.labels
    probs = recording.faces["raw"][rows]
    poor = recording.faces["quality"][rows] != OK
    unsure = poor | (probs.max(axis=1, initial=0.0) < threshold)
    raw = np.where(unsure, -1, probs.argmax(axis=1))
    return raw, np.where(poor, -1, labels[rows]).astype(np.int64)


def _lags(
    times: npt.NDArray[np.float64],
    raw: npt.NDArray[np.int64],
    calm: npt.NDArray[np.int64],
    raw_at: npt.NDArray[np.int64],
    calm_at: npt.NDArray[np.int64],
) -> list[float]:
    lags = []
    for at in calm_at:
        earlier = raw_at[(raw_at <= at) & (raw[raw_at] == calm[at])]
        if calm[at] >= 0 and len(earlier):
            lags.append(float(times[at] - times[earlier[-1]]))
    return lags
