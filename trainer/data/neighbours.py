"""Images that look alike: the nearest ones of a data set to one of its images."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from trainer.data.fingerprint import BITS, Whitening
from trainer.errors import OperationCancelled

_BATCH = 2048


class Neighbours:
    """Finds images of like pose, light and build of the picture; not the same person.

    Describing takes about 10 µs an image: make it on a worker. A search is one product of a
    matrix with a vector, 256 bytes of memory an image.
    """

    def __init__(
        self, images: npt.NDArray[np.uint8], *, should_stop: Callable[[], bool] | None = None
    ) -> None:
        """Describe uint8 (N, H, W) images.

        Raises:
            OperationCancelled: ``should_stop`` said so.
        """
        whitening = Whitening.of(images)
        self._descriptors = np.empty((len(images), BITS), np.float32)
        for start in range(0, len(images), _BATCH):
            if should_stop is not None and should_stop():
                raise OperationCancelled
            plain, _ = whitening.describe(images[start : start + _BATCH])
            self._descriptors[start : start + _BATCH] = plain

    def __len__(self) -> int:
        return len(self._descriptors)

    def nearest(
        self, index: int, count: int = 12
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Return the images most like one, nearest first, without that one.

        Args:
            index: The image.
            count: How many are wanted; fewer come back from a small data set.

        Returns:
            int64 indices and float32 distances: 0 for the same picture, about 1 for
            unrelated ones, at most 2.
        """
        if not 0 <= index < len(self):
            raise IndexError(f"expected an image in 0..{len(self) - 1}, got {index}")
        distance = 1 - self._descriptors @ self._descriptors[index]
        distance[index] = np.inf
        count = min(count, len(self) - 1)
        if count < 1:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        best = np.argpartition(distance, count - 1)[:count]
        best = best[np.lexsort((best, distance[best]))]
        return best.astype(np.int64), np.maximum(distance[best], 0).astype(np.float32)
