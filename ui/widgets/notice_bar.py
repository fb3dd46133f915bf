"""What the program has to say about itself, above the tabs: a sentence, perhaps a button."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.widgets.message_banner import MessageBanner


class NoticeBar(MessageBanner):
    """Gathers sentences until they are dismissed; only the newest button is offered.

    Attributes:
        action_button: Does what the last sentence with a button is about.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentences: list[str] = []
        self._action: Callable[[], None] | None = None
        self.action_button = QPushButton()
        self.action_button.clicked.connect(self._on_action_clicked)
        self.action_button.hide()
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(1, self.action_button)

    def add(
        self, sentence: str, action_text: str = "", action: Callable[[], None] | None = None
    ) -> None:
        """Show ``sentence`` below those that are shown; ``action`` is called by the button."""
        if sentence not in self._sentences:
            self._sentences.append(sentence)
        if action is not None:
            self._action = action
            self.action_button.setText(action_text)
            self.action_button.show()
        self.show_message("\n".join(self._sentences), "warning")

    def clear(self) -> None:
        """Hide the bar and forget what it said."""
        super().clear()
        self._sentences.clear()
        self._action = None
        self.action_button.hide()

    def sentences(self) -> tuple[str, ...]:
        """What is shown."""
        return tuple(self._sentences)

    def _on_action_clicked(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action()
