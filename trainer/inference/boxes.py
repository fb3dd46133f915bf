"""Sums with boxes that every part of finding and following faces needs."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.floating[Any]]


def areas(xyxy: Boxes) -> Boxes:
    """Return the areas (...) of boxes (..., 4): left, top, right, bottom."""
    return np.asarray((xyxy[..., 2:] - xyxy[..., :2]).prod(axis=-1))


def iou(one: Boxes, other: Boxes) -> Boxes:
    """Return intersection over union (...), 0..1, of boxes (..., 4) that broadcast together."""
    sides = np.minimum(one[..., 2:], other[..., 2:]) - np.maximum(one[..., :2], other[..., :2])
    shared = np.clip(sides, 0, None).prod(axis=-1)
    return np.asarray(shared / np.maximum(areas(one) + areas(other) - shared, 1e-6))
