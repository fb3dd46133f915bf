"""A window that borrows a widget and shows it on the whole screen."""

from __future__ import annotations

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtGui import QCloseEvent
from PyQt5.QtWidgets import QVBoxLayout, QWidget


class FullScreenWindow(QWidget):
    """Holds the Player's picture and controls; the tab takes them back.

    Signals:
        closed: The window manager closed the window.
    """

    closed = pyqtSignal()

    def __init__(self, content: QWidget, title: str) -> None:
        super().__init__(None, Qt.Window)
        self.setWindowTitle(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 6)
        layout.addWidget(content)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.closed.emit()
