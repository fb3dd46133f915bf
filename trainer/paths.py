"""Where Mien keeps its own files; ``MIEN_HOME`` redirects all of them."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_NAME = "Mien"


def _folder(kind: str, default: str) -> Path:
    home = os.environ.get("MIEN_HOME")
    return Path(home).expanduser() / kind if home else Path(default)


def cache_dir() -> Path:
    """Folder of files that can be made again (parsed data sets)."""
    return _folder("cache", platformdirs.user_cache_dir(_NAME, appauthor=False))


def data_dir() -> Path:
    """Folder of what the user made (runs, the generated demo data)."""
    return _folder("data", platformdirs.user_data_dir(_NAME, appauthor=False))


def config_dir() -> Path:
    """Folder of the settings file."""
    return _folder("config", platformdirs.user_config_dir(_NAME, appauthor=False))


def log_dir() -> Path:
    """Folder of the rotating log."""
    return _folder("log", platformdirs.user_log_dir(_NAME, appauthor=False))


def runs_dir() -> Path:
    """Folder that new training runs are put into unless the user chooses another."""
    return data_dir() / "runs"
