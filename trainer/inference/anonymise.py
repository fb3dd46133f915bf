"""Faces made unrecognisable: a mosaic so coarse that only a few patches of colour are left."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from trainer._cv2 import cv2
from trainer.inference.recording import Recording

CELLS = (4, 5)
"""Patches across and down the whole of a hidden region, however large it is.

A mosaic with cells of fixed size keeps more of a large face the closer it is, and networks
name people in mosaics in which a person sees nothing (McPherson, Shokri and Shmatikov,
"Defeating Image Obfuscation with Deep Learning", 2016). Twenty patches over a head with its
surroundings leave about three by three for the face itself.
"""

_SIDE, _TOP, _BOTTOM = 0.25, 0.35, 0.2
_HOLD_MS = 500.0
_GAP_MS = 2000.0

Boxes = npt.NDArray[np.float32]


def pixelate(image: npt.NDArray[np.uint8], boxes: Boxes) -> npt.NDArray[np.uint8]:
    """Return a copy of a BGR uint8 (H, W, 3) frame with heads replaced by a coarse mosaic.

    Args:
        image: The frame.
        boxes: float32 (N, 4), faces as xyxy in pixels; each is widened to the whole head.
    """
    out = image.copy()
    height, width = image.shape[:2]
    for box in np.asarray(boxes, np.float64).reshape(-1, 4):
        if not np.isfinite(box).all():
            continue
        x1, y1, x2, y2 = box
        across, down = max(x2 - x1, 1.0), max(y2 - y1, 1.0)
        left = int(np.clip(np.floor(x1 - _SIDE * across), 0, width))
        right = int(np.clip(np.ceil(x2 + _SIDE * across), 0, width))
        top = int(np.clip(np.floor(y1 - _TOP * down), 0, height))
        bottom = int(np.clip(np.ceil(y2 + _BOTTOM * down), 0, height))
        if right > left and bottom > top:
            # Of the picture as it was: two mosaics over one another must not sharpen it.
            region = image[top:bottom, left:right]
            out[top:bottom, left:right] = _mosaic(region)
    return out


def hide_all(image: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return a mosaic of the whole frame, for one in which nobody looked for faces."""
    return _mosaic(image)


def _mosaic(region: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    height, width = region.shape[:2]
    cells = (min(CELLS[0], width), min(CELLS[1], height))
    small = cv2.resize(region, cells, interpolation=cv2.INTER_AREA)
    large = cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(large, np.uint8)


def boxes_to_hide(recording: Recording) -> dict[int, Boxes]:
    """Return float32 (N, 4) by row of ``frames``: where a face is or may be.

    Everybody is hidden, also who was left out of the results. Where a face was lost for up
    to two seconds, the region spans where it was before and after; half a second before
    it was found first and after it was seen last, its box is hidden too.
    """
    order = recording.frame_order()
    times = recording.frame_times()
    found: dict[int, list[Boxes]] = {}
    for track in recording.tracks:
        rows = recording.rows_of_track(track)
        if not len(rows):
            continue
        seen = recording.times_of(rows)
        boxes: Boxes = recording.faces["xyxy"][rows]
        first = int(np.searchsorted(times, seen[0] - _HOLD_MS))
        last = int(np.searchsorted(times, seen[-1] + _HOLD_MS, side="right"))
        at = times[first:last]
        before = np.clip(np.searchsorted(seen, at, side="right") - 1, 0, len(seen) - 1)
        after = np.clip(np.searchsorted(seen, at, side="left"), 0, len(seen) - 1)
        since, until = np.abs(at - seen[before]), np.abs(seen[after] - at)
        bridged = seen[after] - seen[before] <= _GAP_MS
        use_before = bridged | (since <= _HOLD_MS)
        use_after = bridged | (until <= _HOLD_MS)
        low = np.minimum(boxes[before], boxes[after])
        high = np.maximum(boxes[before], boxes[after])
        both = np.concatenate([low[:, :2], high[:, 2:]], axis=1)
        one = np.where(use_before[:, None], boxes[before], boxes[after])
        chosen = np.where((use_before & use_after)[:, None], both, one)
        for place in np.flatnonzero(use_before | use_after).tolist():
            row = int(order[first + place])
            found.setdefault(row, []).append(chosen[place])
    return {row: np.asarray(boxes, np.float32) for row, boxes in found.items()}
