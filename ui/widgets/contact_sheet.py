"""A few grey images side by side, as large as the room allows."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QRect, QSize, Qt
from PyQt5.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ui.tables.sample_model import grey_image

_GAP = 8
_LARGEST = 144


class ContactSheet(QWidget):
    """Paints uint8 (H, W) images in rows; the first is framed, for it is the original."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: list[npt.NDArray[np.uint8]] = []
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)

    def set_images(self, images: Sequence[npt.NDArray[np.uint8]]) -> None:
        """Show other images."""
        self._images = [np.ascontiguousarray(image) for image in images]
        self.update()

    def images(self) -> list[npt.NDArray[np.uint8]]:
        """The images shown, uint8 (H, W)."""
        return self._images

    def sizeHint(self) -> QSize:
        return QSize(420, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 160)

    def _side(self) -> tuple[int, int]:
        """Columns, and the side of an image in pixels, that fill the room best."""
        best = (1, 1)
        for columns in range(1, len(self._images) + 1):
            rows = math.ceil(len(self._images) / columns)
            wide = (self.width() - _GAP * (columns - 1)) // columns
            tall = (self.height() - _GAP * (rows - 1)) // rows
            side = min(wide, tall, _LARGEST)
            if side > best[1]:
                best = (columns, side)
        return best

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._images:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.SmoothPixmapTransform)
        columns, side = self._side()
        for index, pixels in enumerate(self._images):
            row, column = divmod(index, columns)
            place = QRect(column * (side + _GAP), row * (side + _GAP), side, side)
            painter.drawImage(place, grey_image(pixels))
            if index == 0:
                painter.setPen(QPen(self.palette().color(QPalette.Highlight), 3))
                painter.setBrush(Qt.NoBrush)
                painter.drawRect(place.adjusted(1, 1, -2, -2))
