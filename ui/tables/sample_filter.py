"""Which images of a data set are shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ui.tables.samples import Samples

UNLABELLED = -1
"""Class of the images without a label."""

_LINES = re.compile(r"^\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?$")


@dataclass(frozen=True)
class SampleFilter:
    """What an image must be to be shown; None and "" let everything through.

    Attributes:
        target: Class index, or :data:`UNLABELLED`.
        split: Split index.
        flags: Bits of :class:`trainer.data.flags.Flag`, one of which must be set; 0: no
            remark at all.
        text: Part of the file's name; or, where images are lines of one file, a line or a
            range of lines (``"120-140"``).
        only: int64 indices, in the order to show them.
    """

    target: int | None = None
    split: int | None = None
    flags: int | None = None
    text: str = ""
    only: npt.NDArray[np.int64] | None = None

    def rows(
        self,
        samples: Samples,
        targets: npt.NDArray[np.int64],
        flags: npt.NDArray[np.uint32],
    ) -> npt.NDArray[np.int64]:
        """Return the int64 indices of the images that pass.

        Args:
            samples: The data set.
            targets: int64 (N,), labels with the corrections.
            flags: uint32 (N,), remarks with the corrections.
        """
        keep = np.ones(len(samples), np.bool_)
        if self.target is not None:
            keep &= targets == self.target
        if self.split is not None:
            keep &= samples.splits == self.split
        if self.flags is not None:
            keep &= (flags & np.uint32(self.flags)) != 0 if self.flags else flags == 0
        if self.text.strip():
            keep &= self._named(samples)
        if self.only is None:
            return np.flatnonzero(keep)
        return self.only[keep[self.only]]

    def _named(self, samples: Samples) -> npt.NDArray[np.bool_]:
        if samples.files:
            part = self.text.strip().casefold()
            names = (part in name.casefold() for name in samples.files)
            return np.fromiter(names, np.bool_, len(samples))
        found = _LINES.match(self.text)
        if found is None:
            return np.zeros(len(samples), np.bool_)
        first = int(found.group(1))
        last = int(found.group(2) or first)
        rows = samples.source_rows
        limit = np.iinfo(np.int64).max
        return np.asarray((rows >= min(first, limit)) & (rows <= min(last, limit)))
