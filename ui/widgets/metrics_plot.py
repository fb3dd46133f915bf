"""A plot of measured values over epochs, whose curves are updated in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PyQt5.QtCore import QEvent, Qt
from PyQt5.QtGui import QColor, QPalette
from PyQt5.QtWidgets import QWidget


@dataclass(frozen=True)
class CurveStyle:
    """How one curve looks; line and marker tell curves apart without colour.

    Attributes:
        title: Text of the legend.
        color: Hex colour.
        line: Qt pen style.
        symbol: pyqtgraph marker, or None.
        width: Line width in pixels.
    """

    title: str
    color: str
    line: Qt.PenStyle = Qt.SolidLine
    symbol: str | None = None
    width: float = 2.0


class MetricsPlot(pg.PlotWidget):
    """Curves with legend, axis labels and a mark for the best epoch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAntialiasing(True)
        self.setAcceptDrops(False)
        self.setMenuEnabled(False)
        for action in self.scene().contextMenu:  # pyqtgraph's own, not translated
            action.deleteLater()
        self.scene().contextMenu = []
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.setFocusPolicy(Qt.NoFocus)  # the numbers are in a table beside it
        self.setFrameShape(self.NoFrame)
        self.showGrid(x=True, y=True, alpha=0.18)
        self.legend = self.addLegend(offset=(-8, 8), labelTextSize="9pt")
        self._labels = ("", "")
        self._curves: dict[str, pg.PlotDataItem] = {}
        self._best_line = pg.InfiniteLine(angle=90, movable=False)
        self._best_line.setVisible(False)
        self._best_text = pg.TextItem("", anchor=(0, 1))
        self._best_text.setVisible(False)
        self.addItem(self._best_line, ignoreBounds=True)
        self.addItem(self._best_text, ignoreBounds=True)
        self._apply_palette()

    def set_labels(self, title: str, x_label: str, *, rising: bool = True) -> None:
        """Set what the axes say; the legend stands where ``rising`` curves are not."""
        corner = (1, 1) if rising else (1, 0)
        self.legend.anchor(itemPos=corner, parentPos=corner, offset=(-8, -8 if rising else 8))
        self._labels = (title, x_label)
        self.setAccessibleName(title)
        self._apply_palette()

    def set_curves(self, styles: dict[str, CurveStyle]) -> None:
        """Replace all curves by empty ones."""
        for curve in self._curves.values():
            self.removeItem(curve)
        self._curves = {}
        for key, style in styles.items():
            pen = pg.mkPen(style.color, width=style.width, style=style.line)
            self._curves[key] = self.plot(
                [],
                [],
                name=style.title,
                pen=pen,
                symbol=style.symbol,
                symbolSize=7,
                symbolBrush=style.color,
                symbolPen=None if style.symbol not in ("+", "x") else style.color,
            )
        self._apply_palette()

    def set_data(self, key: str, x: Sequence[float], y: Sequence[float]) -> None:
        """Give a curve its points; nothing else is redrawn."""
        self._curves[key].setData(x, y)

    def data(self, key: str) -> tuple[list[float], list[float]]:
        """Points of a curve."""
        x, y = self._curves[key].getOriginalDataset()
        return ([], []) if x is None else (list(x), list(y))

    def mark_best(self, x: float | None, text: str = "") -> None:
        """Draw a line at the best epoch, or remove it."""
        shown = x is not None
        self._best_line.setVisible(shown)
        self._best_text.setVisible(shown)
        if x is not None:
            self._best_line.setPos(x)
            self._best_text.setText(text)
            self._place_best_text()

    def _place_best_text(self) -> None:
        (left, right), (bottom, _top) = self.getViewBox().viewRange()
        x = self._best_line.value()
        # On the side where there is room.
        self._best_text.setAnchor((1 if x > (left + right) / 2 else 0, 1))
        self._best_text.setPos(x, bottom)

    def clear_data(self) -> None:
        """Empty all curves and take the mark away."""
        for curve in self._curves.values():
            curve.setData([], [])
        self.mark_best(None)

    def _apply_palette(self) -> None:
        palette = self.palette()
        text = palette.color(QPalette.Text)
        muted = palette.color(QPalette.PlaceholderText)
        self.setBackground(palette.color(QPalette.Base))
        title, x_label = self._labels
        for side, label in (("left", title), ("bottom", x_label)):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(muted))
            axis.setTextPen(pg.mkPen(muted))
            axis.setLabel(label, color=text.name())
            axis.enableAutoSIPrefix(False)
        self.legend.setLabelTextColor(text)
        background = QColor(palette.color(QPalette.Base))
        background.setAlpha(220)
        self.legend.setBrush(pg.mkBrush(background))
        for _sample, label in self.legend.items:
            label.setText(label.text, color=text.name())
        self._best_line.setPen(pg.mkPen(muted, width=1, style=Qt.DashLine))
        self._best_text.setColor(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.PaletteChange and hasattr(self, "_best_text"):
            self._apply_palette()

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_best_text") and self._best_line.isVisible():
            self._place_best_text()
