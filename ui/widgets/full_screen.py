"""Showing a widget on the whole screen, and bringing it back."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QObject, Qt, pyqtSignal
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


class FullScreenSwitch(QObject):
    """Moves a widget between its place in a page and a window over the whole screen.

    Signals:
        changed: (on)
    """

    changed = pyqtSignal(bool)

    def __init__(self, content: QWidget, home: QWidget, prepare: Callable[[QWidget], None]) -> None:
        """Be ready to move ``content`` out of the layout of ``home``.

        Args:
            content: What is shown.
            home: Its parent in the page; owns this object.
            prepare: Called with each new window, to install keys.
        """
        super().__init__(home)
        self._content = content
        self._home = home
        self._prepare = prepare
        self._window: FullScreenWindow | None = None

    @property
    def is_on(self) -> bool:
        """Whether the widget has the whole screen."""
        return self._window is not None

    def enter(self) -> None:
        """Show the widget on the whole screen that the program is on."""
        if self._window is not None:
            return
        program = self._home.window()
        self._window = FullScreenWindow(self._content, program.windowTitle())
        self._prepare(self._window)
        self._window.closed.connect(self.leave)
        self._window.setGeometry(program.windowHandle().screen().geometry())
        self._window.showFullScreen()
        self.changed.emit(True)

    def leave(self) -> None:
        """Bring the widget back into the page."""
        if self._window is None:
            return
        window, self._window = self._window, None
        self._home.layout().addWidget(self._content)
        self._content.show()
        window.hide()
        window.deleteLater()
        self.changed.emit(False)
