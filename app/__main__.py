"""``python -m app [FILE]``: the desktop program."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, Qt
from PyQt5.QtWidgets import QApplication

from app.errors import ErrorReporter
from app.i18n import default_language
from app.log import setup_logging
from app.paths import log_file, settings_file
from app.settings import LANGUAGES, THEMES, Settings


def parse_args(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="mien", description="Workbench for facial expressions.")
    parser.add_argument("file", nargs="?", type=Path, help="video, photo or data set to open")
    parser.add_argument("--self-test", action="store_true", help="check the installation and exit")
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--theme", choices=THEMES)
    return parser.parse_args(argv)


def make_qt_app() -> QApplication:
    """Create the QApplication with sharp drawing on high-resolution screens."""
    QCoreApplication.setAttribute(Qt.AA_EnableHighDpiScaling)
    QCoreApplication.setAttribute(Qt.AA_UseHighDpiPixmaps)
    qt_app = QApplication(sys.argv[:1])
    qt_app.setApplicationName("Mien")
    qt_app.setApplicationDisplayName("Mien")
    qt_app.setDesktopFileName("mien")
    return qt_app


def main(argv: Sequence[str] | None = None) -> int:
    """Start the program; return its exit status."""
    multiprocessing.freeze_support()
    args = parse_args(argv)
    setup_logging(log_file())
    if args.self_test:
        from app.self_test import run_self_test

        return run_self_test()
    qt_app = make_qt_app()
    errors = ErrorReporter(qt_app)
    errors.install()
    # Imported here so that a fault in it is already reported.
    from app.application import Application

    settings = Settings(settings_file())
    application = Application(
        qt_app,
        settings,
        args.language or settings.language or default_language(),
        args.theme or settings.theme,
    )
    application.start(args.file)
    return int(qt_app.exec_())


if __name__ == "__main__":
    sys.exit(main())
