"""Which field of the Train tab's form stands for which setting, in both directions."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from PyQt5.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QSpinBox

from trainer.config import AugmentConfig, TrainConfig

if TYPE_CHECKING:
    from ui.training_form import TrainingForm

_SPINS: dict[str, str] = {
    "epochs": "epochs_spin",
    "batch_size": "batch_spin",
    "lr": "lr_spin",
    "step_epochs": "step_epochs_spin",
    "step_factor": "step_factor_spin",
    "warmup_epochs": "warmup_spin",
    "momentum": "momentum_spin",
    "weight_decay": "decay_spin",
    "clip_norm": "clip_spin",
    "ema_decay": "ema_spin",
    "label_smoothing": "smoothing_spin",
    "mixup": "mixup_spin",
    "patience": "patience_spin",
    "augment_ramp_epochs": "ramp_spin",
    "train_limit": "limit_spin",
    "seed": "seed_spin",
    "threads": "threads_spin",
}
_CHECKS: dict[str, str] = {
    "nesterov": "nesterov_check",
    "drop_duplicates": "duplicates_check",
    "drop_leaks": "leaks_check",
    "apply_edits": "edits_check",
    "deterministic": "deterministic_check",
    "amp": "amp_check",
    "tensorboard": "tensorboard_check",
}
_COMBOS: dict[str, str] = {
    "schedule": "schedule_combo",
    "targets": "targets_combo",
    "class_weights": "class_weights_combo",
    "sampler": "sampler_combo",
}
_AUGMENT: tuple[str, ...] = tuple(entry.name for entry in fields(AugmentConfig))
MACHINE_FIELDS: tuple[str, ...] = ("seed", "threads")
"""Settings of this machine and this run, which no preset changes."""

Field = QSpinBox | QDoubleSpinBox | QCheckBox | QComboBox


def all_fields(form: TrainingForm) -> list[Field]:
    """Every field that a change of makes the settings the user's own."""
    names = [*_SPINS.values(), *_CHECKS.values(), *_COMBOS.values()]
    names += [f"{name}_spin" for name in _AUGMENT]
    return [getattr(form, name) for name in names if name not in ("seed_spin", "threads_spin")]


def show_config(form: TrainingForm, config: TrainConfig, *, with_machine: bool = False) -> None:
    """Fill the fields from ``config``; ``with_machine`` those of ``MACHINE_FIELDS`` too."""
    for setting, name in _SPINS.items():
        if with_machine or setting not in MACHINE_FIELDS:
            spin, value = getattr(form, name), getattr(config, setting)
            # Within its range: Qt's integers are smaller than what a file can name.
            spin.setValue(min(max(value, spin.minimum()), spin.maximum()))
    for setting, name in _CHECKS.items():
        getattr(form, name).setChecked(getattr(config, setting))
    for setting, name in _COMBOS.items():
        combo = getattr(form, name)
        combo.setCurrentIndex(combo.findData(getattr(config, setting)))
    for setting in _AUGMENT:
        getattr(form, f"{setting}_spin").setValue(getattr(config.augment, setting))
    form.pretrained_panel.show_config(config)


def read_config(form: TrainingForm, base: TrainConfig) -> TrainConfig:
    """Read the fields; what has no field comes from ``base``.

    Raises:
        TrainingError: The values do not go together.
    """
    values: dict[str, Any] = {
        setting: getattr(form, name).value() for setting, name in _SPINS.items()
    }
    values |= {setting: getattr(form, name).isChecked() for setting, name in _CHECKS.items()}
    values |= {setting: getattr(form, name).currentData() for setting, name in _COMBOS.items()}
    values["nesterov"] = values["nesterov"] and values["momentum"] > 0
    values["augment"] = AugmentConfig(
        **{setting: getattr(form, f"{setting}_spin").value() for setting in _AUGMENT}
    )
    values |= form.pretrained_panel.values()
    return replace(
        base, model=form.model_combo.currentData(), balance=dict(form.balance), **values
    )
