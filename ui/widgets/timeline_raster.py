"""Pixels of the time line, computed by NumPy: hundreds of times cheaper than drawing lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PyQt5.QtGui import QColor

from ui.colors import expression_color
from ui.widgets.timeline_data import PersonLine, PixelColumns, TimeView, columns

NOBODY = -2
_LINE = 1.5  # thickness in logical pixels
_DIMMEST = 0.22
_GREY = "#8C8C8C"

Pixels = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Sampled:
    """A person's curves at every device column.

    Attributes:
        probs: float32 (W, C), NaN where the person is not there.
        strength: float32 (W,).
        labels: int16 (W,), :data:`NOBODY` where the person is not there.
    """

    probs: npt.NDArray[np.float32]
    strength: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int16]


def sample(line: PersonLine, view: TimeView, left: int, width: int) -> Sampled:
    """Return the curves at ``width`` columns from ``left`` on; ``view`` is in device pixels."""
    pad = 2 * view.ms_per_pixel
    first = view.start_ms + (left - view.left) * view.ms_per_pixel
    found = columns(line, view, first - pad, first + width * view.ms_per_pixel + pad)
    return _spread(found, np.arange(width, dtype=np.float64) + left + 0.5, line.probs.shape[1])


def _spread(found: PixelColumns, at: npt.NDArray[np.float64], classes: int) -> Sampled:
    count = len(at)
    if not len(found.x):
        return Sampled(
            np.full((count, classes), np.nan, np.float32),
            np.zeros(count, np.float32),
            np.full(count, NOBODY, np.int16),
        )
    after = np.searchsorted(found.x, at - 1e-6)
    before = np.clip(after - 1, 0, len(found.x) - 1)
    after = np.minimum(after, len(found.x) - 1)
    piece = np.searchsorted(found.starts, np.arange(len(found.x)), side="right")
    inside = (piece[before] == piece[after]) & (found.x[0] <= at) & (at <= found.x[-1])
    near = np.where(np.abs(found.x[before] - at) <= np.abs(found.x[after] - at), before, after)
    here = inside | (np.abs(found.x[near] - at) <= 1.0)
    span = np.maximum(found.x[after] - found.x[before], 1e-6)
    part = np.where(inside, np.clip((at - found.x[before]) / span, 0, 1), 0).astype(np.float32)
    low, high = np.where(inside, before, near), np.where(inside, after, near)
    probs = found.probs[low] + part[:, None] * (found.probs[high] - found.probs[low])
    probs[~here] = np.nan
    strength = found.strength[low] + part * (found.strength[high] - found.strength[low])
    labels = np.where(here, found.labels[low], NOBODY).astype(np.int16)
    return Sampled(probs, np.where(here, strength, 0).astype(np.float32), labels)


def rgb(color: QColor | str) -> npt.NDArray[np.float32]:
    """Return a colour as float32 (3,), blue, green, red, 0..255."""
    value = QColor(color)
    return np.array([value.blue(), value.green(), value.red()], np.float32)


@lru_cache
def _class_rgb(name: str) -> npt.NDArray[np.float32]:
    return rgb(expression_color(name))


def draw_curves(pixels: Pixels, found: Sampled, class_names: Sequence[str], ratio: float) -> None:
    """Draw a curve a class over ``pixels``, float32 (H, W, 3), in place.

    Uncertain columns are drawn faintly: ``strength`` is how much ink there is.
    """
    height = len(pixels)
    half = np.float32(_LINE * ratio / 2)
    inner = height - 2 * half - 1
    ink = _ink(found)
    for number, name in enumerate(class_names):
        y = half + (1 - found.probs[:, number]) * inner + np.float32(0.5)
        middle = (y[1:] + y[:-1]) / 2
        before = np.concatenate([y[:1], np.where(np.isnan(middle), y[1:], middle)])
        behind = np.concatenate([np.where(np.isnan(middle), y[:-1], middle), y[-1:]])
        top = np.minimum(np.minimum(before, behind), y) - half
        bottom = np.maximum(np.maximum(before, behind), y) + half
        _draw_spans(pixels, top, bottom, ink, _class_rgb(name))


def _draw_spans(
    pixels: Pixels,
    top: npt.NDArray[np.float32],
    bottom: npt.NDArray[np.float32],
    ink: npt.NDArray[np.float32],
    color: npt.NDArray[np.float32],
) -> None:
    """Paint in each column the rows from ``top`` to ``bottom``; ends cover part of a pixel."""
    there = np.flatnonzero(~np.isnan(top))
    top, bottom = top[there], bottom[there]
    first = np.clip(np.floor(top), 0, len(pixels) - 1).astype(np.intp)
    last = np.clip(np.ceil(bottom), first + 1, len(pixels)).astype(np.intp)
    counts = last - first
    column = np.repeat(np.arange(len(there)), counts)
    row = np.arange(len(column)) - np.repeat(np.cumsum(counts) - counts, counts) + first[column]
    cover = np.minimum(bottom[column], row + 1) - np.maximum(top[column], row)
    across = there[column]
    share = (np.clip(cover, 0, 1) * ink[across]).astype(np.float32)[:, None]
    under = pixels[row, across]
    pixels[row, across] = under + share * (color - under)


def draw_areas(pixels: Pixels, found: Sampled, class_names: Sequence[str], ratio: float) -> None:
    """Draw the classes on top of each other, the first at the bottom; see :func:`draw_curves`."""
    height = len(pixels)
    total = np.maximum(found.probs.sum(axis=1, keepdims=True), 1e-6)
    edges = (1 - np.cumsum(found.probs / total, axis=1)) * height
    rows = np.arange(height, dtype=np.float32)[:, None] + 0.5
    colors = np.stack([_class_rgb(name) for name in class_names])
    here = ~np.isnan(edges[:, 0])
    which = np.zeros((height, len(here)), np.intp)
    for number in range(len(class_names) - 1):
        which += rows < edges[:, number]
    ink = np.where(here, _ink(found), 0)[None, :, None]
    pixels += ink * (colors[which] - pixels)


def _ink(found: Sampled) -> npt.NDArray[np.float32]:
    return np.asarray(_DIMMEST + (1 - _DIMMEST) * np.clip(found.strength, 0, 1), np.float32)


def draw_strip(pixels: Pixels, found: Sampled, class_names: Sequence[str]) -> None:
    """Fill ``pixels``, float32 (H, W, 3), with the colour of the expression shown."""
    colors = np.stack([_class_rgb(name) for name in class_names] + [rgb(_GREY)])
    chosen = np.where(found.labels >= 0, found.labels, len(class_names))
    ink = np.where(found.labels >= 0, 1.0, 0.45) * (found.labels != NOBODY)
    pixels += ink[None, :, None].astype(np.float32) * (colors[chosen][None] - pixels)


def pack(pixels: Pixels) -> npt.NDArray[np.uint8]:
    """Return uint8 (H, W, 4), BGRA, opaque."""
    packed = np.full((*pixels.shape[:2], 4), 255, np.uint8)
    packed[..., :3] = np.clip(pixels + 0.5, 0, 255)
    return packed
