"""Draw resources/icons/mien.{ico,icns} from mien.svg, for Windows and macOS.

QT_QPA_PLATFORM=offscreen python -m tools.make_icons
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from PyQt5.QtCore import QBuffer, QIODevice, Qt
from PyQt5.QtGui import QGuiApplication, QImage, QPainter
from PyQt5.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
SIDE = 1024
ICO_SIDES = (16, 24, 32, 48, 64, 128, 256)


def draw(side: int) -> Image.Image:
    """Return the program's picture as RGBA."""
    image = QImage(side, side, QImage.Format_ARGB32)
    image.fill(Qt.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(ICONS / "mien.svg")).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(io.BytesIO(bytes(buffer.data())))


def main() -> None:
    """Write both files."""
    application = QGuiApplication([])
    large = draw(SIDE)
    large.save(ICONS / "mien.icns")
    large.save(ICONS / "mien.ico", sizes=[(side, side) for side in ICO_SIDES])
    application.quit()


if __name__ == "__main__":
    main()
