"""A bar that grows: how many images there are now, and how many there will be."""

from __future__ import annotations

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ui.colors import expression_color

_HEIGHT = 14


class BeforeAfterBar(QWidget):
    """Solid up to the present number, hatched up to the coming one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color = QColor(expression_color(name))
        self._before = self._after = self._largest = 0
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)

    def set_values(self, before: int, after: int, largest: int) -> None:
        """Show two numbers on a scale that ends at ``largest``."""
        self._before, self._after, self._largest = before, after, largest
        self.setAccessibleName(f"{before} → {after}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._largest:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        painter.setPen(Qt.NoPen)
        top = (self.height() - _HEIGHT) / 2
        full = self.width() * self._after / self._largest
        solid = self.width() * self._before / self._largest
        painter.setBrush(self.palette().color(QPalette.AlternateBase))
        painter.drawRoundedRect(QRectF(0, top, self.width(), _HEIGHT), 3, 3)
        painter.setBrush(self._color.lighter(130))
        painter.drawRoundedRect(QRectF(0, top, full, _HEIGHT), 3, 3)
        # A pattern as well as a tint: colour alone would not tell made from real.
        pattern = QColor(self.palette().color(QPalette.Base))
        painter.setBrush(pattern)
        painter.setBrush(Qt.BDiagPattern)
        painter.drawRoundedRect(QRectF(0, top, full, _HEIGHT), 3, 3)
        painter.setBrush(self._color)
        painter.drawRoundedRect(QRectF(0, top, solid, _HEIGHT), 3, 3)
