"""What a check of a data set found: repeats, leaks, poor images, doubtful labels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.data.flags import Flag
from trainer.data.label_errors import LabelErrors


@dataclass(frozen=True)
class Findings:
    """Remarks on every image of a data set.

    Attributes:
        flags: uint32 (N,), bits of :class:`trainer.data.flags.Flag`.
        pairs: int64 (P, 2), first < second. Of k equal images each later one is paired
            with the first, so there are never more than a few pairs an image.
        pair_distance: float32 (P,), 0 for identical pixels; else how far apart the two
            are, see :mod:`trainer.data.repeats`.
        pair_across: bool (P,), the two stand in different splits.
        pair_conflict: bool (P,), the two carry different labels.
        brightness: float32 (N,), mean grey value, 0..255.
        contrast: float32 (N,), standard deviation of the grey values.
        sharpness: float32 (N,), fine detail relative to contrast
            (see :mod:`trainer.data.quality`).
        agreement: float32 (N,), share of the votes on the most voted answer; NaN without
            votes.
        entropy: float32 (N,), spread of the votes in bits; NaN without votes.
        label_errors: Suspected label errors, or None when nobody looked for them.
    """

    flags: npt.NDArray[np.uint32]
    pairs: npt.NDArray[np.int64]
    pair_distance: npt.NDArray[np.float32]
    pair_across: npt.NDArray[np.bool_]
    pair_conflict: npt.NDArray[np.bool_]
    brightness: npt.NDArray[np.float32]
    contrast: npt.NDArray[np.float32]
    sharpness: npt.NDArray[np.float32]
    agreement: npt.NDArray[np.float32]
    entropy: npt.NDArray[np.float32]
    label_errors: LabelErrors | None = None

    def __len__(self) -> int:
        return len(self.flags)

    def with_label_errors(self, errors: LabelErrors | None) -> Findings:
        """Return a copy that holds these suspected label errors, flags included."""
        flags = self.flags & ~np.uint32(Flag.SUSPECTED)
        if errors is not None:
            flags[errors.order] |= np.uint32(Flag.SUSPECTED)
        return replace(self, flags=flags, label_errors=errors)

    def counts(self) -> dict[Flag, int]:
        """Return the number of images for every flag, 0 included."""
        return {flag: int(np.count_nonzero(self.flags & np.uint32(flag))) for flag in Flag}

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-able counts (not the arrays)."""
        exact = self.pair_distance == 0
        return {
            "flags": {(flag.name or "").lower(): n for flag, n in self.counts().items()},
            "pairs": {
                "exact": int(exact.sum()),
                "near": int((~exact).sum()),
                "exact_across_splits": int((exact & self.pair_across).sum()),
                "near_across_splits": int((~exact & self.pair_across).sum()),
                "exact_with_other_label": int((exact & self.pair_conflict).sum()),
                "near_with_other_label": int((~exact & self.pair_conflict).sum()),
            },
            "label_errors": None
            if self.label_errors is None
            else {
                "source": self.label_errors.source,
                "suspected": len(self.label_errors.order),
                "judged": int(np.isfinite(self.label_errors.given_prob).sum()),
            },
        }
