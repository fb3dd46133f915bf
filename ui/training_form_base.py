"""Widgets of the Train tab's form, declared apart from what they do."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QLabel,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)

from ui.pretrained_panel import PretrainedPanel


class TrainingFormBase(QWidget):
    """What ``training_form.ui`` makes.

    Signals:
        browse_requested: Ask for a data set file.
        save_requested, load_requested: Ask for a file of settings.
        model_changed: Another network was chosen.
        changed: Something else would be trained now.
        time_shown: There is something to read below the button that measures.
        measure_requested: How long will it take? Or, while that is measured, never mind.
    """

    browse_requested = pyqtSignal()
    save_requested = pyqtSignal()
    load_requested = pyqtSignal()
    model_changed = pyqtSignal()
    changed = pyqtSignal()
    time_shown = pyqtSignal()
    measure_requested = pyqtSignal()

    dataset_combo: QComboBox
    browse_button: QToolButton
    dataset_hint_label: QLabel
    balance_frame: QFrame
    balance_label: QLabel
    balance_remove_button: QToolButton
    model_combo: QComboBox
    model_hint_label: QLabel
    pretrained_panel: PretrainedPanel
    preset_combo: QComboBox
    file_button: QToolButton
    preset_hint_label: QLabel
    epochs_spin: QSpinBox
    lr_spin: QDoubleSpinBox
    batch_spin: QSpinBox
    time_button: QPushButton
    time_label: QLabel
    advanced_button: QToolButton
    advanced_widget: QWidget
    schedule_combo: QComboBox
    step_epochs_label: QLabel
    step_epochs_spin: QSpinBox
    step_factor_label: QLabel
    step_factor_spin: QDoubleSpinBox
    warmup_label: QLabel
    warmup_spin: QDoubleSpinBox
    momentum_spin: QDoubleSpinBox
    nesterov_check: QCheckBox
    decay_spin: QDoubleSpinBox
    clip_spin: QDoubleSpinBox
    ema_spin: QDoubleSpinBox
    smoothing_spin: QDoubleSpinBox
    mixup_spin: QDoubleSpinBox
    patience_spin: QSpinBox
    targets_combo: QComboBox
    targets_hint_label: QLabel
    class_weights_combo: QComboBox
    sampler_combo: QComboBox
    balance_hint_label: QLabel
    ramp_spin: QDoubleSpinBox
    duplicates_check: QCheckBox
    leaks_check: QCheckBox
    edits_check: QCheckBox
    limit_spin: QSpinBox
    seed_spin: QSpinBox
    repeats_spin: QSpinBox
    deterministic_check: QCheckBox
    threads_spin: QSpinBox
    amp_check: QCheckBox
    tensorboard_check: QCheckBox
