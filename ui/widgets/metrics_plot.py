"""A plot of measured values over epochs, whose curves are updated in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PyQt5.QtCore import QEvent, Qt, pyqtSignal
from PyQt5.QtGui import QPalette, QResizeEvent
from PyQt5.QtWidgets import QLabel, QWidget


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


class _CalmAxis(pg.AxisItem):
    """Major ticks only; whole numbers where halves mean nothing."""

    def __init__(self, orientation: str, *, whole: bool = False) -> None:
        super().__init__(orientation)
        self._whole = whole

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        spacing, _offset = super().tickSpacing(minVal, maxVal, size)[0]
        lines = (maxVal - minVal) / spacing
        if lines < 3:
            spacing /= 2 if lines >= 1.5 else 5
        return [(max(1.0, spacing) if self._whole else spacing, 0.0)]


class MetricsPlot(pg.PlotWidget):
    """Curves with axis labels and a mark for the best epoch; a hint while there are none.

    Signals:
        styles_changed: The :class:`CurveStyle` of all curves, for a legend.
    """

    styles_changed = pyqtSignal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            axisItems={"bottom": _CalmAxis("bottom", whole=True), "left": _CalmAxis("left")},
        )
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
        self.getViewBox().setLimits(xMin=0.0, minXRange=1.0)
        self._hint = QLabel(self)
        self._hint.setAlignment(Qt.AlignCenter)
        self._hint.setWordWrap(True)
        self._hint.setProperty("muted", True)
        self._empty: bool | None = None
        self._labels = ("", "")
        self._curves: dict[str, pg.PlotDataItem] = {}
        self._best_line = pg.InfiniteLine(angle=90, movable=False)
        self._best_line.setVisible(False)
        self._best_text = pg.TextItem("", anchor=(0, 1))
        self._best_text.setVisible(False)
        self.addItem(self._best_line, ignoreBounds=True)
        self.addItem(self._best_text, ignoreBounds=True)
        self.getViewBox().sigRangeChanged.connect(lambda *_range: self._place_best_text())
        self._apply_palette()
        self._show_emptiness()

    def set_labels(self, title: str, x_label: str, hint: str = "") -> None:
        """Set what the axes say, and the ``hint`` that stands there without any points."""
        self._hint.setText(hint)
        self._labels = (title, x_label)
        self.setAccessibleName(title)
        self._apply_palette()

    def set_curves(self, styles: dict[str, CurveStyle]) -> None:
        """Replace all curves by empty ones."""
        for curve in self._curves.values():
            self.removeItem(curve)
        self._curves = {}
        for key, style in styles.items():
            # Pens of plots count the screen's own pixels.
            width = style.width * self.devicePixelRatioF()
            pen = pg.mkPen(style.color, width=width, style=style.line)
            self._curves[key] = self.plot(
                [],
                [],
                pen=pen,
                antialias=True,
                symbol=style.symbol,
                symbolSize=7,
                symbolBrush=style.color,
                symbolPen=None if style.symbol not in ("+", "x") else style.color,
            )
        self.styles_changed.emit(list(styles.values()))
        self._show_emptiness()

    def set_data(self, key: str, x: Sequence[float], y: Sequence[float]) -> None:
        """Give a curve its points; nothing else is redrawn."""
        self._curves[key].setData(x, y)
        self._show_emptiness()

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
        if not self._best_line.isVisible():
            return
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
        self._show_emptiness()

    def _show_emptiness(self) -> None:
        empty = not any(self.data(key)[0] for key in self._curves)
        if empty == self._empty:
            return
        self._empty = empty
        self._hint.setVisible(empty)
        self.getPlotItem().setVisible(not empty)
        self.showGrid(x=not empty, y=not empty, alpha=0.18)

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
        self._best_line.setPen(pg.mkPen(muted, width=1, style=Qt.DashLine))
        self._best_text.setColor(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.PaletteChange and hasattr(self, "_best_text"):
            self._apply_palette()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_hint"):
            self._hint.setGeometry(self.viewport().rect().adjusted(24, 0, -24, 0))
