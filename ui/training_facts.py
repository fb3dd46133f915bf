"""What a training does with its data, in plain sentences."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication

from trainer.events import TrainingStarted
from ui.formats import count


def leak_warning(event: TrainingStarted) -> str:
    """Say that the score will be too good; empty when nothing learnt is judged on."""
    if not event.leaks_kept:
        return ""
    return QCoreApplication.translate(
        "TrainingFacts",
        "{number} training images also stand in the validation or test split and are learnt: "
        "the scores will be too good.",
    ).format(number=count(event.leaks_kept))


def data_facts(event: TrainingStarted) -> list[str]:
    """Return one sentence for each change made to the training images; [] for none."""
    lines = []
    if event.leaks_left_out:
        lines.append(
            QCoreApplication.translate(
                "TrainingFacts",
                "{number} training images also stand in the validation or test split and are "
                "left out, so that the scores stay honest.",
            ).format(number=count(event.leaks_left_out))
        )
    if event.duplicates_left_out:
        lines.append(
            QCoreApplication.translate(
                "TrainingFacts", "{number} exact repeats are left out."
            ).format(number=count(event.duplicates_left_out))
        )
    if event.targets_left_out:
        lines.append(
            QCoreApplication.translate(
                "TrainingFacts", "{number} are left out because the votes give no target."
            ).format(number=count(event.targets_left_out))
        )
    if event.balanced_added:
        lines.append(
            QCoreApplication.translate("TrainingFacts", "Balancing made {number} images.").format(
                number=count(event.balanced_added)
            )
        )
    if event.relabelled or event.excluded:
        lines.append(
            QCoreApplication.translate(
                "TrainingFacts",
                "By your corrections {relabelled} images have another label, {excluded} are "
                "excluded.",
            ).format(relabelled=count(event.relabelled), excluded=count(event.excluded))
        )
    return lines
