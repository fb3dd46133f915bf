"""Names for results beside a video, where a person's own files may lie."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from trainer.inference.table import column_names

SETTINGS = ".json"
"""Ending of the file that says how the results were made."""


def free_name(folder: Path, name: str, endings: Iterable[str]) -> str:
    """Return the name of the results: ``name``, or ``name.mien`` where others' files have it.

    A coding of one's own in ELAN usually is called like the video and lies beside it. Results that
    Mien wrote before are replaced; the settings beside them list what they are.

    Args:
        folder: Where the results go.
        name: What they are to be called.
        endings: Those of the files that will be written, the settings' aside.
    """
    wanted = tuple(endings)
    number, candidate = 1, name
    while not _is_free(folder, candidate, wanted):
        candidate = f"{name}.mien" if number == 1 else f"{name}.mien-{number}"
        number += 1
    return candidate


def written_before(folder: Path, name: str, endings: Iterable[str]) -> set[str] | None:
    """Return the files that belong to results, as their settings say; None without results.

    Settings of an older Mien do not list the files: those with ``endings`` are taken for its own.
    """
    try:
        content: Any = json.loads((folder / f"{name}{SETTINGS}").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or "video_hash" not in content:
        return None
    files = content.get("files", [f"{name}{ending}" for ending in endings])
    return {str(file) for file in files} if isinstance(files, list) else None


def _is_free(folder: Path, name: str, endings: Sequence[str]) -> bool:
    own = written_before(folder, name, endings)
    if own is None:
        paths = [folder / f"{name}{ending}" for ending in (*endings, SETTINGS)]
        return all(_is_table(path) or not path.exists() for path in paths)
    names = [f"{name}{ending}" for ending in endings]
    return all(file in own or not (folder / file).exists() for file in names)


def _is_table(path: Path) -> bool:
    """Whether it is a table of Mien's, by its first columns: its settings may have been deleted."""
    wanted = ",".join(column_names(())[:4])
    try:
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            return path.suffix == ".csv" and file.read(len(wanted)) == wanted
    except OSError:
        return False
