"""Calm labels: probabilities averaged in time, and a label that needs a reason to change.

The same settings can be changed afterwards: :mod:`trainer.inference.steadiness`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from trainer.inference.types import UNSURE, FloatArray

__all__ = ["UNSURE", "FaceSmoother", "LabelHold", "SmoothingSettings"]


@dataclass(frozen=True)
class SmoothingSettings:
    """How calm the output is; 0 in all turns everything off.

    Attributes:
        tau_ms: Time constant of the exponential average: after this time a change has
            reached 63 %. Independent of the frame rate.
        hysteresis: By how much (probability) another class must lead before the label
            changes.
        hold_ms: How long it must lead so before the label changes.
    """

    tau_ms: float = 200.0
    hysteresis: float = 0.08
    hold_ms: float = 0.0

    def __post_init__(self) -> None:
        values = (self.tau_ms, self.hysteresis, self.hold_ms)
        if not all(0 <= value < math.inf for value in values):
            raise ValueError(f"smoothing must be 0 or more and finite, got {values}")


class LabelHold:
    """The label of one face: it changes for a clear leader that stays one.

    Attributes:
        shown: Index of the shown class, or None before the first frame.
    """

    def __init__(self, settings: SmoothingSettings) -> None:
        self._settings = settings
        self.shown: int | None = None
        self._challenger = -1
        self._since_ms = 0.0

    def configure(self, settings: SmoothingSettings) -> None:
        """Use other settings from the next frame on; the label stays until then."""
        self._settings = settings

    def update(self, best: int, lead: float, timestamp_ms: float) -> int:
        """Take one frame and return the shown class.

        Args:
            best: Class with the largest average probability.
            lead: By how much it is before the class shown so far.
            timestamp_ms: The frame's time.
        """
        if self.shown is None:
            self.shown = best
        elif best == self.shown or lead < self._settings.hysteresis:
            self._challenger = -1
        else:
            if best != self._challenger:
                self._challenger, self._since_ms = best, timestamp_ms
            if timestamp_ms - self._since_ms >= self._settings.hold_ms:
                self.shown, self._challenger = best, -1
        return self.shown


class FaceSmoother:
    """Average and label of one face.

    Attributes:
        probs: float32 (C,), the average so far, or None before the first frame.
        raw: float32 (C,), what was put in last, or None.
        time_ms: Time stamp of what was put in last.
    """

    def __init__(self, settings: SmoothingSettings) -> None:
        self._settings = settings
        self.time_ms = 0.0
        self._held = LabelHold(settings)
        self.probs: FloatArray | None = None
        self.raw: FloatArray | None = None

    def configure(self, settings: SmoothingSettings) -> None:
        """Use other settings from the next frame on; the average goes on from where it is."""
        self._settings = settings
        self._held.configure(settings)

    def update(self, raw: FloatArray, timestamp_ms: float) -> FloatArray:
        """Take the network's probabilities (C,) of one frame; return the average (C,)."""
        if self.probs is None or self._settings.tau_ms <= 0:
            self.probs = raw
        else:
            gap_ms = max(0.0, timestamp_ms - self.time_ms)
            weight = np.float32(1.0 - math.exp(-gap_ms / self._settings.tau_ms))
            self.probs = np.asarray(self.probs + weight * (raw - self.probs), np.float32)
        self.raw = raw
        self.time_ms = timestamp_ms
        best = int(self.probs.argmax())
        shown = best if self._held.shown is None else self._held.shown
        self._held.update(best, float(self.probs[best] - self.probs[shown]), timestamp_ms)
        return self.probs

    def label(self, unsure_threshold: float) -> tuple[int | None, float]:
        """Return the shown class (None: unsure) and its probability in the average."""
        shown = self._held.shown
        if self.probs is None or shown is None:
            return None, 0.0
        confidence = float(self.probs[shown])
        return (None if confidence < unsure_threshold else shown), confidence
