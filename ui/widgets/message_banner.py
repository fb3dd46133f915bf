"""One sentence inside a tab: what happened and what to do about it."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


class MessageBanner(QFrame):
    """A line at the top of a tab that stays until it is closed or replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details = ""
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.PlainText)
        self.label.setTextInteractionFlags(Qt.TextSelectableByMouse)
        self.copy_button = QPushButton(self.tr("Copy details"))
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self.close_button = QPushButton(self.tr("Dismiss"))
        self.close_button.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.copy_button)
        layout.addWidget(self.close_button)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown; empty when hidden."""
        return self.label.text()

    def show_message(self, text: str, level: str = "info", details: str = "") -> None:
        """Show ``text``; ``level`` is ``"info"``, ``"warning"`` or ``"error"``."""
        self._details = details
        self.label.setText(text)
        self.copy_button.setVisible(bool(details))
        self.copy_button.setText(self.tr("Copy details"))
        self.setProperty("level", level)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(text)
        self.show()

    def clear(self) -> None:
        """Hide the banner."""
        self.label.clear()
        self.hide()

    def _on_copy_clicked(self) -> None:
        QApplication.clipboard().setText(f"{self.text}\n\n{self._details}")
        self.copy_button.setText(self.tr("Copied"))
