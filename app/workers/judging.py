"""Scoring models on one split, on a thread of its own; what was scored before is only read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PyQt5.QtCore import QCoreApplication, pyqtSignal

from app.opening import read_as_remembered
from app.workers.base import Worker
from trainer.compare.confidence import FEWEST, calibrate, risk_coverage
from trainer.compare.ground import learnt_images, same_ground
from trainer.compare.models import Candidate
from trainer.compare.pictures import human_ceiling
from trainer.compare.scores import Scores
from trainer.compare.scoring import cached_scores, score
from trainer.compare.statistics import bootstrap_intervals
from trainer.data.library import Library
from trainer.errors import DataError, MienError
from trainer.paths import cache_dir
from ui.tables.judged import Judged
from ui.tables.samples import Samples

if TYPE_CHECKING:
    from trainer.data.dataset import ExpressionDataset


@dataclass(frozen=True)
class Ground:
    """What models are judged on.

    Attributes:
        path: The data set's file or folder.
        split: ``"train"``, ``"val"`` or ``"test"``.
        dataset: The data set as the core has it.
        samples: The same as windows have it; the arrays are shared.
    """

    path: Path
    split: str
    dataset: ExpressionDataset
    samples: Samples


class JudgeWorker(Worker):
    """Scores models one after the other.

    Signals:
        loaded: :class:`Ground`, when the data had to be read.
        judged: :class:`Judged` of one model.
        missed: (name, sentence) A model that could not be scored; the others are.
    """

    loaded = pyqtSignal(object)
    judged = pyqtSignal(object)
    missed = pyqtSignal(str, str)

    def __init__(
        self,
        candidates: Sequence[Candidate],
        path: Path,
        split: str,
        ground: Ground | None = None,
        *,
        only_known: bool = False,
        content_hash: str = "",
    ) -> None:
        """Prepare.

        Args:
            candidates: The models.
            path: Data set.
            split: Its split.
            ground: The data if they were read before.
            only_known: Bring back what was scored before, score nothing.
            content_hash: Hash that the data are believed to have, for ``only_known``.
        """
        super().__init__()
        self._candidates = list(candidates)
        self._path = path
        self._split = split
        self._ground = ground
        self._only_known = only_known
        self._content_hash = content_hash

    def work(self) -> None:
        candidates = self._known() if self._only_known else self._candidates
        if not candidates:
            return
        ground = self._read()
        for number, candidate in enumerate(candidates):
            if self.should_stop():
                return
            try:
                scores = self._score(candidate, ground, number / len(candidates))
            except DataError:
                raise  # it holds for every model
            except MienError as error:
                self.missed.emit(candidate.name, str(error))
                continue
            if scores is not None:
                self.judged.emit(judge(candidate, scores, ground, self))

    def _known(self) -> list[Candidate]:
        """Return the models that were scored before on data of this hash."""
        known = self._content_hash
        if self._ground is not None:
            known = self._ground.dataset.content_hash
        if not known:
            entry = Library().find(self._path)
            known = entry.content_hash if entry is not None else ""
        # To find scores the model files are hashed: not where nothing was ever scored.
        if not known or not any((cache_dir() / "scores").glob("*.npz")):
            return []
        found = []
        for candidate in self._candidates:
            if self.should_stop():
                return []
            if cached_scores(candidate, known, self._split) is not None:
                found.append(candidate)
        return found

    def _score(self, candidate: Candidate, ground: Ground, done: float) -> Scores | None:
        if self._only_known:
            return cached_scores(candidate, ground.dataset.content_hash, self._split)
        part = 1 / len(self._candidates)
        return score(
            candidate,
            ground.dataset,
            self._split,
            self.should_stop,
            lambda fraction: self.progress.emit(done + part * fraction),
        )

    def _read(self) -> Ground:
        ground = self._ground
        if ground is None or ground.path != self._path:
            dataset = read_as_remembered(self._path, should_stop=self.should_stop)
            ground = Ground(self._path, self._split, dataset, samples_of(dataset, self._path))
        if not len(ground.dataset.indices(self._split)):
            text = QCoreApplication.translate(
                "JudgeWorker", "{name} has no images in this split; choose another to judge on."
            )
            raise DataError(text.format(name=ground.dataset.name))
        ground = Ground(self._path, self._split, ground.dataset, ground.samples)
        self.loaded.emit(ground)
        return ground


def judge(candidate: Candidate, scores: Scores, ground: Ground, worker: Worker) -> Judged:
    """Work out what the pages show of a model; nothing of it is left for the GUI's thread."""
    learnt = learnt_images(candidate, ground.dataset, ground.split, should_stop=worker.should_stop)
    flags = same_ground(
        candidate,
        ground.dataset.content_hash,
        ground.split,
        images=len(scores),
        learnt=learnt,
    )
    # Computed once and kept by the scores themselves.
    _ = scores.metrics, scores.preds, scores.correct, scores.losses
    intervals = bootstrap_intervals(scores.targets, scores.preds, len(scores.class_names))
    findings: dict[str, object] = {
        "intervals": intervals,
        "risk": risk_coverage(scores.probs, scores.targets),
    }
    if len(scores) >= FEWEST:
        findings["calibration"] = calibrate(scores.probs, scores.targets, scores.temperature)
    if ground.samples.votes is not None:
        findings["people"] = human_ceiling(scores, ground.samples.votes)
    accuracy = intervals["top1_accuracy"]
    return Judged(candidate.key, scores, flags, (accuracy.low, accuracy.high), findings)


def samples_of(dataset: ExpressionDataset, path: Path) -> Samples:
    """Return a data set as windows have it."""
    return Samples(
        images=np.ascontiguousarray(dataset.images.numpy()[:, 0]),
        targets=dataset.targets.numpy(),
        splits=dataset.splits.numpy(),
        source_rows=dataset.source_rows.numpy(),
        class_names=dataset.class_names,
        name=dataset.name,
        path=path,
        content_hash=dataset.content_hash,
        kind=dataset.kind,
        files=dataset.files,
        votes=None if dataset.votes is None else dataset.votes.numpy(),
    )
