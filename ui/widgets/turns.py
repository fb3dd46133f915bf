"""Work of several widgets, bit by bit, with the window's other events and painting in between."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QObject, QTimer

_BETWEEN_MS = 20  # Qt gathers changes for 5 ms and then paints them: before the next turn


class Turns(QObject):
    """Gives a turn to one piece of work after another, as long as there is something to do."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Callable[[], bool]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_BETWEEN_MS)
        self._timer.timeout.connect(self._give_turn)

    def ask(self, work: Callable[[], bool]) -> None:
        """Let ``work`` be called when its turn comes, again for as long as it returns true.

        Work that waits already is not entered twice.
        """
        if work not in self._waiting:
            self._waiting.append(work)
        if not self._timer.isActive():
            self._timer.start()

    def _give_turn(self) -> None:
        work = self._waiting.pop(0)
        if not self._waiting:
            self._timer.stop()
        if work():
            self.ask(work)
