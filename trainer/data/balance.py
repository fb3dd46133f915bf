"""Balancing a training split by augmentation: each image of a rare class becomes several.

The report that Mien grew out of made ten images of each disgust image: enlarged to 64 x 64 with
Hamming's filter, flipped by chance, cropped to 80 to 100 % of the area at an aspect of 0.8 to
1.25, with brightness and contrast changed by up to 70 %, and brought back to 48 x 48. Here any
class can have any factor. Only training images are multiplied, after the split was made, so that
no copy of an image can stand on both sides.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from trainer.errors import DataError, OperationCancelled

if TYPE_CHECKING:
    from PIL.Image import Image

Images = npt.NDArray[np.uint8]
Values = npt.NDArray[np.float32]

LARGEST_FACTOR = 50
_ENLARGED = 64 / 48  # the report's 64 x 64 for FER2013's 48 x 48
_AREA = (0.8, 1.0)
_ASPECT = (0.8, 1.25)
_LIGHT = 0.7
_DRAWS = 10


def check_factors(factors: Mapping[str, int], class_names: Sequence[str]) -> None:
    """Refuse factors that cannot be meant.

    Raises:
        DataError: A class is unknown, or a factor is not in 1..``LARGEST_FACTOR``.
    """
    for name, factor in factors.items():
        if name not in class_names:
            raise DataError(
                f"There is no class {name} to balance; the classes are {', '.join(class_names)}."
            )
        if not 1 <= factor <= LARGEST_FACTOR:
            raise DataError(
                f"The factor of {name} must be 1 to {LARGEST_FACTOR}, got {factor}; "
                "1 leaves a class as it is."
            )


def even_factors(counts: Sequence[int]) -> list[int]:
    """Return the factor of each class that brings it nearest to the largest class.

    Args:
        counts: Training images by class. A class without images keeps the factor 1.
    """
    largest = max(counts, default=0)
    return [min(max(round(largest / count), 1), LARGEST_FACTOR) if count else 1 for count in counts]


def variants(image: Images, count: int, seed: int = 0) -> Images:
    """Return changed copies of one image; they depend on its pixels and the seed alone.

    So a preview shows what training will see, wherever the image stands in the data set.

    Args:
        image: uint8 (H, W), grey.
        count: How many.
        seed: Another seed, other copies.

    Returns:
        uint8 (count, H, W).
    """
    # Imported late: the window needs this module for its numbers, and Pillow only for pictures.
    from PIL import Image

    digest = hashlib.blake2b(np.ascontiguousarray(image).data, digest_size=8).digest()
    random = np.random.default_rng((seed, int.from_bytes(digest, "little")))
    height, width = image.shape
    size = (round(width * _ENLARGED), round(height * _ENLARGED))
    enlarged = Image.fromarray(image).resize(size, Image.Resampling.HAMMING)
    return np.stack([_variant(enlarged, (width, height), random) for _ in range(count)])


def _variant(enlarged: Image, size: tuple[int, int], random: np.random.Generator) -> Images:
    from PIL.Image import Resampling, Transpose

    picture = enlarged
    if random.random() < 0.5:
        picture = picture.transpose(Transpose.FLIP_LEFT_RIGHT)
    box = _crop((picture.width, picture.height), random)
    values = np.asarray(picture.resize(size, Resampling.HAMMING, box=box), np.float32)
    changes = [_brightness, _contrast]
    if random.random() < 0.5:  # which comes first matters where a value is cut off
        changes.reverse()
    for change in changes:
        values = change(values, random.uniform(1 - _LIGHT, 1 + _LIGHT)).clip(0, 255)
    return np.asarray(values.round(), np.uint8)


def _crop(size: tuple[int, int], random: np.random.Generator) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of a crop that lies in a picture of a size (W, H).

    One that would reach outside is drawn again, as torchvision does it; a shape cut down to the
    picture would be smaller than was asked for.
    """
    width, height = size
    for _ in range(_DRAWS):
        area = random.uniform(*_AREA) * width * height
        aspect = math.exp(random.uniform(math.log(_ASPECT[0]), math.log(_ASPECT[1])))
        wide, tall = math.sqrt(area * aspect), math.sqrt(area / aspect)
        if wide <= width and tall <= height:
            left, top = random.uniform(0, width - wide), random.uniform(0, height - tall)
            return left, top, left + wide, top + tall
    return 0.0, 0.0, float(width), float(height)


def _brightness(values: Values, factor: float) -> Values:
    return values * np.float32(factor)


def _contrast(values: Values, factor: float) -> Values:
    mean = values.mean()
    return (values - mean) * np.float32(factor) + mean


def make_balanced(
    images: Images,
    targets: npt.NDArray[np.int64],
    factors: Sequence[int],
    *,
    seed: int = 0,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Images, npt.NDArray[np.int64]]:
    """Return the images that balancing adds; the originals are kept as they are.

    A class with factor ``k`` gets ``k - 1`` :func:`variants` of each of its images.

    Args:
        images: uint8 (N, H, W), training images.
        targets: int64 (N,).
        factors: One for each class, 1 leaves it alone.
        seed: Same seed, same images.
        should_stop: Asked for each image.

    Returns:
        ``(images, targets)`` of what is new: uint8 (M, H, W) and int64 (M,).

    Raises:
        OperationCancelled: ``should_stop`` said so.
    """
    made: list[Images] = []
    labels: list[int] = []
    for index in np.flatnonzero(np.asarray(factors)[targets] > 1):
        if should_stop is not None and should_stop():
            raise OperationCancelled
        target = int(targets[index])
        count = factors[target] - 1
        made.append(variants(images[index], count, seed))
        labels.extend([target] * count)
    if not made:
        return np.zeros((0, *images.shape[1:]), np.uint8), np.zeros(0, np.int64)
    return np.concatenate(made), np.asarray(labels, np.int64)
