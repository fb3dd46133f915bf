"""Judges models on one split, in the background, and puts the scores into the table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from app.workers.base import Worker, WorkerThread
from app.workers.judging import Ground, JudgeWorker
from trainer.compare.ground import scored_elsewhere
from trainer.compare.models import Candidate
from ui.comparison_tab import ComparisonTab
from ui.formats import count, dataset_title
from ui.tables.judged import Judged
from ui.tables.run_row import RunRow, Scores, Speed

_HASH_DIGITS = 12


class ScoringController(QObject):
    """Scores what is asked for, brings back what is known; one piece of work at a time.

    Attributes:
        ground: The data that models are judged on, once they were read.

    Signals:
        idle: Nothing runs any more.
        failed: (sentence, details)
        status_changed: A line for the status bar.
    """

    idle = pyqtSignal()
    failed = pyqtSignal(str, str)
    status_changed = pyqtSignal(str)

    def __init__(self, tab: ComparisonTab, parent: QObject) -> None:
        super().__init__(parent)
        self._tab = tab
        self._thread: WorkerThread | None = None
        self._waiting: Worker | None = None
        self._quiet = False
        self._looked_at: tuple[Path, str] | None = None
        self._look_again = False
        self._done = 0
        self._plain: dict[str, RunRow] = {}
        self._seen: dict[str, Candidate | None] = {}
        self._speeds: dict[str, Speed] = {}
        self.ground: Ground | None = None
        panel = tab.runs_panel
        panel.score_requested.connect(self.score)
        panel.cancel_requested.connect(self.cancel)

    # -- asked for ------------------------------------------------------------------------------

    def set_rows(self, rows: list[RunRow]) -> list[RunRow]:
        """Return rows as they were read, with the scores that are known."""
        self._plain = {row.key: row for row in rows}
        state = self._tab.state
        # A model whose file changed must be scored again.
        state.results = {
            key: judged for key, judged in state.results.items() if self._is_current(key)
        }
        self._seen = {row.key: row.candidate for row in rows}
        return [self._shown(row) for row in rows]

    def _is_current(self, key: str) -> bool:
        row = self._plain.get(key)
        known = row.candidate if row is not None else None
        return known is not None and known == self._seen.get(key)

    def score(self, rows: list[RunRow]) -> None:
        """Score models on the chosen split."""
        where = self._tab.runs_panel.ground()
        candidates = [row.candidate for row in rows if row.candidate is not None]
        if where is None or not candidates:
            return
        self._done = 0
        self._run(JudgeWorker(candidates, *where, self._ground_of(where[0])), quiet=False)

    def look_up(self) -> None:
        """Bring back what was scored before on the chosen split, as soon as nothing else runs."""
        where = self._tab.runs_panel.ground()
        self._look_again = self._thread is not None
        if self._thread is not None:
            if self._quiet and where != self._looked_at:
                self._thread.worker.stop()
            return
        if where is None:
            return
        rows = [row for row in self._plain.values() if row.is_model]
        candidates = [
            row.candidate
            for row in rows
            if row.candidate is not None and row.key not in self._tab.state.results
        ]
        if candidates:
            worker = JudgeWorker(
                candidates,
                *where,
                self._ground_of(where[0]),
                only_known=True,
                content_hash=self.believed_hash(where[0]),
            )
            self._looked_at = where
            self._run(worker, quiet=True)

    def change_ground(self) -> None:
        """Another data set or split was chosen: old scores go, known ones of the new come."""
        where = self._tab.runs_panel.ground()
        ground = self._ground_of(where[0]) if where is not None else None
        self._tab.state.set_ground(
            ground.samples if ground is not None else None, where[1] if where else ""
        )
        self._tab.state.results = {}
        self._show_rows()
        self.look_up()

    def chosen_ground(self) -> Ground | None:
        """What is chosen to judge on; None while it is not loaded."""
        where = self._tab.runs_panel.ground()
        ground = self._ground_of(where[0]) if where is not None else None
        return replace(ground, split=where[1]) if ground is not None and where else None

    def cancel(self) -> None:
        """Stop what runs; what was scored until then stays."""
        self._waiting = None
        self._look_again = False
        if self._thread is not None:
            self._thread.worker.stop()

    def is_running(self) -> bool:
        """Whether something is being scored."""
        return self._thread is not None

    def is_scoring(self) -> bool:
        """Whether somebody asked for what is being scored."""
        return self.is_running() and not self._quiet

    def shutdown(self) -> None:
        """Stop and join the thread."""
        self.cancel()
        if self._thread is not None:
            self._thread.stop_and_wait()

    def believed_hash(self, path: Path) -> str:
        """Content hash that runs trained on this file noted; "" when none was."""
        if self.ground is not None and self.ground.path == path:
            return self.ground.dataset.content_hash
        for row in self._plain.values():
            run = row.candidate.run if row.candidate is not None else None
            if run is not None and run.data.get("source") == str(path):
                return str(run.data.get("content_hash") or "")
        return ""

    # -- the work -------------------------------------------------------------------------------

    def _ground_of(self, path: Path) -> Ground | None:
        return self.ground if self.ground is not None and self.ground.path == path else None

    def _run(self, worker: JudgeWorker, *, quiet: bool) -> None:
        worker.loaded.connect(self._on_loaded)
        worker.judged.connect(self._on_judged)
        worker.missed.connect(self._on_missed)
        worker.failed.connect(self.failed)
        if not quiet:
            worker.progress.connect(self._on_progress)
        if self._thread is not None:  # it gives way; a look-up is made good afterwards
            self._look_again = self._look_again or self._quiet
            self._waiting = worker
            self._thread.worker.stop()
            return
        self._start(worker, quiet)

    def _start(self, worker: Worker, quiet: bool) -> None:
        self._quiet = quiet
        self._thread = WorkerThread(worker, self)
        self._thread.finished.connect(self._on_finished)
        if not quiet:
            self._tab.runs_panel.show_progress(0.0)
            self._tab.banner.clear()
        self._thread.start()

    @pyqtSlot(object)
    def _on_loaded(self, ground: Ground) -> None:
        if self._is_asked(ground.path, ground.split):
            self.ground = ground
            self._tab.state.set_ground(ground.samples, ground.split)
            self._show_rows()

    def _is_asked(self, path: Path, split: str) -> bool:
        return self._tab.runs_panel.ground() == (path, split)

    @pyqtSlot(object)
    def _on_judged(self, judged: Judged) -> None:
        ground, row = self.ground, self._plain.get(judged.key)
        scores = judged.scores
        if ground is None or row is None or not self._is_asked(ground.path, scores.split):
            return  # other images were chosen meanwhile
        if scores.dataset_hash != ground.dataset.content_hash:
            return
        self._done += 1
        self._tab.state.add_result(judged)
        self._tab.runs_panel.update_row(self._shown(row))

    @pyqtSlot(str, str)
    def _on_missed(self, name: str, sentence: str) -> None:
        self._tab.banner.show_message(f"{name}: {sentence}", "warning")

    @pyqtSlot(float)
    def _on_progress(self, fraction: float) -> None:
        self._tab.runs_panel.show_progress(fraction, self.tr("Scoring…"))

    @pyqtSlot()
    def _on_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._start(waiting, quiet=False)
            return
        if not self._quiet:
            self._tab.runs_panel.show_progress(None)
            self.status_changed.emit(
                self.tr("{number} models were scored.").format(number=self._done)
            )
        if self._look_again:
            self.look_up()
        if self._thread is None:
            self.idle.emit()

    def set_speeds(self, speeds: dict[str, Speed]) -> None:
        """Models were timed, by key; it is known until the program ends."""
        self._speeds |= speeds
        rows = [self._shown(row) for key, row in self._plain.items() if key in speeds]
        self._tab.runs_panel.update_rows(rows)

    def read_anew(self) -> None:
        """The data set was changed beside the window: read it at the next need."""
        self.ground = None
        self.change_ground()

    # -- the table ------------------------------------------------------------------------------

    def _show_rows(self) -> None:
        self._tab.runs_panel.update_rows([self._shown(row) for row in self._plain.values()])
        self._tab.runs_panel.ground_label.setText(self._ground_text())

    def _ground_text(self) -> str:
        samples, split = self._tab.state.samples, self._tab.state.split
        if samples is None or self.ground is None:
            return ""
        number = len(self.ground.dataset.indices(split))
        return self.tr("{number} images of {name}, identity {hash}.").format(
            number=count(number),
            name=dataset_title(samples.name),
            hash=samples.content_hash[:_HASH_DIGITS],
        )

    def _shown(self, row: RunRow) -> RunRow:
        """Return a row with its scores on the chosen split, or a remark on those it brings."""
        row = replace(row, speed=self._speeds.get(row.key))
        judged = self._tab.state.results.get(row.key)
        if judged is not None:
            metrics = judged.scores.metrics
            low, high = judged.interval
            scores = Scores(
                accuracy=metrics["top1_accuracy"],
                macro_f1=metrics["macro_f1"],
                balanced_accuracy=metrics["balanced_accuracy"],
                loss=metrics["log_loss"],
                low=low,
                high=high,
                n=metrics["n"],
            )
            return replace(row, scores=scores, judged="here", flags=judged.flags)
        where = self._tab.runs_panel.ground()
        if row.judged != "own" or where is None:
            return row
        known = row.candidate.dataset_hashes if row.candidate is not None else frozenset()
        wanted = self.believed_hash(where[0])
        other = "" if wanted in known else row.dataset_hash
        flag = scored_elsewhere(
            wanted, where[1], other or wanted, "val", dataset_title(row.dataset)
        )
        return replace(row, flags=(flag,) if flag is not None and wanted else ())
