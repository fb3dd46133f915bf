"""A small card beside the mouse: a picture of that moment and what was found in it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtGui import QPixmap
from PyQt5.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ui.widgets.video_view import as_image


class HoverCard(QFrame):
    """Follows the mouse above a widget; never takes the focus or the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.ToolTip | Qt.WindowTransparentForInput)
        self.setAttribute(Qt.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WA_TransparentForMouseEvents)
        self.setProperty("card", True)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignCenter)
        self._text = QLabel()
        self._text.setTextFormat(Qt.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(4)
        layout.addWidget(self._picture)
        layout.addWidget(self._text)

    def show_at(
        self, above: QWidget, x: int, text: str, picture: npt.NDArray[np.uint8] | None
    ) -> None:
        """Show the card over a place of a widget.

        Args:
            above: The widget that the mouse is over.
            x: Where, logical pixels of ``above``.
            text: A few lines.
            picture: uint8 (h, w, 4), BGRA, or None.
        """
        self._picture.setVisible(picture is not None)
        if picture is not None:
            self._picture.setPixmap(QPixmap.fromImage(as_image(picture)))
        self._text.setText(text)
        self.adjustSize()
        corner = above.mapToGlobal(QPoint(x, 0))
        left = corner.x() - self.width() // 2
        screen = above.screen().availableGeometry() if hasattr(above, "screen") else None
        if screen is not None:
            left = min(max(left, screen.left()), screen.right() - self.width())
        self.move(left, corner.y() - self.height() - 6)
        self.show()
