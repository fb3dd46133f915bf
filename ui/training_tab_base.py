"""Signals and widgets of the Train tab, declared apart from what they do."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QTableView,
    QToolButton,
    QWidget,
)

from ui.widgets.message_banner import MessageBanner
from ui.widgets.training_curves import TrainingCurves


class TrainingTabBase(QWidget):
    """The Train tab; a controller does the work.

    Signals:
        start_requested, stop_requested: The buttons.
        resume_requested: Go on with the interrupted run on the button.
        browse_requested: Ask for a data set file.
        use_requested: Use the best epoch in the Player.
    """

    start_requested = pyqtSignal()
    stop_requested = pyqtSignal()
    resume_requested = pyqtSignal()
    browse_requested = pyqtSignal()
    use_requested = pyqtSignal()

    banner: MessageBanner
    settings_scroll: QScrollArea
    settings_widget: QWidget
    dataset_combo: QComboBox
    browse_button: QToolButton
    dataset_hint_label: QLabel
    balance_frame: QFrame
    balance_label: QLabel
    balance_remove_button: QToolButton
    model_combo: QComboBox
    model_hint_label: QLabel
    preset_combo: QComboBox
    epochs_spin: QSpinBox
    lr_spin: QDoubleSpinBox
    batch_spin: QSpinBox
    advanced_button: QToolButton
    advanced_widget: QWidget
    schedule_combo: QComboBox
    momentum_spin: QDoubleSpinBox
    decay_spin: QDoubleSpinBox
    smoothing_spin: QDoubleSpinBox
    patience_spin: QSpinBox
    seed_spin: QSpinBox
    threads_spin: QSpinBox
    augment_check: QCheckBox
    duplicates_check: QCheckBox
    start_button: QPushButton
    stop_button: QPushButton
    resume_button: QPushButton
    state_label: QLabel
    device_label: QLabel
    use_button: QPushButton
    epoch_bar: QProgressBar
    epoch_time_label: QLabel
    run_bar: QProgressBar
    run_time_label: QLabel
    figures_layout: QHBoxLayout
    data_label: QLabel
    curves_button: QPushButton
    table_button: QPushButton
    run_label: QLabel
    views_stack: QStackedWidget
    curves: TrainingCurves
    epochs_view: QTableView
