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
    Libraries and the window come to stay: once they are :meth:`kept <keep>`, no look costs more for
    them. A start leaves 76,000 objects (50 ms a look), PyTorch 215,000 more (90 ms).

    Attributes:
        busy: While it says yes, only young objects are looked at.
        importing: While true, nothing is looked at: what a large library brings is all young.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.busy: Callable[[], bool] = lambda: False
        self.importing = False
        self._kept: set[str] = set()
        self._keeps_next = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        QTimer.singleShot(0, self.begin)

    def begin(self) -> None:
        """Take over now."""
        self.keep("start")
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """Give it back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def keep(self, what: str) -> None:
        """Look at nothing again that exists now; only the first time for every ``what``.

        Cheap whatever there is. A cycle that is garbage by now, or becomes it later, stays until
        :meth:`release`: hence only once for every cause, and not for what comes and goes.
        """
        if what not in self._kept:
            self._kept.add(what)
            gc.freeze()

    def release(self) -> None:
        """Look at everything once more, and keep what is left then: a window was built anew."""
        gc.unfreeze()
        self._keeps_next = True

    def look(self) -> None:
        """Collect the young objects, and every now and then older ones, as Python does."""
        if self.importing:
            return
        counts, limits = gc.get_count(), gc.get_threshold()
        if (self._keeps_next or counts[_ALL] > limits[_ALL]) and not self.busy():
            gc.collect(_ALL)
            if self._keeps_next:
                self._keeps_next = False
                gc.freeze()
        elif counts[_MIDDLE] > limits[_MIDDLE]:
            gc.collect(_MIDDLE)
        else:  # whatever their count says: it falls when old objects go
            gc.collect(_YOUNG)
