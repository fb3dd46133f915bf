"""The settings of the Train tab as a :class:`TrainConfig`, and the presets."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from PyQt5.QtCore import QCoreApplication

from trainer.config import SCHEDULES, AugmentConfig, TrainConfig

if TYPE_CHECKING:
    from ui.training_tab import TrainingTab

PRESETS: dict[str, TrainConfig] = {
    "quick": TrainConfig(epochs=3, lr=0.02, schedule="one-cycle", augment=AugmentConfig(flip=0.5)),
    "standard": TrainConfig(),
    "report": TrainConfig(
        epochs=60,
        lr=0.01,
        momentum=0.0,
        nesterov=False,
        weight_decay=0.0,
        schedule="constant",
        warmup_epochs=0.0,
        label_smoothing=0.0,
        clip_norm=0.0,
        augment=AugmentConfig.off(),
        drop_duplicates=False,
    ),
}
"""``quick`` shows that it learns, ``standard`` is a good start, ``report`` is plain SGD."""


def preset_titles() -> dict[str, str]:
    """Translated names in the order of the menu; ``own`` is what the fields say."""
    return {
        "quick": QCoreApplication.translate("TrainingTab", "Quick look (3 epochs)"),
        "standard": QCoreApplication.translate("TrainingTab", "Standard (20 epochs)"),
        "report": QCoreApplication.translate("TrainingTab", "Report (plain SGD, 60 epochs)"),
        "own": QCoreApplication.translate("TrainingTab", "Own settings"),
    }


def schedule_titles() -> dict[str, str]:
    """Translated names of the learning rate schedules."""
    titles = {
        "constant": QCoreApplication.translate("TrainingTab", "Constant"),
        "step": QCoreApplication.translate("TrainingTab", "Steps"),
        "cosine": QCoreApplication.translate("TrainingTab", "Cosine"),
        "one-cycle": QCoreApplication.translate("TrainingTab", "One cycle"),
    }
    return {name: titles.get(name, name) for name in SCHEDULES}


def default_threads() -> int:
    """All cores but one, which keeps the window and the Player smooth."""
    return max(1, (os.cpu_count() or 2) - 1)


def show_config(tab: TrainingTab, config: TrainConfig) -> None:
    """Fill the fields from ``config``; threads and seed stay as they are."""
    tab.epochs_spin.setValue(config.epochs)
    tab.lr_spin.setValue(config.lr)
    tab.batch_spin.setValue(config.batch_size)
    tab.schedule_combo.setCurrentIndex(tab.schedule_combo.findData(config.schedule))
    tab.momentum_spin.setValue(config.momentum)
    tab.decay_spin.setValue(config.weight_decay)
    tab.smoothing_spin.setValue(config.label_smoothing)
    tab.patience_spin.setValue(config.patience)
    tab.augment_check.setChecked(config.augment != AugmentConfig.off())
    tab.duplicates_check.setChecked(config.drop_duplicates)


def read_config(tab: TrainingTab, base: TrainConfig) -> TrainConfig:
    """Read the fields; what has no field comes from ``base`` (the preset chosen last).

    Raises:
        TrainingError: The values do not go together.
    """
    momentum = tab.momentum_spin.value()
    if not tab.augment_check.isChecked():
        augment = AugmentConfig.off()
    elif base.augment != AugmentConfig.off():
        augment = base.augment
    else:
        augment = AugmentConfig()
    return replace(
        base,
        model=tab.model_combo.currentData(),
        epochs=tab.epochs_spin.value(),
        lr=tab.lr_spin.value(),
        batch_size=tab.batch_spin.value(),
        schedule=tab.schedule_combo.currentData(),
        momentum=momentum,
        nesterov=base.nesterov and momentum > 0,
        weight_decay=tab.decay_spin.value(),
        label_smoothing=tab.smoothing_spin.value(),
        patience=tab.patience_spin.value(),
        seed=tab.seed_spin.value(),
        threads=tab.threads_spin.value(),
        augment=augment,
        balance=dict(tab.balance),
        drop_duplicates=tab.duplicates_check.isChecked(),
    )
