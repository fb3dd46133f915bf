"""Which images to leave out so that one of each group of repeats stays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Spare:
    """Images that repeat one that stays.

    Attributes:
        indices: int64 (M,), ascending; leave these out.
        kept: int64 (G,), ascending; the image of each group that stays.
        conflicting: Groups whose images carry different labels.
    """

    indices: Ints
    kept: Ints
    conflicting: int


def spare_images(
    pairs: Ints,
    targets: Ints,
    splits: npt.NDArray[np.uint8],
    excluded: npt.NDArray[np.bool_],
    *,
    within_split: bool = False,
    only_across: bool = False,
    only_conflicts: bool = False,
) -> Spare:
    """Group images that pairs join, and choose what to leave out.

    The image that stays is one of the latest split of its group (test before validation
    before training: scores must not change because of a training image), there one with the
    label most common in the group, there the first. Images that are excluded already do not
    count; a group of one is no group.

    Args:
        pairs: int64 (P, 2), images that repeat one another; A with B and B with C is one group.
        targets: int64 (N,), -1 where an image has no label.
        splits: uint8 (N,), 0 train, 1 val, 2 test.
        excluded: bool (N,), left out already.
        within_split: Keep one image in each split of a group.
        only_across: Take only groups that stand in two splits.
        only_conflicts: Take only groups with different labels.
    """
    images, ends = np.unique(pairs, return_inverse=True)
    group = _components(ends.reshape(-1, 2), len(images))
    present = ~excluded[images]
    images, group = images[present], group[present]
    if within_split:
        group = group * 3 + splits[images]
    _, group = np.unique(group, return_inverse=True)
    count = int(group.max()) + 1 if len(group) else 0

    labels = targets[images]
    conflicting = _spread(labels, group, count, labels >= 0)
    use = np.bincount(group, minlength=count) > 1
    if only_across:
        use &= _spread(splits[images].astype(np.int64), group, count)
    if only_conflicts:
        use &= conflicting
    taken = use[group]
    images, group, labels = images[taken], group[taken], labels[taken]

    # How often the label of an image occurs in its group; no label counts least.
    _, kind, times = np.unique(
        np.stack([group, labels], axis=1), axis=0, return_inverse=True, return_counts=True
    )
    common = np.where(labels >= 0, times[kind.ravel()], 0)
    order = np.lexsort((images, -common, -splits[images].astype(np.int64), group))
    first = np.ones(len(order), np.bool_)
    first[1:] = group[order][1:] != group[order][:-1]
    return Spare(
        indices=np.sort(images[order[~first]]),
        kept=np.sort(images[order[first]]),
        conflicting=int(np.count_nonzero(conflicting & use)),
    )


def _components(pairs: Ints, count: int) -> Ints:
    """Return for each of ``count`` nodes the smallest node that it is joined with."""
    root = np.arange(count)
    while True:
        before = root.copy()
        lowest = np.minimum(root[pairs[:, 0]], root[pairs[:, 1]])
        # Pull the roots themselves too, so that long chains need few rounds.
        for node in (root[pairs[:, 0]], root[pairs[:, 1]]):
            np.minimum.at(root, node, lowest)
        root = root[root]
        if np.array_equal(root, before):
            return root


def _spread(
    values: Ints, group: Ints, count: int, use: npt.NDArray[np.bool_] | None = None
) -> npt.NDArray[np.bool_]:
    """Return bool (G,): the group holds two different values."""
    if use is not None:
        values, group = values[use], group[use]
    lowest = np.full(count, np.iinfo(np.int64).max)
    highest = np.full(count, -1)
    np.minimum.at(lowest, group, values)
    np.maximum.at(highest, group, values)
    return (highest >= 0) & (lowest < highest)
