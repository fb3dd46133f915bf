"""Dialogs that scroll where the screen is smaller than they are."""

from __future__ import annotations

from PyQt5.QtCore import QSize
from PyQt5.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.widgets.reflow import PageScroll

_FRAME = QSize(20, 60)  # what the window's title and edges take


def make_scrollable(dialog: QDialog, width: int, height: int = 0) -> None:
    """Put all of a dialog into a page that scrolls, and give the dialog a size that fits.

    Args:
        dialog: Has its layout already.
        width: Wanted width, logical pixels.
        height: Wanted height; 0 is what the layout needs at that width.
    """
    layout = dialog.layout()
    assert layout is not None
    page = QWidget()
    page.setLayout(layout)
    outer = QVBoxLayout(dialog)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(PageScroll(page))
    layout.activate()
    needed = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else -1
    wanted = QSize(width, height or max(needed, layout.totalSizeHint().height()))
    screen = dialog.screen()
    if screen is not None:
        wanted = wanted.boundedTo(screen.availableSize() - _FRAME)
    dialog.resize(wanted)
