"""A video is known again by its content, wherever it lies and whatever it is called."""

from __future__ import annotations

import hashlib
from pathlib import Path

from trainer.errors import VideoError

_PART = 1 << 16
_PARTS = 16


def video_hash(path: Path) -> str:
    """Return sha256 (hex) of a file's size and of 16 samples of 64 KiB spread over it.

    Reading all of a film would take longer than opening it. Begin and end are among the
    samples, so that a file that is still being copied does not pass for the whole one.

    Raises:
        VideoError: The file cannot be read.
    """
    try:
        size = path.stat().st_size
        digest = hashlib.sha256(f"mien-video-1 {size}\n".encode())
        with path.open("rb") as file:
            if size <= _PART * _PARTS:
                digest.update(file.read(_PART * _PARTS))
            else:
                for part in range(_PARTS):
                    file.seek((size - _PART) * part // (_PARTS - 1))
                    digest.update(file.read(_PART))
    except OSError as error:
        raise VideoError(f"{path} cannot be read ({error.strerror or error}).") from error
    return digest.hexdigest()
