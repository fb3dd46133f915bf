"""Near repeats: the same picture compressed again, brightened, mirrored, marked, or shifted.

First candidates, by 64-bit perceptual hashes (:mod:`trainer.data.fingerprint`) of the images and
of their mirror images: hashes that agree in one of ``_TABLES`` random selections of bits meet in
one bucket (locality-sensitive hashing, Indyk and Motwani, 1998). They stay when few of all bits
differ and the descriptors agree (``_ALIKE``). The number of buckets grows with the data and the
partners of an image are limited, so that the work stays about linear.

Then pixels decide. Both pictures lose their slow changes of brightness (a Gaussian of a
sixteenth of the side), and the best correlation over shifts of up to 2 pixels is taken; the
*distance* of a pair is one minus it. On FER2013 the distances fall into two heaps, the same
picture and look-alikes, with few between. ``NEAR`` was chosen by looking at pairs: below 0.25
all of 120 seen were the same picture (two of them perhaps retouched or taken a moment later),
between 0.25 and 0.3 about one in thirty was not, between 0.35 and 0.4 about half were not. Of
2,794 pairs that a search of all against all found (scalar product of 12 x 12 thumbnails above
0.87), 97 % are found here, and 132 more. A picture cropped or turned otherwise is not found.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.data.fingerprint import BITS, hashes
from trainer.data.flags import Flag
from trainer.errors import OperationCancelled

NEAR = 0.25
"""Largest distance of a near repeat."""

SHIFT = 2  # pixels
_TABLES = 32
_MAX_BITS = 20
_ALIKE = 0.7  # scalar product; 99.5 % of the near repeats known in FER2013 are above
_WINDOW = 48  # most partners of an image in one bucket
_PER_IMAGE = 12  # most candidates of an image
_CHUNK = 1024

Descriptors = npt.NDArray[np.floating[Any]]
Progress = Callable[[float], None] | None
Stop = Callable[[], bool] | None


def find_near(
    images: npt.NDArray[np.uint8],
    plain: Descriptors,
    mirrored: Descriptors,
    chosen: npt.NDArray[np.int64],
    *,
    on_progress: Progress = None,
    should_stop: Stop = None,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Return near pairs, int64 (P, 2) with first < second, and their distances float32 (P,).

    Args:
        images: uint8 (N, H, W).
        plain: float16 or float32 (N, 64), :class:`trainer.data.fingerprint.Whitening`.
        mirrored: The same of the mirror images.
        chosen: int64 (M,), ascending indices of the images to compare; no two are equal.
        on_progress: Called with 0..1.
        should_stop: Asked now and then.

    Raises:
        OperationCancelled: ``should_stop`` said so.
    """

    def report(fraction: float) -> None:
        if should_stop is not None and should_stop():
            raise OperationCancelled
        if on_progress is not None:
            on_progress(fraction)

    found = candidates(plain[chosen], mirrored[chosen], report=lambda part: report(0.5 * part))
    found[:, :2] = chosen[found[:, :2]]
    kept, kept_distance = [np.zeros((0, 2), np.int64)], [np.zeros(0, np.float32)]
    for start in range(0, len(found), _CHUNK):
        report(0.5 + 0.5 * start / len(found))
        chunk = found[start : start + _CHUNK]
        second = images[chunk[:, 1]]
        turned = chunk[:, 2] == 1
        second[turned] = second[turned, :, ::-1]
        distance = pixel_distance(images[chunk[:, 0]], second)
        near = distance <= NEAR
        kept.append(chunk[near, :2])
        kept_distance.append(distance[near])
    pairs, distances = np.concatenate(kept), np.concatenate(kept_distance)
    # A pair can be near both as it is and mirrored: the nearer counts.
    order = np.lexsort((distances, pairs[:, 1], pairs[:, 0]))
    pairs, distances = pairs[order], distances[order]
    new = np.ones(len(pairs), np.bool_)
    new[1:] = (pairs[1:] != pairs[:-1]).any(axis=1)
    report(1.0)
    return pairs[new], distances[new]


