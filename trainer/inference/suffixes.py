"""Endings of files that can be opened, apart from the modules that open them, which load slowly."""

from __future__ import annotations

PHOTO_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})
"""Endings (lower case) that are opened as photos."""

VIDEO_SUFFIXES = frozenset(
    {
        ".mp4",
        ".m4v",
        ".mov",
        ".mkv",
        ".webm",
        ".avi",
        ".mpg",
        ".mpeg",
        ".wmv",
        ".ts",
        ".mts",
        ".gif",
    }
)
"""Endings (lower case) offered in file dialogs; a file is judged by its content."""
