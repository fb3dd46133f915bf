"""What a tab says when there is nothing to show yet: what it is for, and what to do."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QSize, Qt
from PyQt5.QtGui import QPalette
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.widgets.reflow import centred

_TEXT_WIDTH = 520


class EmptyState(QWidget):
    """A sign, a title, a sentence and up to two buttons in the middle.

    Attributes:
        first_button: The main thing to do.
        second_button: The other one; hidden without a text.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = ""
        self._sign = QLabel()
        self._title = QLabel()
        self._title.setProperty("heading", "1")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setProperty("muted", True)
        for label in (self._sign, self._title, self._text):
            label.setAlignment(Qt.AlignCenter)
        self.first_button = QPushButton()
        self.first_button.setProperty("primary", True)
        self.second_button = QPushButton()
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        buttons.addWidget(self.first_button)
        buttons.addWidget(self.second_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(3)
        layout.addWidget(self._sign)
        layout.addWidget(self._title)
        layout.addLayout(centred(self._text, _TEXT_WIDTH))
        layout.addSpacing(6)
        layout.addLayout(buttons)
        layout.addStretch(4)

    def set_content(self, sign: str, title: str, text: str, first: str, second: str = "") -> None:
        """Set all words; ``sign`` is the name of an icon."""
        self._icon = sign
        self._draw_sign()
        self._title.setText(title)
        self._text.setText(text)
        self.first_button.setText(first)
        self.second_button.setText(second)
        self.second_button.setVisible(bool(second))

    def _draw_sign(self) -> None:
        if self._icon:
            muted = self.palette().color(QPalette.PlaceholderText)
            self._sign.setPixmap(icon(self._icon, muted).pixmap(QSize(48, 48)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.PaletteChange and hasattr(self, "_icon"):
            self._draw_sign()
