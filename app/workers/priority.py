"""Letting a long piece of work give way to the window."""

from __future__ import annotations

import logging
import os
import sys
import threading

log = logging.getLogger(__name__)

_NICE = 10
_PLAYING_NICE = 5  # before a training, after the window
_LEAST = 19
_BELOW_NORMAL, _LOWEST = -1, -2  # Windows' THREAD_PRIORITY_BELOW_NORMAL and _LOWEST


def lower_this_thread(*, playing: bool = False) -> bool:
    """Give the present thread, and threads it will start, a lower priority; return whether.

    With ``playing`` it is one that works ahead for somebody who watches: it gives way to the
    window, and what is lowered without gives way to it.

    Qt's own priorities do nothing on Linux under the usual scheduler, where the niceness of a
    thread does. macOS has no such call for a single thread: nothing is changed there.
    """
    if sys.platform == "linux":
        try:
            thread = threading.get_native_id()
            own = os.getpriority(os.PRIO_PROCESS, thread)  # not 0 where Mien was started by nice
            more = _PLAYING_NICE if playing else _NICE
            os.setpriority(os.PRIO_PROCESS, thread, min(own + more, _LEAST))
        except OSError as error:
            log.info("the thread keeps its priority: %s", error)
            return False
        return True
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        step = _BELOW_NORMAL if playing else _LOWEST
        return bool(kernel.SetThreadPriority(kernel.GetCurrentThread(), step))
    return False
