"""Locks that keep two programs from writing to the same place, where the file system has locks.

Some have none: network home folders and mounted clouds, for example. What would be locked there is
used without a lock, since one person's work on one computer must not end for that.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

_log = logging.getLogger(__name__)

_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})


def hold(path: Path, timeout_s: float = 0.0) -> FileLock:
    """Take the lock of a file and return it, to be released; unheld where files have no locks.

    Args:
        path: The file, which is made when it is not there, and stays when it is released.
        timeout_s: How long to wait for another program.

    Raises:
        filelock.Timeout: Another program holds it.
        OSError: The file cannot be made or opened.
    """
    lock = FileLock(path)
    try:
        lock.acquire(timeout=timeout_s)
    except NotImplementedError as error:
        _log.warning("%s is used without a lock: %s", path, error)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        _log.warning("%s is used without a lock: %s", path, error)
    return lock


@contextmanager
def held(path: Path, timeout_s: float = 0.0) -> Iterator[None]:
    """Hold the lock of a file for a block; arguments and errors are those of :func:`hold`."""
    lock = hold(path, timeout_s)
    try:
        yield
    finally:
        lock.release()
