"""Flat arrays that grow: rows are appended, columns are read as views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Spec = Mapping[str, tuple[type | str, tuple[int, ...]]]

_FIRST = 256
_GROWTH = 1.5  # doubling would waste up to half; this a third


class Columns:
    """A table in which every column is one NumPy array with room to grow.

    A view that was handed out stays valid, but does not show rows added later.
    """

    def __init__(self, spec: Spec) -> None:
        """Make an empty table.

        Args:
            spec: By column its dtype and the shape of one value; ``()`` for a number.
        """
        self._spec = dict(spec)
        self._count = 0
        self._arrays: dict[str, Array] = {
            name: np.zeros((0, *shape), dtype) for name, (dtype, shape) in self._spec.items()
        }

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, name: str) -> Array:
        """Return the column, (rows, ...), as a view that may be written to."""
        return self._arrays[name][: self._count]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns in the order of the spec."""
        return tuple(self._spec)

    @property
    def nbytes(self) -> int:
        """Memory of all columns with their room to grow, bytes."""
        return sum(array.nbytes for array in self._arrays.values())

    def append(self, **values: Any) -> int:
        """Add one row, a value for every column, and return its number."""
        row = self._count
        self._make_room(row + 1)
        for name, array in self._arrays.items():
            array[row] = values[name]
        self._count = row + 1
        return row

    def copy(self) -> Columns:
        """Return an independent copy without room to grow."""
        return Columns.of(self._spec, {name: self[name].copy() for name in self._spec})

    @classmethod
    def of(cls, spec: Spec, arrays: Mapping[str, Array]) -> Columns:
        """Make a table from whole columns.

        Raises:
            ValueError: A column is missing, of another shape or of another type.
        """
        table = cls(spec)
        counts = {len(array) for array in arrays.values()}
        if set(arrays) != set(table._spec) or len(counts) > 1:
            raise ValueError(f"expected equal columns {list(spec)}, got {sorted(arrays)}")
        for name, (dtype, shape) in table._spec.items():
            array = arrays[name]
            if array.shape[1:] != shape or array.dtype != np.dtype(dtype):
                raise ValueError(
                    f"expected {name} {np.dtype(dtype)} (N, {shape}), "
                    f"got {array.dtype} {array.shape}"
                )
            table._arrays[name] = array
        table._count = counts.pop() if counts else 0
        return table

    def _make_room(self, rows: int) -> None:
        room = len(next(iter(self._arrays.values())))
        if rows <= room:
            return
        larger = max(rows, _FIRST, int(room * _GROWTH))
        for name, array in self._arrays.items():
            grown = np.zeros((larger, *array.shape[1:]), array.dtype)
            grown[: self._count] = array[: self._count]
            self._arrays[name] = grown
