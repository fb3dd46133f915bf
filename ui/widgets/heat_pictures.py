"""A face with maps of what a network looked at, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QRect, QSize, Qt
from PyQt5.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PyQt5.QtWidgets import QSizePolicy, QWidget

_GAP = 16


@dataclass(frozen=True)
class HeatPicture:
    """One face and one map.

    Attributes:
        title: What stands below.
        image: uint8 (H, W), grey.
        heat: float32 (H, W), 0..1, or None for the face alone.
    """

    title: str
    image: npt.NDArray[np.uint8]
    heat: npt.NDArray[np.float32] | None = None


class HeatPictures(QWidget):
    """Paints faces in a row, as large as there is room; orange is where the map is high."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: tuple[HeatPicture, ...] = ()
        self._images: list[QImage] = []
        self._title = ""
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)

    def set_pictures(self, pictures: Sequence[HeatPicture]) -> None:
        """Show others."""
        self.pictures = tuple(pictures)
        self._images = [_blend(picture) for picture in pictures]
        self.setAccessibleName(", ".join(picture.title for picture in pictures))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._images:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.SmoothPixmapTransform)
        painter.setPen(self.palette().color(QPalette.Text))
        number, line = len(self._images), self.fontMetrics().height() + 8
        side = min((self.width() - _GAP * (number - 1)) // number, self.height() - line)
        for place, (picture, image) in enumerate(zip(self.pictures, self._images, strict=True)):
            left = place * (side + _GAP)
            painter.drawImage(QRect(left, 0, side, side), image)
            text = self.fontMetrics().elidedText(picture.title, Qt.ElideRight, side)
            painter.drawText(QRect(left, side + 2, side, line), int(Qt.AlignHCenter), text)


def _blend(picture: HeatPicture) -> QImage:
    grey = np.repeat(picture.image[:, :, None], 3, axis=2).astype(np.float32)
    if picture.heat is not None:
        mix = 0.75 * np.clip(picture.heat, 0.0, 1.0)[:, :, None]
        grey = (1 - mix) * grey + mix * np.array([230.0, 120.0, 0.0], np.float32)
    pixels = np.ascontiguousarray(grey.round().astype(np.uint8))
    height, width = picture.image.shape
    image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format_RGB888)
    return image.copy()  # the bytes above are gone after this call
