"""An array that grows while a file of unknown length is read."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import numpy.typing as npt

_FACTOR = 1.125
_FIRST_BYTES = 1 << 20
# NumPy fills what is new with zeros and lets no other thread run meanwhile: an eighth of two
# gigabytes held the window up for 0.8 s, 16 MB for up to 94 ms on a busy machine. Where moving
# costs nothing, steps of 1 MB take no longer together and at most 7 ms each.
_MOST_BYTES = (1 << 20) if sys.platform == "linux" else sys.maxsize


class Grower:
    """Collects parts without ever holding two copies of all of them.

    Joining a list of parts at the end would need the memory twice. Here one array is enlarged
    by an eighth at a time or less; large arrays are moved by the operating system's page table, not
    copied, where it can do that (Linux).
    """

    def __init__(self, row_shape: tuple[int, ...], dtype: npt.DTypeLike) -> None:
        row_bytes = int(np.prod(row_shape, dtype=np.int64)) * np.dtype(dtype).itemsize
        self._values = np.empty((max(_FIRST_BYTES // max(row_bytes, 1), 16), *row_shape), dtype)
        self._most_rows = max(_MOST_BYTES // max(row_bytes, 1), 1)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, part: npt.NDArray[Any]) -> None:
        """Append (M, ...) rows."""
        end = self._count + len(part)
        if end > len(self._values):
            rows = len(self._values)
            self._resize(max(end, min(int(rows * _FACTOR), rows + self._most_rows)))
        self._values[self._count : end] = part
        self._count = end

    def take(self) -> npt.NDArray[Any]:
        """Return everything, (N, ...); the grower is empty afterwards."""
        self._resize(self._count)
        values = self._values
        self._values = np.empty((0, *values.shape[1:]), values.dtype)
        self._count = 0
        return values

    def _resize(self, count: int) -> None:
        # Nobody else has a view of the array.
        self._values.resize((count, *self._values.shape[1:]), refcheck=False)
