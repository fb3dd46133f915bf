"""What the Player's time line draws: curves of persons, and their reduction to pixel columns."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

UNSURE_LABEL = -1
GAP_MS = 500.0
"""A person who was not seen for so long has a gap in the curves, not a line across it."""


@dataclass(frozen=True)
class PersonLine:
    """One person's course through the video.

    Attributes:
        person_id: Number of the person.
        title: How the person is called, short.
        times_ms: float64 (N,), ascending.
        probs: float32 (N, C), smoothed probabilities.
        strength: float32 (N,), 0..1: how much the models agree, or the winner's confidence.
        labels: int16 (N,), index of the shown class, or :data:`UNSURE_LABEL`.
    """

    person_id: int
    title: str
    times_ms: npt.NDArray[np.float64]
    probs: npt.NDArray[np.float32]
    strength: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int16]

    def __post_init__(self) -> None:
        count = len(self.times_ms)
        if self.probs.ndim != 2 or len(self.probs) != count:
            raise ValueError(f"expected probs ({count}, C), got {self.probs.shape}")
        if len(self.strength) != count or len(self.labels) != count:
            raise ValueError(f"expected {count} strengths and labels")


@dataclass(frozen=True)
class Marker:
    """A moment with a name."""

    marker_id: int
    time_ms: float
    text: str


@dataclass(frozen=True)
class ExcludedRange:
    """A stretch that does not count."""

    start_ms: float
    end_ms: float


@dataclass(frozen=True)
class TimelineData:
    """Everything known about one video.

    Attributes:
        class_names: Classes in the order of every ``probs``.
        lines: Persons; the first ones get a row of their own.
        analysed: float64 (K, 2), stretches that were analysed, milliseconds, ascending.
    """

    class_names: tuple[str, ...] = ()
    lines: tuple[PersonLine, ...] = ()
    analysed: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 2)))

    def line_of(self, person_id: int) -> PersonLine | None:
        """Return the line of a person; None when there is none."""
        return next((line for line in self.lines if line.person_id == person_id), None)


@dataclass(frozen=True)
class TimeView:
    """Which stretch of time lies over which pixels.

    Attributes:
        start_ms, end_ms: The stretch; the end is later than the start.
        left, width: Pixels.
    """

    start_ms: float
    end_ms: float
    left: float
    width: float

    @property
    def ms_per_pixel(self) -> float:
        """Time under one pixel."""
        return (self.end_ms - self.start_ms) / max(1.0, self.width)

    def x_of(self, ms: float) -> float:
        """Return the pixel of a time."""
        return self.left + (ms - self.start_ms) / self.ms_per_pixel

    def ms_at(self, x: float) -> float:
        """Return the time under a pixel, inside the view."""
        ms = self.start_ms + (x - self.left) * self.ms_per_pixel
        return min(max(ms, self.start_ms), self.end_ms)


@dataclass(frozen=True)
class PixelColumns:
    """A person's curves as points to draw: never many more than pixels.

    Attributes:
        x: float64 (M,), pixels.
        probs: float32 (M, C).
        strength: float32 (M,).
        labels: int16 (M,).
        starts: int (S,), where a piece without a gap begins; empty when there is no point.
    """

    x: npt.NDArray[np.float64]
    probs: npt.NDArray[np.float32]
    strength: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int16]
    starts: npt.NDArray[np.intp]


def columns(line: PersonLine, view: TimeView, from_ms: float, to_ms: float) -> PixelColumns:
    """Reduce a person's curves between two times to about a point a pixel.

    A point is the mean of the frames under its pixel, with the label of the last of them.
    """
    times = line.times_ms
    first = max(0, int(np.searchsorted(times, from_ms)) - 1)
    last = min(len(times), int(np.searchsorted(times, to_ms, side="right")) + 1)
    times = times[first:last]
    probs, strength = line.probs[first:last], line.strength[first:last]
    labels = line.labels[first:last]
    if not len(times):
        empty = np.zeros(0, np.intp)
        return PixelColumns(np.zeros(0), probs, strength, labels, empty)
    broken = np.empty(len(times), np.bool_)
    broken[0] = True
    np.greater(np.diff(times), GAP_MS, out=broken[1:])
    x = view.left + (times - view.start_ms) / view.ms_per_pixel
    if len(times) > 1.5 * (to_ms - from_ms) / view.ms_per_pixel:
        pixel = np.floor(x)
        fresh = broken.copy()
        fresh[1:] |= np.diff(pixel) != 0
        groups = np.flatnonzero(fresh)
        counts = np.diff(np.append(groups, len(times))).astype(np.float32)
        probs = (np.add.reduceat(probs, groups, axis=0) / counts[:, None]).astype(np.float32)
        strength = (np.add.reduceat(strength, groups) / counts).astype(np.float32)
        labels = labels[np.append(groups[1:], len(times)) - 1]
        x, broken = pixel[groups] + 0.5, broken[groups]
    return PixelColumns(x, probs, strength, labels, np.flatnonzero(broken))


def runs(values: npt.NDArray[np.int16], starts: npt.NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return (first, last + 1) of stretches of one value that no gap cuts."""
    if not len(values):
        return []
    fresh = np.zeros(len(values), np.bool_)
    fresh[starts] = True
    fresh[1:] |= np.diff(values) != 0
    begins = np.flatnonzero(fresh)
    ends = np.append(begins[1:], len(values))
    return [(int(a), int(b)) for a, b in zip(begins, ends, strict=True)]


def change_times(line: PersonLine) -> npt.NDArray[np.float64]:
    """Return when the shown expression changes, and when the person comes: float64 (K,)."""
    if not len(line.times_ms):
        return np.zeros(0)
    fresh = np.ones(len(line.times_ms), np.bool_)
    fresh[1:] = (np.diff(line.labels) != 0) | (np.diff(line.times_ms) > GAP_MS)
    return np.asarray(line.times_ms[fresh])


def tick_step_ms(ms_per_pixel: float, wanted_pixels: float = 90.0) -> float:
    """Return a round distance between marks of time, milliseconds."""
    least = ms_per_pixel * wanted_pixels
    steps = (
        *(10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0, 15_000.0),
        *(30_000.0, 60_000.0, 120_000.0, 300_000.0, 600_000.0, 900_000.0, 1_800_000.0),
    )
    return next((step for step in steps if step >= least), 3_600_000.0)
