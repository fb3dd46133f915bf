"""The log: a rotating file, the console, and Qt's own messages."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from PyQt5.QtCore import (
    PYQT_VERSION_STR,
    QT_VERSION_STR,
    QMessageLogContext,
    QtCriticalMsg,
    QtDebugMsg,
    QtFatalMsg,
    QtInfoMsg,
    QtMsgType,
    QtWarningMsg,
    qInstallMessageHandler,
)

from trainer import __version__

_LEVELS = {
    QtDebugMsg: logging.DEBUG,
    QtInfoMsg: logging.INFO,
    QtWarningMsg: logging.WARNING,
    QtCriticalMsg: logging.ERROR,
    QtFatalMsg: logging.CRITICAL,
}
_crash_file: TextIO | None = None  # faulthandler needs it open for as long as the program runs


class LogTrouble:
    """Whether the log can be written; a full disk may show only after hours.

    Attributes:
        error: The first error, or None.
    """

    def __init__(self) -> None:
        self.error: OSError | None = None
        self._listener: Callable[[OSError], None] | None = None

    def report(self, error: OSError) -> None:
        """Keep the first error and tell the listener, on whatever thread it happened."""
        if self.error is None:
            self.error = error
            if self._listener is not None:
                self._listener(error)

    def listen(self, listener: Callable[[OSError], None] | None) -> None:
        """Call ``listener`` with the first error from now on; earlier ones are in ``error``."""
        self._listener = listener


log_trouble = LogTrouble()


class _LogFile(logging.handlers.RotatingFileHandler):
    """A log file whose troubles are told once, not printed with every record."""

    def handleError(self, record: logging.LogRecord) -> None:
        error = sys.exc_info()[1]
        if isinstance(error, OSError):
            log_trouble.report(error)
        else:
            super().handleError(record)


def setup_logging(path: Path) -> None:
    """Send the log to ``path`` (1 MB, three old files) and warnings to the console.

    Where the file cannot be written, the program goes on without it: see ``log_trouble``.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        _log_to(path)
    except OSError as error:
        log_trouble.report(error)
    if sys.stderr is not None:  # a windowed bundle has none
        console = logging.StreamHandler()
        console.setLevel(logging.WARNING)
        console.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
        root.addHandler(console)
    logging.captureWarnings(True)
    qInstallMessageHandler(_on_qt_message)


def _log_to(path: Path) -> None:
    global _crash_file
    path.parent.mkdir(parents=True, exist_ok=True)
    rotating = _LogFile(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    rotating.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s")
    )
    logging.getLogger().addHandler(rotating)
    _crash_file = open(path.with_name("crash.log"), "a", encoding="utf-8")  # noqa: SIM115
    faulthandler.enable(_crash_file)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)


_REPORTED = ("torch", "torchvision", "opencv-python", "onnxruntime", "numpy", "av")


def versions() -> dict[str, str]:
    """Versions that matter for a fault report; imports none of the packages."""
    from importlib.metadata import PackageNotFoundError, version  # 70 ms that no start needs

    found = {
        "Mien": __version__,
        "Python": platform.python_version(),
        "System": platform.platform(),
        "Qt": QT_VERSION_STR,
        "PyQt5": PYQT_VERSION_STR,
    }
    for package in _REPORTED:
        found[package] = "missing"
        for name in (package, f"{package}-headless"):  # OpenCV's wheel in the packaged program
            try:
                found[package] = version(name)
                break
            except PackageNotFoundError:
                continue
    return found


def diagnostics() -> str:
    """Versions as lines of text, to paste into a fault report."""
    return "\n".join(f"{name}: {value}" for name, value in versions().items())
