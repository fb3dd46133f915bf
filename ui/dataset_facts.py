"""A data set's summary in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QCoreApplication

from trainer.data import vote_statistics
from trainer.labels import SPLITS
from ui.colors import expression_title, split_title
from ui.formats import count, percent

if TYPE_CHECKING:
    from trainer.data.summary import DatasetSummary


def _tr(text: str) -> str:
    return QCoreApplication.translate("DatasetFacts", text)


def facts(summary: DatasetSummary) -> list[str]:
    """Return one sentence for each thing worth knowing; good news is said too."""
    lines = []
    train = summary.counts[:, SPLITS.index("train")]
    names = zip(summary.class_names, train, strict=True)
    empty = [expression_title(name) for name, number in names if not number]
    if not train.any():
        lines.append(_tr("There are no training images."))
    elif empty:
        lines.append(
            QCoreApplication.translate(
                "DatasetFacts", "No training image shows: {expressions}."
            ).format(expressions=", ".join(empty))
        )
    if summary.imbalance_ratio < 1.1 and not empty:
        lines.append(_tr("All expressions have about as many training images."))
    elif summary.imbalance_ratio >= 1.1 and summary.smallest_class:
        lines.append(
            QCoreApplication.translate(
                "DatasetFacts",
                "{smallest} is only {share} of the training images; {largest} has "
                "{ratio:.1f} times as many.",
            ).format(
                smallest=expression_title(summary.smallest_class),
                share=percent(summary.smallest_share),
                largest=expression_title(summary.largest_class),
                ratio=summary.imbalance_ratio,
            )
        )
    repeated = sum(summary.duplicates.values())
    if repeated:
        lines.append(
            QCoreApplication.translate(
                "DatasetFacts",
                "{number} images exactly repeat another one of their split, "
                "{conflicting} of them with another label.",
            ).format(number=count(repeated), conflicting=count(summary.conflicting_duplicates))
        )
    else:
        lines.append(_tr("No image repeats another one of its split."))
    leaks = {pair: number for pair, number in summary.leaks.items() if number}
    for pair, number in leaks.items():
        earlier, later = pair.split("/")
        lines.append(
            QCoreApplication.translate(
                "DatasetFacts",
                "{number} images of {later} also stand in {earlier}: scores there are too good.",
            ).format(number=count(number), later=split_title(later), earlier=split_title(earlier))
        )
    if not leaks:
        lines.append(_tr("No image stands in two splits."))
    return lines


def edit_facts(*, unlabelled: int, relabelled: int, excluded: int) -> list[str]:
    """Return what there is to say about missing labels and the user's own corrections."""
    lines = []
    if unlabelled:
        lines.append(
            QCoreApplication.translate(
                "DatasetFacts",
                "{number} images have no label and are left out of training; label them by hand "
                "on the Images page.",
            ).format(number=count(unlabelled))
        )
    if relabelled or excluded:
        lines.append(
            QCoreApplication.translate(
                "DatasetFacts",
                "Your corrections are counted above: {relabelled} images have another label, "
                "{excluded} are excluded. What follows is about the data as the source has them.",
            ).format(relabelled=count(relabelled), excluded=count(excluded))
        )
    return lines


def vote_facts(votes: npt.NDArray[np.uint8]) -> list[str]:
    """Return what FER+'s votes (uint8 (N, 10)) say about how sure people were."""
    total = vote_statistics.totals(votes)
    judged = int((total > 0).sum())
    if not judged:
        return [_tr("The votes do not name any of these images.")]
    sure = int((vote_statistics.agreement(votes) >= 0.8).sum())
    tied = int(vote_statistics.ties(votes).sum())
    undecided = int(((vote_statistics.majority(votes) < 0) & (total > 0)).sum())
    no_face = int((vote_statistics.majority(votes) == vote_statistics.NO_FACE).sum())
    return [
        QCoreApplication.translate(
            "DatasetFacts",
            "{judged} images have votes. At least 8 of 10 people gave the same answer to {sure} "
            "of them; {undecided} have no majority (more than half of the votes), {tied} a tie.",
        ).format(
            judged=count(judged),
            sure=percent(sure / judged),
            undecided=percent(undecided / judged),
            tied=percent(tied / judged),
        ),
        QCoreApplication.translate(
            "DatasetFacts", "The majority sees no face in {number} images."
        ).format(number=count(no_face)),
    ]
