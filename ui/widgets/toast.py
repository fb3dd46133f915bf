"""A short notice over the picture that goes by itself and moves nothing."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QEvent, QObject, Qt, QTimer
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

_STAYS_MS = 7000
_MARGIN = 14


class Toast(QFrame):
    """Shows one sentence at the lower edge of its parent, perhaps with something to press.

    Attributes:
        label: The sentence.
        button: What can be done about it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        # Over a picture of any colour, in both themes.
        self.setStyleSheet(
            "#toast { background: rgba(16, 18, 22, 235); border-radius: 8px;"
            " border: 1px solid rgba(255, 255, 255, 70); }"
            "#toast QLabel { color: white; background: transparent; }"
            "#toast QToolButton { color: #9CCBFF; background: transparent; border: 0;"
            " padding: 3px 8px; font-weight: 600; }"
            "#toast QToolButton:hover, #toast QToolButton:focus { text-decoration: underline; }"
        )
        self.label = QLabel()
        self.label.setTextFormat(Qt.PlainText)
        self.label.setWordWrap(True)
        self.button = QToolButton()
        self.button.clicked.connect(self._on_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.button)
        self._action: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def show_notice(
        self, text: str, button: str = "", action: Callable[[], None] | None = None
    ) -> None:
        """Show ``text``; the button called ``button`` runs ``action``."""
        self._action = action
        self.label.setText(text)
        self.button.setText(button)
        self.button.setVisible(action is not None)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(_STAYS_MS)

    def _on_clicked(self) -> None:
        action = self._action
        self.hide()
        if action is not None:
            action()

    def _place(self) -> None:
        room = self.parentWidget().size()
        widest = max(160, room.width() - 2 * _MARGIN)
        text = self.label.fontMetrics().horizontalAdvance(self.label.text()) + 60
        extra = self.button.sizeHint().width() + 12 if self._action is not None else 0
        width = min(widest, text + extra)
        self.setFixedWidth(width)
        self.adjustSize()
        height = self.layout().heightForWidth(width)
        self.resize(width, max(height, self.sizeHint().height()))
        self.move((room.width() - width) // 2, room.height() - self.height() - _MARGIN)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Resize and self.isVisible():
            self._place()
        return False
