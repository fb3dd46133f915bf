"""A field that takes one key."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QKeyEvent, QKeySequence
from PyQt5.QtWidgets import QKeySequenceEdit

_ALONE = (
    Qt.Key_Control,
    Qt.Key_Shift,
    Qt.Key_Alt,
    Qt.Key_AltGr,
    Qt.Key_Meta,
    Qt.Key_CapsLock,
    Qt.Key_NumLock,
    Qt.Key_unknown,
)
_KEPT = int(Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier)


class KeyEdit(QKeySequenceEdit):
    """Shows the key that was pressed last, at once; Qt's own waits whether more follow."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key with its modifiers; a modifier alone is none."""
        if event.key() in _ALONE:
            return
        modifiers, text = int(event.modifiers()), event.text()
        code = (modifiers & _KEPT) | event.key()
        # With signs like { the shift key is how they are typed, not part of them.
        if modifiers & int(Qt.ShiftModifier) and not (
            text.isprintable() and text and not text.isalnum() and not text.isspace()
        ):
            code |= int(Qt.ShiftModifier)
        self.setKeySequence(QKeySequence(code))
        event.accept()
