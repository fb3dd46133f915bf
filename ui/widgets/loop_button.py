"""Repeats the whole video, or the stretch between two points A and B."""

from __future__ import annotations

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QMenu, QToolButton, QWidget

from ui.widgets.seek_bar import format_time

Loop = tuple[float, float | None]
"""Start and end, milliseconds; an end of None was not set yet."""


class LoopButton(QToolButton):
    """Checked: start again at the end. Its menu sets the two points.

    Signals:
        point_requested: ``"a"`` or ``"b"`` at the frame shown, ``"next"``: the one whose turn
            it is, ``"clear"``: none.
    """

    point_requested = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.MenuButtonPopup)
        # As at the button that opens files: the theme's frame would look like a second button.
        self.setStyleSheet(
            "QToolButton { padding-right: 18px; }"
            "QToolButton::menu-button { border: 0; width: 16px; }"
        )
        menu = QMenu(self)
        for point, text in (
            ("a", self.tr("Repeat from here (A)")),
            ("b", self.tr("Repeat up to here (B)")),
            ("clear", self.tr("Do not repeat a stretch")),
        ):
            action = menu.addAction(text)
            action.triggered.connect(lambda _on, wanted=point: self.point_requested.emit(wanted))
        self._clear_action = menu.actions()[-1]
        self.setMenu(menu)
        self.show_loop(None)

    def show_loop(self, loop: Loop | None) -> None:
        """Show the stretch that is repeated; None is no stretch."""
        self._clear_action.setEnabled(loop is not None)
        if loop is None:
            self.setText("")
            self.setToolButtonStyle(Qt.ToolButtonIconOnly)
            self.setToolTip(
                self.tr("Start again at the end (R); Ctrl+L sets A, then B, to repeat a stretch")
            )
            return
        start, end = loop
        self.setText("A…" if end is None else "A–B")
        self.setToolButtonStyle(Qt.ToolButtonTextBesideIcon)
        at = format_time(start, tenths=True)
        if end is None:
            text = self.tr("Repeat from {start}: set the end with Ctrl+L").format(start=at)
        else:
            text = self.tr("Repeats {start} to {end}; Ctrl+L ends that").format(
                start=at, end=format_time(end, tenths=True)
            )
        self.setToolTip(text)
