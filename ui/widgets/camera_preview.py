"""What a camera sees, before it is chosen; or why it shows nothing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QRect, QSize, Qt
from PyQt5.QtGui import QColor, QImage, QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ui.widgets.video_view import as_image

_BACKGROUND, _TEXT = QColor("#0E1014"), QColor("#E6E8EC")
_MARGIN = 12

PREVIEW_SIZE = QSize(288, 162)
"""Logical pixels."""


class CameraPreview(QWidget):
    """A small picture with a sentence in its place while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Fixed, QSizePolicy.Expanding)
        self.setMinimumSize(PREVIEW_SIZE)
        self._picture: npt.NDArray[np.uint8] | None = None  # QImage does not own its memory
        self._image = QImage()
        self._sentence = ""
        self.set_sentence("")

    def wait(self, agreed: bool, chosen: bool) -> None:
        """Say what the picture waits for."""
        if not chosen:
            self.set_sentence("")
        elif agreed:
            self.set_sentence(self.tr("Opening the camera…"))
        else:
            self.set_sentence(self.tr("The picture comes when everybody in it has agreed."))

    def set_sentence(self, sentence: str) -> None:
        """Show a sentence instead of a picture."""
        self._picture, self._image, self._sentence = None, QImage(), sentence
        self.setToolTip(sentence)
        self.setAccessibleName(sentence or self.tr("Picture of the camera"))
        self.update()

    def set_picture(self, picture: npt.NDArray[np.uint8]) -> None:
        """Show a picture (uint8 (h, w, 4), BGRA)."""
        if self._picture is None:
            self.setToolTip("")
            self.setAccessibleName(self.tr("Picture of the camera"))
        self._picture, self._image = picture, as_image(picture)
        self.update()

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown."""
        return self._picture is not None

    @property
    def sentence(self) -> str:
        """The sentence shown in place of a picture."""
        return self._sentence

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _BACKGROUND)
        if self._picture is None:
            painter.setPen(_TEXT)
            room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
            painter.drawText(room, int(Qt.AlignCenter | Qt.TextWordWrap), self._sentence)
            return
        size = self._image.size().scaled(self.size(), Qt.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        painter.setRenderHint(QPainter.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
