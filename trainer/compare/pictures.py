"""What the pictures of the Compare tab show, as data; nothing here draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.compare.scoring import Scores
from trainer.compare.statistics import Interval, share_interval
from trainer.data.votes import VOTE_COLUMNS
from trainer.errors import DataError

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

FRAME_RATES: tuple[int, ...] = (15, 25, 30, 60)
"""Frames a second whose lines stand in the accuracy against speed picture."""

AGREEMENTS: tuple[tuple[str, int, int], ...] = (
    ("8 to 10", 8, 10),
    ("6 or 7", 6, 7),
    ("fewer than 6", 0, 5),
)
"""Slices by how many of ten people agreed on one expression: name, fewest, most."""


@dataclass(frozen=True)
class ClassRow:
    """How one expression fares.

    Attributes:
        name: Its name.
        precision: Share of right ones among the answers of this expression.
        recall: Share of its images that are answered right, with its interval (Wilson).
        f1: Harmonic mean of both.
        support: Its images; without any, the others are NaN.
    """

    name: str
    precision: float
    recall: Interval
    f1: float
    support: int


@dataclass(frozen=True)
class ImageList:
    """Some judged images, in the order to show them.

    Attributes:
        indices: int64 (M,), images of the data set.
        targets: int64 (M,).
        preds: int64 (M,), the (first) model's answers.
        values: float64 (M,), what they are sorted by: a loss or a probability.
    """

    indices: Ints
    targets: Ints
    preds: Ints
    values: Floats

    def __len__(self) -> int:
        return len(self.indices)


@dataclass(frozen=True)
class AgreementSlice:
    """Images on which so many people agreed (FER+, Barsoum et al., 2016).

    Attributes:
        name: Of ten people, how many.
        images: How many images.
        accuracy: Of the model, against the data set's label.
        voter_accuracy: Of a person drawn from the ten, against the label: the mean share of votes
            that name it.
        majority_accuracy: Of the most voted expression, against the label.
        soft_accuracy: Of the model against the people: the mean share of votes on its answer.
        best_soft_accuracy: The most that any answer could have got so.
    """

    name: str
    images: int
    accuracy: Interval
    voter_accuracy: float
    majority_accuracy: float
    soft_accuracy: float
    best_soft_accuracy: float


def class_rows(scores: Scores) -> list[ClassRow]:
    """Return precision, recall, F1 and support of every class."""
    rows = []
    for index, (name, values) in enumerate(scores.metrics["per_class"].items()):
        hits = int(scores.metrics["confusion_matrix"][index][index])
        recall = share_interval(hits, values["support"])
        precision, f1 = (
            math.nan if values[key] is None else values[key] for key in ("precision", "f1")
        )
        rows.append(ClassRow(name, precision, recall, f1, values["support"]))
    return rows


def confusion_counts(scores: Scores) -> Ints:
    """Return the confusion matrix int64 (C, C); rows are targets."""
    return np.asarray(scores.metrics["confusion_matrix"], np.int64)


def confusion_percent(scores: Scores) -> Floats:
    """Return each row in percent of its images, float64 (C, C); an empty row is NaN."""
    counts = confusion_counts(scores)
    totals = counts.sum(axis=1, keepdims=True)
    return np.where(totals > 0, 100 * counts / np.maximum(totals, 1), math.nan)


def confusion_difference(a: Scores, b: Scores) -> Floats:
    """Return A's row percent minus B's, in points, float64 (C, C).

    On the diagonal more is better for A, elsewhere less; a label without images is NaN.
    """
    check_same_images(a, b)
    return confusion_percent(a) - confusion_percent(b)


def most_confused(scores: Scores, count: int = 10) -> list[tuple[int, int, int]]:
    """Return ``(target, answer, images)`` of the largest cells off the diagonal."""
    counts = confusion_counts(scores)
    np.fill_diagonal(counts, 0)
    order = np.argsort(-counts, axis=None, kind="stable")[:count]
    cells = [divmod(int(place), counts.shape[1]) for place in order]
    return [(row, column, int(counts[row, column])) for row, column in cells if counts[row, column]]


def cell_images(scores: Scores, target: int, pred: int) -> ImageList:
    """Return the images of one cell of the confusion matrix, the surest answers first."""
    chosen = np.flatnonzero((scores.targets == target) & (scores.preds == pred))
    return _sorted(scores, chosen, scores.probs[:, pred])


def highest_losses(scores: Scores, count: int = 100) -> ImageList:
    """Return the images that cost most, as fastai's ``plot_top_losses`` does."""
    return _sorted(scores, np.arange(len(scores)), scores.losses, count)


