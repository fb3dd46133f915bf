"""Where a network's weights come from when it need not start from nothing, and how it learns on."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QWidget,
)

from trainer.config import TrainConfig
from ui.loader import load_ui


class PretrainedPanel(QFrame):
    """The choices of fine-tuning, and the state of the weights file.

    Signals:
        changed: Another choice was made.
        file_requested, download_requested, cancel_requested: The buttons.
    """

    changed = pyqtSignal()
    file_requested = pyqtSignal()
    download_requested = pyqtSignal()
    cancel_requested = pyqtSignal()

    start_combo: QComboBox
    tune_combo: QComboBox
    freeze_spin: QSpinBox
    head_spin: QDoubleSpinBox
    weights_label: QLabel
    progress_bar: QProgressBar
    file_button: QPushButton
    download_button: QPushButton
    cancel_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("pretrained_panel", self)
        self._missing = self._can_download = False
        self.start_combo.addItem(self.tr("ImageNet weights"), "imagenet")
        self.start_combo.addItem(self.tr("Nothing learnt"), "")
        self.tune_combo.addItem(self.tr("Whole network"), "all")
        self.tune_combo.addItem(self.tr("Last layer first"), "features-first")
        for combo in (self.start_combo, self.tune_combo):
            combo.currentIndexChanged.connect(lambda _index: self._on_changed())
        for spin in (self.freeze_spin, self.head_spin):
            spin.valueChanged.connect(lambda _value: self._on_changed())
        self.file_button.clicked.connect(self.file_requested)
        self.download_button.clicked.connect(self.download_requested)
        self.cancel_button.clicked.connect(self.cancel_requested)
        self.show_progress(None)
        self.hide()

    # -- choices -------------------------------------------------------------------------

    def show_config(self, config: TrainConfig) -> None:
        """Show where the weights start and how they are tuned."""
        if self.start_combo.findData(config.init_weights) < 0:  # a file that settings name
            self.start_combo.addItem(config.init_weights, config.init_weights)
        self.start_combo.setCurrentIndex(self.start_combo.findData(config.init_weights))
        self.tune_combo.setCurrentIndex(self.tune_combo.findData(config.fine_tune))
        self.freeze_spin.setValue(config.freeze_epochs)
        self.head_spin.setValue(config.head_lr_factor)
        self._show_dependent()

    def values(self) -> dict[str, Any]:
        """The settings by their names in :class:`TrainConfig`."""
        start = self.start_combo.currentData()
        return {
            "init_weights": start,
            "fine_tune": self.tune_combo.currentData() if start else "all",
            "freeze_epochs": self.freeze_spin.value(),
            "head_lr_factor": self.head_spin.value(),
        }

    def _on_changed(self) -> None:
        self._show_dependent()
        self.changed.emit()

    def _show_dependent(self) -> None:
        learnt = bool(self.start_combo.currentData())
        self.tune_combo.setEnabled(learnt)
        self.head_spin.setEnabled(learnt)
        first = self.tune_combo.currentData() == "features-first"
        self.freeze_spin.setEnabled(learnt and first)
        self._show_buttons()

    # -- the file ------------------------------------------------------------------------

    def show_present(self, text: str) -> None:
        """The weights are there."""
        self._missing = False
        self.weights_label.setText(text)
        self._show_buttons()

    def show_missing(self, text: str, *, can_download: bool) -> None:
        """They are not: say what to put where."""
        self._missing, self._can_download = True, can_download
        self.weights_label.setText(text)
        self._show_buttons()

    def show_progress(self, fraction: float | None) -> None:
        """A file is being fetched; None when that is over."""
        self.progress_bar.setVisible(fraction is not None)
        self.cancel_button.setVisible(fraction is not None)
        self.file_button.setEnabled(fraction is None)
        self.download_button.setEnabled(fraction is None)
        self.progress_bar.setValue(int(1000 * (fraction or 0.0)))

    def _show_buttons(self) -> None:
        wanted = self.start_combo.currentData() == "imagenet"
        self.weights_label.setVisible(wanted)
        self.file_button.setVisible(wanted and self._missing)
        self.download_button.setVisible(wanted and self._missing and self._can_download)
