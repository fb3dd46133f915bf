"""Reading picture files: any size and colour to grey 48 x 48.

A picture that already is grey and 48 x 48 is taken as it is, so that an exported data set comes
back pixel for pixel. Others are turned upright (EXIF), brought to grey, cut to the square in
their middle and scaled by area.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from trainer.data.fer2013 import SIDE

_log = logging.getLogger(__name__)

_MOST_PIXELS = 120_000_000
# MPO is opened as JPEG; naming it makes Pillow fail on every file that is no picture.
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "PPM")
_DEEP_MODES = ("I;16", "I;16L", "I;16B", "I;16N", "I", "F")
_BACKGROUND = 255  # seen through transparent pixels
_DRAFT_SIDE = 4 * SIDE  # JPEG is decoded no smaller than this

FindFaces = Callable[[npt.NDArray[np.uint8]], npt.NDArray[np.uint8]]
"""From a BGR uint8 (H, W, 3) photo to the faces in it, uint8 (M, 48, 48), grey."""


class UnreadablePicture(Exception):
    """A file that gives no picture; the text says why."""


def read_grey(path: Path, box: Sequence[int] | None = None) -> npt.NDArray[np.uint8]:
    """Return a picture as uint8 (48, 48).

    Args:
        path: The file.
        box: Left, top, right, bottom of the face in pixels; None for the whole picture.

    Raises:
        UnreadablePicture: It is damaged, too large, or no picture.
    """
    picture = _open(path, draft=box is None)
    if box is not None:
        left, top = max(box[0], 0), max(box[1], 0)
        right, bottom = min(box[2], picture.width), min(box[3], picture.height)
        if right <= left or bottom <= top:
            raise UnreadablePicture("its face lies outside the picture")
        picture = picture.crop((left, top, right, bottom))
    return np.asarray(_squared(_grey(picture)), np.uint8)


def read_colour(path: Path) -> npt.NDArray[np.uint8]:
    """Return a photo as BGR uint8 (H, W, 3), upright.

    Raises:
        UnreadablePicture: It is damaged, too large, or no picture.
    """
    picture = _open(path, draft=False)
    if picture.mode in _DEEP_MODES:
        picture = _shallow(picture)
    rgb = np.asarray(_opaque(picture, "RGB"))
    return np.ascontiguousarray(rgb[:, :, ::-1])


def _open(path: Path, *, draft: bool) -> Image.Image:
    try:
        with Image.open(path, formats=_FORMATS) as picture:
            width, height = picture.size
            if width * height > _MOST_PIXELS:
                raise UnreadablePicture(f"has {width} x {height} pixels, too many to read")
            if draft:
                picture.draft("L", (_DRAFT_SIDE, _DRAFT_SIDE))
            picture.load()
            return _upright(picture)
    except UnreadablePicture:
        raise
    except Image.UnidentifiedImageError:
        empty = path.stat().st_size == 0
        text = "is empty" if empty else "is not a picture that can be read"
        raise UnreadablePicture(text) from None
    except Exception as error:  # Pillow's decoders raise nearly everything on damaged files
        raise UnreadablePicture(f"cannot be read ({_first_line(error)})") from error


def _upright(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # EXIF data is often broken where the picture itself is sound
        _log.info("A picture's EXIF data cannot be read and is ignored.", exc_info=True)
        return picture


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:120] if lines else type(error).__name__


def _grey(picture: Image.Image) -> Image.Image:
    if picture.mode == "L" and "transparency" not in picture.info:
        return picture
    if picture.mode in _DEEP_MODES:
        return _shallow(picture)
    return _opaque(picture, "L")


def _shallow(picture: Image.Image) -> Image.Image:
    """Bring 16-bit and float pictures to 8 bits."""
    values: npt.NDArray[Any] = np.nan_to_num(np.asarray(picture, np.float64))
    if picture.mode.startswith("I;16") or values.max(initial=0) > 255:
        values = values / 257
    elif picture.mode == "F" and values.max(initial=0) <= 1:
        values = values * 255
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


def _opaque(picture: Image.Image, mode: str) -> Image.Image:
    """Lay transparent pixels on white and convert."""
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        rgba = picture.convert("RGBA")
        flat = Image.new("RGBA", rgba.size, (_BACKGROUND, _BACKGROUND, _BACKGROUND, 255))
        flat.alpha_composite(rgba)
        picture = flat
    if picture.mode in ("CMYK", "YCbCr", "LAB", "HSV"):
        picture = picture.convert("RGB")
    return picture.convert(mode)


def _squared(grey: Image.Image) -> Image.Image:
    width, height = grey.size
    if (width, height) == (SIDE, SIDE):
        return grey
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    # Box averages when shrinking, as INTER_AREA does in the Player; it cannot enlarge smoothly.
    method = Image.Resampling.BOX if side >= SIDE else Image.Resampling.BILINEAR
    box = (left, top, left + side, top + side)
    return grey.resize((SIDE, SIDE), method, box=box)
