"""The log: a rotating file, the console, and Qt's own messages."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
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


def setup_logging(path: Path) -> None:
    """Send the log to ``path`` (1 MB, three old files) and warnings to the console."""
    global _crash_file
    form = logging.Formatter("%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s")
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    rotating = logging.handlers.RotatingFileHandler(
        path, maxBytes=1_000_000, backupCount=3, encoding="utf-8"
    )
    rotating.setFormatter(form)
    root.addHandler(rotating)
    if sys.stderr is not None:  # a windowed bundle has none
        console = logging.StreamHandler()
        console.setLevel(logging.WARNING)
        console.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
        root.addHandler(console)
    logging.captureWarnings(True)
    _crash_file = open(path.with_name("crash.log"), "a", encoding="utf-8")  # noqa: SIM115
    faulthandler.enable(_crash_file)
    qInstallMessageHandler(_on_qt_message)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)


def versions() -> dict[str, str]:
    """Versions that matter for a fault report; imports none of the packages."""
    found = {
        "Mien": __version__,
        "Python": platform.python_version(),
        "System": platform.platform(),
        "Qt": QT_VERSION_STR,
        "PyQt5": PYQT_VERSION_STR,
    }
    for package in ("torch", "torchvision", "opencv-python", "onnxruntime", "numpy", "av"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "missing"
    return found


def diagnostics() -> str:
    """Versions as lines of text, to paste into a fault report."""
    return "\n".join(f"{name}: {value}" for name, value in versions().items())
