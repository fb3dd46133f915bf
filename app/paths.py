"""Files of the desktop program; the folders themselves come from trainer.paths."""

from __future__ import annotations

from pathlib import Path

from trainer.paths import config_dir, log_dir


def settings_file() -> Path:
    """The settings file; its folder is made."""
    folder = config_dir()
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "mien.ini"


def log_file() -> Path:
    """The current log file; its folder is made, older files have a number appended."""
    folder = log_dir()
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "mien.log"
