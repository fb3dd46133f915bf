"""Pages with tabs that leave the window alone when a text on one of them changes."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QSize
from PyQt5.QtWidgets import QTabWidget, QWidget


class CalmTabs(QTabWidget):
    """Lays itself out only when that can change something.

    Every new text of a label asks all layouts around it to look again. Qt's own tabs then paint
    all they hold, which for a whole window takes longer than a frame of a video may.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: tuple[QSize, QSize] | None = None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.LayoutRequest:
            hints = (self.minimumSizeHint(), self.tabBar().sizeHint())
            if hints == self._hints:
                return True
            self._hints = hints
        return bool(super().event(event))
