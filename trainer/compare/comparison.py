"""Several models judged on one split, everything in one place: for the report and the command."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import trainer
from trainer.compare.confidence import (
    FEWEST,
    Calibration,
    RiskCoverage,
    calibrate,
    risk_coverage,
)
from trainer.compare.ground import Flag, learnt_images, same_ground
from trainer.compare.models import Candidate
from trainer.compare.pictures import AgreementSlice, human_ceiling
from trainer.compare.recipes import seed_groups
from trainer.compare.scoring import Scores, score
from trainer.compare.speed import Speed, measure_speed
from trainer.compare.statistics import (
    Interval,
    Spread,
    Verdict,
    bootstrap_intervals,
    compare,
    seed_spread,
)
from trainer.errors import MienError

if TYPE_CHECKING:
    from trainer.data.dataset import ExpressionDataset

COVERAGES: tuple[float, ...] = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
"""Shares of faces answered that are given as numbers."""


@dataclass(frozen=True)
class Entry:
    """One judged model.

    Attributes:
        candidate: The model.
        scores: Its answers.
        flags: What keeps its score from standing beside others as it is.
        intervals: 95 % interval of each score.
        calibration: None with too few images.
        coverage: Accuracy against faces answered.
        slices: By how many people agreed; () without votes.
        speed: None unless it was measured.
    """

    candidate: Candidate
    scores: Scores
    flags: tuple[Flag, ...]
    intervals: dict[str, Interval]
    calibration: Calibration | None
    coverage: RiskCoverage
    slices: tuple[AgreementSlice, ...] = ()
    speed: Speed | None = None


@dataclass(frozen=True)
class Comparison:
    """Models on the same images.

    Attributes:
        dataset_name: File or folder name.
        dataset_hash: Content hash.
        class_names: Classes.
        counts: Images of each class in ``train``, ``val``, ``test``.
        split: The judged one.
        entries: The models, in the order they were given.
        baseline: Index of the model that the others are held against.
        verdicts: For each other model, its score's difference from the baseline's (first minus
            second: the model, the baseline), by index.
        spreads: ``(names, spread of the accuracy)`` of runs that differ by their seed only.
        date: When it was put together.
        versions: Of the programs that computed it.
    """

    dataset_name: str
    dataset_hash: str
    class_names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    split: str
    entries: tuple[Entry, ...]
    baseline: int
    verdicts: dict[int, dict[str, Verdict]]
    spreads: tuple[tuple[tuple[str, ...], Spread], ...]
    date: datetime
    versions: dict[str, str]


def compare_models(
    candidates: Sequence[Candidate],
    dataset: ExpressionDataset,
    split: str,
    should_stop: Callable[[], bool] | None = None,
    on_progress: Callable[[float], None] | None = None,
    *,
    baseline: int = 0,
    with_speed: bool = False,
    speeds: dict[str, Speed] | None = None,
    cache_dir: Path | None = None,
) -> Comparison:
    """Score all models on the same images and judge them.

    Args:
        candidates: One or more models.
        dataset: The data.
        split: ``"train"``, ``"val"`` or ``"test"``.
        should_stop: Asked now and then.
        on_progress: Called with 0..1.
        baseline: Index of the model that the others are held against.
        with_speed: Measure the speed of those that ``speeds`` does not name.
        speeds: Measured before, by :attr:`Candidate.key`.
        cache_dir: The user's cache folder when None.

    Raises:
        MienError: There is no model, or one cannot be scored.
        OperationCancelled: ``should_stop`` said so.
    """
    if not candidates:
        raise MienError("There is no model to compare; name a run folder or a model file.")
    candidates = with_distinct_names(candidates)
    measured = dict(speeds or {})
    entries: list[Entry] = []
    for number, candidate in enumerate(candidates):

        def progress(share: float, number: int = number) -> None:
            if on_progress is not None:
                on_progress((number + 0.9 * share) / len(candidates))

        scores = score(
            candidate, dataset, split, should_stop, progress, threads=0, cache_dir=cache_dir
        )
        if with_speed and candidate.key not in measured:
            measured[candidate.key] = measure_speed(candidate, should_stop, cache_dir=cache_dir)
        entries.append(_entry(candidate, scores, dataset, measured.get(candidate.key), should_stop))
    versus = entries[baseline].scores
    verdicts = {
        number: compare(
            entry.scores.targets, entry.scores.preds, versus.preds, len(dataset.class_names)
        )
        for number, entry in enumerate(entries)
        if number != baseline
    }
    if on_progress is not None:
        on_progress(1.0)
    return Comparison(
        dataset_name=dataset.name,
        dataset_hash=dataset.content_hash,
        class_names=dataset.class_names,
        counts=tuple(tuple(row) for row in dataset.counts().tolist()),
        split=split,
        entries=tuple(entries),
        baseline=baseline,
        verdicts=verdicts,
        spreads=_spreads(entries),
        date=datetime.now(),
        versions=_versions(),
    )


def with_distinct_names(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the models with their folder, then a number, behind names that several bear.

    The order stays; the marks on disk are not touched.
    """
    named = list(candidates)
    for extra in (lambda _number, one: one.path.parent.name, lambda number, _one: str(number)):
        counts = Counter(one.name for one in named)
        seen: Counter[str] = Counter()
        for place, one in enumerate(named):
            if counts[one.name] > 1 and (more := extra(seen[one.name] + 1, one)):
                seen[one.name] += 1
                title = f"{one.name} ({more})"
                named[place] = replace(one, marks=replace(one.marks, title=title))
    return named


def _entry(
    candidate: Candidate,
    scores: Scores,
    dataset: ExpressionDataset,
    speed: Speed | None,
    should_stop: Callable[[], bool] | None,
) -> Entry:
    learnt = learnt_images(candidate, dataset, scores.split, should_stop=should_stop)
    slices: tuple[AgreementSlice, ...] = ()
    if dataset.votes is not None:
        slices = tuple(human_ceiling(scores, dataset.votes.numpy()))
    enough = len(scores) >= FEWEST
    return Entry(
        candidate=candidate,
        scores=scores,
        flags=same_ground(
            candidate, dataset.content_hash, scores.split, images=len(scores), learnt=learnt
        ),
        intervals=bootstrap_intervals(scores.targets, scores.preds, len(scores.class_names)),
        calibration=calibrate(scores.probs, scores.targets, scores.temperature) if enough else None,
        coverage=risk_coverage(scores.probs, scores.targets),
        slices=slices,
        speed=speed,
    )


def _spreads(entries: Sequence[Entry]) -> tuple[tuple[tuple[str, ...], Spread], ...]:
    accuracy = {
        entry.candidate.key: float(entry.scores.metrics["top1_accuracy"]) for entry in entries
    }
    return tuple(
        (
            tuple(candidate.name for candidate in group),
            seed_spread([accuracy[candidate.key] for candidate in group]),
        )
        for group in seed_groups([entry.candidate for entry in entries])
    )


def _versions() -> dict[str, str]:
    import scipy
    import sklearn

    from trainer._onnxruntime import onnxruntime

    return {
        "Mien": trainer.__version__,
        "Python": platform.python_version(),
        "NumPy": np.__version__,
        "ONNX Runtime": str(onnxruntime.__version__),
        "scikit-learn": str(sklearn.__version__),
        "SciPy": str(scipy.__version__),
    }
