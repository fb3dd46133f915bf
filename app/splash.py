"""The sign that Mien is starting, while its modules load."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QEventLoop, QRectF, QSize, Qt, QTimer
from PyQt5.QtGui import QColor, QFont, QPainter, QPalette, QPixmap
from PyQt5.QtSvg import QSvgRenderer
from PyQt5.QtWidgets import QApplication, QSplashScreen

from app.theme import DARK, LIGHT, Colors
from resources import resource_path

_SIZE = QSize(300, 190)
_SIGN = 84  # side of the sign, logical pixels
_LONGEST_WAIT_MS = 200  # for the first paint; some systems paint only when they like


class Splash(QSplashScreen):
    """A small picture in the middle of the screen."""

    def __init__(self, theme: str) -> None:
        super().__init__(_picture(_colors(theme)))
        self._painted: QEventLoop | None = None

    def appear(self) -> None:
        """Show it and return when it is painted: afterwards the GUI thread is busy."""
        self.show()
        loop = QEventLoop()
        self._painted = loop
        QTimer.singleShot(_LONGEST_WAIT_MS, loop.quit)
        loop.exec_()
        self._painted = None

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Paint and self._painted is not None:
            QTimer.singleShot(0, self._painted.quit)  # after the picture has gone to the screen
        return handled


def _colors(theme: str) -> Colors:
    system_dark = QApplication.palette().color(QPalette.Window).lightness() < 128
    return DARK if theme == "dark" or (theme == "system" and system_dark) else LIGHT


def _picture(colors: Colors) -> QPixmap:
    screen = QApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen is not None else 1.0
    pixmap = QPixmap(_SIZE * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(colors.window))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.Antialiasing)
    painter.setPen(QColor(colors.border_strong))
    painter.drawRect(QRectF(0.5, 0.5, _SIZE.width() - 1.0, _SIZE.height() - 1.0))
    left = (_SIZE.width() - _SIGN) / 2
    sign = QSvgRenderer(str(resource_path("icons", "mien.svg")))
    sign.render(painter, QRectF(left, 28.0, _SIGN, _SIGN))
    font = QFont(QApplication.font())
    font.setPixelSize(26)
    font.setWeight(QFont.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(colors.text))
    below = QRectF(0.0, 122.0, _SIZE.width(), 40.0)
    painter.drawText(below, Qt.AlignCenter, "Mien")
    painter.end()
    return pixmap
