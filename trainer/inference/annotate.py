"""Boxes, labels and ids drawn on a copy of a frame."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from trainer._cv2 import cv2
from trainer.inference.types import Face, FrameResult

Color = tuple[int, int, int]

DEFAULT_COLORS: dict[str, Color] = {
    "anger": (0, 94, 213),
    "disgust": (115, 158, 0),
    "fear": (167, 121, 204),
    "happiness": (0, 159, 230),
    "sadness": (178, 114, 0),
    "surprise": (233, 180, 86),
    "neutral": (140, 140, 140),
}
"""BGR colours that colour-blind people can tell apart (Okabe and Ito), those of the window."""

_OTHER: Color = (190, 190, 190)
_FONT = cv2.FONT_HERSHEY_SIMPLEX


def draw(
    frame_bgr: npt.NDArray[np.uint8],
    result: FrameResult,
    *,
    colors: Mapping[str, Color] | None = None,
    show_ids: bool = True,
) -> npt.NDArray[np.uint8]:
    """Return a copy of a BGR uint8 (H, W, 3) frame with its faces marked.

    A carried box (``detected`` False) is drawn thinner, and a face of poor quality or low
    confidence in grey with the reason instead of a guess.

    Args:
        frame_bgr: The frame that ``result`` belongs to.
        result: What was found.
        colors: BGR by class name; ``DEFAULT_COLORS`` when None.
        show_ids: Whether the person's number is written.
    """
    image = frame_bgr.copy()
    palette = DEFAULT_COLORS if colors is None else colors
    scale = max(0.45, min(image.shape[:2]) / 900)
    for face in result.faces:
        color = palette.get(face.label, _OTHER)
        _draw_face(image, face, color, scale, show_ids)
    return image


def caption(face: Face, *, show_ids: bool = True) -> str:
    """Return e.g. ``"1 happiness 91 %"`` or ``"1 unsure (small)"``; never a guess with doubt."""
    words = [str(face.tracker_id)] if show_ids else []
    words.append(face.label)
    if face.reason:
        words.append(f"({face.reason})")
    else:
        words.append(f"{face.confidence:.0%}".replace("%", " %"))
    return " ".join(words)


def _draw_face(
    image: npt.NDArray[np.uint8], face: Face, color: Color, scale: float, show_ids: bool
) -> None:
    height, width = image.shape[:2]
    # OpenCV takes 32-bit numbers; a box may reach outside the frame.
    limit = np.array([width, height, width, height], np.float32)
    left, top, right, bottom = (
        int(value) for value in np.clip(np.round(face.xyxy), -limit, 2 * limit)
    )
    line = max(1, round(scale * (2.5 if face.detected else 1.2)))
    cv2.rectangle(image, (left, top), (right, bottom), color, line, cv2.LINE_AA)
    text = caption(face, show_ids=show_ids)
    thickness = max(1, round(scale * 1.5))
    (text_width, text_height), below = cv2.getTextSize(text, _FONT, scale, thickness)
    pad = max(2, round(4 * scale))
    label_height = text_height + below + pad
    x = min(max(left, 0), max(width - text_width - 2 * pad, 0))
    y = top - label_height if top >= label_height else min(bottom, height - label_height)
    y = max(y, 0)
    corner = (x + text_width + 2 * pad, y + label_height)
    cv2.rectangle(image, (x, y), corner, color, cv2.FILLED)
    at = (x + pad, y + text_height + pad // 2 + 1)
    bright = 0.114 * color[0] + 0.587 * color[1] + 0.299 * color[2] > 110
    ink = (0, 0, 0) if bright else (255, 255, 255)
    cv2.putText(image, text, at, _FONT, scale, ink, thickness, cv2.LINE_AA)
