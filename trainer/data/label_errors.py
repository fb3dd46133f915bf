"""Suspected label errors by confident learning, from probabilities of unseen images."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class LabelErrors:
    """Images whose label may be wrong. A suspicion, not a verdict: look before you change.

    Attributes:
        order: int64 (K,), indices of the suspected images, worst first.
        suggested: int64 (N,), the class the network would give instead, -1 where the image
            is not suspected.
        given_prob: float32 (N,), the network's probability of the given label; NaN where the
            image was not judged.
        source: Where the probabilities came from, in words.
    """

    order: npt.NDArray[np.int64]
    suggested: npt.NDArray[np.int64]
    given_prob: npt.NDArray[np.float32]
    source: str
