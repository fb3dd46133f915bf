"""One small grey image, enlarged so that every pixel is seen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QRect, QSize, Qt
from PyQt5.QtGui import QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ui.tables.sample_model import grey_image


class PixelView(QWidget):
    """Draws uint8 (H, W) as large as fits, without smoothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixels: npt.NDArray[np.uint8] | None = None
        policy = QSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_pixels(self, pixels: npt.NDArray[np.uint8] | None) -> None:
        """Show an image; None shows nothing."""
        self._pixels = None if pixels is None else np.ascontiguousarray(pixels)
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width

    def sizeHint(self) -> QSize:
        return QSize(176, 176)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pixels is None:
            return
        side = min(self.width(), self.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.SmoothPixmapTransform, False)
        painter.drawImage(QRect(0, 0, side, side), grey_image(self._pixels))
        painter.setPen(Qt.NoPen)
