"""The Player's keys: one table for the shortcuts and for the list under Help."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QCoreApplication, Qt
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAbstractButton, QApplication, QShortcut, QWidget

from ui.player_labels import LABEL_KEYS, label_texts


def _tr(text: str) -> str:
    return QCoreApplication.translate("PlayerKeys", text)


@dataclass(frozen=True)
class PlayerKey:
    """Keys of one action.

    Attributes:
        action: Name that the tab looks its handler up by.
        keys: Key sequences in Qt's portable spelling.
        repeats: Whether holding the key repeats the action.
    """

    action: str
    keys: tuple[str, ...]
    repeats: bool = False


PLAYER_KEYS: tuple[PlayerKey, ...] = (
    PlayerKey("play", ("Space", "K", "Media Play", "Toggle Media Play/Pause")),
    PlayerKey("frame_back", (",",), repeats=True),
    PlayerKey("frame_forward", (".",), repeats=True),
    PlayerKey("left", ("Left",), repeats=True),
    PlayerKey("right", ("Right",), repeats=True),
    PlayerKey("far_left", ("Shift+Left",), repeats=True),
    PlayerKey("far_right", ("Shift+Right",), repeats=True),
    PlayerKey("minute_forward", ("Up",), repeats=True),
    PlayerKey("minute_back", ("Down",), repeats=True),
    PlayerKey("ten_forward", ("Shift+Up",), repeats=True),
    PlayerKey("ten_back", ("Shift+Down",), repeats=True),
    PlayerKey("next_file", ("PgDown",)),
    PlayerKey("previous_file", ("PgUp",)),
    PlayerKey("start", ("Home",)),
    PlayerKey("end", ("End",)),
    PlayerKey("slower", ("[", "J")),
    PlayerKey("faster", ("]", "L")),
    PlayerKey("normal_speed", ("Backspace",)),
    PlayerKey("half_speed", ("{",)),
    PlayerKey("double_speed", ("}",)),
    PlayerKey("loop", ("R",)),
    PlayerKey("loop_points", ("Ctrl+L",)),
    PlayerKey("boxes", ("B",)),
    PlayerKey("snapshot", ("S",)),
    PlayerKey("save_session", ("Ctrl+S",)),
    PlayerKey("undo", ("Ctrl+Z",)),
    PlayerKey("redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    PlayerKey("full_screen", ("F", "F11")),
    PlayerKey("escape", ("Esc",)),
    PlayerKey("next_face", ("N",)),
    PlayerKey("change_back", ("Ctrl+Left",), repeats=True),
    PlayerKey("change_forward", ("Ctrl+Right",), repeats=True),
    PlayerKey("mark", ("E",)),
    PlayerKey("exclude", ("X",)),
    PlayerKey("zoom_in", ("Ctrl++", "Ctrl+="), repeats=True),
    PlayerKey("zoom_out", ("Ctrl+-",), repeats=True),
    PlayerKey("zoom_all", ("Ctrl+0",)),
    *(PlayerKey(action, (key,)) for action, key in LABEL_KEYS.items()),
    PlayerKey("label_clear", ("0",)),
)


BORIS_KEYS: dict[str, tuple[str, ...]] = {
    "frame_back": ("Left", ","),
    "frame_forward": ("Right", "."),
    "left": (),
    "right": (),
    "ten_forward": ("Up",),
    "ten_back": ("Down",),
    "minute_forward": ("Shift+Up",),
    "minute_back": ("Shift+Down",),
    "slower": ("End", "[", "J"),
    "faster": ("Home", "]", "L"),
    "start": ("Ctrl+Home",),
    "end": ("Ctrl+End",),
}
"""Where the keys that BORIS, a program for coding behaviour, has for the same actions differ."""

KeySet = dict[str, tuple[str, ...]]

FIXED = ("escape", *LABEL_KEYS, "label_clear")
"""Actions whose keys cannot be changed: there must be a way out of the full screen, and the numbers
mean the same expressions everywhere in Mien."""


def key_set(boris: bool = False, own: Mapping[str, Sequence[str]] | None = None) -> KeySet:
    """Return the keys of every action.

    Args:
        boris: Begin with those that people know from BORIS instead of Mien's own.
        own: The user's keys by action, in Qt's portable spelling; unknown actions and keys that
            make no sense are passed over. A key has one meaning: other actions lose it.
    """
    keys = {entry.action: entry.keys for entry in PLAYER_KEYS} | (BORIS_KEYS if boris else {})
    for action, wanted in (own or {}).items():
        if action in keys and action not in FIXED:
            free = [key for key in wanted if is_usable(key) and action_of(keys, key) not in FIXED]
            keys = with_keys(keys, action, free)
    return keys


def with_keys(keys: KeySet, action: str, wanted: Sequence[str]) -> KeySet:
    """Return a copy in which ``action`` has these keys and nothing else has them."""
    mine = tuple(dict.fromkeys(portable(key) for key in wanted))
    changed = {
        other: tuple(key for key in theirs if portable(key) not in mine)
        for other, theirs in keys.items()
    }
    return changed | {action: mine}


def key_name(sequence: QKeySequence) -> str:
    """Return a key as it is printed on keyboards.

    Qt's own Chinese words for keys are not ("平移" for Shift); macOS has signs that people know.
    """
    shape = QKeySequence.NativeText if sys.platform == "darwin" else QKeySequence.PortableText
    return str(sequence.toString(shape))


def portable(key: str) -> str:
    """Return a key in Qt's portable spelling, "" when there is no such key."""
    return str(QKeySequence(key, QKeySequence.PortableText).toString(QKeySequence.PortableText))


