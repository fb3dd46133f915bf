"""Letting a long piece of work give way to the window."""

from __future__ import annotations

import logging
import os
import sys
import threading

log = logging.getLogger(__name__)

_NICE = 5
_LEAST = 19
_BELOW_NORMAL = -1  # Windows' THREAD_PRIORITY_BELOW_NORMAL


def lower_this_thread() -> bool:
    """Give the present thread, and threads it will start, a lower priority; return whether.

    It gives way to the window. All that is lowered is lowered alike: were a training behind
    playing, playing would keep it from a core while it holds Python's lock, and the window, which
    waits for that lock, behind both.

    Qt's own priorities do nothing on Linux under the usual scheduler, where the niceness of a
    thread does. macOS has no such call for a single thread: nothing is changed there.
    """
    if sys.platform == "linux":
        try:
            thread = threading.get_native_id()
            own = os.getpriority(os.PRIO_PROCESS, thread)  # not 0 where Mien was started by nice
            os.setpriority(os.PRIO_PROCESS, thread, min(own + _NICE, _LEAST))
        except OSError as error:
            log.info("the thread keeps its priority: %s", error)
            return False
        return True
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        return bool(kernel.SetThreadPriority(kernel.GetCurrentThread(), _BELOW_NORMAL))
    return False
