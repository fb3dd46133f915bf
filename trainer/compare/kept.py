"""Small results kept in the cache folder under everything that they depend on."""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

from trainer import __version__
from trainer.files import write_text

_log = logging.getLogger(__name__)

CODE_VERSION = 1
"""Raise it when the same file and data would give other answers than before."""


def key_of(*parts: object) -> str:
    """Return the hash (hex) of texts and numbers, the program's and ONNX Runtime's version."""
    from trainer._onnxruntime import onnxruntime

    everything = (*parts, CODE_VERSION, __version__, onnxruntime.__version__)
    return hashlib.sha256(json.dumps(everything).encode()).hexdigest()


def read_kept(path: Path) -> Any:
    """Return what :func:`keep` wrote; None when it is missing or damaged (logged)."""
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    except (OSError, ValueError, RecursionError) as error:
        _log.warning("What was kept in %s is damaged and made again: %s", path, error)
        return None


def keep(path: Path, content: Any) -> None:
    """Write JSON; that a full disk keeps it from being kept is no reason to lose it."""
    try:
        write_text(path, json.dumps(content))
    except OSError as error:
        _log.warning("%s could not be kept: %s", path, error)
