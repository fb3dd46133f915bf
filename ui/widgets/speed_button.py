"""A button that shows the playing speed and offers others."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QMenu, QToolButton, QWidget

SPEEDS: tuple[float, ...] = (0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)


class SpeedButton(QToolButton):
    """Shows ``1.5×``; its menu has :data:`SPEEDS`.

    Signals:
        speed_requested: (factor) Another speed was chosen.
    """

    speed_requested = pyqtSignal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speed = 1.0
        self._menu = QMenu(self)
        for speed in reversed(SPEEDS):
            action = self._menu.addAction(f"{speed:g}×")
            action.setData(speed)
            action.setCheckable(True)
            action.triggered.connect(lambda _on, factor=speed: self.speed_requested.emit(factor))
        self.setMenu(self._menu)
        self.set_speed(1.0)

    def set_speed(self, speed: float) -> None:
        """Show the speed."""
        self._speed = speed
        self.setText(f"{speed:g}×")
        for action in self._menu.actions():
            action.setChecked(abs(float(action.data()) - speed) < 1e-6)

    def request_factor(self, factor: float) -> None:
        """Ask for a multiple of the speed, within :data:`SPEEDS`."""
        self.speed_requested.emit(min(max(self._speed * factor, SPEEDS[0]), SPEEDS[-1]))

    def request_next(self, direction: int) -> None:
        """Ask for the next faster (1) or slower (-1) speed."""
        if direction > 0:
            wanted = next((speed for speed in SPEEDS if speed > self._speed + 1e-6), SPEEDS[-1])
        else:
            slower = [speed for speed in SPEEDS if speed < self._speed - 1e-6]
            wanted = slower[-1] if slower else SPEEDS[0]
        self.speed_requested.emit(wanted)
