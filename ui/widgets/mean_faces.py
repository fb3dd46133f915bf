"""The mean image of each class with its name below."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QRect, QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ui.colors import expression_color, expression_title
from ui.tables.sample_model import grey_image

_GAP = 8
_LARGEST = 128


class MeanFaces(QWidget):
    """One row of pictures; a class without images has a dash instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._faces: npt.NDArray[np.uint8] = np.zeros((0, 1, 1), np.uint8)
        self._counts: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        policy = QSizePolicy(QSizePolicy.Expanding, QSizePolicy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_faces(
        self,
        names: tuple[str, ...],
        faces: npt.NDArray[np.uint8],
        counts: npt.NDArray[np.int64],
    ) -> None:
        """Show uint8 (C, H, W) pictures; ``counts`` (C,) says how many images each is made of."""
        self._names, self._faces, self._counts = names, np.ascontiguousarray(faces), counts
        self.updateGeometry()
        self.update()

    def _side(self, width: int) -> int:
        count = max(len(self._names), 1)
        return max(min((width - _GAP * (count - 1)) // count, _LARGEST), 16)

    def _words(self) -> int:
        return self.fontMetrics().height() + 8

    def sizeHint(self) -> QSize:
        return QSize(480, self._side(480) + self._words())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._side(width) + self._words()

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self._side(240) + self._words())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.SmoothPixmapTransform)
        side = min(self._side(self.width()), self.height() - self._words())
        for index, name in enumerate(self._names):
            place = QRect(index * (side + _GAP), 0, side, side)
            if self._counts[index]:
                painter.drawImage(place, grey_image(self._faces[index]))
            else:
                painter.fillRect(place, self.palette().color(QPalette.AlternateBase))
                painter.drawText(place, int(Qt.AlignCenter), "–")
            color = QColor(expression_color(name))
            painter.fillRect(QRect(place.x(), place.bottom() + 1, side, 3), color)
            words = QRect(place.x() - _GAP // 2, place.bottom() + 5, side + _GAP, self._words() - 4)
            title = painter.fontMetrics().elidedText(
                expression_title(name), Qt.ElideRight, words.width()
            )
            painter.setPen(self.palette().color(QPalette.Text))
            painter.drawText(words, int(Qt.AlignHCenter | Qt.AlignTop), title)
