"""A still photo as a video of one frame."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from trainer.errors import VideoError
from trainer.inference.types import Frame

_MAX_PIXELS = 120_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "MPO")
_BACKGROUND = (255, 255, 255)  # seen through transparent pixels


class ImageSource:
    """One photo: ``read()`` gives it once with time stamp 0, then None.

    Transparent pixels are laid on white, 16-bit pictures brought to 8 bits, and the EXIF
    orientation applied. The path is opened by Python, so any file name works.

    Attributes:
        width: Pixels, upright.
        height: Pixels, upright.
        fps: 0.0, a photo has no rate.
        duration_ms: 0.0.
        frame_count_hint: 1.
        has_video: True.
        is_still: True.
        warning: A sentence when the file is damaged but a picture came out, else "".
    """

    fps = 0.0
    duration_ms = 0.0
    frame_count_hint: int | None = 1
    has_video = True
    is_still = True

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self.warning = ""
        self._image = _load(self.path)
        self.height, self.width = self._image.shape[:2]
        self._given = False

    def read(self) -> Frame | None:
        """Return the photo the first time, then None."""
        if self._given:
            return None
        self._given = True
        return Frame(self._image, 0, 0.0)

    def seek(self, timestamp_ms: float, should_stop: Callable[[], bool] | None = None) -> None:
        """Make the next ``read()`` give the photo again, whatever the time."""
        self._given = False

    def close(self) -> None:
        """Let the pixels go."""
        self._given = True
        self._image = np.zeros((1, 1, 3), np.uint8)

    def __enter__(self) -> ImageSource:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _load(path: Path) -> npt.NDArray[np.uint8]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=_FORMATS) as picture:
                if picture.width * picture.height > _MAX_PIXELS:
                    raise VideoError(
                        f"{path.name} has {picture.width} x {picture.height} pixels, more than "
                        f"the {_MAX_PIXELS // 1_000_000} million that can be opened; scale it down."
                    )
                picture.load()
                return _to_bgr(ImageOps.exif_transpose(picture))
    except FileNotFoundError as error:
        raise VideoError(f"The file {path} does not exist.") from error
    except IsADirectoryError as error:
        raise VideoError(f"{path} is a folder, not a photo.") from error
    except PermissionError as error:
        raise VideoError(f"The file {path} may not be read (permission denied).") from error
    except (VideoError, MemoryError):
        raise
    except Exception as error:  # PIL's decoders raise whatever a damaged file leads them to
        raise VideoError(
            f"{path.name} is damaged or is not a JPEG, PNG, WebP, BMP or TIFF photo."
        ) from error


def _to_bgr(picture: Image.Image) -> npt.NDArray[np.uint8]:
    if picture.mode.startswith("I;16"):
        grey = (np.asarray(picture).astype(np.uint32) // 257).astype(np.uint8)
        return np.ascontiguousarray(np.repeat(grey[:, :, None], 3, axis=2))
    if picture.mode in ("I", "F"):
        values = np.nan_to_num(np.asarray(picture, np.float64))
        if picture.mode == "I" and values.min() >= 0 and values.max() > 255:
            values = values / 257  # PIL's reading of a 16-bit PNG
        elif picture.mode == "F" and values.max() <= 1.0:
            values = values * 255
        grey = np.clip(values, 0, 255).astype(np.uint8)
        return np.ascontiguousarray(np.repeat(grey[:, :, None], 3, axis=2))
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        rgba = picture.convert("RGBA")
        flat = Image.new("RGBA", rgba.size, (*_BACKGROUND, 255))
        flat.alpha_composite(rgba)
        picture = flat
    rgb = np.asarray(picture.convert("RGB"))
    return np.ascontiguousarray(rgb[:, :, ::-1])