def a_right_b_wrong(a: Scores, b: Scores) -> ImageList:
    """Return the images that A has right and B wrong, the widest apart first.

    Sorted by how much more probability A gives to the right answer; ``preds`` are B's.
    """
    check_same_images(a, b)
    rows = np.arange(len(a))
    ahead = (a.probs[rows, a.targets] - b.probs[rows, a.targets]).astype(np.float64)
    return _sorted(b, np.flatnonzero(a.correct & ~b.correct), ahead)


def check_same_images(a: Scores, b: Scores) -> None:
    """Refuse to set two models beside one another that were not judged on the same images.

    Raises:
        DataError: They were not.
    """
    if (a.dataset_hash, a.split) != (b.dataset_hash, b.split):
        raise DataError(
            f"{a.model_file.name} was scored on {a.dataset_name} ({a.split}) and "
            f"{b.model_file.name} on {b.dataset_name} ({b.split}); score both on the same."
        )


def _sorted(scores: Scores, chosen: Ints, values: npt.NDArray[Any], count: int = 0) -> ImageList:
    order = chosen[np.argsort(-values[chosen], kind="stable")]
    if count:
        order = order[:count]
    return ImageList(
        scores.indices[order],
        scores.targets[order],
        scores.preds[order],
        values[order].astype(np.float64),
    )


def agreed_of_ten(votes: npt.NDArray[np.uint8]) -> Floats:
    """Return how many of ten people agreed on one expression, float64 (N,); NaN without votes.

    *Unknown* and *no face* are no expressions, but those who said so are among the ten.
    """
    total = votes.sum(axis=1, dtype=np.int64)
    most = votes[:, : VOTE_COLUMNS.index("unknown")].max(axis=1).astype(np.float64)
    return np.where(total > 0, 10 * most / np.maximum(total, 1), np.nan)


def human_ceiling(scores: Scores, votes: npt.NDArray[np.uint8]) -> list[AgreementSlice]:
    """Return all judged images, and the slices of :data:`AGREEMENTS`.

    Args:
        scores: A model's answers.
        votes: uint8 (all images of the data set, 10), FER+'s votes.
    """
    own = votes[scores.indices].astype(np.float64)
    total = own.sum(axis=1)
    columns = [VOTE_COLUMNS.index(name) for name in scores.class_names if name in VOTE_COLUMNS]
    if len(columns) != len(scores.class_names):
        raise DataError("FER+'s votes do not name all classes of this data set.")
    shares = own[:, columns] / np.maximum(total, 1)[:, None]
    agreed = np.round(agreed_of_ten(votes[scores.indices]))
    slices = [("all", total > 0)]
    slices += [(name, (agreed >= low) & (agreed <= high)) for name, low, high in AGREEMENTS]
    return [_slice(scores, name, shares, np.flatnonzero(chosen)) for name, chosen in slices]


def _slice(scores: Scores, name: str, shares: Floats, chosen: Ints) -> AgreementSlice:
    def mean(values: npt.NDArray[Any]) -> float:
        return float(values.mean()) if len(chosen) else float("nan")

    targets, preds = scores.targets[chosen], scores.preds[chosen]
    own = shares[chosen]
    rows = np.arange(len(chosen))
    return AgreementSlice(
        name=name,
        images=len(chosen),
        accuracy=share_interval(int(scores.correct[chosen].sum()), len(chosen)),
        voter_accuracy=mean(own[rows, targets]),
        majority_accuracy=mean(own.argmax(axis=1) == targets),
        soft_accuracy=mean(own[rows, preds]),
        best_soft_accuracy=mean(own.max(axis=1)),
    )


def pareto_line(points: Sequence[tuple[float, float]]) -> list[int]:
    """Return which of ``(ms, accuracy)`` no other beats in both, the quickest first.

    Of equal points the first stands on the line.
    """
    order = sorted(range(len(points)), key=lambda i: (points[i][0], -points[i][1], i))
    line: list[int] = []
    best = float("-inf")
    for place in order:
        if points[place][1] > best:
            best = points[place][1]
            line.append(place)
    return line


def frame_budget_ms(rate: float, faces: int = 1) -> float:
    """Return how long one face may take when a video of ``rate`` frames/s shows ``faces``."""
    return 1000.0 / (rate * faces)
