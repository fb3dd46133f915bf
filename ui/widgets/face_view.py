"""One small grey image, enlarged smoothly: a face is easier to read than its pixels."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QRect, QSize, Qt
from PyQt5.QtGui import QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ui.tables.sample_model import grey_image


class FaceView(QWidget):
    """Draws uint8 (H, W) in the middle, as large as fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixels: npt.NDArray[np.uint8] | None = None
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)

    def set_pixels(self, pixels: npt.NDArray[np.uint8] | None) -> None:
        """Show an image; None shows nothing."""
        self._pixels = None if pixels is None else np.ascontiguousarray(pixels)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, 360)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 160)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pixels is None:
            return
        image = grey_image(self._pixels)
        ratio = self.devicePixelRatioF()
        room = QSize(round(self.width() * ratio), round(self.height() * ratio))
        size = image.size().scaled(room, Qt.KeepAspectRatio)
        # QPainter's own smooth scaling only averages four pixels; this one looks further.
        large = image.scaled(size, Qt.IgnoreAspectRatio, Qt.SmoothTransformation)
        large.setDevicePixelRatio(ratio)
        place = QRect(0, 0, round(size.width() / ratio), round(size.height() / ratio))
        place.moveCenter(self.rect().center())
        place.moveTop(0)
        QPainter(self).drawImage(place.topLeft(), large)