def is_usable(key: str) -> bool:
    """Whether a key can be given to an action: a single one, none that moves the focus."""
    sequence = QKeySequence(key, QKeySequence.PortableText)
    if sequence.count() != 1:
        return False
    code = sequence[0] & ~int(Qt.KeyboardModifierMask)
    taken = (Qt.Key_unknown, Qt.Key_Escape, Qt.Key_Return, Qt.Key_Enter, Qt.Key_Tab, Qt.Key_Backtab)
    return bool(code) and code not in taken


def action_of(keys: KeySet, key: str) -> str:
    """Return the action that a key belongs to, "" for none."""
    wanted = portable(key)
    return next((name for name, own in keys.items() if wanted in map(portable, own)), "")


def shown_keys(keys: KeySet, action: str) -> str:
    """Return the keys of an action as people read them."""
    return ", ".join(key_name(QKeySequence(key)) for key in keys[action] if "Media" not in key)


def key_texts() -> dict[str, str]:
    """Return what every action does, translated."""
    return {
        "play": _tr("Play or pause"),
        "frame_back": _tr("One frame back"),
        "frame_forward": _tr("One frame forward"),
        "left": _tr("Paused: one frame back. Playing: 5 seconds back"),
        "right": _tr("Paused: one frame forward. Playing: 5 seconds forward"),
        "far_left": _tr("Paused: ten frames back. Playing: 1 second back"),
        "far_right": _tr("Paused: ten frames forward. Playing: 1 second forward"),
        "minute_forward": _tr("One minute forward"),
        "minute_back": _tr("One minute back"),
        "ten_forward": _tr("Ten seconds forward"),
        "ten_back": _tr("Ten seconds back"),
        "next_file": _tr("Open the next file of the folder"),
        "previous_file": _tr("Open the previous file of the folder"),
        "start": _tr("To the start"),
        "end": _tr("To the end"),
        "slower": _tr("Slower"),
        "faster": _tr("Faster"),
        "normal_speed": _tr("Normal speed"),
        "half_speed": _tr("Half the speed"),
        "double_speed": _tr("Twice the speed"),
        "loop": _tr("Start again at the end"),
        "loop_points": _tr("Repeat a stretch: set A, set B, end it"),
        "boxes": _tr("Show or hide the boxes"),
        "snapshot": _tr("Save this picture as PNG"),
        "save_session": _tr("Save the session: results, names and marks"),
        "undo": _tr("Take back the last correction, or change of people, marks or stretches"),
        "redo": _tr("Do again what was taken back"),
        "full_screen": _tr("Full screen"),
        "escape": _tr("Leave full screen"),
        "next_face": _tr("Select the next face"),
        "change_back": _tr("To the previous change of expression"),
        "change_forward": _tr("To the next change of expression"),
        "mark": _tr("Mark this moment"),
        "exclude": _tr("Begin or end an excluded stretch"),
        "zoom_in": _tr("Time line: show less time"),
        "zoom_out": _tr("Time line: show more time"),
        "zoom_all": _tr("Time line: show the whole video"),
        **label_texts(),
    }


def shortcut_help(keys: KeySet) -> list[tuple[str, str]]:
    """Return (action, keys) for the list under Help."""
    texts = key_texts()
    rows = [(texts[entry.action], shown_keys(keys, entry.action)) for entry in PLAYER_KEYS]
    return [(text, shown) for text, shown in rows if shown]


def install_keys(
    widget: QWidget, handlers: dict[str, Callable[[], None]], keys: KeySet
) -> list[QShortcut]:
    """Make the keys work wherever the focus is inside ``widget``; return the shortcuts.

    Text fields keep their letters, as Qt gives them precedence. Because Space plays, Return
    presses the button that has the focus.
    """
    shortcuts = []
    for entry in PLAYER_KEYS:
        for key in keys[entry.action]:
            shortcut = QShortcut(QKeySequence(key), widget)
            shortcut.setContext(Qt.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(entry.repeats)
            shortcut.activated.connect(handlers[entry.action])
            shortcuts.append(shortcut)
    for press_key in (Qt.Key_Return, Qt.Key_Enter):
        press = QShortcut(QKeySequence(press_key), widget)
        press.setContext(Qt.WidgetWithChildrenShortcut)
        press.setAutoRepeat(False)
        press.activated.connect(_press_focused)
        shortcuts.append(press)
    return shortcuts


def _press_focused() -> None:
    focused = QApplication.focusWidget()
    if isinstance(focused, QAbstractButton) and focused.isEnabled():
        focused.click()
