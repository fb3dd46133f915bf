"""SIGTERM, SIGHUP and Ctrl+C close the program as its window's cross would."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable

from PyQt5.QtCore import QObject, QSocketNotifier

log = logging.getLogger(__name__)
_NAMES = ("SIGTERM", "SIGHUP", "SIGINT")


class EndSignals(QObject):
    """Calls ``on_end`` in the GUI thread when the system asks the program to end.

    Python's own handlers run only when the interpreter does, and Qt's loop may wait for hours
    without it; a socket that Python writes to wakes the loop.
    """

    def __init__(self, on_end: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_end = on_end
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        number = self._read.fileno()
        self._notifier = QSocketNotifier(number, QSocketNotifier.Read, self)  # type: ignore[arg-type]
        self._notifier.activated.connect(self._on_woken)

    def install(self) -> None:
        """Take the signals over."""
        signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        for name in _NAMES:
            number = getattr(signal, name, None)  # Windows has no SIGHUP
            if number is not None:
                signal.signal(number, lambda _number, _frame: None)

    def uninstall(self) -> None:
        """Give the signals back, so that a second one ends a program that hangs."""
        signal.set_wakeup_fd(-1)
        for name in _NAMES:
            number = getattr(signal, name, None)
            if number is not None:
                signal.signal(number, signal.SIG_DFL)

    def _on_woken(self) -> None:
        try:
            received = self._read.recv(16)
        except BlockingIOError:
            return
        log.info("asked to end by signal %s", ", ".join(str(number) for number in received))
        self.uninstall()
        self._on_end()
