"""Letting a long piece of work give way to the window."""

from __future__ import annotations

import logging
import os
import sys
import threading

log = logging.getLogger(__name__)

_NICE = 10
_BELOW_NORMAL = -1  # Windows' THREAD_PRIORITY_BELOW_NORMAL


def lower_this_thread() -> bool:
    """Give the present thread, and threads it will start, a lower priority; return whether.

    Qt's own priorities do nothing on Linux under the usual scheduler, where the niceness of a
    thread does. macOS has no such call for a single thread: nothing is changed there.
    """
    if sys.platform == "linux":
        try:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        except OSError as error:
            log.info("the thread keeps its priority: %s", error)
            return False
        return True
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        return bool(kernel.SetThreadPriority(kernel.GetCurrentThread(), _BELOW_NORMAL))
    return False
