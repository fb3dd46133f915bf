"""Marks of running programs: the next start can tell that one was killed.

A mark is a file in the user's data folder that its program keeps locked and removes when it
closes properly. The system drops the lock of a process that dies, so a mark that can be locked
was left by one that did not get that far.
"""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path

from filelock import FileLock, Timeout

log = logging.getLogger(__name__)

_SUFFIX = ".lock"


class Session:
    """The mark of this program.

    Attributes:
        killed: When the programs that were killed had been started, in seconds since 1970.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: FileLock | None = None
        self._path: Path | None = None
        self.killed: tuple[float, ...] = ()

    def begin(self) -> None:
        """Look for the dead and leave the own mark; a folder that cannot be written is no fault."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self.killed = tuple(sorted(self._bury()))
            self._path = self._folder / f"{time.time():.0f}-{os.getpid()}{_SUFFIX}"
            self._lock = FileLock(self._path)
            self._lock.acquire(timeout=0)
        except (OSError, Timeout, NotImplementedError) as error:
            self._lock = self._path = None
            log.warning("no mark of this program in %s: %s", self._folder, error)

    def end(self) -> None:
        """Remove the own mark: the program closes properly."""
        if self._lock is None or self._path is None:
            return
        self._lock.release()
        self._lock = None
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("the mark %s cannot be removed: %s", self._path, error)

    def _bury(self) -> list[float]:
        """Remove the marks of dead programs; return when those had been started."""
        dead: list[float] = []
        for path in self._folder.glob(f"*{_SUFFIX}"):
            try:
                with FileLock(path, timeout=0):
                    pass
                path.unlink(missing_ok=True)  # Windows removes no file that is open
                dead.append(float(path.name.partition("-")[0]))
            except Timeout:
                continue  # that program runs
            except (OSError, ValueError) as error:
                log.warning("the mark %s cannot be read: %s", path, error)
        return dead
