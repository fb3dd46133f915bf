"""What counts as a face: two sliders, and what becomes of what was found before."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QLabel, QSlider, QToolButton, QWidget

from ui.loader import load_ui

_STEP_PX = 4  # of the size slider


class FindingPanel(QWidget):
    """How sure the detector must be, and how large a face.

    Signals:
        changed: (score, pixels) Another threshold in 0..1, or smallest side of a face.
        reset_requested: As Mien came.
        again_requested: Forget what was found and look at everything anew.
    """

    changed = pyqtSignal(float, float)
    reset_requested = pyqtSignal()
    again_requested = pyqtSignal()

    score_slider: QSlider
    score_value: QLabel
    size_slider: QSlider
    size_value: QLabel
    reset_button: QToolButton
    note_label: QLabel
    again_button: QToolButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("finding_panel", self)
        for slider in (self.score_slider, self.size_slider):
            slider.valueChanged.connect(self._on_moved)
        self.reset_button.clicked.connect(lambda _on: self.reset_requested.emit())
        self.again_button.clicked.connect(lambda _on: self.again_requested.emit())
        self._show_values()
        self.show_kept(False)

    def set_values(self, score: float, pixels: float) -> None:
        """Show these settings; nothing is announced."""
        for slider, value in (
            (self.score_slider, 100 * score),
            (self.size_slider, pixels / _STEP_PX),
        ):
            blocked = slider.blockSignals(True)
            slider.setValue(round(value))
            slider.blockSignals(blocked)
        self._show_values()

    def show_kept(self, kept: bool) -> None:
        """Say whether faces found before stay, and offer to look at everything anew if so."""
        self.again_button.setVisible(kept)
        if kept:
            text = self.tr(
                "Frames that were looked at keep their faces, because you named, merged, left out "
                "or corrected some. The sliders count for what is looked at from now on."
            )
        else:
            text = self.tr(
                "A lower confidence finds turned and covered faces, and more that are none. Small "
                "faces cost time and are rarely recognised."
            )
        self.note_label.setText(text)

    def _show_values(self) -> None:
        score, pixels = self._values()
        self.score_value.setText(f"{100 * score:.0f} %")
        self.size_value.setText(f"{pixels:.0f} px")

    def _values(self) -> tuple[float, float]:
        return self.score_slider.value() / 100, float(self.size_slider.value() * _STEP_PX)

    def _on_moved(self) -> None:
        self._show_values()
        self.changed.emit(*self._values())
