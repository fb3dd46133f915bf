"""Atomic writing: a reader sees the old file or the new one, never half of it."""

from __future__ import annotations

import logging
import os
import platform
import re
import sys
import tempfile
import threading
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

_log = logging.getLogger(__name__)

DAMAGED_ARCHIVE = (
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    OverflowError,
    EOFError,
    RuntimeError,  # one wrong bit makes a part "encrypted", or packed in a way nobody knows
    zipfile.BadZipFile,
    zlib.error,
)
"""What reading a damaged zip or ``.npz`` file raises, beside OSError."""

# .<stem>-~<computer>.<process>~<random><suffix>: who writes it, so that others know when it died.
_TEMPORARY = re.compile(r"^\..*-~(?P<computer>[0-9a-f]{8})\.(?P<process>\d+)~[^~]*$", re.DOTALL)
# What the safetensors library writes to before it renames it; it does not say who writes.
_UNSIGNED = re.compile(r"^\.tmp[0-9A-Za-z]{6}$")
# On Windows a file cannot be replaced while a virus scanner, say, looks at it.
_READER_WAIT_S = 2.0 if sys.platform == "win32" else 0.0
_FOREIGN_AGE_S = 24 * 3600.0  # another computer's file in a shared folder, untouched for so long


@contextmanager
def atomic_path(target: Path) -> Iterator[Path]:
    """Give a temporary path beside ``target`` that replaces it when the block succeeds.

    The file's content is flushed to disk before the rename. On an error the temporary
    file is removed and ``target`` stays as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    # The suffix is kept: some writers choose their format by it.
    handle, name = tempfile.mkstemp(
        prefix=f".{_short(target.stem)}-~{_computer()}.{os.getpid()}~",
        suffix=target.suffix,
        dir=target.parent,
    )
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with open(temporary, "rb+") as written:
            os.fsync(written.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        _replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _replace(source: Path, target: Path) -> None:
    """Rename; where a file that somebody reads cannot be replaced, wait for them a while."""
    until = time.monotonic() + _READER_WAIT_S
    while True:
        try:
            os.replace(source, target)
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(0.05)
        else:
            return


def _short(stem: str) -> str:
    """Cut a long name: file systems take 255 bytes, and the marks need some of them."""
    return stem.encode("utf-8", "surrogateescape")[:120].decode("utf-8", "ignore")


def _computer() -> str:
    return f"{zlib.crc32(platform.node().encode('utf-8', 'replace')):08x}"


def remove_leftovers(folders: Iterable[Path], *, deep: bool = True) -> list[Path]:
    """Remove temporary files below ``folders`` whose writers were killed; return them.

    A file whose writer lives is left alone, and so is a file of another computer, or of nobody
    known, that was written to within a day. What cannot be read or removed is logged.

    Args:
        folders: Where to look.
        deep: Also in the folders within, and for files of nobody known: not in folders that
            other programs write to.
    """
    removed: list[Path] = []
    for folder in folders:
        for name, inner, files in os.walk(folder):
            if not deep:
                inner.clear()
            paths = [Path(name, file) for file in files]
            for path in (path for path in paths if _is_leftover(path, unsigned=deep)):
                try:
                    path.unlink()
                except OSError as error:
                    _log.warning("the unfinished file %s cannot be removed: %s", path, error)
                    continue
                _log.info("removed the unfinished file %s", path)
                removed.append(path)
    return removed


def _is_leftover(path: Path, *, unsigned: bool) -> bool:
    found = _TEMPORARY.match(path.name)
    if found is None and not (unsigned and _UNSIGNED.match(path.name)):
        return False
    if found is not None and found["computer"] == _computer():
        return not _is_alive(int(found["process"]))
    try:
        return time.time() - path.stat().st_mtime > _FOREIGN_AGE_S
    except OSError:
        return False  # it is gone: its writer lives


def _is_alive(process: int) -> bool:
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(0x1000, False, process)  # may ask about it, nothing more
        if handle:
            kernel.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _umask() -> int:
    # mkstemp makes private files; there is no way to read the umask without setting it.
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_text(target: Path, text: str) -> None:
    """Write UTF-8 text atomically."""
    with atomic_path(target) as temporary:
        temporary.write_text(text, encoding="utf-8")


def write_bytes(target: Path, data: bytes) -> None:
    """Write bytes atomically."""
    with atomic_path(target) as temporary:
        temporary.write_bytes(data)


class TextWriter:
    """Writes one file atomically and again and again, on a thread: nobody waits for a slow disk.

    Of texts that come faster than the disk is, only the last is written. What cannot be written
    is logged. Python waits for the thread before it ends.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._lock = threading.Lock()
        self._text: str | None = None
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=f"write {target.name}")

    def put(self, text: str) -> None:
        """Write this soon."""
        with self._lock:
            is_first, self._text = self._text is None, text
        if is_first:
            self._pool.submit(self._write)

    def flush(self) -> None:
        """Wait until everything is written."""
        self._pool.submit(lambda: None).result()

    def _write(self) -> None:
        with self._lock:
            text, self._text = self._text, None
        if text is None:
            return
        try:
            write_text(self._target, text)
        except OSError as error:
            _log.warning("%s cannot be written: %s", self._target, error)
