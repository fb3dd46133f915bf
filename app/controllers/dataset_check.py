"""Joins the Check page with the workers that look for what is wrong with a data set."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QApplication, QFileDialog

from app.settings import Settings
from app.workers.base import Worker, WorkerThread
from app.workers.dataset_check import (
    CheckWorker,
    Job,
    NeighboursWorker,
    SaveFindingsWorker,
    SourcesWorker,
)
from trainer.data.findings_csv import IMAGE_COLUMNS, PAIR_COLUMNS, FindingsTable, to_csv
from trainer.data.neighbours import Neighbours
from trainer.paths import runs_dir
from trainer.runs import Run
from ui.check_result import PAIR_CHECKS, CheckResult
from ui.check_texts import kfold_note, run_note
from ui.dataset_check_page import DatasetCheckPage
from ui.dataset_state import DatasetState
from ui.formats import count, time_left
from ui.tables.samples import Samples

_KEPT_RESULTS = 4
_COPIED_ROWS = 20_000
_SURE_AFTER_S = 4.0


class DatasetCheckController(QObject):
    """Runs one check at a time, and remembers what was found while the program runs.

    Signals:
        status_changed: A line for the status bar.
        check_finished: A check is over, well or not.
    """

    status_changed = pyqtSignal(str)
    check_finished = pyqtSignal()

    def __init__(
        self,
        page: DatasetCheckPage,
        state: DatasetState,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._state = state
        self._settings = settings
        self._threads: dict[str, WorkerThread] = {}
        self._results: OrderedDict[str, CheckResult] = OrderedDict()
        self._neighbours: tuple[Samples, Neighbours] | None = None
        self._started = 0.0
        self._stage = ""
        page.check_requested.connect(lambda: self.look_for(Job.IMAGES))
        page.faces_requested.connect(lambda: self.look_for(Job.FACES))
        page.labels_requested.connect(lambda run_dir: self.look_for(Job.LABELS, run_dir))
        page.cancel_requested.connect(self.cancel)
        page.sources_requested.connect(self.list_sources)
        page.neighbours_requested.connect(self._on_neighbours_requested)
        page.save_requested.connect(self.choose_file)
        page.copy_requested.connect(self.copy)
        state.samples_changed.connect(self._on_samples_changed)
        self._on_samples_changed()

    def is_checking(self) -> bool:
        """Whether something is being looked for."""
        return "check" in self._threads

    def look_for(self, job: Job, run_dir: Path | None = None) -> None:
        """Start a job on the data set shown."""
        data, edits = self._page.data, self._state.edits
        if data is None or self.is_checking():
            return
        worker = CheckWorker(data, "" if edits is None else edits.version, job, run_dir)
        worker.stage_changed.connect(self._on_stage_changed)
        worker.progress.connect(self._on_progress)
        worker.checked.connect(self._on_checked)
        self._page.show_running("")
        self._start("check", worker)

    def cancel(self) -> None:
        """Stop looking; what was found before stays."""
        if "check" in self._threads:
            self._threads["check"].worker.stop()

    def shutdown(self) -> None:
        """Save what was reviewed; stop and join the threads."""
        self._page.save_marks()
        for thread in list(self._threads.values()):
            thread.worker.stop()
        for thread in list(self._threads.values()):
            thread.stop_and_wait()

    def _start(self, name: str, worker: Worker) -> None:
        worker.failed.connect(self._on_failed)
        thread = WorkerThread(worker, self)
        thread.setObjectName(name)
        thread.finished.connect(self._on_thread_finished)
        self._threads[name] = thread
        thread.start()

    # -- answers of the workers --------------------------------------------------------------

    @pyqtSlot(str)
    def _on_stage_changed(self, text: str) -> None:
        self._stage, self._started = text, time.monotonic()
        self._page.show_progress(0.0, text)

    @pyqtSlot(float)
    def _on_progress(self, fraction: float) -> None:
        text, elapsed = "", time.monotonic() - self._started
        if elapsed > _SURE_AFTER_S and fraction > 0.01:
            text = f"{self._stage} {time_left(elapsed / fraction - elapsed)}"
        self._page.show_progress(fraction, text)

    @pyqtSlot(object, object)
    def _on_checked(self, samples: Samples, result: CheckResult) -> None:
        key = result_key(samples)
        self._results[key] = result
        self._results.move_to_end(key)
        while len(self._results) > _KEPT_RESULTS:
            self._results.popitem(last=False)
        if samples is self._state.samples:
            self._page.set_result(result)
            self._state.set_findings(result.findings)

    @pyqtSlot(str, str)
    def _on_failed(self, summary: str, details: str) -> None:
        self._page.banner.show_message(summary, "error", details)

    @pyqtSlot()
    def _on_thread_finished(self) -> None:
        thread = self.sender()
        assert isinstance(thread, WorkerThread)
        name = thread.objectName()
        self._threads.pop(name, None)
        thread.deleteLater()
        if name == "check":
            self._page.show_idle()
            self.check_finished.emit()

    def _on_samples_changed(self) -> None:
        self.cancel()
        self._neighbours = None
        self._page.seek_panel.set_sources(self._sources([]))
        samples = self._state.samples
        if samples is None:
            return
        result = self._results.get(result_key(samples))
        if result is not None:
            self._page.set_result(result)
            self._state.set_findings(result.findings)

    # -- sources of predictions --------------------------------------------------------------

    def list_sources(self) -> None:
        """Look for runs whose predictions fit the data set."""
        samples = self._state.samples
        if samples is None or "sources" in self._threads:
            return
        folder = self._settings.runs_folder or runs_dir()
        worker = SourcesWorker(folder, samples.content_hash)
        worker.found.connect(self._on_sources_found)
        self._start("sources", worker)

    @pyqtSlot(list)
    def _on_sources_found(self, runs: list[Run]) -> None:
        self._page.seek_panel.set_sources(self._sources(runs))

    def _sources(self, runs: list[Run]) -> list[tuple[str, Path | None, str]]:
        images = 0 if self._state.samples is None else len(self._state.samples)
        folds = self.tr("small networks trained for it (k-fold)")
        sources: list[tuple[str, Path | None, str]] = [(folds, None, kfold_note(images))]
        for run in runs:
            best = run.best_epoch
            note = run_note(None if best is None else best.val_accuracy)
            title = self.tr("the run {name}").format(name=run.name)
            sources.append((title, run.path, note))
        return sources

    # -- alike images ------------------------------------------------------------------------

    def _on_neighbours_requested(self) -> None:
        samples = self._state.samples
        if samples is None or "neighbours" in self._threads:
            return
        if self._neighbours is not None and self._neighbours[0] is samples:
            self._page.review_panel.set_neighbours(self._neighbours[1])
            return
        worker = NeighboursWorker(samples)
        worker.described.connect(self._on_described)
        self._start("neighbours", worker)

    @pyqtSlot(object, object)
    def _on_described(self, samples: Samples, neighbours: Neighbours) -> None:
        if samples is self._state.samples:
            self._neighbours = (samples, neighbours)
            self._page.review_panel.set_neighbours(neighbours)

    # -- tables ------------------------------------------------------------------------------

    def _table(self) -> FindingsTable | None:
        data = self._page.data
        if data is None or data.result is None:
            return None
        return FindingsTable(
            findings=data.result.findings,
            class_names=data.samples.class_names,
            given=data.samples.targets,
            targets=data.targets,
            excluded=data.excluded,
            splits=data.samples.splits,
            lines=data.samples.source_rows,
            files=data.samples.files,
            probs=data.result.probs,
        )

    def copy(self) -> None:
        """Put the list shown on the clipboard, as CSV."""
        table = self._table()
        if table is None:
            return
        check = self._page.check
        if check in PAIR_CHECKS:
            shown = self._page.pairs_panel.model.rows()
            text = to_csv(PAIR_COLUMNS, table.pair_rows(shown[:_COPIED_ROWS]))
        else:
            shown = self._page.shown_images()
            text = to_csv(IMAGE_COLUMNS, table.image_rows(shown[:_COPIED_ROWS]))
        QApplication.clipboard().setText(text)
        message = self.tr("{number} rows were copied.").format(
            number=count(min(len(shown), _COPIED_ROWS))
        )
        if len(shown) > _COPIED_ROWS:
            message = self.tr(
                "The first {number} of {total} rows were copied; save the findings for all of them."
            ).format(number=count(_COPIED_ROWS), total=count(len(shown)))
        self.status_changed.emit(message)

    def choose_file(self) -> None:
        """Ask for a file and write all findings into it."""
        samples = self._state.samples
        if samples is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self._page,
            self.tr("Save the findings"),
            str(Path(self._settings.last_folder) / f"{Path(samples.name).stem}-findings.csv"),
            self.tr("CSV files (*.csv)"),
        )
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write all findings to ``path``."""
        table = self._table()
        if table is None or "save" in self._threads:
            return
        worker = SaveFindingsWorker(table, path)
        worker.saved.connect(self._on_saved)
        self._start("save", worker)

    @pyqtSlot(Path, int)
    def _on_saved(self, path: Path, number: int) -> None:
        text = self.tr("{number} images were written to {path}.")
        self.status_changed.emit(text.format(number=count(number), path=path))


def result_key(samples: Samples) -> str:
    """Return what a result belongs to: the images and labels, and the votes joined to them."""
    if samples.votes is None:
        return samples.content_hash
    votes = hashlib.blake2b(samples.votes.tobytes(), digest_size=8).hexdigest()
    return f"{samples.content_hash}:{votes}"
