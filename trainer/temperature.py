"""From logits to confidences: a temperature that may follow the lead of the best answer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.metrics import softmax

Floats = npt.NDArray[np.floating[Any]]

_LOWEST = 0.25  # of the value: however great the lead, the confidence stays below certainty


@dataclass(frozen=True)
class Temperature:
    """What logits are divided by before softmax.

    One number for all faces (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017)
    cannot bend the curve of confidence against accuracy: a network that is too sure of hard
    faces and too unsure of easy ones stays so. So the number may change with the lead, the
    distance between a face's two largest logits (a parameterised temperature, after Tomani et
    al., "Parameterized Temperature Scaling", ECCV 2022, with one parameter more instead of a
    network). The order of a face's classes stays, and of two leads the greater one always
    becomes the greater ratio of the two best probabilities.

    Attributes:
        value: At a lead of nothing, above 0.
        slope: Added per unit of the lead; 0 is one temperature for all.
    """

    value: float = 1.0
    slope: float = 0.0

    def __post_init__(self) -> None:
        if not (0 < self.value < math.inf and math.isfinite(self.slope)):
            raise ValueError(f"no temperature: {self.value} with a slope of {self.slope}")

    def __str__(self) -> str:
        return format(self, ".2f")

    def __format__(self, spec: str) -> str:
        """Return "1.49 - 0.08 Δ", each number by ``spec``; Δ is the lead."""
        if self.slope == 0:
            return format(self.value, spec)
        sign = "-" if self.slope < 0 else "+"
        return f"{self.value:{spec}} {sign} {abs(self.slope):{spec}} Δ"

    def probabilities(self, logits: Floats) -> npt.NDArray[np.float32]:
        """Return probabilities float32 (N, C) of logits (N, C)."""
        return softmax(logits / self._of_leads(_leads(logits)))

    def logits(self, probs: Floats) -> npt.NDArray[np.float64]:
        """Return logits float64 (N, C) that :meth:`probabilities` turns into ``probs``."""
        logs = np.log(np.maximum(probs.astype(np.float64), 1e-38))
        # The lead of the logits is the lead of the logarithms times the temperature it makes.
        shrunk = np.maximum(1.0 - self.slope * _leads(logs), 1e-6)
        return np.asarray(logs * np.maximum(self.value / shrunk, _LOWEST * self.value))

    def _of_leads(self, leads: Floats) -> Floats:
        return np.maximum(self.value + self.slope * leads, _LOWEST * self.value)


def _leads(logits: Floats) -> npt.NDArray[np.float64]:
    """Return how far the largest of C >= 2 logits is above the next, float64 (N, 1)."""
    two = np.partition(logits.astype(np.float64), -2, axis=1)[:, -2:]
    return np.asarray(two[:, 1:] - two[:, :1])