def candidates(
    plain: Descriptors,
    mirrored: Descriptors,
    *,
    report: Callable[[float], None],
) -> npt.NDArray[np.int64]:
    """Return int64 (M, 3): first < second, and 1 where the second is to be mirrored."""
    count = len(plain)
    if count < 2:
        return np.zeros((0, 3), np.int64)
    width = int(np.clip(np.round(np.log2(count)) - 4, 6, 24))
    rng = np.random.default_rng(0)
    both = np.concatenate([hashes(plain), hashes(mirrored)])
    taken = np.zeros(count, np.int64)
    codes = np.zeros(0, np.int64)
    for table in range(_TABLES):
        report(table / _TABLES)
        key = np.zeros(len(both), np.uint64)
        for place, bit in enumerate(rng.choice(BITS, width, replace=False)):
            key |= ((both >> np.uint64(bit)) & np.uint64(1)) << np.uint64(place)
        order = np.lexsort((both, key))
        fresh = _bucket_pairs(key[order], both[order], order, count)
        fresh = np.setdiff1d(fresh, codes, assume_unique=True)
        fresh = fresh[_alike(plain, mirrored, fresh, count)]
        # However alike the images of a data set are, the work stays bounded.
        fresh = fresh[taken[(fresh >> 1) // count] < _PER_IMAGE]
        fresh = fresh[_rank_in_run((fresh >> 1) // count) < _PER_IMAGE]
        np.add.at(taken, (fresh >> 1) // count, 1)
        codes = np.concatenate([codes, fresh])
        codes.sort()
    pair = codes >> 1
    return np.stack([pair // count, pair % count, codes & 1], axis=1)


def _alike(
    plain: Descriptors, mirrored: Descriptors, codes: npt.NDArray[np.int64], count: int
) -> npt.NDArray[np.bool_]:
    """Return bool (M,): the descriptors of a pair agree."""
    alike = np.zeros(len(codes), np.bool_)
    for start in range(0, len(codes), 65_536):
        code = codes[start : start + 65_536]
        first, second = (code >> 1) // count, (code >> 1) % count
        other = plain[second].astype(np.float32)
        turned = (code & 1) == 1
        other[turned] = mirrored[second[turned]]
        product = np.einsum("ij,ij->i", plain[first].astype(np.float32), other)
        alike[start : start + 65_536] = product >= _ALIKE
    return alike


def _bucket_pairs(
    key: npt.NDArray[np.uint64],
    value: npt.NDArray[np.uint64],
    order: npt.NDArray[np.int64],
    count: int,
) -> npt.NDArray[np.int64]:
    """Return sorted codes ``(first * count + second) * 2 + mirrored`` of one table's pairs."""
    found = [np.zeros(0, np.int64)]
    for step in range(1, _WINDOW + 1):
        same = np.flatnonzero(key[:-step] == key[step:])
        if not len(same):
            break
        bits = np.bitwise_count(value[same] ^ value[same + step])
        same = same[bits <= _MAX_BITS]
        one, other = order[same], order[same + step]
        turned = (one >= count) != (other >= count)
        use = turned | (one < count)  # two mirror images say no more than the two images
        one, other, turned = one[use] % count, other[use] % count, turned[use]
        first, second = np.minimum(one, other), np.maximum(one, other)
        code = (first * count + second) * 2 + turned
        found.append(code[first != second])
    return np.unique(np.concatenate(found))


def _rank_in_run(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return for sorted values how many equal ones stand before each."""
    return np.arange(len(values)) - np.searchsorted(values, values)


def _smooth(size: int) -> npt.NDArray[np.float32]:
    """Return the (size, size) matrix of a Gaussian blur with mirrored edges."""
    sigma = size / 16
    radius = int(np.ceil(3 * sigma))
    steps = np.arange(-radius, radius + 1)
    weights = np.exp(-(steps**2) / (2 * sigma**2))
    weights /= weights.sum()
    matrix = np.zeros((size, size), np.float32)
    rows = np.arange(size)
    for step, weight in zip(steps, weights, strict=True):
        column = np.abs(rows + step)
        column = np.where(column >= size, 2 * size - 2 - column, column) % size
        matrix[rows, column] += np.float32(weight)
    return matrix


def pixel_distance(
    first: npt.NDArray[np.uint8], second: npt.NDArray[np.uint8]
) -> npt.NDArray[np.float32]:
    """Return float32 (N,): how far apart two uint8 (N, H, W) stacks are, pair by pair.

    0 is the same picture (up to brightness and contrast), 1 is unrelated, at most 2.
    """
    height, width = first.shape[1:]
    blur_rows, blur_columns = _smooth(height), _smooth(width).T
    detail = []
    for stack in (first, second):
        values = stack.astype(np.float32)
        detail.append(values - blur_rows @ values @ blur_columns)
    inner_height, inner_width = height - 2 * SHIFT, width - 2 * SHIFT
    fixed = detail[0][:, SHIFT:-SHIFT, SHIFT:-SHIFT]
    fixed = np.ascontiguousarray(fixed - fixed.mean(axis=(1, 2), keepdims=True))
    norm = np.sqrt(np.einsum("nij,nij->n", fixed, fixed))
    best = np.full(len(first), -1.0, np.float32)
    for top in range(2 * SHIFT + 1):
        for left in range(2 * SHIFT + 1):
            moved = detail[1][:, top : top + inner_height, left : left + inner_width]
            variance = np.einsum("nij,nij->n", moved, moved)
            variance -= moved.sum(axis=(1, 2)) ** 2 / (inner_height * inner_width)
            scale = norm * np.sqrt(np.maximum(variance, 0))
            product = np.einsum("nij,nij->n", fixed, moved)
            np.maximum(best, product / np.maximum(scale, 1e-3), out=best)
    return np.maximum(1 - best, 0).astype(np.float32)


def repeat_flags(
    first: npt.NDArray[np.int64], near: npt.NDArray[np.int64], splits: npt.NDArray[np.uint8]
) -> npt.NDArray[np.uint32]:
    """Return EXACT_REPEAT, NEAR_REPEAT and LEAK for every image, uint32 (N,).

    Args:
        first: int64 (N,), first image with the same pixels.
        near: int64 (P, 2), pairs of such first images.
        splits: uint8 (N,).
    """
    count = len(first)
    flags = np.zeros(count, np.uint32)
    index = np.arange(count)
    # The earliest image of every group of equal images in each split; count where none is.
    earliest = np.full((count, 3), count, np.int64)
    np.minimum.at(earliest, (first, splits), index)
    repeats = earliest[first, splits] < index
    flags[repeats] |= np.uint32(Flag.EXACT_REPEAT)

    for split in range(3):
        one, other = earliest[near[:, 0], split], earliest[near[:, 1], split]
        both = (one < count) & (other < count)
        flags[np.maximum(one, other)[both]] |= np.uint32(Flag.NEAR_REPEAT)

    present = earliest < count
    around = present.copy()
    np.logical_or.at(around, near[:, 0], present[near[:, 1]])
    np.logical_or.at(around, near[:, 1], present[near[:, 0]])
    elsewhere = around[first]
    elsewhere[index, splits] = False
    flags[elsewhere.any(axis=1)] |= np.uint32(Flag.LEAK)
    return flags


def groups_of_pairs(pairs: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
    """Return int64 (N,): the number of each image's group, where pairs tie images together."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ties = coo_array((np.ones(len(pairs), np.bool_), (pairs[:, 0], pairs[:, 1])), (count, count))
    return np.asarray(connected_components(ties, directed=False)[1], np.int64)
