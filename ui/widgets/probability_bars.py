"""All seven probabilities of one face as bars, with the raw value of the frame as a mark."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QPointF, QRectF, QSize, Qt
from PyQt5.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
)
from PyQt5.QtWidgets import QSizePolicy, QWidget

from trainer.labels import EXPRESSIONS
from ui.colors import expression_color, expression_title

_ROW = 27
_BAR = 12.0


class ProbabilityBars(QWidget):
    """One row a class: name, bar (smoothed), mark (raw), per cent. Text carries every value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = EXPRESSIONS
        self._probs: tuple[float, ...] = ()
        self._raw: tuple[float, ...] = ()
        self._winner = ""
        self._muted = False
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self.setAccessibleName(self.tr("Probabilities of the selected face"))

    def sizeHint(self) -> QSize:
        return QSize(230, _ROW * len(self._names) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(170, _ROW * len(self._names) + 4)

    def show_probabilities(
        self,
        names: Sequence[str],
        probs: Sequence[float],
        raw: Sequence[float],
        winner: str,
        *,
        muted: bool,
    ) -> None:
        """Show the probabilities of one face.

        Args:
            names: Class names, in the order of the values.
            probs: Smoothed values in 0..1.
            raw: Values of this frame alone in 0..1.
            winner: The class that is shown as the label, written bold.
            muted: Draw grey: the face is unsure or its picture bad.
        """
        if len(names) != len(self._names):
            self._names = tuple(names)
            self.updateGeometry()
        self._names = tuple(names)
        self._probs, self._raw = tuple(probs), tuple(raw)
        self._winner, self._muted = winner, muted
        self.update()

    def clear(self) -> None:
        """Show empty bars."""
        if self._probs:
            self._probs = self._raw = ()
            self._winner = ""
            self.update()
        self.setAccessibleDescription(self.tr("No face selected"))

    def describe(self) -> None:
        """Bring the accessible description up to date; too costly for every frame."""
        if not self._probs:
            return
        pairs = sorted(zip(self._probs, self._names, strict=True), reverse=True)
        self.setAccessibleDescription(
            ", ".join(f"{expression_title(name)} {value:.0%}" for value, name in pairs)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        plain, bold = QFont(self.font()), QFont(self.font())
        bold.setBold(True)
        metrics = QFontMetricsF(bold)
        titles = [expression_title(name) for name in self._names]
        name_width = max(metrics.horizontalAdvance(title) for title in titles) + 10
        value_width = metrics.horizontalAdvance("100 %") + 4
        text = self.palette().color(QPalette.WindowText)
        faint = QColor(text)
        faint.setAlpha(28)
        bar_left = name_width
        bar_width = max(10.0, self.width() - name_width - value_width - 8)
        for row, (name, title) in enumerate(zip(self._names, titles, strict=True)):
            top = 2.0 + row * _ROW
            center = top + _ROW / 2
            wins = name == self._winner
            painter.setFont(bold if wins else plain)
            painter.setPen(text)
            painter.drawText(QRectF(0, top, name_width, _ROW), Qt.AlignVCenter, title)
            painter.setPen(Qt.NoPen)
            painter.setBrush(faint)
            track = QRectF(bar_left, center - _BAR / 2, bar_width, _BAR)
            painter.drawRoundedRect(track, 3, 3)
            if row >= len(self._probs):
                continue
            value = min(max(float(self._probs[row]), 0.0), 1.0)
            color = QColor("#8C8C8C") if self._muted else QColor(expression_color(name))
            painter.setBrush(color)
            if value * bar_width >= 0.5:
                painter.drawRoundedRect(
                    QRectF(bar_left, track.top(), max(2.0, value * bar_width), _BAR), 3, 3
                )
            raw = min(max(float(self._raw[row]), 0.0), 1.0)
            self._paint_mark(painter, bar_left + raw * bar_width, track, text)
            painter.setPen(text)
            painter.drawText(
                QRectF(self.width() - value_width, top, value_width, _ROW),
                int(Qt.AlignVCenter | Qt.AlignRight),
                f"{value:.0%}".replace("%", " %"),
            )

    @staticmethod
    def _paint_mark(painter: QPainter, x: float, track: QRectF, color: QColor) -> None:
        """A small triangle under the bar, with a hair line through it."""
        painter.setPen(QPen(color, 1.2))
        painter.drawLine(QPointF(x, track.top() - 1), QPointF(x, track.bottom() + 1))
        painter.setPen(Qt.NoPen)
        painter.setBrush(color)
        bottom = track.bottom() + 1
        painter.drawPolygon(
            QPolygonF(
                [QPointF(x, bottom), QPointF(x - 3, bottom + 4.5), QPointF(x + 3, bottom + 4.5)]
            )
        )
