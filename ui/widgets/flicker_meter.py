"""How often labels change a minute: raw against shown, as two bars with their numbers."""

from __future__ import annotations

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PyQt5.QtWidgets import QSizePolicy, QWidget

_BAR = 8


class FlickerMeter(QWidget):
    """Two bars on one scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._raw = self._steady = 0.0
        self._known = False
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self.setAccessibleName(self.tr("Changes of the label a minute"))

    def show_changes(self, raw: float, steady: float) -> None:
        """Show changes a minute of the raw and of the shown labels."""
        self._raw, self._steady, self._known = raw, steady, True
        self.setAccessibleDescription("; ".join(f"{a} {b}" for a, b, *_ in self._rows()))
        self.update()

    def clear(self) -> None:
        """Nothing was measured."""
        self._raw = self._steady = 0.0
        self._known = False
        self.setAccessibleDescription(self.tr("Nothing was measured yet."))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(180, 2 * (self.fontMetrics().height() + _BAR + 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def _rows(self) -> tuple[tuple[str, str, float, bool], ...]:
        raw = f"{self._raw:.0f}" if self._known else "–"
        steady = f"{self._steady:.0f}" if self._known else "–"
        return (
            (
                self.tr("Network alone"),
                self.tr("{count} a minute").format(count=raw),
                self._raw,
                False,
            ),
            (
                self.tr("Shown"),
                self.tr("{count} a minute").format(count=steady),
                self._steady,
                True,
            ),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        palette, line = self.palette(), self.fontMetrics().height()
        most = max(self._raw, self._steady, 1e-6)
        ground = QColor(palette.color(QPalette.WindowText))
        ground.setAlpha(30)
        top = 0.0
        for title, number, value, strong in self._rows():
            place = QRectF(0, top, self.width(), line)
            painter.setPen(palette.color(QPalette.WindowText))
            painter.drawText(place, int(Qt.AlignLeft | Qt.AlignVCenter), title)
            painter.drawText(place, int(Qt.AlignRight | Qt.AlignVCenter), number)
            bar = QRectF(0, top + line + 2, self.width(), _BAR)
            painter.setPen(Qt.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(bar, 3, 3)
            color = QColor(palette.color(QPalette.Highlight if strong else QPalette.WindowText))
            color.setAlpha(255 if strong else 140)
            painter.setBrush(color)
            bar.setWidth(bar.width() * value / most)
            if value > 0:
                painter.drawRoundedRect(bar, 3, 3)
            top += line + _BAR + 8
