"""Keeps the corrections of the data set that is open in their side file."""

from __future__ import annotations

import logging
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from app.paths import reason_of
from app.workers.base import Worker, WorkerThread
from trainer.data.edits import EditLog, edits_path
from trainer.errors import DataError, MienError
from ui.dataset_tab import DatasetTab
from ui.edit_texts import change_text
from ui.tables.samples import Samples

log = logging.getLogger(__name__)


class SaveEditsWorker(Worker):
    """Writes one state of the corrections.

    Attributes:
        edits: What is written.
        written: Whether it is on disk.
    """

    def __init__(self, edits: EditLog, path: Path, sentence: str) -> None:
        super().__init__()
        self.edits, self._path, self._sentence = edits, path, sentence
        self.written = False

    def work(self) -> None:
        try:
            self.edits.save(self._path)
            self.written = True
        except OSError as error:
            raise MienError(
                self._sentence.format(path=self._path, reason=reason_of(error))
            ) from error


class DatasetEditsController(QObject):
    """Loads a data set's corrections, and saves them after every change.

    Saving is done on a thread, one at a time: the disk may be slow, and the log long.

    Signals:
        status_changed: What was just corrected, for the status bar.
        saved: The side file holds the corrections.
    """

    status_changed = pyqtSignal(str)
    saved = pyqtSignal()

    def __init__(self, tab: DatasetTab, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self._state = tab.state
        self._thread: WorkerThread | None = None
        self._worker: SaveEditsWorker | None = None
        self._unsaved: EditLog | None = None
        self._done = 0
        tab.state.edits_changed.connect(self._on_edits_changed)

    def open(self, samples: Samples) -> None:
        """Make ``samples`` the data set of the tab, with what was corrected before."""
        self.flush()
        problem = ""
        args = (samples.content_hash, samples.class_names, len(samples))
        try:
            edits = EditLog.load(edits_path(samples.content_hash), *args)
        except DataError as error:
            # The file stays, or is kept aside: what is done from now on replaces nothing.
            log.warning("%s", error)
            edits, problem = EditLog(*args), str(error)
        self._done = len(edits.changes)
        self._tab.state.set_samples(samples, edits)
        if problem:
            self._tab.banner.show_message(problem, "warning")

    def is_saving(self) -> bool:
        """Whether something is not on disk yet."""
        return self._thread is not None or self._unsaved is not None

    def flush(self) -> bool:
        """Write now what is not written yet; return whether all is on disk."""
        if self._thread is not None:
            self._thread.finished.disconnect(self._on_thread_finished)
            self._thread.wait()
            self._end_thread()
        edits, self._unsaved = self._unsaved, None
        if edits is None:
            return True
        path = edits_path(edits.content_hash)
        try:
            edits.save(path)
        except OSError as error:
            self._unsaved = edits
            text = self._sentence().format(path=path, reason=reason_of(error))
            log.warning("%s", text)
            self._tab.banner.show_message(text, "error")
            return False
        return True

    def shutdown(self) -> None:
        """Write what is not written yet."""
        self.flush()

    def _sentence(self) -> str:
        return self.tr(
            "Your corrections could not be saved in {path} ({reason}); they are kept while Mien "
            "is open. Make room or allow writing there, then make another correction."
        )

    @pyqtSlot()
    def _on_edits_changed(self) -> None:
        edits = self._state.edits
        if edits is None:
            return
        self._unsaved = edits
        done = len(edits.changes)
        if done > self._done:
            text = change_text(edits.changes[-1], edits.class_names)
            self.status_changed.emit(text[:1].upper() + text[1:] + ".")
        elif done < self._done and edits.undone:
            text = change_text(edits.undone[-1], edits.class_names)
            self.status_changed.emit(self.tr("Taken back: {change}.").format(change=text))
        self._done = done
        self._save()

    def _save(self) -> None:
        if self._thread is not None or self._unsaved is None:
            return
        edits, self._unsaved = self._unsaved, None
        path = edits_path(edits.content_hash)
        worker = SaveEditsWorker(edits.snapshot(), path, self._sentence())
        worker.failed.connect(self._on_failed)
        thread = WorkerThread(worker, self)
        thread.finished.connect(self._on_thread_finished)
        self._thread, self._worker = thread, worker
        thread.start()

    def _end_thread(self) -> bool:
        """Put the thread away; what it could not write is unsaved again."""
        thread, worker = self._thread, self._worker
        assert thread is not None
        assert worker is not None
        self._thread = self._worker = None
        thread.deleteLater()
        if not worker.written and self._unsaved is None:
            self._unsaved = worker.edits
        return worker.written

    @pyqtSlot(str, str)
    def _on_failed(self, summary: str, details: str) -> None:
        if self.sender() is self._worker:  # else it was tried again in the meantime
            self._tab.banner.show_message(summary, "error", details)

    @pyqtSlot()
    def _on_thread_finished(self) -> None:
        if self._thread is None or self.sender() is not self._thread:
            return  # flush() has seen to it
        if not self._end_thread():
            return  # tried again with the next correction, and at the end
        if self._unsaved is not None:
            self._save()
        else:
            self.saved.emit()
