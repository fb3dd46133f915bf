"""What the user writes about a model: a name, a note, pinned, hidden. Never in its weights."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from trainer.errors import MienError
from trainer.files import write_text

_log = logging.getLogger(__name__)

_MOST_BYTES = 1 << 20


@dataclass(frozen=True)
class Marks:
    """The user's marks of one model.

    Attributes:
        title: Name to show instead of the file's or folder's; "" keeps that.
        note: Free text.
        pinned: Stands above all others.
        hidden: Left out of the table unless hidden ones are asked for.
    """

    title: str = ""
    note: str = ""
    pinned: bool = False
    hidden: bool = False


def read_marks(path: Path) -> Marks:
    """Read a side file; a missing one gives no marks, a damaged one none and a log entry."""
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return Marks()
        values = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(values, dict):
            raise ValueError("it holds no settings")
    except (OSError, ValueError, RecursionError) as error:
        _log.warning("The marks in %s cannot be read and are left alone: %s", path, error)
        return Marks()
    return Marks(
        title=str(values.get("title", "")),
        note=str(values.get("note", "")),
        pinned=values.get("pinned") is True,
        hidden=values.get("hidden") is True,
    )


def write_marks(path: Path, **changes: Any) -> Marks:
    """Change some marks and write them, atomically; return them all.

    Args:
        path: The side file.
        changes: Attributes of :class:`Marks`.

    Raises:
        MienError: The file cannot be written.
    """
    marks = replace(read_marks(path), **changes)
    try:
        write_text(path, json.dumps(asdict(marks), indent=1, ensure_ascii=False) + "\n")
    except OSError as error:
        raise MienError(
            f"The note cannot be kept in {path} ({error.strerror or error}); "
            "make the folder writable."
        ) from error
    return marks
