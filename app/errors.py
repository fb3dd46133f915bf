"""Exceptions nobody caught: logged, and shown by the GUI thread."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PyQt5.QtCore import QObject, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QApplication

from app.log import diagnostics
from app.workers.base import summary_of
from ui.widgets.error_dialog import ErrorDialog

log = logging.getLogger(__name__)


class ErrorReporter(QObject):
    """Takes exceptions from any thread and shows them in a dialog.

    PyQt5 aborts when a slot raises and no hook is installed, so this one is installed
    before the first window. One dialog is open at a time; what comes meanwhile is
    appended to it.

    Signals:
        reported: Summary sentence and details, in whatever thread the fault happened.
    """

    reported = pyqtSignal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.dialog: ErrorDialog | None = None
        self.reported.connect(self._show, type=Qt.QueuedConnection)  # type: ignore[call-arg]

    def install(self) -> None:
        """Become the hook for uncaught exceptions of all threads."""
        sys.excepthook = self.handle
        threading.excepthook = self._handle_thread

    @staticmethod
    def uninstall() -> None:
        """Put Python's own hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def handle(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log the exception and forward it to the GUI thread."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log.critical("uncaught exception", exc_info=(kind, error, trace))
        self.reported.emit(
            summary_of(error), "".join(traceback.format_exception(kind, error, trace))
        )

    def _handle_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.handle(args.exc_type, args.exc_value, args.exc_traceback)

    @staticmethod
    def show_last(error: Exception) -> None:
        """Show an exception that keeps the program from starting, and wait until it is read."""
        log.critical("Mien cannot start", exc_info=error)
        for window in QApplication.topLevelWidgets():
            window.hide()  # the splash would stay in front
        details = "".join(traceback.format_exception(error))
        ErrorDialog(summary_of(error), details, diagnostics()).exec_()

    @pyqtSlot(str, str)
    def _show(self, summary: str, details: str) -> None:
        if self.dialog is not None:
            self.dialog.add(summary, details)
            return
        self.dialog = ErrorDialog(summary, details, diagnostics(), QApplication.activeWindow())
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def _on_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None
