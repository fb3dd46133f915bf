"""The keys that are in use in the Player; they can be exchanged while it is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt5.QtWidgets import QShortcut, QWidget

from ui.player_keys import install_keys, key_set, key_texts, shortcut_help, shown_keys


class PlayerShortcuts:
    """Installs the keys in the page and in its full-screen windows."""

    def __init__(
        self,
        page: QWidget,
        handlers: dict[str, Callable[[], None]],
        buttons: Mapping[QWidget, tuple[str, ...]],
    ) -> None:
        """Install Mien's own keys.

        Args:
            page: Where they work.
            handlers: What every action does.
            buttons: Actions whose keys stand in a widget's tool tip.
        """
        self._page = page
        self._handlers = handlers
        self._buttons = {button: (actions, button.toolTip()) for button, actions in buttons.items()}
        self._keys = key_set()
        self._shortcuts: list[QShortcut] = install_keys(page, handlers, self._keys)

    def install(self, window: QWidget) -> None:
        """Make the keys work in another window, which takes them along when it goes."""
        install_keys(window, self._handlers, self._keys)

    def use_boris(self, boris: bool) -> None:
        """Use the keys that people know from BORIS, or Mien's own."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._keys = key_set(boris)
        self._shortcuts = install_keys(self._page, self._handlers, self._keys)
        texts = key_texts()
        for button, (actions, usual) in self._buttons.items():
            parts = [f"{texts[action]} ({shown_keys(self._keys, action)})" for action in actions]
            button.setToolTip("; ".join(parts) if boris else usual)

    def help(self) -> list[tuple[str, str]]:
        """Return (action, keys) for the list under Help."""
        return shortcut_help(self._keys)
