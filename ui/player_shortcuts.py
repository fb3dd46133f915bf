"""The keys that are in use in the Player; they can be exchanged while it is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt5.QtWidgets import QAction, QShortcut, QWidget

from ui.player_keys import KeySet, install_keys, key_set, key_texts, shortcut_help, shown_keys


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
        self._menu: dict[QAction, tuple[str, str]] = {}
        self._keys = key_set()
        self._shortcuts: list[QShortcut] = install_keys(page, handlers, self._keys)

    def install(self, window: QWidget) -> None:
        """Make the keys work in another window, which takes them along when it goes."""
        install_keys(window, self._handlers, self._keys)

    def use(self, keys: KeySet) -> None:
        """Use these keys from now on."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._keys = keys
        self._shortcuts = install_keys(self._page, self._handlers, self._keys)
        self._show_in_menu()
        texts, usual_keys = key_texts(), key_set()
        for button, (actions, usual) in self._buttons.items():
            same = all(keys[action] == usual_keys[action] for action in actions)
            parts = [_with_keys(texts[action], shown_keys(keys, action)) for action in actions]
            button.setToolTip(usual if same else "; ".join(parts))

    def name_in_menu(self, item: QAction, action: str) -> None:
        """Show an action's keys beside the text of a menu's entry that does the same."""
        self._menu[item] = (item.text(), action)
        self._show_in_menu()

    def _show_in_menu(self) -> None:
        for item, (text, action) in self._menu.items():
            keys = shown_keys(self._keys, action)
            item.setText(f"{text}\t{keys}" if keys else text)

    def help(self) -> list[tuple[str, str]]:
        """Return (action, keys) for the list under Help."""
        return shortcut_help(self._keys)


def _with_keys(text: str, keys: str) -> str:
    return f"{text} ({keys})" if keys else text
