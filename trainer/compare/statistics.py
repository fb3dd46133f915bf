"""How sure a score is, and whether a difference between two models is more than chance.

- Intervals: the percentile bootstrap over images (Efron and Tibshirani, "An Introduction to the
  Bootstrap", 1993, chapters 13 and 16). All scores here depend only on how often each pair of
  target and answer occurs, so resampling N images with replacement is the same as one draw from a
  multinomial distribution over these pairs; two models are drawn together, as triples, which
  keeps them paired.
- Two models on the same images: McNemar's test (1947), exact and mid-p (Fagerland, Lydersen and
  Laake, "The McNemar test for binary matched-pairs data", BMC Medical Research Methodology 2013,
  who advise the mid-p).
- Several seeds: mean, standard deviation and Student's t interval of the mean.

The intervals speak of other images of the same kind; only seeds tell what another training would
give, and neither speaks of other cameras or people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

LEVEL = 0.95
DRAWS = 10_000
SCORES: tuple[str, ...] = ("top1_accuracy", "macro_f1", "balanced_accuracy")

SENTENCES: dict[str, str] = {
    "no_difference": (
        "No difference in {score} shown: 95 % interval of the difference "
        "{low:+.1f} to {high:+.1f} points."
    ),
    "better": (
        "{a} is better in {score}: by {difference:.1f} points, "
        "95 % interval {low:+.1f} to {high:+.1f}."
    ),
    "worse": (
        "{b} is better in {score}: by {difference:.1f} points, "
        "95 % interval {low:+.1f} to {high:+.1f}."
    ),
    "same": "Both give the same answer for every image.",
}
"""The verdicts; the windows translate them by key."""

SCORE_NAMES: dict[str, str] = {
    "top1_accuracy": "accuracy",
    "macro_f1": "macro-F1",
    "balanced_accuracy": "balanced accuracy",
}


@dataclass(frozen=True)
class Interval:
    """A value with its 95 % interval, fractions.

    Attributes:
        value: As measured.
        low: Lower end.
        high: Upper end.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class McNemar:
    """McNemar's test of two models on the same images.

    Attributes:
        only_a: Images that only the first has right.
        only_b: Images that only the second has right.
        exact_p: Two-sided exact conditional p value.
        mid_p: Two-sided mid-p value.
    """

    only_a: int
    only_b: int
    exact_p: float
    mid_p: float


@dataclass(frozen=True)
class Verdict:
    """What can be said of a score's difference between two models.

    Attributes:
        score: One of :data:`SCORES`.
        kind: A key of :data:`SENTENCES`: ``"better"`` (the first is), ``"worse"``,
            ``"no_difference"`` or ``"same"``.
        difference: First minus second, with its interval.
        test: McNemar's test, which is about accuracy.
    """

    score: str
    kind: str
    difference: Interval
    test: McNemar

    def points(self) -> dict[str, float]:
        """Return the places ``difference``, ``low`` and ``high`` of its sentence, in points.

        Of the better model minus the other, so that a lead is a positive number.
        """
        ends = 100 * self.difference.low, 100 * self.difference.high
        if self.kind == "worse":
            ends = -ends[1], -ends[0]
        return {
            "difference": 100 * abs(self.difference.value),
            "low": ends[0],
            "high": ends[1],
        }

    def sentence(self, a: str, b: str) -> str:
        """Return the verdict in English; ``a`` and ``b`` are the models' names."""
        name = SCORE_NAMES[self.score]
        return SENTENCES[self.kind].format(a=a, b=b, score=name, **self.points())


@dataclass(frozen=True)
class Spread:
    """A score over several seeds.

    Attributes:
        count: Seeds.
        mean: Mean.
        sd: Standard deviation (n - 1); NaN for one seed.
        low: Lower end of the 95 % t interval of the mean; NaN for one seed.
        high: Upper end.
    """

    count: int
    mean: float
    sd: float
    low: float
    high: float

    def sentence(self) -> str:
        """Return it in English, in percent."""
        if self.count < 2:
            return "One seed only: how much another seed would differ is not known."
        return (
            f"{self.count} seeds: mean {100 * self.mean:.1f} %, standard deviation "
            f"{100 * self.sd:.1f} points, 95 % interval of the mean {100 * self.low:.1f} to "
            f"{100 * self.high:.1f} %."
        )


def bootstrap_intervals(
    targets: Ints, preds: Ints, classes: int, *, seed: int = 0, draws: int = DRAWS
) -> dict[str, Interval]:
    """Return the percentile bootstrap interval of each of :data:`SCORES`.

    Args:
        targets: int (N,), N > 0.
        preds: int (N,).
        classes: How many classes there are.
        seed: Of the draws.
        draws: How many resamples.
    """
    _check(targets, preds)
    joint = np.bincount(targets * classes + preds, minlength=classes**2)
    values = _scores(joint.reshape(1, classes, classes))
    drawn = _scores(_resample(joint, seed, draws).reshape(-1, classes, classes))
    return {name: _interval(float(values[name][0]), drawn[name]) for name in SCORES}


