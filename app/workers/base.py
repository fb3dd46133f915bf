"""A piece of work on a thread of its own that always answers."""

from __future__ import annotations

import errno
import logging
import threading
import traceback

from PyQt5.QtCore import QCoreApplication, QObject, Qt, QThread, QTimer, pyqtSignal, pyqtSlot

from trainer.errors import MienError, OperationCancelled

log = logging.getLogger(__name__)

_DIRECT = Qt.DirectConnection
# A full disk and a folder that may not be written: matters of the computer, not of the program.
_NO_PLACE = frozenset({errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM})


class Worker(QObject):
    """Base of all workers: subclasses write :meth:`work`.

    Signals:
        progress: Fraction done, 0..1.
        failed: One sentence for the person, and the traceback.
        finished: The work is over, for whatever reason; always emitted exactly once.
    """

    progress = pyqtSignal(float)
    failed = pyqtSignal(str, str)
    finished = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._stop_event = threading.Event()

    def stop(self) -> None:
        """Ask the work to end soon; may be called from any thread."""
        self._stop_event.set()

    def should_stop(self) -> bool:
        """Whether :meth:`stop` was called."""
        return self._stop_event.is_set()

    def work(self) -> None:
        """Do the work on the worker's thread; look at :meth:`should_stop` often."""
        raise NotImplementedError

    @pyqtSlot()
    def run(self) -> None:
        """Run :meth:`work`; an exception becomes ``failed``, ``finished`` follows regardless."""
        try:
            self.work()
        except OperationCancelled:
            log.info("%s was cancelled", type(self).__name__)
        except MienError as error:
            log.warning("%s: %s", type(self).__name__, error)
            self.failed.emit(str(error), traceback.format_exc())
        except Exception as error:
            log.exception("%s failed", type(self).__name__)
            self.failed.emit(summary_of(error), traceback.format_exc())
        finally:
            self.finished.emit()


def summary_of(error: BaseException) -> str:
    """Return one translated sentence for a fault of the program."""
    if isinstance(error, MienError):
        return str(error)
    if isinstance(error, MemoryError):
        return QCoreApplication.translate(
            "Worker", "There is not enough memory; close other programs or use a smaller batch."
        )
    if isinstance(error, OSError) and error.errno in _NO_PLACE:
        text = QCoreApplication.translate(
            "Worker", "{path} cannot be written ({reason}); make room or choose another folder."
        )
        return text.format(path=error.filename or "?", reason=error.strerror)
    reason = str(error).strip().splitlines()
    text = QCoreApplication.translate("Worker", "Something in Mien went wrong ({name}: {reason}).")
    return text.format(name=type(error).__name__, reason=reason[0][:200] if reason else "-")


class WorkerThread(QThread):
    """A QThread that runs one :class:`Worker` and ends with it.

    Keep a reference until ``finished``; call :meth:`stop_and_wait` before quitting.
    """

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worker = worker
        worker.moveToThread(self)
        self.started.connect(worker.run)
        # Direct: quit() may be called from any thread, and must not wait for the GUI.
        worker.finished.connect(self._end, type=_DIRECT)  # type: ignore[call-arg]
        # The signal comes before the thread is over. Whoever drops the thread in answer to it would
        # wait for its end with Python's lock held, which that end may need: for ever.
        self.finished.connect(self._join)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.timeout.connect(lambda: self.start(self._priority))
        self._priority = QThread.InheritPriority

    def start_after(
        self, delay_ms: int, priority: QThread.Priority = QThread.InheritPriority
    ) -> None:
        """Start later, unless :meth:`stop_and_wait` comes first."""
        self._priority = priority
        self._delay.start(delay_ms)

    @pyqtSlot()
    def _join(self) -> None:
        self.wait()

    def _end(self) -> None:
        self.quit()

    def stop_and_wait(self, timeout_ms: int = 30_000) -> bool:
        """Ask the worker to stop and join the thread; return whether it ended in time."""
        self._delay.stop()
        self.worker.stop()
        ended = bool(self.wait(timeout_ms))
        if not ended:
            log.error("%s did not end within %d ms", type(self.worker).__name__, timeout_ms)
        return ended
