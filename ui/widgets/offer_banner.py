"""A sentence inside a tab with one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.widgets.message_banner import MessageBanner


class OfferBanner(MessageBanner):
    """Shows one offer at a time; a new one replaces it.

    Attributes:
        offer_button: Does what is offered, and hides the banner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: Callable[[], None] | None = None
        self.offer_button = QPushButton()
        self.offer_button.clicked.connect(self._on_offer_clicked)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(1, self.offer_button)

    def offer(
        self, text: str, button: str, action: Callable[[], None], level: str = "warning"
    ) -> None:
        """Show ``text``; the button called ``button`` runs ``action``."""
        self._action = action
        self.offer_button.setText(button)
        self.show_message(text, level)

    def clear(self) -> None:
        """Hide the banner and forget the offer."""
        super().clear()
        self._action = None

    def _on_offer_clicked(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action()
