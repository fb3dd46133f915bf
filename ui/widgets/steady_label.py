"""A label for numbers that change all the time."""

from __future__ import annotations

from PyQt5.QtCore import QEvent
from PyQt5.QtWidgets import QLabel


class SteadyLabel(QLabel):
    """Grows with its text and never shrinks: what stands beside it does not dance.

    Qt asks all layouts around a label to look again at every new text, which can take longer than
    a frame of a video may. A widget of fixed size has no need for that.
    """

    def setText(self, text: str) -> None:
        if text == self.text():
            return
        super().setText(text)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.FontChange, QEvent.StyleChange):
            self._grow()

    def _grow(self) -> None:
        self.ensurePolished()
        wanted = self.sizeHint().expandedTo(self.minimumSize())
        if wanted != self.minimumSize() or wanted != self.maximumSize():
            self.setFixedSize(wanted)
