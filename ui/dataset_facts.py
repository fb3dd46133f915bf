"""A data set's summary in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt5.QtCore import QCoreApplication

from ui.colors import expression_title, split_title
from ui.formats import count, percent

if TYPE_CHECKING:
    from trainer.data.summary import DatasetSummary


def _tr(text: str) -> str:
    return QCoreApplication.translate("DatasetFacts", text)


def facts(summary: DatasetSummary) -> list[str]:
    """Return one sentence for each thing worth knowing; good news is said too."""
    lines = []
    if summary.imbalance_ratio < 1.1:
        lines.append(_tr("All expressions have about as many training images."))
    elif summary.smallest_class:
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
