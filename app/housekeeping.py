"""What a start finds about Mien's own files, said in the window: damage, full disks, a kill."""

from __future__ import annotations

import logging

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from app.application import Application
from app.log import log_trouble
from app.paths import log_file, reason_of, why_not_writable
from app.sessions import Session
from app.workers.base import WorkerThread
from app.workers.recovery import Recovery, RecoveryWorker
from trainer import __version__
from trainer.paths import cache_dir, config_dir, data_dir
from trainer.runs import CHECKPOINT

log = logging.getLogger(__name__)

_LOOK_EVERY_MS = 5000  # whether the settings still reach the disk
_SWEEP_AFTER_MS = 2000  # unfinished files can wait until the first tab is ready


class Housekeeping(QObject):
    """Watches settings and log, and tells what a killed program left.

    Signals:
        log_failed: The log cannot be written, with the system's reason; from any thread.
        swept: The folders were looked through.
    """

    log_failed = pyqtSignal(str)
    swept = pyqtSignal()

    def __init__(self, application: Application, session: Session) -> None:
        super().__init__(application)
        self._application = application
        self._settings = application.settings
        self._session = session
        self._thread: WorkerThread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look_at_settings)
        self._sweep = QTimer(self)
        self._sweep.setSingleShot(True)
        self._sweep.timeout.connect(self._start_sweep)
        self.log_failed.connect(self._on_log_failed)

    def begin(self) -> None:
        """Say what is known at the start, and go on watching."""
        settings, bar = self._settings, self._application.window.notice_bar
        if settings.damaged_copy is not None:
            bar.add(
                self.tr("The settings file was damaged; it was kept as {path}.").format(
                    path=settings.damaged_copy
                )
            )
        settings.qt.setValue("started_with", __version__)  # a real write: is there space?
        if not settings.sync():
            self._say_settings_failed()
        else:
            self._timer.start()
        if log_trouble.error is not None:
            self._on_log_failed(reason_of(log_trouble.error))
        log_trouble.listen(lambda error: self.log_failed.emit(reason_of(error)))
        self._sweep.start(0 if self._session.killed else _SWEEP_AFTER_MS)

    def end(self) -> None:
        """Stop watching; the program closes properly."""
        self._timer.stop()
        self._sweep.stop()
        log_trouble.listen(None)
        if self._thread is not None:
            self._thread.stop_and_wait()
        self._session.end()

    # -- settings, log ---------------------------------------------------------------------

    def _look_at_settings(self) -> None:
        if not self._settings.is_written():
            self._timer.stop()
            self._say_settings_failed()

    def _say_settings_failed(self) -> None:
        path = self._settings.path
        reason = why_not_writable(path.parent) or self.tr("the system gives no reason")
        self._application.window.notice_bar.add(
            self.tr(
                "The settings cannot be written to {path} ({reason}); what you change is "
                "forgotten when Mien closes."
            ).format(path=path, reason=reason)
        )

    @pyqtSlot(str)
    def _on_log_failed(self, reason: str) -> None:
        self._application.window.notice_bar.add(
            self.tr(
                "The log cannot be written to {path} ({reason}); Mien works without it."
            ).format(path=log_file(), reason=reason)
        )

    # -- what a killed program left ----------------------------------------------------------

    def _start_sweep(self) -> None:
        runs_folder = self._application.training.runs_folder
        folders = dict.fromkeys((config_dir(), data_dir(), cache_dir(), runs_folder))
        worker = RecoveryWorker(tuple(folders), runs_folder, self._session.killed)
        worker.found.connect(self._on_found)
        self._thread = WorkerThread(worker, self)
        self._thread.finished.connect(self._on_thread_finished)
        self._thread.start(WorkerThread.LowPriority)

    @pyqtSlot()
    def _on_thread_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        self.swept.emit()

    @pyqtSlot(object)
    def _on_found(self, found: Recovery) -> None:
        if not found.killed:
            return  # left by a command: removed, but nothing to worry about in the window
        log.warning("an earlier start was killed; %s", found)
        words = [self.tr("Mien did not close properly last time.")]
        if found.removed == 1:
            words.append(self.tr("A file that was only half written was removed."))
        elif found.removed:
            words.append(
                self.tr("{count} files that were only half written were removed.").format(
                    count=found.removed
                )
            )
        bar, run = self._application.window.notice_bar, found.run
        if run is None:
            bar.add(" ".join(words))
            return
        if (run.path / CHECKPOINT).is_file():
            text = self.tr(
                "The training {name} ended after {done} of {total} epochs; you can resume it."
            )
        else:
            text = self.tr(
                "The training {name} ended in its first epoch; it has to be started again."
            )
        words.append(text.format(name=run.name, done=len(run.history), total=run.config.epochs))
        bar.add(" ".join(words), self.tr("Show the training"), self._show_training)

    def _show_training(self) -> None:
        self._application.window.show_tab("training")
        self._application.training.show_resumable()