def bootstrap_differences(
    targets: Ints, preds_a: Ints, preds_b: Ints, classes: int, *, seed: int = 0, draws: int = DRAWS
) -> dict[str, Interval]:
    """Return first minus second of each of :data:`SCORES`, resampling images for both at once."""
    _check(targets, preds_a, preds_b)
    code = (targets * classes + preds_a) * classes + preds_b
    joint = np.bincount(code, minlength=classes**3)
    # Only triples that occur can be drawn; most of 343 do not.
    occurring = np.flatnonzero(joint)
    target, rest = np.divmod(occurring, classes**2)
    answer_a, answer_b = np.divmod(rest, classes)

    def differences(counts: Ints) -> dict[str, Floats]:
        sides = []
        for answer in (answer_a, answer_b):
            matrices = np.zeros((len(counts), classes**2), np.int64)
            for column, cell in enumerate(target * classes + answer):
                matrices[:, cell] += counts[:, column]
            sides.append(_scores(matrices.reshape(-1, classes, classes)))
        return {name: sides[0][name] - sides[1][name] for name in SCORES}

    values = differences(joint[occurring][None])
    drawn = differences(_resample(joint[occurring], seed, draws))
    return {name: _interval(float(values[name][0]), drawn[name]) for name in SCORES}


def _check(*columns: Ints) -> None:
    if len(columns[0]) == 0 or any(column.shape != columns[0].shape for column in columns):
        raise ValueError(f"expected equally many, got {[column.shape for column in columns]}")


def _resample(counts: Ints, seed: int, draws: int) -> Ints:
    total = int(counts.sum())
    random = np.random.default_rng(seed)
    drawn: Ints = random.multinomial(total, counts / total, size=draws)
    return drawn


def _interval(value: float, drawn: Floats) -> Interval:
    low, high = np.percentile(drawn, [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    return Interval(value, float(low), float(high))


def _scores(matrices: Ints) -> dict[str, Floats]:
    """Return the scores (B,) of confusion matrices (B, C, C), rows are targets.

    As :func:`trainer.metrics.classification_metrics` has them: a class without images in a
    resample does not count, a class that was never answered has precision 0.
    """
    hits = np.diagonal(matrices, axis1=1, axis2=2).astype(np.float64)
    support = matrices.sum(axis=2)
    answered = matrices.sum(axis=1)
    present = support > 0
    recall = hits / np.maximum(support, 1)
    f1 = 2 * hits / np.maximum(support + answered, 1)
    classes = present.sum(axis=1)
    return {
        "top1_accuracy": hits.sum(axis=1) / matrices.sum(axis=(1, 2)),
        "macro_f1": np.where(present, f1, 0).sum(axis=1) / classes,
        "balanced_accuracy": np.where(present, recall, 0).sum(axis=1) / classes,
    }


def mcnemar(correct_a: npt.NDArray[np.bool_], correct_b: npt.NDArray[np.bool_]) -> McNemar:
    """Test whether two models have equally many images right; the images must be the same."""
    from scipy.stats import binom

    if correct_a.shape != correct_b.shape:
        raise ValueError(f"expected the same images, got {correct_a.shape}, {correct_b.shape}")
    only_a = int((correct_a & ~correct_b).sum())
    only_b = int((correct_b & ~correct_a).sum())
    fewer, parted = min(only_a, only_b), only_a + only_b
    if parted == 0:
        return McNemar(0, 0, 1.0, 1.0)
    tail, point = float(binom.cdf(fewer, parted, 0.5)), float(binom.pmf(fewer, parted, 0.5))
    # Where both have as many, the two tails share a point and would add up to more than 1.
    exact = min(1.0, 2 * tail)
    mid = 1.0 - point / 2 if only_a == only_b else 2 * tail - point
    return McNemar(only_a, only_b, exact, mid)


def compare(
    targets: Ints, preds_a: Ints, preds_b: Ints, classes: int, *, seed: int = 0, draws: int = DRAWS
) -> dict[str, Verdict]:
    """Judge two models on the same images, for each of :data:`SCORES`."""
    differences = bootstrap_differences(targets, preds_a, preds_b, classes, seed=seed, draws=draws)
    test = mcnemar(preds_a == targets, preds_b == targets)
    identical = bool((preds_a == preds_b).all())
    return {
        name: Verdict(name, _kind(interval, identical), interval, test)
        for name, interval in differences.items()
    }


def _kind(interval: Interval, identical: bool) -> str:
    if identical:
        return "same"
    if interval.low > 0:
        return "better"
    return "worse" if interval.high < 0 else "no_difference"


def seed_spread(values: Sequence[float]) -> Spread:
    """Return how a score spreads over trainings that differ by their seed only."""
    from scipy.stats import t

    if not values:
        raise ValueError("expected at least one value")
    count, mean = len(values), float(np.mean(values))
    if count < 2:
        return Spread(count, mean, float("nan"), float("nan"), float("nan"))
    sd = float(np.std(values, ddof=1))
    half = float(t.ppf((1 + LEVEL) / 2, count - 1)) * sd / count**0.5
    return Spread(count, mean, sd, mean - half, mean + half)


def share_interval(successes: int, count: int) -> Interval:
    """Return a share with its 95 % interval (Wilson, 1927); the whole range for no image."""
    from scipy.stats import binomtest

    if count == 0:
        return Interval(float("nan"), 0.0, 1.0)
    found = binomtest(successes, count).proportion_ci(LEVEL, method="wilson")
    return Interval(successes / count, float(found.low), float(found.high))
