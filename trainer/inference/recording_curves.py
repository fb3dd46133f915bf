"""Curves for a plot of a given width, and which parts of a video were looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.inference.recording import Recording
from trainer.inference.recording_views import rows_of

Floats = npt.NDArray[np.float64]
Range = tuple[float, float]


@dataclass(frozen=True)
class Curve:
    """Probabilities of one person over time, thinned out for a plot.

    Attributes:
        times: float64 (M,), milliseconds.
        probs: float32 (M, C), means of what falls into one pixel; a row of nan where the
            line is broken because the person was not seen.
        highs: float32 (M, C), the largest values there, so that short peaks do not vanish.
    """

    times: Floats
    probs: npt.NDArray[np.float32]
    highs: npt.NDArray[np.float32]


def curve(
    recording: Recording,
    person: int,
    width: int,
    *,
    start_ms: float | None = None,
    end_ms: float | None = None,
    raw: bool = False,
) -> Curve:
    """Return a person's curves, not many more than ``width`` points.

    Args:
        recording: Where to look.
        person: The person's number.
        width: Pixels of the plot.
        start_ms: Left edge; the begin of the video when None. The sample before is taken
            along, so that the line reaches the edge.
        end_ms: Right edge; the end of the video when None.
        raw: The network's probabilities instead of the steady ones.
    """
    rows = rows_of(recording, person)
    times = recording.times_of(rows)
    low = 0.0 if start_ms is None else start_ms
    high = recording.duration_ms if end_ms is None else end_ms
    first = max(int(np.searchsorted(times, low)) - 1, 0)
    last = int(np.searchsorted(times, high, side="right")) + 1
    rows, times = rows[first:last], times[first:last]
    probs = recording.faces["raw" if raw else "steady"][rows]
    if not len(rows):
        return Curve(np.zeros(0), probs, probs)
    apart = np.flatnonzero(np.diff(times) > recording.gap_ms) + 1
    if len(rows) > 2 * width:
        step = max(high - low, 1e-6) / max(width, 1)
        starts = np.flatnonzero(np.diff(np.floor((times - low) / step))) + 1
        starts = np.unique(np.concatenate([[0], starts, apart]))
        counts = np.diff(np.append(starts, len(rows)))
        highs = np.maximum.reduceat(probs, starts)
        probs = (np.add.reduceat(probs, starts) / counts[:, None]).astype(np.float32)
        times = np.add.reduceat(times, starts) / counts
        apart = np.searchsorted(starts, apart)
    else:
        highs = probs
    return Curve(
        np.insert(times, apart, (times[apart - 1] + times[apart]) / 2),
        np.insert(probs, apart, np.nan, axis=0),
        np.insert(highs, apart, np.nan, axis=0),
    )


def gaps(recording: Recording, person: int) -> list[Range]:
    """Return when a person was not seen between their first and last frame."""
    times = recording.times_of(rows_of(recording, person))
    wide = np.flatnonzero(np.diff(times) > recording.gap_ms)
    frame_ms = recording.frame_ms
    return [(float(times[place]) + frame_ms, float(times[place + 1])) for place in wide]


def analysed_ranges(recording: Recording) -> list[Range]:
    """Return the parts of the video whose frames were looked at, in order of time."""
    if recording.video_times is not None:
        return _stretches(recording, recording.video_times, looked_at=True)
    order, times = recording.frame_order(), recording.frame_times()
    if not len(times):
        return []
    index = recording.frames["frame_index"][order]
    frame_ms = recording.frame_ms
    # At a variable rate neighbours may lie far apart: the numbers tell that they are ones.
    apart = (np.diff(times) > 1.5 * frame_ms) & (np.diff(index) != 1)
    edges = [0, *(np.flatnonzero(apart) + 1).tolist(), len(times)]
    return [
        (float(times[start]), float(times[stop - 1]) + frame_ms)
        for start, stop in zip(edges[:-1], edges[1:], strict=True)
    ]


def missing_ranges(recording: Recording) -> list[Range]:
    """Return the parts of the video that were not looked at, in order of time."""
    if recording.video_times is not None:
        return _stretches(recording, recording.video_times, looked_at=False)
    missing, at = [], 0.0
    for start, end in analysed_ranges(recording):
        if start - at > 0.5 * recording.frame_ms:
            missing.append((at, start))
        at = end
    if recording.duration_ms - at > 1.5 * recording.frame_ms:
        missing.append((at, recording.duration_ms))
    return missing


def _stretches(recording: Recording, times: Floats, *, looked_at: bool) -> list[Range]:
    """Return the parts in which every frame was looked at, or none, by the times of all."""
    seen = np.zeros(len(times), np.bool_)
    seen[recording.frames["frame_index"]] = True
    edges = np.flatnonzero(np.diff(np.r_[False, seen == looked_at, False].astype(np.int8)))
    ends = np.append(times[1:], max(recording.duration_ms, float(times[-1])))
    return [
        (float(times[first]), float(ends[last - 1]))
        for first, last in zip(edges[::2], edges[1::2], strict=True)
    ]


def analysed_share(recording: Recording) -> float:
    """Return the share (0..1) of the video that was looked at."""
    duration_ms = recording.duration_ms
    if duration_ms <= 0:
        return 0.0
    return min(1.0, sum(end - start for start, end in analysed_ranges(recording)) / duration_ms)
