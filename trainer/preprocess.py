"""From a grey face image to a network input: the one preprocessing of the whole program.

Training's evaluation, the Player, ``predict`` and ``benchmark`` all call
:func:`normalize`, so that a face on the screen is treated exactly as a face of the
validation split. NumPy only: the Player must not import torch.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Preprocessing:
    """How an image becomes a network input; stored in every weights file.

    Attributes:
        input_size: Side of the square input, pixels.
        channels: 1 for grey, 3 for the grey image repeated (ImageNet networks).
        mode: ``"image"``: every image is brought to mean 0 and standard deviation 1 by
            itself, which makes the input invariant to brightness and contrast;
            ``"dataset"``: ``(x / 255 - mean) / std``.
        mean: Mean in 0..1, one number a channel (used by ``"dataset"``).
        std: Standard deviation in 0..1, one number a channel (used by ``"dataset"``).
        source_size: Side of the grey image that is enlarged to ``input_size``; 0: the same,
            nothing is enlarged. A network trained on 48-pixel images at 224 pixels has never
            seen a sharp face, so the Player too must give it 48 pixels enlarged.
        crop_margin: How much wider than the detector's box a face is cropped, as a
            fraction of the box's longer side (0.0 takes the box as it is).
    """

    input_size: int = 48
    channels: int = 1
    mode: str = "image"
    mean: tuple[float, ...] = (0.0,)
    std: tuple[float, ...] = (1.0,)
    crop_margin: float = 0.0
    source_size: int = 0

    def __post_init__(self) -> None:
        if self.mode not in ("image", "dataset"):
            raise ValueError(f"preprocessing mode must be 'image' or 'dataset', got {self.mode!r}")
        if self.channels not in (1, 3):
            raise ValueError(f"channels must be 1 or 3, got {self.channels}")
        if not 8 <= self.input_size <= 1024:
            raise ValueError(f"input_size must be in 8..1024 pixels, got {self.input_size}")
        if self.source_size and not 8 <= self.source_size <= self.input_size:
            raise ValueError(
                f"source_size must be 0 or in 8..{self.input_size} pixels, got {self.source_size}"
            )
        if self.mode == "dataset" and not len(self.mean) == len(self.std) == self.channels:
            raise ValueError("mean and std need one number for each channel")
        if any(value <= 0 for value in self.std):
            raise ValueError(f"std must be positive, got {self.std}")

    @property
    def image_side(self) -> int:
        """Side of the grey images that :func:`normalize` takes, pixels."""
        return self.source_size or self.input_size

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON-able values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Preprocessing:
        """Rebuild from :meth:`to_dict`; raises TypeError or ValueError on bad values."""
        fields = dict(values)
        for key in ("mean", "std"):
            if key in fields:
                fields[key] = tuple(float(value) for value in fields[key])
        return cls(**fields)


_MIN_STD = 1.0 / 64.0  # of the 0..1 range: a blank image must not blow up to noise
_BATCH_PIXELS = 128 * 48 * 48


def batch_within_memory(preprocessing: Preprocessing, *, least: int = 8) -> int:
    """Return how many images to put through a network at once where no gradient is wanted.

    128 of 48 pixels, fewer of larger ones, so that the layers' values take as much memory.
    """
    return max(least, _BATCH_PIXELS // preprocessing.input_size**2)


def normalize(
    images: npt.NDArray[np.uint8], preprocessing: Preprocessing
) -> npt.NDArray[np.float32]:
    """Turn grey images into network inputs.

    Args:
        images: uint8 (N, 1, H, W) with H = W = ``preprocessing.image_side``.
        preprocessing: The preset that the network was trained with.

    Returns:
        float32 (N, C, S, S), S = ``preprocessing.input_size``, C-contiguous.

    Raises:
        ValueError: The shape or dtype is not the one above.
    """
    side = preprocessing.image_side
    if images.dtype != np.uint8 or images.ndim != 4 or images.shape[1:] != (1, side, side):
        raise ValueError(
            f"expected uint8 images (N, 1, {side}, {side}), got {images.dtype} {images.shape}"
        )
    values = images.astype(np.float32) / np.float32(255)
    if preprocessing.mode == "image":
        mean = values.mean(axis=(2, 3), keepdims=True)
        values -= mean
        std = np.sqrt(np.square(values).mean(axis=(2, 3), keepdims=True))
        values /= np.maximum(std, np.float32(_MIN_STD))
    if side != preprocessing.input_size:
        values = _enlarged(values, preprocessing.input_size)
    if preprocessing.mode == "dataset":
        return _standardised(values, preprocessing)
    if preprocessing.channels == 3:
        values = np.repeat(values, 3, axis=1)
    return np.ascontiguousarray(values)


def _enlarged(values: npt.NDArray[np.float32], size: int) -> npt.NDArray[np.float32]:
    """Return float32 (N, 1, size, size), interpolated between pixels."""
    # Imported late: windows use this module for its types, and every start would wait for it.
    from trainer._cv2 import cv2

    enlarged = np.empty((len(values), 1, size, size), np.float32)
    for image, target in zip(values, enlarged, strict=True):
        cv2.resize(image[0], (size, size), dst=target[0], interpolation=cv2.INTER_LINEAR)
    return enlarged


def _standardised(
    values: npt.NDArray[np.float32], preprocessing: Preprocessing
) -> npt.NDArray[np.float32]:
    """Return ``(values - mean) / std`` with its own mean and std in every channel."""
    inputs = np.empty((len(values), preprocessing.channels, *values.shape[2:]), np.float32)
    pairs = zip(preprocessing.mean, preprocessing.std, strict=True)
    for channel, (mean, std) in enumerate(pairs):
        np.subtract(values[:, 0], np.float32(mean), out=inputs[:, channel])
        inputs[:, channel] /= np.float32(std)
    return inputs
