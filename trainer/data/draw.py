"""Drawing a validation split where a source has none.

What is drawn depends on the images' names (or rows) and nothing else, so the same source always
gives the same split, and a few more images do not shuffle the others. Each class gives the same
share. Images of one person are never parted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

FROM_TRAINING = 0.1
"""Share drawn from a source's training split when it has a test split of its own."""

FROM_ALL = 0.2
"""Share drawn when a source has no splits at all."""

_SALT = "mien-1"
_TRIES = 200


def _order(keys: Sequence[str], salt: str) -> npt.NDArray[np.uint64]:
    """Return a pseudo-random number for each key."""
    joined = b"".join(
        hashlib.blake2b(f"{salt}/{key}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
        for key in keys
    )
    return np.frombuffer(joined, np.uint64)


def draw_validation(
    targets: npt.NDArray[np.int64],
    keys: Sequence[str],
    share: float,
    groups: npt.NDArray[np.int64] | None = None,
) -> npt.NDArray[np.bool_]:
    """Return bool (N,): True for an image of the validation split.

    Args:
        targets: int64 (N,); -1, unlabelled, is drawn from like a class.
        keys: One text for each image; equal keys and targets give equal draws.
        share: Wanted share of each class, 0..1. A class with two images gives at least one.
        groups: int64 (N,), images that stay together, or None.
    """
    if groups is not None:
        return _draw_groups(targets, groups, share)
    order = _order(keys, _SALT)
    drawn = np.zeros(len(targets), np.bool_)
    for target in np.unique(targets):
        members = np.flatnonzero(targets == target)
        count = max(round(share * len(members)), int(len(members) > 1))
        drawn[members[np.argsort(order[members], kind="stable")[:count]]] = True
    return drawn


def _draw_groups(
    targets: npt.NDArray[np.int64], groups: npt.NDArray[np.int64], share: float
) -> npt.NDArray[np.bool_]:
    """Draw whole groups: of many draws the one whose classes come nearest to the share."""
    _, group = np.unique(groups, return_inverse=True)
    _, target = np.unique(targets, return_inverse=True)
    count = int(group.max()) + 1 if len(group) else 0
    table = np.zeros((count, int(target.max()) + 1 if len(target) else 0), np.int64)
    np.add.at(table, (group, target), 1)
    totals, sizes = table.sum(axis=0), table.sum(axis=1)
    wanted = share * sizes.sum()
    best = np.zeros(count, np.bool_)
    least = np.inf
    for attempt in range(_TRIES):
        order = np.argsort(_order([str(index) for index in range(count)], f"{_SALT}-{attempt}"))
        reached = np.cumsum(sizes[order])
        size = min(int(np.searchsorted(reached, wanted)) + 1, count - 1)
        chosen = order[:size] if count > 1 else order[:0]
        shares = table[chosen].sum(axis=0) / totals
        distance = float(np.abs(shares - share).sum())
        if distance < least:
            least = distance
            best = np.zeros(count, np.bool_)
            best[chosen] = True
    return np.asarray(best[group], np.bool_)


def drawn_sentence(why: str, share: float, by: str = "") -> str:
    """Say that a validation split is drawn: ``why`` it is, and ``by`` what it is kept whole."""
    whole = f", no {by} in both" if by else ", the same share of each class"
    return f"{why}: {share:.0%} of the images are set aside for validation{whole}."
