"""What takes longer in the Compare tab than a window may wait, on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PyQt5.QtCore import pyqtSignal

from app.opening import Opening, read, remember, remembered
from app.workers.base import Worker
from app.workers.judging import Ground
from trainer.compare.comparison import compare_models
from trainer.compare.confidence import RiskCoverage
from trainer.compare.models import Candidate
from trainer.compare.robustness import measure_robustness
from trainer.compare.speed import Speed, measure_speed
from trainer.compare.statistics import compare
from trainer.compare.takeaway import calibrated_coverage, store_calibration
from trainer.files import write_text
from ui.tables.judged import Judged


class TaskWorker(Worker):
    """Runs one function.

    Signals:
        done: What the function returned.
    """

    done = pyqtSignal(object)

    def __init__(self, task: Callable[[Worker], Any]) -> None:
        super().__init__()
        self._task = task

    def work(self) -> None:
        self.done.emit(self._task(self))


def judge_pairs(
    pairs: Sequence[tuple[Judged, Judged]], worker: Worker
) -> dict[tuple[str, str], Any]:
    """Return the verdicts on pairs of models, by their keys."""
    found = {}
    for first, second in pairs:
        if worker.should_stop():
            break
        a, b = first.scores, second.scores
        found[first.key, second.key] = compare(a.targets, a.preds, b.preds, len(a.class_names))
    return found


def _part(worker: Worker, place: int, number: int) -> Callable[[float], None]:
    """Return a function that tells the progress of one of several equal parts."""
    return lambda share: worker.progress.emit((place + share) / number)


def measure_speeds(candidates: Sequence[Candidate], worker: Worker) -> dict[str, Speed]:
    """Return the speed of models by key."""
    found = {}
    for place, candidate in enumerate(candidates):
        found[candidate.key] = measure_speed(
            candidate,
            worker.should_stop,
            _part(worker, place, len(candidates)),
        )
    return found


def try_on_worse_images(
    candidates: Sequence[Candidate], ground: Ground, images: int, worker: Worker
) -> dict[str, Any]:
    """Return the robustness of models by key."""
    found = {}
    for place, candidate in enumerate(candidates):
        found[candidate.key] = measure_robustness(
            candidate,
            ground.dataset,
            ground.split,
            worker.should_stop,
            _part(worker, place, len(candidates)),
            images=images,
        )
    return found


def write_about(
    candidates: Sequence[Candidate],
    ground: Ground,
    path: Path,
    worker: Worker,
    speeds: Mapping[str, Speed],
    *,
    card: bool,
) -> Path:
    """Write the report of models, or the card of one, and return its path."""
    comparison = compare_models(
        candidates,
        ground.dataset,
        ground.split,
        worker.should_stop,
        worker.progress.emit,
        with_speed=True,
        speeds=dict(speeds),
    )
    if card:
        from trainer.compare.model_card import model_card

        write_text(path, model_card(comparison))
    else:
        from trainer.compare.report import write_report

        write_report(comparison, path)
    return path


def store_temperature(judged: Judged, candidate: Candidate, share: float | None) -> Candidate:
    """Store the best temperature in a model, and the threshold that leaves ``share`` answered.

    Without a share the model answers as many faces as its threshold let it until now.
    """
    scores, calibration = judged.scores, judged.findings.get("calibration")
    temperature = calibration.temperature if calibration is not None else scores.temperature
    risk: RiskCoverage = judged.findings["risk"]
    metadata = candidate.metadata
    if share is None:
        old = metadata.unsure_threshold if metadata is not None else 0.0
        share = risk.at_threshold(old)[0] if old > 0 else 1.0
    threshold = 0.0
    if share < 1:
        threshold = min(0.999, calibrated_coverage(scores, temperature).at_coverage(share)[0])
    return store_calibration(
        candidate, temperature, threshold, f"{scores.dataset_name}, {scores.split}"
    )


def join_votes(path: Path, votes: Path, worker: Worker) -> Path:
    """Read a data set with these votes and remember them with it."""
    opening = replace(remembered(path) or Opening(path), votes=votes)
    dataset = read(opening, on_progress=worker.progress.emit, should_stop=worker.should_stop)
    remember(opening, dataset)
    return path
