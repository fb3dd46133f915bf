"""What a training learns from: the data set's labels, or what ten people answered.

Rules, the same in the window, on the command line and in the training. The votes are those of
FER+ (Barsoum et al., 2016), :data:`trainer.data.votes.VOTE_COLUMNS`.

``label``
    The label that the data set, or the person by hand, gave. Images without one are left out.
``majority``
    The answer that more than half of all votes name (all ten answers count). Left out are ties,
    other images without a majority, and images whose majority is *not a face*, *unknown* or an
    expression that is no class of the data set (contempt, as a rule).
``votes``
    A share for each class. An answer with a single vote is taken for a slip and not counted, as
    Barsoum et al. do. Left out are images whose most voted answer, alone or with another, is
    *not a face*, *unknown* or no class of the data set. Of the others the votes for the classes
    count and are brought to a sum of 1.
``both``
    Half the label, half the ``votes``. Left out is only what the votes call *not a face*; where
    they say nothing else that is a class of the data set, the label counts whole.

An image without votes is left out of ``majority`` and ``votes``. A label that somebody gave by
hand after looking at the image stands above any votes.

Only training images are chosen for in this way. What a network is judged by stays the label, so
that figures can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.data import vote_statistics as statistics
from trainer.data.votes import VOTE_COLUMNS
from trainer.errors import DataError

TARGETS: tuple[str, ...] = ("label", "majority", "votes", "both")
"""The choices; ``label`` is what a training does when nothing is said."""

REASONS: tuple[str, ...] = (
    "no_label",
    "no_votes",
    "no_face",
    "unknown",
    "other_answer",
    "tie",
    "no_majority",
)
"""Why an image is left out, in the order in which they are looked at; each image has one.

``other_answer`` is an expression that is no class of the data set.
"""

_KEPT = len(REASONS)


@dataclass(frozen=True)
class TargetChoice:
    """What to learn from each of some images.

    Attributes:
        choice: One of :data:`TARGETS`.
        targets: int64 (N,), index into the class names; -1 where the image is left out. With
            shares it is the class with the largest one.
        shares: float32 (N, C), each row sums to 1 (0 where the image is left out); None when
            every image has one class.
        left_out: bool (N,).
        reasons: How many images are left out, by every one of :data:`REASONS`.
    """

    choice: str
    targets: npt.NDArray[np.int64]
    shares: npt.NDArray[np.float32] | None
    left_out: npt.NDArray[np.bool_]
    reasons: dict[str, int]

    @property
    def used(self) -> int:
        """Number of images that are left to learn from."""
        return int((~self.left_out).sum())


def choose_targets(
    choice: str,
    targets: npt.NDArray[np.int64],
    votes: npt.NDArray[np.uint8] | None,
    class_names: Sequence[str],
    by_hand: npt.NDArray[np.bool_] | None = None,
) -> TargetChoice:
    """Apply the rules above.

    Args:
        choice: One of :data:`TARGETS`.
        targets: int64 (N,), the labels, with the person's corrections; -1 is unlabelled.
        votes: uint8 (N, 10), or None when nobody voted.
        class_names: C classes of the data set, spelled as :data:`VOTE_COLUMNS` spells them.
        by_hand: bool (N,), images whose label somebody gave by hand; they keep it.

    Raises:
        DataError: The choice is not known, or there are no votes to choose by.
    """
    if choice not in TARGETS:
        raise DataError(f"Targets must be one of {', '.join(TARGETS)}, got {choice}.")
    if choice == "label":
        reason = np.where(targets < 0, REASONS.index("no_label"), _KEPT)
        return _made(choice, targets, None, reason)
    if votes is None:
        raise DataError(
            f"There are no votes to take targets from ({choice}); open the data set together with "
            "FER+'s fer2013new.csv, or train on the labels."
        )
    if votes.shape != (len(targets), statistics.ANSWERS):
        raise ValueError(
            f"expected votes ({len(targets)}, {statistics.ANSWERS}), got {votes.shape}"
        )
    # Column of the votes to class; -1 where it is none.
    names = list(class_names)
    classes = np.array([names.index(n) if n in names else -1 for n in VOTE_COLUMNS], np.int64)
    if choice == "majority":
        chosen, reason = _by_majority(votes, classes)
        shares = None
    else:
        shares, reason = _by_share(votes, classes, len(names))
        if choice == "both":
            reason = _add_label(shares, targets, reason)
        chosen = shares.argmax(axis=1).astype(np.int64) if len(names) else targets
    if by_hand is not None:
        kept = by_hand & (targets >= 0)
        chosen = np.where(kept, targets, chosen)
        reason = np.where(kept, _KEPT, reason)
        if shares is not None:
            shares[kept] = 0
            shares[kept, targets[kept]] = 1
    return _made(choice, chosen, shares, reason)


def _add_label(
    shares: npt.NDArray[np.float32], targets: npt.NDArray[np.int64], reason: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Let the labels count half in ``shares``, in place; return why images are left out then."""
    shares[reason != _KEPT] = 0
    labelled = targets >= 0
    shares[labelled] *= 0.5
    rows = np.flatnonzero(labelled)
    shares[rows, targets[rows]] += 1 - shares[rows].sum(axis=1)
    no_face = reason == REASONS.index("no_face")
    return np.where(no_face, reason, np.where(labelled, _KEPT, REASONS.index("no_label")))


def _made(
    choice: str,
    targets: npt.NDArray[np.int64],
    shares: npt.NDArray[np.float32] | None,
    reason: npt.NDArray[np.int64],
) -> TargetChoice:
    left_out = reason != _KEPT
    if shares is not None:
        shares[left_out] = 0
    numbers = np.bincount(reason, minlength=_KEPT)[:_KEPT].tolist()
    return TargetChoice(
        choice,
        np.where(left_out, -1, targets).astype(np.int64),
        shares,
        left_out,
        dict(zip(REASONS, numbers, strict=True)),
    )


def _outside(column: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the reason that an answer that is no class gives, for each column of the votes."""
    reason = np.full(column.shape, REASONS.index("other_answer"), np.int64)
    reason[column == statistics.NO_FACE] = REASONS.index("no_face")
    reason[column == statistics.UNKNOWN] = REASONS.index("unknown")
    return reason


def _by_majority(
    votes: npt.NDArray[np.uint8], classes: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    column = statistics.majority(votes)
    chosen = np.where(column >= 0, classes[column], -1)
    reason = np.where(chosen >= 0, _KEPT, _outside(column))
    reason[column < 0] = REASONS.index("no_majority")
    reason[statistics.ties(votes)] = REASONS.index("tie")
    reason[statistics.totals(votes) == 0] = REASONS.index("no_votes")
    return chosen, reason


def _by_share(
    votes: npt.NDArray[np.uint8], classes: npt.NDArray[np.int64], count: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    counted = np.where(votes > 1, votes, 0)
    most = counted.max(axis=1, keepdims=True)
    reason = np.full(len(votes), _KEPT, np.int64)
    # Later ones win: not a face says more about an image than unknown, and that than contempt.
    outside = np.flatnonzero(classes < 0)
    for column in sorted(outside, key=lambda c: (c >= statistics.UNKNOWN, c)):
        reason[counted[:, column] == most[:, 0]] = _outside(np.array([column]))[0]
    reason[most[:, 0] == 0] = REASONS.index("no_votes")
    shares = np.zeros((len(votes), count), np.float32)
    for column in np.flatnonzero(classes >= 0):
        shares[:, classes[column]] += counted[:, column]
    total = shares.sum(axis=1, keepdims=True)
    np.divide(shares, total, out=shares, where=total > 0)
    return shares, reason
