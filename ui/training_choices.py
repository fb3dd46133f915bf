"""Names and explanations of the choices in the Train tab's form."""

from __future__ import annotations

import os

from PyQt5.QtCore import QCoreApplication

from trainer.config import CLASS_WEIGHTS, SAMPLERS, SCHEDULES, TARGETS
from trainer.presets import PRESETS, REPORT_NOTE

OWN = "own"
"""Entry of the preset menu for what the fields say."""


def preset_titles() -> dict[str, str]:
    """Translated names in the order of the menu."""
    titles = {
        "best": QCoreApplication.translate("TrainingForm", "Best"),
        "quick": QCoreApplication.translate("TrainingForm", "Quick look"),
        "report": QCoreApplication.translate("TrainingForm", "Report"),
        OWN: QCoreApplication.translate("TrainingForm", "Own settings"),
    }
    return titles | {name: name for name in PRESETS if name not in titles}


def preset_hint(name: str) -> str:
    """One sentence about a preset."""
    hints = {
        "best": QCoreApplication.translate(
            "TrainingForm",
            "The recipe of Mien's own network: varied images, averaged weights, a cosine schedule.",
        ),
        "quick": QCoreApplication.translate(
            "TrainingForm", "About two minutes: shows that the network learns, no more."
        ),
        "report": QCoreApplication.translate(
            "TrainingForm", "As the report trained: plain steps at a constant rate, nothing added."
        )
        + " "
        + QCoreApplication.translate("Presets", REPORT_NOTE),
        OWN: QCoreApplication.translate("TrainingForm", "Changed by you or loaded from a file."),
    }
    return hints.get(name, "")


def schedule_titles() -> dict[str, str]:
    """Translated names of the learning rate schedules."""
    titles = {
        "constant": QCoreApplication.translate("TrainingForm", "Constant"),
        "step": QCoreApplication.translate("TrainingForm", "Steps"),
        "cosine": QCoreApplication.translate("TrainingForm", "Cosine"),
        "one-cycle": QCoreApplication.translate("TrainingForm", "One cycle"),
    }
    return {name: titles.get(name, name) for name in SCHEDULES}


def class_weight_titles() -> dict[str, str]:
    """Translated ways of weighing classes in the loss."""
    titles = {
        "none": QCoreApplication.translate("TrainingForm", "All alike"),
        "balanced": QCoreApplication.translate("TrainingForm", "Rare classes more"),
    }
    return {name: titles.get(name, name) for name in CLASS_WEIGHTS}


def sampler_titles() -> dict[str, str]:
    """Translated ways of drawing the images of an epoch."""
    titles = {
        "shuffle": QCoreApplication.translate("TrainingForm", "Each image once"),
        "weighted": QCoreApplication.translate("TrainingForm", "Classes equally often"),
    }
    return {name: titles.get(name, name) for name in SAMPLERS}


def target_titles() -> dict[str, str]:
    """Translated names of what is learnt from an image."""
    titles = {
        "label": QCoreApplication.translate("TrainingForm", "Labels"),
        "majority": QCoreApplication.translate("TrainingForm", "Majority of votes"),
        "votes": QCoreApplication.translate("TrainingForm", "Shares of votes"),
        "both": QCoreApplication.translate("TrainingForm", "Half label, half shares"),
    }
    return {name: titles.get(name, name) for name in TARGETS}


def target_rule(name: str) -> str:
    """The rule of a choice of targets: what becomes of ties, unknown and not a face."""
    rules = {
        "label": QCoreApplication.translate(
            "TrainingForm", "One label an image; images without one are left out."
        ),
        "majority": QCoreApplication.translate(
            "TrainingForm",
            "The answer of more than half of the ten FER+ voters. Left out: ties, no majority, "
            "and a majority for “not a face”, “unknown” or an expression that is no class here.",
        ),
        "votes": QCoreApplication.translate(
            "TrainingForm",
            "Each class by its share of the FER+ votes; a single vote counts as a slip. Left out: "
            "images that most call “not a face”, “unknown” or an expression that is no class here.",
        ),
        "both": QCoreApplication.translate(
            "TrainingForm",
            "Half the label, half the shares of the FER+ votes; where the votes name no class "
            "here, the label alone. Left out: images that most call “not a face”.",
        ),
    }
    return rules.get(name, "")


def default_threads() -> int:
    """All cores but one, which keeps the window and the Player smooth."""
    return max(1, (os.cpu_count() or 2) - 1)
