"""The random changes of training, applied to one image: a strength for each, and a seed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QCoreApplication, Qt, QTimer, pyqtSignal
from PyQt5.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from trainer.config import AugmentConfig
from ui.widgets.pixel_view import PixelView

SHOWN = 4
_DEBOUNCE_MS = 80
_STEPS = 100
_SEEDS = 99
_MOST = {
    "flip": 1.0,
    "shift": 0.3,
    "rotation": 45.0,
    "zoom": 0.5,
    "brightness": 0.8,
    "contrast": 0.9,
    "erase": 1.0,
    "blur": 3.0,
    "noise": 0.2,
}


def change_title(name: str) -> str:
    """The translated name of a change, as :class:`trainer.config.AugmentConfig` has it."""
    translate = QCoreApplication.translate
    titles = {
        "flip": translate("AugmentPanel", "Mirror"),
        "shift": translate("AugmentPanel", "Shift"),
        "rotation": translate("AugmentPanel", "Turn"),
        "zoom": translate("AugmentPanel", "Zoom"),
        "brightness": translate("AugmentPanel", "Brightness"),
        "contrast": translate("AugmentPanel", "Contrast"),
        "erase": translate("AugmentPanel", "Erase a part"),
        "blur": translate("AugmentPanel", "Blur"),
        "noise": translate("AugmentPanel", "Noise"),
    }
    return titles[name]


def _value_text(name: str, value: float) -> str:
    if name == "rotation":
        return f"{value:.0f}°"
    if name == "blur":
        return f"{value:.1f} px"
    return f"{100 * value:.0f} %"


class AugmentPanel(QWidget):
    """Shows four random changes of the current image, as training would make them.

    Attributes:
        sliders: The slider of every change.
        views: The changed images.

    Signals:
        preview_requested: :class:`AugmentConfig` and the seed: the images are wanted.
    """

    preview_requested = pyqtSignal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sliders: dict[str, QSlider] = {}
        self._values: dict[str, QLabel] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MS)
        self._timer.timeout.connect(self._request)
        title = QLabel(self.tr("Changed as in training"))
        title.setProperty("heading", "2")
        self.views = [PixelView() for _ in range(SHOWN)]
        shown = QHBoxLayout()
        shown.setSpacing(4)
        for number, view in enumerate(self.views):
            view.setAccessibleName(self.tr("Changed image {number}").format(number=number + 1))
            shown.addWidget(view)
        self.problem_label = QLabel()
        self.problem_label.setWordWrap(True)
        self.problem_label.hide()
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(2)
        self.seed_slider = self._add_row(self.tr("Seed"), _SEEDS, self._grid)[0]
        for name in _MOST:
            slider, label = self._add_row(change_title(name), _STEPS, self._grid)
            self.sliders[name], self._values[name] = slider, label
        self.usual_button = QPushButton(self.tr("As in training"))
        self.off_button = QPushButton(self.tr("All off"))
        self.usual_button.clicked.connect(lambda: self.set_config(AugmentConfig()))
        self.off_button.clicked.connect(lambda: self.set_config(AugmentConfig.off()))
        buttons = QHBoxLayout()
        buttons.addWidget(self.usual_button)
        buttons.addWidget(self.off_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(title)
        layout.addLayout(shown)
        layout.addWidget(self.problem_label)
        layout.addLayout(self._grid)
        layout.addLayout(buttons)
        self.set_config(AugmentConfig())

    def _add_row(self, title: str, most: int, grid: QGridLayout) -> tuple[QSlider, QLabel]:
        row = grid.rowCount()
        slider, value = QSlider(Qt.Horizontal), QLabel("0")
        name = QLabel(title)
        name.setBuddy(slider)
        value.setMinimumWidth(44)
        value.setAlignment(Qt.AlignRight | Qt.AlignVCenter)
        slider.setMaximum(most)
        slider.setAccessibleName(title)
        slider.valueChanged.connect(lambda _value: self._on_changed())
        for column, widget in enumerate((name, slider, value)):
            grid.addWidget(widget, row, column)
        return slider, value

    def config(self) -> AugmentConfig:
        """Return the changes as the sliders say."""
        values = {name: _MOST[name] * s.value() / _STEPS for name, s in self.sliders.items()}
        return replace(AugmentConfig.off(), **values)

    def set_config(self, config: AugmentConfig) -> None:
        """Set the sliders."""
        for name, slider in self.sliders.items():
            slider.setValue(round(_STEPS * getattr(config, name) / _MOST[name]))

    def refresh(self) -> None:
        """Another image is the current one."""
        self._timer.start()

    def show_images(self, images: npt.NDArray[np.uint8] | None) -> None:
        """Show uint8 (4, H, W); None shows nothing."""
        self.problem_label.hide()
        for number, view in enumerate(self.views):
            view.set_pixels(None if images is None else images[number])

    def show_problem(self, text: str) -> None:
        """Say why there are no changed images."""
        self.show_images(None)
        self.problem_label.setText(text)
        self.problem_label.show()

    def _on_changed(self) -> None:
        config = self.config()
        for name, label in self._values.items():
            text = _value_text(name, getattr(config, name))
            label.setText(text)
            self.sliders[name].setToolTip(text)
        seed = self._grid.itemAtPosition(1, 2)
        if seed is not None:
            seed.widget().setText(str(self.seed_slider.value()))  # type: ignore[attr-defined]
        self._timer.start()

    def _request(self) -> None:
        self.preview_requested.emit(self.config(), self.seed_slider.value())
