"""Files of the desktop program; the folders themselves come from trainer.paths.

Nothing is made here: whoever writes a file makes its folder, and says so when that fails.
"""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from trainer.paths import config_dir, data_dir, log_dir

_PROBE = b"Mien" * 1024  # a block: some file systems promise an empty file on a full disk


def settings_file() -> Path:
    """The settings file."""
    return config_dir() / "mien.ini"


def log_file() -> Path:
    """The current log file; older files have a number appended."""
    return log_dir() / "mien.log"


def sessions_dir() -> Path:
    """Folder of the marks that running programs leave."""
    return data_dir() / "running"


def why_not_writable(folder: Path) -> str:
    """Try to write a small file into ``folder``; return the system's reason if it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(_PROBE)
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return reason_of(error)
    return ""


def reason_of(error: OSError) -> str:
    """The system's words for an error, without number and path."""
    return error.strerror or errno.errorcode.get(error.errno or 0, type(error).__name__)
