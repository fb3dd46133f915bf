"""The confusion matrix of one model, or how it differs from another's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QColor, QPainter
from PyQt5.QtWidgets import QWidget

from ui.colors import expression_title, is_dark
from ui.widgets.confusion_matrix import ConfusionMatrix


class DifferenceMatrix(ConfusionMatrix):
    """Also shows the difference of the rows' shares, in points: blue is more, orange less."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._other: npt.NDArray[np.int64] | None = None
        self._titles = ("", "")

    def set_difference(
        self,
        matrix: npt.NDArray[np.int64],
        other: npt.NDArray[np.int64] | None,
        names: Sequence[str],
        titles: tuple[str, str] = ("", ""),
    ) -> None:
        """Show ``matrix`` (int64 (C, C), rows are labels), or how it differs from ``other``."""
        current = self.current
        self.set_matrix(matrix, names)
        self._other, self._titles = other, titles
        if max(current) < len(names):
            self.current = current

    def difference(self, target: int, pred: int) -> float:
        """Points by which the first model's share of a cell is larger."""
        if self._matrix is None or self._other is None:
            return 0.0
        mine = self._matrix[target, pred] / max(1, self._matrix[target].sum())
        others = self._other[target, pred] / max(1, self._other[target].sum())
        return float(100 * (mine - others))

    def sentence(self, target: int, pred: int) -> str:
        """The cell in words."""
        if self._other is None:
            return super().sentence(target, pred)
        if self._matrix is None or not self._matrix[target].any():
            return "" if self._matrix is None else self.no_images(target)
        text = self.tr("{target} taken for {pred}: {points} points more by {first} than {second}.")
        return text.format(
            target=expression_title(self._names[target]),
            pred=expression_title(self._names[pred]),
            points=f"{self.difference(target, pred):+.1f}",
            first=self._titles[0],
            second=self._titles[1],
        )

    def _paint_cell(self, painter: QPainter, target: int, pred: int, share: float) -> None:
        if self._other is None:
            super()._paint_cell(painter, target, pred, share)
            return
        points = self.difference(target, pred)
        color = self._tint(points)
        rect = self._cell_rect(target, pred)
        painter.fillRect(rect, color)
        luminance = 0.299 * color.red() + 0.587 * color.green() + 0.114 * color.blue()
        painter.setPen(QColor("#10151D") if luminance > 140 else QColor("#FFFFFF"))
        text = "0" if abs(points) < 0.05 else f"{points:+.1f}"
        if self._matrix is None or not self._matrix[target].any():
            text = "–"
        painter.drawText(rect, int(Qt.AlignCenter), text)

    def _tint(self, points: float) -> QColor:
        dark = is_dark(self.palette())
        low = QColor("#2A303A") if dark else QColor("#F4F5F7")
        high = QColor("#2A86D1") if points > 0 else QColor("#D55E00")
        mix = min(1.0, abs(points) / 20.0) ** 0.7
        return QColor(
            int(low.red() + mix * (high.red() - low.red())),
            int(low.green() + mix * (high.green() - low.green())),
            int(low.blue() + mix * (high.blue() - low.blue())),
        )
