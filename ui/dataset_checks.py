"""A data set with what was found in it and the corrections made since."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from trainer.data import vote_statistics
from trainer.data.findings import Findings
from trainer.data.flags import Flag
from trainer.data.one_of_each import Spare, spare_images
from trainer.data.votes import VOTE_COLUMNS
from trainer.labels import canonical_name
from ui.check_result import (
    PAIR_CHECKS,
    VOTE_CHECKS,
    Check,
    CheckResult,
    CheckRow,
    ReviewScore,
    Suggestion,
)
from ui.tables.samples import Samples

Ints = npt.NDArray[np.int64]

LOW_AGREEMENT = 0.7
"""Share of the votes on one answer below which voters are said to disagree."""


class CheckedData:
    """A data set, what was found in it, and the corrections made since.

    Labels come from ``targets``, so what depends on labels follows every correction; only
    suspected label errors are as old as the predictions behind them.
    """

    def __init__(
        self,
        samples: Samples,
        result: CheckResult | None,
        targets: Ints,
        excluded: npt.NDArray[np.bool_],
        before: CheckedData | None = None,
    ) -> None:
        """Join the four; ``before`` is the same data set with earlier corrections."""
        self.samples = samples
        self.result = result
        self.targets = targets
        self.excluded = excluded
        self._vote_targets: Ints | None = None
        self._orders: dict[Check, Ints] = {}  # of what no correction changes
        if before is not None and before.samples is samples:
            self._vote_targets = before._vote_targets
            if before.result is result:
                self._orders = before._orders

    @property
    def votes(self) -> npt.NDArray[np.uint8] | None:
        """uint8 (N, 10) or None."""
        return self.samples.votes

    def vote_targets(self) -> Ints:
        """Return the class that most voters chose, int64 (N,); -1 without one."""
        if self._vote_targets is None:
            if self.votes is None:
                self._vote_targets = np.full(len(self.samples), -1, np.int64)
            else:
                names = [canonical_name(name) or name for name in self.samples.class_names]
                column = [names.index(name) if name in names else -1 for name in VOTE_COLUMNS]
                chosen = vote_statistics.majority(self.votes)
                self._vote_targets = np.append(column, -1)[chosen].astype(np.int64)
        return self._vote_targets

    def is_known(self, check: Check) -> bool:
        """Whether somebody looked for it already."""
        if check in VOTE_CHECKS and self.votes is None:
            return False
        if self.result is None:
            return False
        if check is Check.NO_FACE:
            return self.result.faces_checked
        if check is Check.SUSPECTED:
            return self.result.findings.label_errors is not None
        return True

    # Pairs ------------------------------------------------------------------------------

    def conflicts(self) -> npt.NDArray[np.bool_]:
        """Return bool (P,): the two images of a pair carry different labels now."""
        assert self.result is not None
        pairs = self.result.findings.pairs
        first, second = self.targets[pairs[:, 0]], self.targets[pairs[:, 1]]
        return np.asarray((first >= 0) & (second >= 0) & (first != second), np.bool_)

    def pairs(self, check: Check) -> Ints:
        """Return the rows of ``findings.pairs`` that a check of repeats means."""
        if self.result is None:
            return np.zeros(0, np.int64)
        if check is Check.CONFLICT:
            return np.flatnonzero(self.conflicts())
        if check not in self._orders:
            self._orders[check] = self._pairs(check, self.result.findings)
        return self._orders[check]

    @staticmethod
    def _pairs(check: Check, found: Findings) -> Ints:
        exact = found.pair_distance == 0
        if check is Check.EXACT:
            repeats = found.flags[found.pairs[:, 1]] & np.uint32(Flag.EXACT_REPEAT) != 0
            return np.flatnonzero(exact & repeats)
        if check is Check.NEAR:
            return np.flatnonzero(~exact & ~found.pair_across)
        return np.flatnonzero(found.pair_across)

    def settled_pairs(self, rows: Ints) -> npt.NDArray[np.bool_]:
        """Return bool: an image of the pair is excluded."""
        assert self.result is not None
        pairs = self.result.findings.pairs[rows]
        return np.asarray(self.excluded[pairs].any(axis=1), np.bool_)

    def spare(self, check: Check) -> Spare:
        """Return what to exclude so that one of each stays."""
        assert self.result is not None
        found = self.result.findings
        exact = found.pair_distance == 0
        pairs, within = found.pairs, False
        if check is Check.EXACT:
            pairs, within = pairs[exact], True
        elif check is Check.NEAR:
            pairs, within = pairs[~exact], True
        return spare_images(
            pairs,
            self.targets,
            self.samples.splits,
            self.excluded,
            within_split=within,
            only_across=check is Check.LEAK,
            only_conflicts=check is Check.CONFLICT,
        )

    # Images -----------------------------------------------------------------------------

    def images(self, check: Check) -> Ints:
        """Return the images a check remarks on, the worst first."""
        if not self.is_known(check):
            return np.zeros(0, np.int64)
        assert self.result is not None
        found = self.result.findings
        if check in PAIR_CHECKS:
            both = found.pairs[self.pairs(check)].ravel()
            _, place = np.unique(both, return_index=True)
            return both[np.sort(place)]
        if check is Check.AGAINST_VOTES:
            chosen = self.vote_targets()
            against = (chosen >= 0) & (self.targets >= 0) & (chosen != self.targets)
            return _ordered(against, -found.agreement)
        if check not in self._orders:
            self._orders[check] = self._images(check, found)
        return self._orders[check]

    @staticmethod
    def _images(check: Check, found: Findings) -> Ints:
        if check is Check.SUSPECTED:
            errors = found.label_errors
            return np.zeros(0, np.int64) if errors is None else errors.order
        if check is Check.LOW_AGREEMENT:
            return _ordered(found.agreement < LOW_AGREEMENT, found.agreement)
        flag, values = {
            Check.BLANK: (Flag.BLANK, found.contrast),
            Check.DARK: (Flag.DARK, found.brightness),
            Check.BLURRED: (Flag.BLURRED, found.sharpness),
            Check.NO_FACE: (Flag.NO_FACE, np.zeros(len(found), np.float32)),
            Check.NO_MAJORITY: (Flag.NO_MAJORITY, found.agreement),
            Check.TIE: (Flag.TIE, -found.entropy),
        }[check]
        return _ordered(found.flags & np.uint32(flag) != 0, values)

    def suggested(self, indices: Ints, check: Check) -> Ints:
        """Return the label that a network or most voters would give instead, -1 for none.

        Votes come first where a check is about votes, the network elsewhere.
        """
        voted = self.vote_targets()[indices]
        voted = np.where(voted == self.samples.targets[indices], -1, voted)
        errors = None if self.result is None else self.result.findings.label_errors
        if errors is None:
            return voted
        by_network = errors.suggested[indices]
        first, second = (voted, by_network) if check in VOTE_CHECKS else (by_network, voted)
        return np.where(first >= 0, first, second)

    def suggestion(self, index: int, check: Check) -> Suggestion | None:
        """Return the same for one image, with its share."""
        target = int(self.suggested(np.array([index]), check)[0])
        if target < 0:
            return None
        voted = self.votes is not None and int(self.vote_targets()[index]) == target
        errors = None if self.result is None else self.result.findings.label_errors
        by_network = errors is not None and int(errors.suggested[index]) == target
        if voted and (check in VOTE_CHECKS or not by_network):
            assert self.votes is not None
            share = float(self.votes[index].max() / self.votes[index].sum())
            return Suggestion(target, share, True)
        probs = None if self.result is None else self.result.probs
        share = float("nan") if probs is None else float(probs[index, target])
        return Suggestion(target, share, False)

    def class_votes(self, index: int) -> tuple[list[int] | None, dict[str, int]]:
        """Return the votes for each class, and those for answers that are no class."""
        votes = self.votes
        if votes is None:
            return None, {}
        names = [canonical_name(name) or name for name in self.samples.class_names]
        given = dict(zip(VOTE_COLUMNS, votes[index].tolist(), strict=True))
        by_class = [given.pop(name, 0) for name in names]
        return by_class, {name: number for name, number in given.items() if number}

    # The list ---------------------------------------------------------------------------

    def rows(self) -> list[CheckRow]:
        """Return a line for every check."""
        return [self._row(check) for check in Check]

    def _row(self, check: Check) -> CheckRow:
        if not self.is_known(check):
            return CheckRow(
                check, None, available=check not in VOTE_CHECKS or self.votes is not None
            )
        if check in PAIR_CHECKS:
            settled = self.settled_pairs(self.pairs(check))
        else:
            settled = self.excluded[self.images(check)]
        return CheckRow(check, int((~settled).sum()), int(settled.sum()))


def _ordered(chosen: npt.NDArray[np.bool_], values: npt.NDArray[np.floating]) -> Ints:
    """Return the chosen indices, the smallest value first."""
    indices = np.flatnonzero(chosen)
    return indices[np.argsort(values[indices], kind="stable")]


def review_score(
    data: CheckedData, check: Check, queue: Ints, reviewed: npt.NDArray[np.bool_]
) -> ReviewScore:
    """Count what was reviewed of a queue, and how often the suggestion was followed."""
    seen = queue[reviewed[queue]]
    suggested = data.suggested(seen, check)
    judged = suggested >= 0
    agreed = judged & (data.targets[seen] == suggested) & ~data.excluded[seen]
    return ReviewScore(len(queue), len(seen), int(judged.sum()), int(agreed.sum()))
