"""The values under the mouse, in a small card over a plot."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PyQt5.QtCore import QPoint, QRect, Qt
from PyQt5.QtWidgets import QLabel, QWidget

_MARGIN = 8
_MARKS = {"o": "●", "s": "■", "t": "▼", "d": "◆", "+": "+", "x": "×", "star": "★", "p": "⬟"}
_LINES = {int(Qt.DashLine): "╌", int(Qt.DotLine): "┈", int(Qt.DashDotLine): "╍"}


class PlotReadout(QLabel):
    """Heading and one line a curve; keeps out of the mouse's way."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("readout", True)
        self.setTextFormat(Qt.RichText)
        self.setAttribute(Qt.WA_TransparentForMouseEvents)
        self.hide()

    def show_values(self, title: str, rows: Sequence[tuple[str, str, str, str]]) -> None:
        """Fill the card; a row is (mark, hex colour, name, value)."""
        lines = "".join(
            f'<tr><td style="color:{color}">{escape(mark)}&nbsp;</td><td>{escape(name)}&nbsp;&nbsp;'
            f'</td><td align="right">{escape(value)}</td></tr>'
            for mark, color, name, value in rows
        )
        self.setText(f"<b>{escape(title)}</b><table cellspacing=0 cellpadding=0>{lines}</table>")
        self.adjustSize()

    def place(self, mouse: QPoint, inside: QRect) -> None:
        """Stand beside ``mouse``, within ``inside``."""
        x = mouse.x() + 2 * _MARGIN
        if x + self.width() > inside.right() - _MARGIN:
            x = mouse.x() - 2 * _MARGIN - self.width()
        y = min(
            max(mouse.y() - self.height() // 2, inside.top() + _MARGIN),
            inside.bottom() - _MARGIN - self.height(),
        )
        self.move(max(inside.left(), x), max(inside.top(), y))
        self.show()
        self.raise_()


def mark_of(symbol: str | None, line: Qt.PenStyle) -> str:
    """A character that looks like a curve's marker or line."""
    if symbol is not None:
        return _MARKS.get(symbol, "●")
    return _LINES.get(int(line), "─")
