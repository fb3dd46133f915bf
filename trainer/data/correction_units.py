"""Which corrections belong together, so that twins never stand on both sides of a test.

Two frames of one video are nearly the same picture. Faces are therefore parted by video; with one
video only, by the person in it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from trainer.data.correction import Correction

Ints = npt.NDArray[np.int64]

VIDEOS, PEOPLE = "videos", "people"

FOLDS = 5
_VAL_SHARE = 0.2


def unit_numbers(items: Sequence[Correction]) -> tuple[Ints, str]:
    """Return the number of each correction's unit, and what the units are.

    Returns:
        int64 (N,), from 0 in order of appearance, and :data:`VIDEOS` or :data:`PEOPLE`.
    """
    several = len({item.video for item in items}) > 1
    keys = [item.video if several else f"{item.video}\n{item.person}" for item in items]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[key] for key in keys], np.int64), VIDEOS if several else PEOPLE


def folds_of(units: Ints, folds: int = FOLDS) -> Ints:
    """Return the fold of each correction: whole units, as even as they can be.

    Args:
        units: int64 (N,), numbers of units.
        folds: At most so many.

    Returns:
        int64 (N,), 0 up to the number of folds, which is at most that of the units.
    """
    sizes = np.bincount(units)
    filled = np.zeros(min(folds, len(sizes)), np.int64)
    place = np.zeros(len(sizes), np.int64)
    for unit in np.argsort(-sizes, kind="stable"):  # the largest first, each into the emptiest
        place[unit] = int(filled.argmin())
        filled[place[unit]] += sizes[unit]
    found: Ints = place[units]
    return found


def judged_keys(items: Sequence[Correction]) -> frozenset[str]:
    """Return the keys of a fifth of the corrections, whole units; none when there is one unit.

    They become the validation split where the corrections are opened as a data set.
    """
    if not items:
        return frozenset()
    units, _ = unit_numbers(items)
    sizes = np.bincount(units)
    if len(sizes) < 2:
        return frozenset()
    chosen: set[int] = set()
    for unit in np.argsort(sizes, kind="stable").tolist():
        if chosen and sum(int(sizes[one]) for one in chosen) >= _VAL_SHARE * len(items):
            break
        chosen.add(unit)
    return frozenset(
        item.key for item, unit in zip(items, units.tolist(), strict=True) if unit in chosen
    )
