"""From a decoded frame to pixels that Qt can blit without further work."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from trainer._cv2 import cv2

ImageArray = npt.NDArray[np.uint8]


def fit_size(width: int, height: int, box_width: int, box_height: int) -> tuple[int, int]:
    """Return the largest (width, height) in the box that keeps the aspect ratio, at least 1x1."""
    if width <= 0 or height <= 0:
        raise ValueError(f"expected a positive image size, got {width}x{height}")
    scale = min(box_width / width, box_height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def render(image: ImageArray, box: tuple[int, int]) -> ImageArray:
    """Scale a frame to the view and convert it for ``QImage.Format_RGB32``.

    Args:
        image: uint8 (H, W, 3), BGR.
        box: Size of the view in device pixels; (0, 0) keeps the frame's own size.

    Returns:
        uint8 (h, w, 4), BGRA in memory, C-contiguous, a copy of its own.
    """
    height, width = image.shape[:2]
    if box[0] > 0 and box[1] > 0:
        size = fit_size(width, height, *box)
        if size != (width, height):
            shrinks = size[0] < width
            method = cv2.INTER_AREA if shrinks and size[0] * 2 < width else cv2.INTER_LINEAR
            image = cv2.resize(image, size, interpolation=method)
    picture: ImageArray = cv2.cvtColor(image, cv2.COLOR_BGR2BGRA)
    return picture
