"""Where a network's weights come from, when it need not start from nothing."""

from __future__ import annotations

from PyQt5.QtWidgets import QFrame, QWidget

from ui.loader import load_ui


class PretrainedPanel(QFrame):
    """Hidden for networks that start from nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("pretrained_panel", self)
        self.hide()
