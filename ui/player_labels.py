"""Saying what a face shows: the keys 1 to 7 and the menu of the right mouse button."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PyQt5.QtCore import QCoreApplication, QPoint
from PyQt5.QtWidgets import QMenu, QWidget

from trainer.labels import EXPRESSIONS
from ui.colors import expression_title

LABEL_KEYS: dict[str, str] = {f"label_{name}": str(i + 1) for i, name in enumerate(EXPRESSIONS)}
"""Names of the actions and their keys, in the order of the classes."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("PlayerLabels", text)


def label_texts() -> dict[str, str]:
    """Return what every key does, translated."""
    texts = {
        f"label_{name}": _tr("Paused: the selected face shows {expression}").format(
            expression=expression_title(name)
        )
        for name in EXPRESSIONS
    }
    texts["label_clear"] = _tr("Paused: take the selected face's correction back")
    return texts


def label_handlers(label: Callable[[str], None]) -> dict[str, Callable[[], None]]:
    """Return the handlers of the keys; "" takes a correction back."""
    handlers: dict[str, Callable[[], None]] = {
        f"label_{name}": partial(label, name) for name in EXPRESSIONS
    }
    handlers["label_clear"] = partial(label, "")
    return handlers


def label_menu(
    parent: QWidget, current: str, corrected: bool, label: Callable[[str], None]
) -> QMenu:
    """Return the menu of a face.

    Args:
        parent: Owns the menu.
        current: What the face is shown to be.
        corrected: Whether the user said so.
        label: Called with the class that was picked, "" for taking a correction back.
    """
    menu = QMenu(parent)
    menu.addSection(_tr("This face shows"))
    for number, name in enumerate(EXPRESSIONS):
        action = menu.addAction(f"{expression_title(name)}\t{number + 1}")
        action.setCheckable(True)
        action.setChecked(name == current)
        action.triggered.connect(partial(_pick, label, name))
    menu.addSeparator()
    clear = menu.addAction(_tr("Take the correction back") + "\t0")
    clear.setEnabled(corrected)
    clear.triggered.connect(partial(_pick, label, ""))
    return menu


def _pick(label: Callable[[str], None], name: str, _checked: bool = False) -> None:
    label(name)


def show_menu(menu: QMenu, at: QPoint) -> None:
    """Show a menu without waiting for it; it goes when it is closed."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
