"""Calm labels: probabilities averaged in time, and a label that needs a reason to change."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from trainer.inference.types import UNSURE, FloatArray

__all__ = ["UNSURE", "FaceSmoother", "SmoothingSettings"]


@dataclass(frozen=True)
class SmoothingSettings:
    """How calm the output is; 0 in both turns everything off.

    Attributes:
        tau_ms: Time constant of the exponential average: after this time a change has
            reached 63 %. Independent of the frame rate.
        hysteresis: By how much (probability) another class must lead before the label
            changes.
    """

    tau_ms: float = 200.0
    hysteresis: float = 0.08


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
        self._shown: int | None = None
        self.probs: FloatArray | None = None
        self.raw: FloatArray | None = None

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
        shown = self._shown
        if shown is None or self.probs[best] - self.probs[shown] >= self._settings.hysteresis:
            self._shown = best
        return self.probs

    def label(self, unsure_threshold: float) -> tuple[int | None, float]:
        """Return the shown class (None: unsure) and its probability in the average."""
        if self.probs is None or self._shown is None:
            return None, 0.0
        confidence = float(self.probs[self._shown])
        if confidence < unsure_threshold:
            return None, confidence
        return self._shown, confidence
