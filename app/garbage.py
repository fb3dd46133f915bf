"""Python's collection of reference cycles, on the GUI thread and nowhere else.

Python collects on whichever thread happens to allocate. Where a closed window hangs in a cycle, a
worker thread would then take down widgets, and what belongs to them, under the GUI thread's hands:
the program ends without a word. So it is done here, by a timer.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PyQt5.QtCore import QObject, QTimer

_EVERY_MS = 1000
_YOUNG, _MIDDLE, _ALL = 0, 1, 2


class GarbageCollector(QObject):
    """Takes over from Python's own collection once events are handled, until :meth:`end`.

    Not before: what a start brings would all be young, and looking at it would hold the window up.

    Attributes:
        busy: While it says yes, only young objects are looked at, which takes about a millisecond;
            looking at all of them can take a tenth of a second.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.busy: Callable[[], bool] = lambda: False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        QTimer.singleShot(0, self.begin)

    def begin(self) -> None:
        """Take over now."""
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """Give it back to Python."""
        self._timer.stop()
        gc.enable()

    def look(self) -> None:
        """Collect the young objects, and every now and then older ones, as Python does."""
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[_ALL] > limits[_ALL] and not self.busy():
            gc.collect(_ALL)
        elif counts[_MIDDLE] > limits[_MIDDLE]:
            gc.collect(_MIDDLE)
        else:  # whatever their count says: it falls when old objects go
            gc.collect(_YOUNG)
