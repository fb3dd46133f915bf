"""What a folder holds: its pictures and the few other files that describe them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from trainer.errors import DataError, OperationCancelled

PICTURE_SUFFIXES = frozenset(
    (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".pgm", ".ppm")
)
"""Endings (lower case) of files that are read as pictures."""

_OTHER_SUFFIXES = frozenset((".csv", ".txt", ".npy", ".gz", ".tgz", ".zip"))
_DEEPEST = 12
_MOST_FILES = 3_000_000
_STEP = 500  # files between two looks at should_stop


@dataclass(frozen=True)
class Tree:
    """The files below a folder.

    Attributes:
        root: The folder.
        pictures: Pictures, relative to it, with ``/``, sorted.
        others: Tables, lists and archives, relative, sorted.
        unreadable: Folders that may not be looked into, relative.
        digest: sha256 (hex) over names, sizes and times of pictures and others.
    """

    root: Path
    pictures: tuple[str, ...]
    others: tuple[str, ...]
    unreadable: tuple[str, ...]
    digest: str


def scan(
    root: Path,
    *,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Tree:
    """List a folder's files; hidden ones are passed over, links to folders followed once.

    Args:
        root: The folder.
        on_progress: Called with 0..1; how much there is shows only at the end, so that the
            value only nears 1.
        should_stop: Asked now and then.

    Raises:
        DataError: There are millions of files: hardly a data set.
        OperationCancelled: ``should_stop`` said so.
    """
    found: list[tuple[str, int, int]] = []
    unreadable: list[str] = []
    seen: set[tuple[int, int]] = set()
    waiting = [("", 0)]
    steps = 0
    while waiting:
        folder, depth = waiting.pop()
        try:
            status = os.stat(root / folder)
            if (status.st_dev, status.st_ino) in seen and status.st_ino:
                continue
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(root / folder) as entries:
                for entry in entries:
                    steps += 1
                    if steps % _STEP == 0:
                        _announce(steps, on_progress, should_stop)
                    name = f"{folder}/{entry.name}" if folder else entry.name
                    if entry.name.startswith(".") or entry.name == "__MACOSX":
                        continue
                    suffix = os.path.splitext(entry.name)[1].lower()
                    wanted = suffix in PICTURE_SUFFIXES or suffix in _OTHER_SUFFIXES
                    facts = _facts(entry) if wanted else None
                    if facts is not None:
                        found.append((name, *facts))
                    elif depth < _DEEPEST and entry.is_dir():
                        waiting.append((name, depth + 1))
        except OSError:
            unreadable.append(folder or ".")
    if unreadable == ["."]:
        raise DataError(f"{root} cannot be looked into; check that you may read it.")
    if should_stop is not None and should_stop():
        raise OperationCancelled
    found.sort()
    digest = hashlib.sha256()
    for name, size, time in found:
        digest.update(f"{name}\0{size}\0{time}\n".encode("utf-8", "surrogatepass"))
    names = [name for name, _, _ in found]
    return Tree(
        root=root,
        pictures=tuple(name for name in names if _suffix(name) in PICTURE_SUFFIXES),
        others=tuple(name for name in names if _suffix(name) not in PICTURE_SUFFIXES),
        unreadable=tuple(sorted(unreadable)),
        digest=digest.hexdigest(),
    )


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _facts(entry: os.DirEntry[str]) -> tuple[int, int] | None:
    """Return size and time of a file; None for what is no file (a folder, a dead link)."""
    try:
        if not entry.is_file():
            return None
        status = entry.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _announce(
    steps: int,
    on_progress: Callable[[float], None] | None,
    should_stop: Callable[[], bool] | None,
) -> None:
    if should_stop is not None and should_stop():
        raise OperationCancelled
    if steps > _MOST_FILES:
        raise DataError(
            f"The folder holds more than {_MOST_FILES:,} files; pick the folder of one data set."
        )
    if on_progress is not None:
        on_progress(steps / (steps + 20_000))
