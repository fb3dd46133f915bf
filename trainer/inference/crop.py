"""From a detector's box to the square grey image that the networks were trained on."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from trainer._cv2 import cv2
from trainer.inference.types import FloatArray
from trainer.preprocess import Preprocessing

Image = npt.NDArray[np.uint8]

BOX_TO_CROP = 0.93
"""Side of the crop in units of the box's longer side, before ``crop_margin``.

FER2013's framing, measured with YuNet on 1,760 PublicTest images (enlarged 4 times), in
fractions of the image: eyes at height 0.382, mouth at 0.756, so 0.376 between them. On 389
faces of real clips and photos the eyes are 0.350 of YuNet's longer side above the mouth.
0.350 / 0.376 = 0.93 brings both to the same size."""

CENTRE_X = 0.5
"""Where the crop's centre lies across the box, 0 left to 1 right."""

CENTRE_Y = 0.5
"""Where the crop's centre lies down the box. The middle between eyes and mouth lies at
0.569 of a FER2013 image and at 0.565 of the box: with the scale above that is 0.502."""


def crop_square(xyxy: FloatArray, margin: float = 0.0) -> tuple[float, float, float]:
    """Return centre x, centre y and side (pixels) of the square cropped for a box.

    This is the only mapping from boxes to crops; ``margin`` is
    ``Preprocessing.crop_margin``.
    """
    left, top, right, bottom = (float(value) for value in xyxy)
    side = max(right - left, bottom - top) * BOX_TO_CROP * (1.0 + margin)
    return (
        left + (right - left) * CENTRE_X,
        top + (bottom - top) * CENTRE_Y,
        max(side, 1.0),
    )


def crop_faces(
    frame_bgr: Image,
    xyxy: FloatArray,
    landmarks: FloatArray | None,
    preprocessing: Preprocessing,
    *,
    align: bool = False,
) -> Image:
    """Cut faces out of a frame.

    Args:
        frame_bgr: uint8 (H, W, 3).
        xyxy: float32 (N, 4), boxes in pixels; they may reach outside the frame.
        landmarks: float32 (N, 5, 2) in pixels or None; only used with ``align``.
        preprocessing: Gives the side of the result and the margin.
        align: Turn every face so that its eyes are level.

    Returns:
        uint8 (N, 1, S, S), grey. Pixels outside the frame repeat its border.
    """
    size = preprocessing.image_side
    crops = np.empty((len(xyxy), 1, size, size), np.uint8)
    for index, box in enumerate(xyxy):
        centre_x, centre_y, side = crop_square(box, preprocessing.crop_margin)
        if align and landmarks is not None and np.isfinite(landmarks[index]).all():
            degrees = _roll_degrees(landmarks[index])
            crops[index, 0] = _turned(frame_bgr, centre_x, centre_y, side, size, degrees)
        else:
            crops[index, 0] = _upright(frame_bgr, centre_x, centre_y, side, size)
    return crops


def _roll_degrees(points: FloatArray) -> float:
    across = points[1] - points[0]
    return math.degrees(math.atan2(float(across[1]), float(across[0])))


def _upright(frame: Image, centre_x: float, centre_y: float, side: float, size: int) -> Image:
    height, width = frame.shape[:2]
    pixels = max(1, round(side))
    left = round(centre_x - pixels / 2)
    top = round(centre_y - pixels / 2)
    x1, y1 = min(max(left, 0), width - 1), min(max(top, 0), height - 1)
    x2, y2 = max(min(left + pixels, width), x1 + 1), max(min(top + pixels, height), y1 + 1)
    patch = frame[y1:y2, x1:x2]
    grey = cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY) if patch.ndim == 3 else patch
    if grey.shape != (pixels, pixels):
        # Distances are cut to the patch's size: a box far outside must not ask for gigabytes.
        before_y, before_x = min(max(-top, 0), pixels), min(max(-left, 0), pixels)
        grey = cv2.copyMakeBorder(
            grey,
            before_y,
            max(pixels - grey.shape[0] - before_y, 0),
            before_x,
            max(pixels - grey.shape[1] - before_x, 0),
            cv2.BORDER_REPLICATE,
        )
    # Area for shrinking keeps what a plain sampling would alias; it cannot enlarge smoothly.
    method = cv2.INTER_AREA if min(grey.shape) >= size else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(grey, (size, size), interpolation=method), np.uint8)


def _turned(
    frame: Image, centre_x: float, centre_y: float, side: float, size: int, degrees: float
) -> Image:
    # Twice the size, then halved by area: warpAffine alone samples too coarsely.
    scale = 2 * size / side
    matrix = cv2.getRotationMatrix2D((centre_x, centre_y), degrees, scale)
    matrix[:, 2] += size - np.array([centre_x, centre_y])
    warped = cv2.warpAffine(
        frame, matrix, (2 * size, 2 * size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    grey = cv2.cvtColor(warped, cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.resize(grey, (size, size), interpolation=cv2.INTER_AREA), np.uint8)
