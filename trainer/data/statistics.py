"""Pictures and numbers of a whole data set: mean faces, light and contrast. Arrays only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.errors import OperationCancelled
from trainer.labels import SPLITS

BINS = 32
CONTRAST_RANGE = (0.0, 128.0)  # grey levels; half black, half white has 127.5
# Images at once. Giving hundreds of megabytes back holds the window up, some do not.
_CHUNK = 1_000


@dataclass(frozen=True)
class Statistics:
    """What the images of a data set look like.

    Attributes:
        mean_faces: uint8 (C, H, W), mean image of each class, all splits together.
        counts: int64 (C,), images behind each mean; 0 leaves a black picture.
        brightness: int64 (3 splits, BINS), images by their mean grey level, 0 to 255.
        contrast: int64 (3 splits, BINS), images by the standard deviation of their grey
            levels, 0 to 128.
        median_brightness: float64 (3,), grey levels; NaN for a split without images.
        median_contrast: float64 (3,), grey levels; NaN for a split without images.
    """

    mean_faces: npt.NDArray[np.uint8]
    counts: npt.NDArray[np.int64]
    brightness: npt.NDArray[np.int64]
    contrast: npt.NDArray[np.int64]
    median_brightness: npt.NDArray[np.float64]
    median_contrast: npt.NDArray[np.float64]


def measure(
    images: npt.NDArray[np.uint8],
    targets: npt.NDArray[np.int64],
    splits: npt.NDArray[np.uint8],
    classes: int,
    *,
    should_stop: Callable[[], bool] | None = None,
) -> Statistics:
    """Look at every image once.

    Args:
        images: uint8 (N, H, W), grey.
        targets: int64 (N,); -1 is unlabelled and belongs to no mean face.
        splits: uint8 (N,), index into ``SPLITS``.
        classes: Number of classes.
        should_stop: Asked now and then.

    Raises:
        OperationCancelled: ``should_stop`` said so.
    """
    count, height, width = images.shape
    sums = np.zeros((classes, height * width), np.float64)
    brightness = np.empty(count, np.float32)
    contrast = np.empty(count, np.float32)
    for start in range(0, count, _CHUNK):
        if should_stop is not None and should_stop():
            raise OperationCancelled
        part = slice(start, start + _CHUNK)
        pixels = images[part].reshape(-1, height * width).astype(np.float32)
        brightness[part] = pixels.mean(axis=1)
        contrast[part] = pixels.std(axis=1)
        for target in range(classes):
            sums[target] += pixels[targets[part] == target].sum(axis=0, dtype=np.float64)
    counts = np.bincount(targets[targets >= 0], minlength=classes)
    means = sums / np.maximum(counts, 1)[:, None]
    by_split = [splits == index for index in range(len(SPLITS))]
    return Statistics(
        mean_faces=means.round().astype(np.uint8).reshape(classes, height, width),
        counts=counts,
        brightness=_histograms(brightness, by_split, (0.0, 256.0)),
        contrast=_histograms(contrast, by_split, CONTRAST_RANGE),
        median_brightness=_medians(brightness, by_split),
        median_contrast=_medians(contrast, by_split),
    )


def _histograms(
    values: npt.NDArray[np.float32],
    groups: list[npt.NDArray[np.bool_]],
    limits: tuple[float, float],
) -> npt.NDArray[np.int64]:
    found = [np.histogram(values[group], BINS, limits)[0] for group in groups]
    return np.stack(found).astype(np.int64)


def _medians(
    values: npt.NDArray[np.float32], groups: list[npt.NDArray[np.bool_]]
) -> npt.NDArray[np.float64]:
    return np.array([float(np.median(values[g])) if g.any() else np.nan for g in groups])
