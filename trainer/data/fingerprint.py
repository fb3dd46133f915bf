"""Small numbers that stand for an image: a digest, a perceptual hash, low frequencies.

The perceptual hash follows the DCT hash of Zauner (2010, "Implementation and benchmarking of
perceptual image hash functions"): signs of the lowest frequencies. Here each frequency is
compared with its mean over the data set instead of with the image's own median. Aligned
faces all share a bright middle and dark edges; comparing with the data set takes that away.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

BITS = 64
_SIDE = 9  # frequencies 0..8 of each direction
_SAMPLE = 50_000
_BATCH = 2048


def _frequencies() -> list[tuple[int, int]]:
    """Return the 64 lowest (vertical, horizontal) frequencies, the mean left out."""
    every = [(v, h) for v in range(_SIDE) for h in range(_SIDE) if v + h > 0]
    return sorted(every, key=lambda pair: (pair[0] ** 2 + pair[1] ** 2, pair))[:BITS]


_VERTICAL, _HORIZONTAL = (np.array(part) for part in zip(*_frequencies(), strict=True))
_MIRROR = np.where(_HORIZONTAL % 2 == 0, 1, -1).astype(np.float32)
"""What mirroring does to each coefficient: odd horizontal frequencies change their sign."""


def digests(images: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    """Return uint64 (N, 2): 128-bit BLAKE2 digests; equal images have equal ones."""
    contiguous = np.ascontiguousarray(images)
    joined = b"".join(hashlib.blake2b(image, digest_size=16).digest() for image in contiguous)
    return np.frombuffer(joined, np.uint64).reshape(-1, 2)


def first_equal(digest: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """Return int64 (N,): for each image the index of the first image with its digest."""
    count = len(digest)
    order = np.lexsort((np.arange(count), digest[:, 1], digest[:, 0]))
    is_new = np.ones(count, np.bool_)
    is_new[1:] = (digest[order[1:]] != digest[order[:-1]]).any(axis=1)
    first = np.empty(count, np.int64)
    first[order] = order[np.flatnonzero(is_new)[np.cumsum(is_new) - 1]]
    return first


def _basis(size: int) -> npt.NDArray[np.float32]:
    steps = np.arange(size)
    frequencies = np.arange(_SIDE)[:, None]
    return np.cos(np.pi * (2 * steps + 1) * frequencies / (2 * size)).astype(np.float32)


def low_frequencies(images: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Return float32 (N, 64): the lowest DCT coefficients of uint8 (N, H, W), mean left out."""
    vertical, horizontal = _basis(images.shape[1]), _basis(images.shape[2])
    block = vertical @ images.astype(np.float32) @ horizontal.T
    return np.ascontiguousarray(block[:, _VERTICAL, _HORIZONTAL])


@dataclass(frozen=True)
class Whitening:
    """What is usual in a data set, so that descriptors say what is special of an image.

    Attributes:
        mean: float32 (64,), mean of the normalised coefficients.
        scale: float32 (64,), their standard deviation.
    """

    mean: npt.NDArray[np.float32]
    scale: npt.NDArray[np.float32]

    @classmethod
    def of(cls, images: npt.NDArray[np.uint8]) -> Whitening:
        """Measure a regular sample of at most 50,000 of uint8 (N, H, W) images."""
        step = max(1, -(-len(images) // _SAMPLE))
        parts = [
            _unit(low_frequencies(images[start : start + _BATCH * step : step]))
            for start in range(0, len(images), _BATCH * step)
        ]
        values = np.concatenate(parts) if parts else np.zeros((1, BITS), np.float32)
        return cls(values.mean(axis=0), np.maximum(values.std(axis=0), np.float32(1e-4)))

    def describe(
        self, images: npt.NDArray[np.uint8]
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Return descriptors of uint8 (N, H, W) images and of their mirror images.

        Both are float32 (N, 64) of length one; their scalar product is 1 for equal images
        and about 0 for unrelated ones.
        """
        values = _unit(low_frequencies(images))
        plain = _unit((values - self.mean) / self.scale)
        return plain, _unit((values * _MIRROR - self.mean) / self.scale)


def _unit(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    length = np.linalg.norm(values, axis=1, keepdims=True)
    unit: npt.NDArray[np.float32] = values / np.maximum(length, np.float32(1e-6))
    return unit


def hashes(descriptors: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.uint64]:
    """Return the perceptual hash of each descriptor, uint64 (N,): the signs of its numbers."""
    packed: npt.NDArray[np.uint64] = np.packbits(descriptors > 0, axis=1).view(np.uint64)[:, 0]
    return packed
