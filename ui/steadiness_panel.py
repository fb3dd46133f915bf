"""How calm labels are: two sliders, and what they gain and cost."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QLabel, QSlider, QToolButton, QWidget

from ui.loader import load_ui
from ui.widgets.flicker_meter import FlickerMeter

_STEP_MS = 25  # of the smoothing slider
MOST_TAU_MS = 40 * _STEP_MS
MOST_MARGIN = 0.40


class SteadinessPanel(QWidget):
    """Smoothing and the margin of the label.

    Signals:
        changed: (ms, margin) Another time constant, or margin in 0..1.
        reset_requested: As Mien came.
    """

    changed = pyqtSignal(float, float)
    reset_requested = pyqtSignal()

    smoothing_slider: QSlider
    smoothing_value: QLabel
    margin_slider: QSlider
    margin_value: QLabel
    meter: FlickerMeter
    delay_label: QLabel
    reset_button: QToolButton
    note_label: QLabel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("steadiness_panel", self)
        self.delay_label.setMinimumHeight(2 * self.fontMetrics().height())
        for slider in (self.smoothing_slider, self.margin_slider):
            slider.valueChanged.connect(self._on_moved)
        self.reset_button.clicked.connect(lambda _on: self.reset_requested.emit())
        self._show_values()
        self.clear_meter()

    def set_values(self, tau_ms: float, margin: float) -> None:
        """Show these settings; nothing is announced."""
        for slider, value in (
            (self.smoothing_slider, tau_ms / _STEP_MS),
            (self.margin_slider, 100 * margin),
        ):
            blocked = slider.blockSignals(True)
            slider.setValue(round(value))
            slider.blockSignals(blocked)
        self._show_values()

    def show_meter(self, raw: float, steady: float, delay_ms: float | None) -> None:
        """Show label changes a minute, and how much later the calm ones come."""
        self.meter.show_changes(raw, steady)
        if delay_ms is None:
            text = self.tr("No change was delayed.")
        else:
            text = self.tr("Changes are shown {ms:.0f} ms later.").format(ms=delay_ms)
        self.delay_label.setText(text)

    def clear_meter(self) -> None:
        """Nothing was measured."""
        self.meter.clear()
        self.delay_label.setText(self.tr("Measured while the video plays or is analysed."))

    def _show_values(self) -> None:
        tau_ms, margin = self._values()
        self.smoothing_value.setText(
            self.tr("{ms:.0f} ms").format(ms=tau_ms) if tau_ms else self.tr("off")
        )
        self.margin_value.setText(f"{100 * margin:.0f} %" if margin else self.tr("off"))

    def _values(self) -> tuple[float, float]:
        return float(self.smoothing_slider.value() * _STEP_MS), self.margin_slider.value() / 100

    def _on_moved(self) -> None:
        self._show_values()
        self.changed.emit(*self._values())
