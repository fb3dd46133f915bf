"""Memory that one update frees is what the next one asks for: keeping it saves clearing it anew."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# mallopt(3) of the GNU C library.
_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD, _MMAP_MAX = -1, -2, -3, -4
_MIB = 2**20
_KEEP = ((_MMAP_MAX, 0), (_TRIM_THRESHOLD, 2**31 - 1), (_TOP_PAD, 64 * _MIB))
# What the library itself would have come to with buffers of such sizes, and its other defaults.
_USUAL = (
    (_MMAP_MAX, 65_536),
    (_MMAP_THRESHOLD, 32 * _MIB),
    (_TRIM_THRESHOLD, 64 * _MIB),
    (_TOP_PAD, 128 * 1024),
)


@contextmanager
def freed_memory_kept() -> Iterator[bool]:
    """Let the process keep what is freed until the block ends; give it all back then.

    An update of a network frees and asks for the same large buffers again. The GNU C library
    returns such to the system, which clears each page when it is touched next: tens of thousands
    an update. Other systems' libraries keep more by themselves and are left alone.

    Yields:
        Whether anything was changed.
    """
    library = _gnu_library()
    if library is None:
        yield False
        return
    for option, value in _KEEP:
        library.mallopt(option, value)
    try:
        yield True
    finally:
        for option, value in _USUAL:
            library.mallopt(option, value)
        library.malloc_trim(0)


def _gnu_library() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "gnu_get_libc_version") else None
