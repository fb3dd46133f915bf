"""Why a face should not be trusted: too small, cut off, dark, turned away or blurred.

The limits are conservative: on 220 faces of real clips and photos (crops of 48 pixels)
they mark those that a person cannot read either. Measured percentiles there and in 1,197
FER2013 images: brightness 5 % at 39 and 69; sharpness 5 % at 0.073 and 0.320, blurred
faces lying at 0.02 to 0.08 and the soft but readable ones of an old photo above 0.10; nose
between the eyes 5..95 % at 0.22..0.70, profiles and backs of heads outside 0.08..0.92.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer._cv2 import cv2
from trainer.inference.types import FloatArray

QUALITIES: tuple[str, ...] = ("ok", "small", "cut off", "dark", "turned", "blurred")
"""Every value of ``Face.quality``, the first reason that applies in this order."""

_SIDE = 48


@dataclass(frozen=True)
class QualityLimits:
    """Beyond these a face is marked.

    Attributes:
        min_side: Longer side of the box, pixels.
        max_outside: Share of the box's area outside the frame.
        min_brightness: Mean grey of the crop, 0..255.
        dim_brightness: Below it the contrast counts as well.
        min_contrast: Standard deviation of a dim crop.
        nose_range: Where the nose may lie between right (0) and left eye (1).
        min_sharpness: Variance of the Laplacian over the variance of the crop.
    """

    min_side: float = 32.0
    max_outside: float = 0.2
    min_brightness: float = 30.0
    dim_brightness: float = 60.0
    min_contrast: float = 10.0
    nose_range: tuple[float, float] = (0.08, 0.92)
    min_sharpness: float = 0.085


DEFAULT_LIMITS = QualityLimits()


def assess(
    crop: npt.NDArray[np.uint8],
    xyxy: FloatArray,
    landmarks: FloatArray | None,
    frame_size: tuple[int, int],
    limits: QualityLimits = DEFAULT_LIMITS,
) -> str:
    """Return one of ``QUALITIES`` for a face.

    Args:
        crop: uint8 (S, S), the grey image the network sees.
        xyxy: float32 (4,), box in pixels of the frame.
        landmarks: float32 (5, 2) in pixels, or None.
        frame_size: Width and height of the frame, pixels.
    """
    size = xyxy[2:] - xyxy[:2]
    if float(size.max()) < limits.min_side:
        return "small"
    if outside_share(xyxy, frame_size) > limits.max_outside:
        return "cut off"
    brightness, contrast = float(crop.mean()), float(crop.std())
    dim = brightness < limits.dim_brightness and contrast < limits.min_contrast
    if brightness < limits.min_brightness or dim:
        return "dark"
    if landmarks is not None:
        low, high = limits.nose_range
        if not low <= nose_between_eyes(landmarks) <= high:
            return "turned"
    if sharpness(crop) < limits.min_sharpness:
        return "blurred"
    return "ok"


def outside_share(xyxy: FloatArray, frame_size: tuple[int, int]) -> float:
    """Return the share (0..1) of a box's area that lies outside the frame."""
    corner = np.array([*frame_size], np.float64)
    inside = np.minimum(xyxy[2:], corner) - np.maximum(xyxy[:2], 0)
    area = float((xyxy[2:] - xyxy[:2]).prod())
    if area <= 0:
        return 1.0
    return float(1 - np.clip(inside, 0, None).prod() / area)


def nose_between_eyes(landmarks: FloatArray) -> float:
    """Return where the nose tip falls on the line of the eyes: 0 right eye, 1 left eye."""
    across = landmarks[1] - landmarks[0]
    length = float(across @ across)
    return float((landmarks[2] - landmarks[0]) @ across) / max(length, 1e-6)


def sharpness(crop: npt.NDArray[np.uint8]) -> float:
    """Return the variance of the Laplacian over the variance, at 48 pixels a side."""
    if crop.shape != (_SIDE, _SIDE):
        crop = cv2.resize(crop, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    values = crop.astype(np.float32)
    spread = max(float(values.var()), 1.0)
    return float(cv2.Laplacian(values, cv2.CV_32F).var()) / spread
