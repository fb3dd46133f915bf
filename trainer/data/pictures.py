"""Pictures of any size and colour as small grey squares, with Pillow."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from trainer.errors import DataError

_log = logging.getLogger(__name__)

SIDE = 48
_MAX_PIXELS = 120_000_000
_FORMATS = ("PNG", "JPEG", "MPO", "BMP", "GIF", "WEBP", "TIFF", "PPM")
_WHITE = (255, 255, 255, 255)

GreyImage = npt.NDArray[np.uint8]


class FindFaces(Protocol):
    """Cuts the faces out of a photo: uint8 (H, W, 3) RGB to uint8 (M, 48, 48) grey."""

    def __call__(self, photo: npt.NDArray[np.uint8], /) -> npt.NDArray[np.uint8]: ...


def read_grey(path: Path, box: tuple[int, int, int, int] | None = None) -> GreyImage:
    """Read a picture of a face.

    It is turned upright as its EXIF data says, laid on white where it is transparent, made a
    square by repeating the edges of its shorter side, and scaled; a grey picture of 48 x 48
    pixels comes back as it is.

    Args:
        path: The file.
        box: Left, top, right, bottom of the face in pixels; None for the whole picture.

    Returns:
        uint8 (48, 48).

    Raises:
        DataError: It cannot be read; the message says why without naming the file.
    """
    with _opened(path) as picture:
        if box is None:
            # A JPEG decoder can halve as it reads; twice the size is kept to scale well.
            picture.draft("L", (4 * SIDE, 4 * SIDE))
        grey = _grey(_upright(picture))
    if box is not None:
        grey = grey[max(box[1], 0) : max(box[3], 0), max(box[0], 0) : max(box[2], 0)]
        if not grey.size:
            raise DataError("its face lies outside the picture")
    return to_side(grey)


def read_rgb(path: Path) -> npt.NDArray[np.uint8]:
    """Read a photo as uint8 (H, W, 3) RGB, upright; DataError as :func:`read_grey`."""
    with _opened(path) as picture:
        upright = _upright(picture)
        if upright.mode in ("L", "I", "F") or upright.mode.startswith("I;16"):
            return np.ascontiguousarray(np.repeat(_grey(upright)[:, :, None], 3, axis=2))
        return np.asarray(_on_white(upright).convert("RGB"), np.uint8)


def to_side(grey: GreyImage) -> GreyImage:
    """Return uint8 (H, W) as (48, 48): squared by repeated edges, scaled."""
    height, width = grey.shape
    longest = max(height, width)
    if height != width:
        before_y, before_x = (longest - height) // 2, (longest - width) // 2
        rows = (before_y, longest - height - before_y)
        columns = (before_x, longest - width - before_x)
        grey = np.pad(grey, (rows, columns), mode="edge")
    if longest == SIDE:
        return grey
    # As the Player does: by area when shrinking, linearly when enlarging.
    method = Image.Resampling.BOX if longest > SIDE else Image.Resampling.BILINEAR
    return np.asarray(Image.fromarray(grey).resize((SIDE, SIDE), method), np.uint8)


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """Open a picture; whatever Pillow raises here and in the block is one DataError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=_FORMATS) as picture:
                if picture.width * picture.height > _MAX_PIXELS:
                    raise DataError(
                        f"has {picture.width} x {picture.height} pixels, too many to open"
                    )
                yield picture
    except DataError:
        raise
    except FileNotFoundError as error:
        raise DataError("does not exist") from error
    except PermissionError as error:
        raise DataError("may not be read (permission denied)") from error
    except MemoryError as error:
        raise DataError("does not fit the memory") from error
    except Exception as error:  # Pillow's decoders raise whatever a damaged file leads them to
        raise DataError("is damaged or is no picture") from error


def _upright(picture: Image.Image) -> Image.Image:
    picture.load()
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # EXIF data is often broken; the picture itself was read
        _log.info("The EXIF data of a picture cannot be read and is ignored.", exc_info=True)
        return picture


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        rgba = picture.convert("RGBA")
        flat = Image.new("RGBA", rgba.size, _WHITE)
        flat.alpha_composite(rgba)
        return flat
    return picture


def _grey(picture: Image.Image) -> GreyImage:
    if picture.mode.startswith("I;16"):
        return (np.asarray(picture).astype(np.uint32) // 257).astype(np.uint8)
    if picture.mode in ("I", "F"):
        values = np.nan_to_num(np.asarray(picture, np.float64))
        if picture.mode == "I" and values.max(initial=0) > 255:
            values = values / 257  # Pillow's reading of a picture with 16 bits
        elif picture.mode == "F" and values.max(initial=0) <= 1.0:
            values = values * 255
        return np.clip(values, 0, 255).astype(np.uint8)
    flat = _on_white(picture)
    if flat.mode not in ("L", "RGB"):
        flat = flat.convert("RGB")
    return np.asarray(flat.convert("L"), np.uint8)
