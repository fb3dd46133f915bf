"""What came of fitting a network to corrections: figures, a verdict, sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.compare.statistics import Interval
from trainer.data.correction_units import VIDEOS

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

BETTER, UNCLEAR, NOT_BETTER, FORGETS = "better", "unclear", "not_better", "forgets"

_DRAWS = 2000
_FEWEST_CLUSTERS = 5

SENTENCES: Mapping[str, str] = {
    BETTER: "Better on faces of {units} it had not seen, and the base split holds: a new model "
    "was written.",
    UNCLEAR: "Better on the {count} held-out faces, but so few cannot show it (the interval of the "
    "difference includes 0): a new model was written, judge it by eye.",
    NOT_BETTER: "Not better on faces of {units} it had not seen: kept the old model, nothing was "
    "written.",
    FORGETS: "It would forget more than {most:.0f} point of the base split whatever is tried: kept "
    "the old model, nothing was written.",
}
"""English verdicts; ``units`` is "videos" or "people"."""


@dataclass(frozen=True)
class BeforeAfter:
    """Accuracy of the old and the new network on the same images, fractions.

    Attributes:
        count: Images.
        before: With its 95 % interval.
        after: With its 95 % interval.
        difference: After minus before, with its interval.
        resampled: ``"images"``, or ``"people"`` where whole people of a video were drawn.
    """

    count: int
    before: Interval
    after: Interval
    difference: Interval
    resampled: str = "images"

    def sentence(self) -> str:
        """Return it in English."""
        parts = [
            f"{100 * one.value:.1f} % ({100 * one.low:.1f} to {100 * one.high:.1f})"
            for one in (self.before, self.after)
        ]
        lead = self.difference
        return (
            f"before {parts[0]}, after {parts[1]}, difference {100 * lead.value:+.1f} points "
            f"({100 * lead.low:+.1f} to {100 * lead.high:+.1f}), n = {self.count}"
        )


def measure(right_before: Bools, right_after: Bools, clusters: Ints | None = None) -> BeforeAfter:
    """Return accuracies with percentile bootstrap intervals, the same draws for both.

    Args:
        right_before: bool (N,), N > 0.
        right_after: bool (N,).
        clusters: int64 (N,) from 0: images that are drawn together, if there are at least five
            such; frames of one person are no independent ones.
    """
    count = len(right_before)
    random = np.random.default_rng(0)
    whole = clusters is not None and int(clusters.max()) + 1 >= _FEWEST_CLUSTERS
    numbers = clusters if whole and clusters is not None else np.arange(count)
    groups = int(numbers.max()) + 1
    sums = np.stack(
        [
            np.bincount(numbers, weights, groups)
            for weights in (np.ones(count), right_before, right_after)
        ]
    )
    times = random.multinomial(groups, np.full(groups, 1 / groups), size=_DRAWS)
    sizes, before, after = (times @ row for row in sums)
    drawn = (before / sizes, after / sizes, (after - before) / sizes)
    values = (right_before.mean(), right_after.mean(), right_after.mean() - right_before.mean())
    ends = [np.percentile(one, [2.5, 97.5]) for one in drawn]
    first, second, third = (
        Interval(float(value), float(low), float(high))
        for value, (low, high) in zip(values, ends, strict=True)
    )
    return BeforeAfter(count, first, second, third, "people" if whole else "images")


@dataclass(frozen=True)
class Outcome:
    """What :func:`trainer.improve.improve.improve` found.

    Attributes:
        verdict: ``"better"``, ``"unclear"``, ``"not_better"`` or ``"forgets"``.
        corrections: How many there are.
        corrections_hash: Of their content.
        units: How many videos or people they are of.
        unit_kind: ``"videos"`` or ``"people"``.
        folds: Into how many parts they were divided; each was judged by a last layer that was
            fitted on the others.
        held_out: On the corrections, each held out once; None when it would forget.
        base: On the half of the base split that nothing was chosen by; None likewise.
        replay: Name of the replayed data.
        strength: Of the replay.
        parent: File name of the old network.
        parent_sha256: Its hash.
        path: The new network's file; None when nothing was written.
        seconds: How long it took.
    """

    verdict: str
    corrections: int
    corrections_hash: str
    units: int
    unit_kind: str
    folds: int
    held_out: BeforeAfter | None
    base: BeforeAfter | None
    replay: str
    strength: float
    parent: str
    parent_sha256: str
    path: Path | None
    seconds: float

    def sentence(self) -> str:
        """Return the verdict in English."""
        return SENTENCES[self.verdict].format(
            units="videos" if self.unit_kind == VIDEOS else "people",
            count=self.corrections,
            most=1,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-able values."""
        values = asdict(self)
        values["path"] = None if self.path is None else str(self.path)
        values["sentence"] = self.sentence()
        return values
