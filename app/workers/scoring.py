"""Reading run folders and models on a thread of their own."""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from trainer.compare.ground import OTHER_HASH, Flag
from trainer.compare.literature import REFERENCES, Reference
from trainer.compare.models import Candidate, list_candidates
from trainer.compare.recipes import flat_settings
from trainer.data.library import Library
from ui.formats import dataset_title
from ui.tables.run_row import RunRow, Scores


class RunsWorker(Worker):
    """Lists runs, imported models and the shipped networks.

    Signals:
        listed: List of :class:`RunRow`.
        data_sets_found: List of (path, title) that models can be judged on, likeliest first.
    """

    listed = pyqtSignal(list)
    data_sets_found = pyqtSignal(list)

    def __init__(
        self, runs_folder: Path, models_folder: Path, judged_on: Path | None = None
    ) -> None:
        """Prepare; ``judged_on`` is the data set chosen last, offered as long as it is there."""
        super().__init__()
        self._runs_folder = runs_folder
        self._models_folder = models_folder
        self._judged_on = judged_on

    def work(self) -> None:
        found = list_candidates(self._runs_folder, self._models_folder)
        self.data_sets_found.emit(data_sets(found, self._judged_on))
        rows = [row_of(candidate) for candidate in found]
        self.listed.emit([*rows, *map(reference_row, REFERENCES)])


def data_sets(
    candidates: Iterable[Candidate], judged_on: Path | None = None
) -> list[tuple[Path, str]]:
    """Return the data sets that runs were trained on, the remembered ones, and ``judged_on``."""
    sources: Counter[Path] = Counter()
    for candidate in candidates:
        if candidate.run is not None:
            source = candidate.run.data.get("source")
            if source:
                sources[Path(str(source))] += 1
    ordered = [path for path, _number in sources.most_common()]
    ordered += [entry.path for entry in Library().entries]
    ordered += [judged_on] if judged_on is not None else []
    there = [path for path in dict.fromkeys(ordered) if os.path.exists(path)]
    return [(path, dataset_title(path.name)) for path in there]


def row_of(candidate: Candidate) -> RunRow:
    """Return what the table shows of a model, its scores those of its own validation."""
    run = candidate.run
    history = run.history if run is not None else ()
    hashes = sorted(candidate.dataset_hashes)
    damaged = candidate.state == "damaged"
    state = "" if candidate.state in ("imported", "shipped", "damaged") else candidate.state
    scores = own_scores(candidate)
    return RunRow(
        key=candidate.key,
        name=candidate.file_name,
        kind="damaged" if damaged else candidate.kind,
        title=candidate.marks.title,
        note=candidate.marks.note,
        pinned=candidate.marks.pinned,
        hidden=candidate.marks.hidden,
        state=state,
        model=candidate.architecture,
        dataset=candidate.dataset_name,
        dataset_hash=hashes[0] if hashes else "",
        scores=scores,
        judged="" if math.isnan(scores.accuracy) else "own",
        epochs=candidate.epochs,
        parameters=candidate.parameters,
        size_bytes=candidate.file_bytes,
        seconds=sum(entry.duration_s for entry in history),
        date=candidate.date,
        path=candidate.path,
        weights_path=candidate.model_path if candidate.can_score else None,
        # A run's ONNX file is written when the Player first asks for it.
        onnx_path=candidate.onnx_path or (run.onnx_path if run is not None else None),
        history=history,
        settings=flat_settings(candidate),
        problem=candidate.damage,
        candidate=candidate,
    )


def reference_row(reference: Reference) -> RunRow:
    """Return a published figure as a row that stands apart."""
    return RunRow(
        key=f"reference:{reference.name}",
        name=reference.name,
        kind="literature",
        scores=Scores(accuracy=reference.accuracy),
        judged="report",
        flags=() if reference.comparable else (Flag(OTHER_HASH, True, data=reference.source),),
        problem=f"{reference.accuracy_text}. {reference.source}. {reference.protocol}",
        note=reference.protocol,
    )


def own_scores(candidate: Candidate) -> Scores:
    """Return the scores that a model brings along: of the validation split of its training."""
    if candidate.run is not None:
        best, kept = candidate.run.best_epoch, candidate.run.metrics
        return Scores(
            accuracy=best.val_accuracy if best else math.nan,
            macro_f1=best.val_macro_f1 if best else math.nan,
            balanced_accuracy=_number(kept.get("balanced_accuracy")),
            loss=best.val_loss if best else math.nan,
            n=int(_number(kept.get("n"), 0.0)),
        )
    if candidate.metadata is None:
        return Scores()
    kept = dict(candidate.metadata.metrics)
    return Scores(
        accuracy=_number(kept.get("val_top1_accuracy")),
        macro_f1=_number(kept.get("val_macro_f1")),
        balanced_accuracy=_number(kept.get("val_balanced_accuracy")),
        loss=_number(kept.get("val_log_loss")),
    )


def _number(value: object, default: float = math.nan) -> float:
    return float(value) if isinstance(value, int | float) else default
