"""Suspected label errors by confident learning, from probabilities of unseen images."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class LabelErrors:
    """Images whose label may be wrong. A suspicion, not a verdict: look before you change.

    Attributes:
        order: int64 (K,), indices of the suspected images, worst first.
        suggested: int64 (N,), the class the network would give instead, -1 where the image
            is not suspected.
        given_prob: float32 (N,), the network's probability of the given label; NaN where the
            image was not judged.
        source: Where the probabilities came from, in words.
    """

    order: npt.NDArray[np.int64]
    suggested: npt.NDArray[np.int64]
    given_prob: npt.NDArray[np.float32]
    source: str


def find_label_errors(
    targets: npt.NDArray[np.int64], probs: npt.NDArray[np.float32], *, source: str
) -> LabelErrors:
    """Find labels that a network that had not seen the image would not have given.

    Confident learning (Northcutt, Jiang, Chuang: "Confident Learning: Estimating Uncertainty in
    Dataset Labels", JAIR 70, 2021). For each class the *threshold* is the mean probability of
    that class over the images labelled with it, so that classes that the network knows badly
    are not at a disadvantage. An image counts for the most probable of the classes whose
    threshold it reaches; where that is not its label, and the network's own answer is not
    either, the label is suspected (off the diagonal of the paper's *confident joint*). The
    worst come first by the paper's normalised margin: the label's probability minus the
    largest other one.

    Args:
        targets: int64 (N,), the given labels; negative ones are not judged.
        probs: float32 (N, C), probabilities from a network that was not trained on the image
            (nor on a repeat of it); rows of NaN are not judged.
        source: Where they came from, in words.
    """
    count, classes = probs.shape
    if targets.shape != (count,):
        raise ValueError(f"expected targets ({count},), got {targets.shape}")
    if count and int(targets.max()) >= classes:
        raise ValueError(f"expected targets below {classes}, got {int(targets.max())}")
    judged = np.flatnonzero((targets >= 0) & np.isfinite(probs).all(axis=1))
    given, seen = targets[judged], probs[judged].astype(np.float64)
    rows = np.arange(len(judged))

    own = seen[rows, given]
    thresholds = np.full(classes, np.inf)  # a class that nobody was given is never confident
    sizes = np.bincount(given, minlength=classes)
    present = sizes > 0
    thresholds[present] = np.bincount(given, own, classes)[present] / sizes[present]
    # A breath below the mean: rounding must not put a class of one image under its own mean.
    confident = np.where(seen >= thresholds - 1e-9, seen, -1.0)
    counted_for = confident.argmax(axis=1)
    suspected = (
        (confident.max(axis=1) >= 0) & (counted_for != given) & (seen.argmax(axis=1) != given)
    )

    others = seen.copy()
    others[rows, given] = -np.inf
    margin = own - others.max(axis=1, initial=-np.inf)
    found = np.flatnonzero(suspected)
    found = found[np.argsort(margin[found], kind="stable")]
    suggested = np.full(count, -1, np.int64)
    suggested[judged[found]] = counted_for[found]
    given_prob = np.full(count, np.nan, np.float32)
    given_prob[judged] = own
    return LabelErrors(judged[found], suggested, given_prob, source)
