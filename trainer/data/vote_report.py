"""Facts about human votes, and how far suspected label errors agree with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.data import vote_statistics as statistics
from trainer.data.label_errors import LabelErrors
from trainer.data.votes import VOTE_COLUMNS

CLEAR = 0.8
"""Share of the votes that is called a clear agreement: 8 of 10."""


def majority_targets(
    votes: npt.NDArray[np.uint8], class_names: Sequence[str]
) -> npt.NDArray[np.int64]:
    """Return the class that more than half voted for, int64 (N,).

    -1 without a majority, -2 where the majority is for an answer that is no class of the
    data set (often contempt, *unknown* or *not a face*).
    """
    names = list(class_names)
    # The last entry serves "no majority", which is -1.
    of_column = np.array([names.index(n) if n in names else -2 for n in VOTE_COLUMNS] + [-1])
    targets: npt.NDArray[np.int64] = of_column[statistics.majority(votes)]
    return targets


def vote_facts(
    votes: npt.NDArray[np.uint8], targets: npt.NDArray[np.int64], class_names: Sequence[str]
) -> dict[str, Any]:
    """Return JSON-able counts about the votes of a data set."""
    share, spread = statistics.agreement(votes), statistics.entropy(votes)
    judged = np.isfinite(share)
    wanted = majority_targets(votes, class_names)
    both = (wanted >= 0) & (targets >= 0)
    return {
        "judged": int(judged.sum()),
        "clear": int((share[judged] >= CLEAR - 1e-6).sum()),
        "no_majority": int(statistics.no_majority(votes).sum()),
        "ties": int(statistics.ties(votes).sum()),
        "majority_for_other_answer": int((wanted == -2).sum()),
        "not_a_face": int((statistics.majority(votes) == statistics.NO_FACE).sum()),
        "mean_agreement": float(share[judged].mean()) if judged.any() else None,
        "mean_entropy_bits": float(spread[judged].mean()) if judged.any() else None,
        "majority_for_a_class": int(both.sum()),
        "majority_differs_from_label": int((wanted[both] != targets[both]).sum()),
    }


def agreement_of_errors(
    errors: LabelErrors,
    votes: npt.NDArray[np.uint8],
    targets: npt.NDArray[np.int64],
    class_names: Sequence[str],
) -> dict[str, Any]:
    """Return how often people agree with suspected label errors.

    Only images whose majority is for one of the classes are compared. ``rate`` is the share
    whose majority differs from the label, among the suspected, the worst hundred and
    thousand of them, and the judged images that are not suspected.
    """
    wanted = majority_targets(votes, class_names)
    usable = (wanted >= 0) & (targets >= 0) & np.isfinite(errors.given_prob)
    differs = wanted != targets
    order = errors.order[usable[errors.order]]
    others = usable.copy()
    others[errors.order] = False

    def rate(chosen: npt.NDArray[np.int64]) -> float | None:
        return float(differs[chosen].mean()) if len(chosen) else None

    return {
        "compared": len(order),
        "rate": rate(order),
        "rate_worst_100": rate(order[:100]),
        "rate_worst_1000": rate(order[:1000]),
        "rate_not_suspected": rate(np.flatnonzero(others)),
        "suggestion_is_majority": (
            float((errors.suggested[order] == wanted[order]).mean()) if len(order) else None
        ),
        "found_of_differing": (
            float(differs[order].sum() / differs[usable].sum()) if differs[usable].any() else None
        ),
    }
