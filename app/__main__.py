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
from app.garbage import GarbageCollector
from app.i18n import default_language
from app.log import setup_logging
from app.paths import log_file, sessions_dir, settings_file
from app.settings import LANGUAGES, THEMES, Settings


def parse_args(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="mien", description="Workbench for facial expressions.")
    # An empty argument, as a script with an unset variable gives, is none: Path("") is the
    # current folder.
    parser.add_argument(
        "file",
        nargs="?",
        type=lambda text: Path(text) if text else None,
        help="video, photo or data set to open",
    )
    parser.add_argument("--self-test", action="store_true", help="check the installation and exit")
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--theme", choices=THEMES)
    # For the benchmark: write when the window was painted to this file, and close.
    parser.add_argument("--start-times", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def make_qt_app() -> QApplication:
    """Create the QApplication with sharp drawing on high-resolution screens."""
    # Whoever wants Python's lock back waits so long until its holder is asked for it, 5 ms by
    # default: a few such waits for a worker in one event held the window up for a frame.
    sys.setswitchinterval(0.0005)
    QCoreApplication.setAttribute(Qt.AA_EnableHighDpiScaling)
    QCoreApplication.setAttribute(Qt.AA_UseHighDpiPixmaps)
    qt_app = QApplication(sys.argv[:1])
    qt_app.setApplicationName("Mien")
    qt_app.setApplicationDisplayName("Mien")
    qt_app.setDesktopFileName("mien")
    GarbageCollector(qt_app)
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
    settings = Settings(settings_file())
    try:
        return _open_window(qt_app, settings, args)
    except Exception as error:
        errors.show_last(error)
        return 1


def _open_window(qt_app: QApplication, settings: Settings, args: argparse.Namespace) -> int:
    """Show a splash at once, then load what the window needs, which takes a second."""
    from app.i18n import install_language
    from app.instance import SingleInstance
    from app.second_start import may_open
    from app.splash import Splash
    from app.start_times import StartTimes

    language = args.language or settings.language or default_language()
    theme = args.theme or settings.theme
    times = StartTimes(args.start_times, qt_app) if args.start_times is not None else None
    instance = SingleInstance(qt_app)
    install_language(qt_app, language)
    if not may_open(instance, args.file):
        return 0
    splash = Splash(theme)
    splash.appear()
    if times is not None:
        times.note("splash")
    # Imported here so that the splash is seen first and a fault in them is already reported.
    from app.application import Application
    from app.housekeeping import Housekeeping
    from app.sessions import Session
    from app.signals import EndSignals

    session = Session(sessions_dir())
    session.begin()
    application = Application(qt_app, settings, language, theme)
    if times is not None:
        times.watch(application.window)
    application.start(args.file)
    splash.finish(application.window)
    housekeeping = Housekeeping(application, session)
    housekeeping.begin()
    application.closing.connect(instance.release)
    # Qt does not: the window is hidden when it closes, while the threads are joined.
    application.closed.connect(qt_app.quit, type=Qt.QueuedConnection)  # type: ignore[call-arg]
    instance.start_received.connect(application.take_over)
    signals = EndSignals(application.end, qt_app)
    signals.install()
    if times is not None:
        times.written.connect(application.end)
        times.announce()
    status = int(qt_app.exec_())
    housekeeping.end()
    instance.release()
    return status


if __name__ == "__main__":
    sys.exit(main())
