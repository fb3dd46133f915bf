"""Line icons in the colour of the text around them."""

from __future__ import annotations

from functools import lru_cache

from PyQt5.QtCore import QByteArray, QEvent, QObject, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PyQt5.QtSvg import QSvgRenderer
from PyQt5.QtWidgets import QAbstractButton, QApplication

from resources import resource_path

_SIZES = (16, 20, 24, 32, 48, 64)
# Where a style sheet gives a button its colours, its own palette does not change.
_RECOLOURED = (QEvent.PaletteChange, QEvent.ApplicationPaletteChange, QEvent.StyleChange)


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


def _pixmap(name: str, color: QColor, size: int) -> QPixmap:
    drawing = _source(name).replace("currentColor", color.name())
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def icon(name: str, color: QColor | None = None) -> QIcon:
    """Return ``resources/icons/<name>.svg`` drawn in ``color`` (default: the text colour)."""
    palette = QApplication.palette()
    normal = color or palette.color(QPalette.ButtonText)
    disabled = palette.color(QPalette.Disabled, QPalette.ButtonText)
    result = QIcon()
    for size in _SIZES:
        result.addPixmap(_pixmap(name, normal, size), QIcon.Normal)
        result.addPixmap(_pixmap(name, disabled, size), QIcon.Disabled)
    return result


class ThemedIcon(QObject):
    """Gives a button an icon in the text colour, and draws it anew when the colours change."""

    def __init__(self, button: QAbstractButton, name: str) -> None:
        super().__init__(button)
        self._button = button
        self._name = name
        button.setIcon(icon(name))
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _RECOLOURED:
            self._button.setIcon(icon(self._name))
        return super().eventFilter(watched, event)
