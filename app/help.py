"""The list of keyboard shortcuts, collected from the actions that carry them."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction, QShortcut, QWidget

from ui.main_window import MainWindow
from ui.player_keys import key_name


def shortcut_rows(window: MainWindow) -> list[tuple[str, str, str]]:
    """Return (where, action, keys) of every action and shortcut of the window.

    A tab may also offer ``shortcut_help() -> list[tuple[action, keys]]`` for keys that it
    handles itself.
    """
    everywhere = QCoreApplication.translate("Help", "Everywhere")
    rows: list[tuple[str, str, str]] = []
    tabs = {window.tabs.tabText(i): window.tabs.widget(i) for i in range(window.tabs.count())}
    inside = {id(item) for tab in tabs.values() for item in _shortcuts(tab)}
    for action in window.findChildren(QAction):
        if id(action) not in inside and not action.shortcut().isEmpty():
            rows.append((everywhere, _plain(action.text()), _keys(action.shortcuts())))
    for title, tab in tabs.items():
        seen: set[str] = set()
        offered = getattr(tab, "shortcut_help", None)
        if offered is not None:
            rows.extend((title, text, keys) for text, keys in offered())
            continue
        for item in _shortcuts(tab):
            if isinstance(item, QAction):
                text, keys = _plain(item.text()), _keys(item.shortcuts())
            else:
                text, keys = item.whatsThis(), _keys([item.key()])
            if text and keys and keys not in seen:
                seen.add(keys)
                rows.append((title, text, keys))
    return rows


def _shortcuts(widget: QWidget) -> list[QAction | QShortcut]:
    return [*widget.findChildren(QAction), *widget.findChildren(QShortcut)]


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")


def _keys(sequences: list[QKeySequence]) -> str:
    shown = (key_name(sequence) for sequence in sequences)
    return ", ".join(text for text in shown if text)
