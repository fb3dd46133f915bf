"""One plot for all pictures of the Compare tab: lines, points and bars that tell apart in grey."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PyQt5.QtCore import QEvent, Qt, pyqtSignal
from PyQt5.QtGui import QPalette
from PyQt5.QtWidgets import QWidget

from ui.widgets.metrics_plot import CurveStyle


@dataclass(frozen=True)
class Series:
    """What is drawn of one thing.

    Attributes:
        key: Announced when it is clicked.
        style: Its look and its name.
        x, y: Points; NaN leaves a gap.
        kind: ``"line"`` (with markers), ``"plain"`` (without), ``"points"`` or ``"bars"``.
        low, high: Ends of error bars, or empty.
        labels: Texts beside the points, or empty.
    """

    key: str
    style: CurveStyle
    x: Sequence[float]
    y: Sequence[float]
    kind: str = "line"
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    labels: Sequence[str] = ()


@dataclass(frozen=True)
class Guide:
    """A thin dashed line across the plot with a word at its end.

    Attributes:
        value: Where it stands.
        text: What it says.
        vertical: Whether it stands upright.
    """

    value: float
    text: str = ""
    vertical: bool = True


class SeriesPlot(pg.PlotWidget):
    """Draws series anew when they change; nothing moves but what is clicked.

    Signals:
        series_clicked: Key of the line or point under the mouse.
        place_clicked: Value on the x axis that was clicked, wherever no series was.
    """

    series_clicked = pyqtSignal(str)
    place_clicked = pyqtSignal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        # Its own menus are never shown and cost a third of making a plot.
        super().__init__(parent, enableMenu=False)
        self.setAntialiasing(True)
        self.setAcceptDrops(False)
        for action in self.scene().contextMenu:  # pyqtgraph's own, not translated
            action.deleteLater()
        self.scene().contextMenu = []
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.setFocusPolicy(Qt.NoFocus)  # the same numbers are in the table
        self.setFrameShape(self.NoFrame)
        self.showGrid(x=True, y=True, alpha=0.15)
        self.scene().sigMouseClicked.connect(self._on_mouse_clicked)
        self._titles = ("", "")
        self._clicked = False
        self.series: tuple[Series, ...] = ()
        self._guides: tuple[Guide, ...] = ()
        self._diagonal = False
        self._apply_palette()

    def set_axes(
        self,
        y_title: str,
        x_title: str,
        *,
        x_range: tuple[float, float] | None = None,
        y_range: tuple[float, float] | None = None,
        names: Sequence[str] = (),
        log_x: bool = False,
    ) -> None:
        """Name the axes; without a range all points are shown. ``names`` stand at x = 0, 1, …"""
        self._titles = (y_title, x_title)
        self.setAccessibleName(f"{y_title} / {x_title}")
        self.getPlotItem().setLogMode(x=log_x)
        box = self.getViewBox()
        box.enableAutoRange(x=x_range is None, y=y_range is None)
        if x_range is not None:
            box.setXRange(*x_range, padding=0.02)
        if y_range is not None:
            box.setYRange(*y_range, padding=0.02)
        ticks = [list(enumerate(names))] if names else None
        self.getAxis("bottom").setTicks(ticks)
        self._apply_palette()

    def set_series(
        self,
        series: Sequence[Series],
        *,
        guides: Sequence[Guide] = (),
        diagonal: bool = False,
    ) -> None:
        """Replace what is drawn; ``diagonal`` draws y = x."""
        self.series, self._guides, self._diagonal = tuple(series), tuple(guides), diagonal
        self._draw()

    def _draw(self) -> None:
        self.clear()
        muted = self.palette().color(QPalette.PlaceholderText)
        dashed = pg.mkPen(muted, width=1, style=Qt.DashLine)
        if self._diagonal:
            self.plot([0.0, 1.0], [0.0, 1.0], pen=dashed)
        bars = [entry for entry in self.series if entry.kind == "bars"]
        for entry in self.series:
            if entry.kind == "bars":
                self._draw_bars(entry, bars.index(entry), len(bars))
            else:
                self._draw_curve(entry)
        for guide in self._guides:
            log = guide.vertical and self.getPlotItem().ctrl.logXCheck.isChecked()
            line = pg.InfiniteLine(
                pos=math.log10(guide.value) if log else guide.value,
                angle=90 if guide.vertical else 0,
                pen=dashed,
                label=guide.text,
                labelOpts={"position": 0.04, "color": muted, "rotateAxis": (1, 0), "anchors":
                           [(0, 0), (0, 1)]} if guide.vertical else
                {"position": 0.96, "color": muted, "anchors": [(1, 1), (1, 1)]},
            )
            self.addItem(line, ignoreBounds=True)

    def _draw_curve(self, entry: Series) -> None:
        style, ratio = entry.style, self.devicePixelRatioF()
        line = entry.kind in ("line", "plain")
        outlined = style.symbol in ("+", "x")
        pen = pg.mkPen(style.color, width=style.width * ratio, style=style.line)
        item = self.plot(
            list(entry.x),
            list(entry.y),
            pen=pen if line else None,
            symbol=None if entry.kind == "plain" else style.symbol,
            symbolSize=7 if line else 12,
            symbolBrush=style.color,
            symbolPen=style.color if outlined else None,
            connect="finite",
            antialias=True,
        )
        item.setCurveClickable(True, 10)
        item.sigClicked.connect(lambda *_args, key=entry.key: self._on_series_clicked(key))
        item.sigPointsClicked.connect(lambda *_args, key=entry.key: self._on_series_clicked(key))
        if entry.low:
            middle = np.asarray(entry.y, np.float64)
            bars = pg.ErrorBarItem(
                x=np.asarray(entry.x, np.float64),
                y=middle,
                top=np.asarray(entry.high, np.float64) - middle,
                bottom=middle - np.asarray(entry.low, np.float64),
                pen=pg.mkPen(style.color, width=1.2 * ratio),
            )
            self.addItem(bars)
        for x, y, text in zip(entry.x, entry.y, entry.labels, strict=False):
            label = pg.TextItem(text, anchor=(0, 1), color=self.palette().color(QPalette.Text))
            log = self.getPlotItem().ctrl.logXCheck.isChecked()
            label.setPos(math.log10(x) if log else x, y)
            self.addItem(label)

    def _draw_bars(self, entry: Series, place: int, number: int) -> None:
        width = 0.8 / number
        left = [x - 0.4 + (place + 0.5) * width for x in entry.x]
        # A bar of no height would still be a line, which says that there is something.
        known = [(x, y) for x, y in zip(left, entry.y, strict=True) if not math.isnan(y)]
        item = pg.BarGraphItem(
            x=[x for x, _y in known],
            height=[y for _x, y in known],
            width=width * 0.92,
            brush=entry.style.color,
            pen=pg.mkPen(entry.style.color, width=1),
        )
        self.addItem(item)
        if entry.style.symbol is not None:  # the legend's marker on top: never colour alone
            # Points alone are drawn in half the time that a curve with them takes.
            self.addItem(
                pg.ScatterPlotItem(
                    x=[x for x, _y in known],
                    y=[y for _x, y in known],
                    symbol=entry.style.symbol,
                    size=8,
                    brush=self.palette().color(QPalette.Text),
                    pen=None,
                )
            )

    # -- clicks ------------------------------------------------------------------------------

    def _on_series_clicked(self, key: str) -> None:
        self._clicked = True
        self.series_clicked.emit(key)

    def _on_mouse_clicked(self, event: object) -> None:
        if self._clicked:
            self._clicked = False
            return
        position = event.scenePos()  # type: ignore[attr-defined]
        if self.getViewBox().sceneBoundingRect().contains(position):
            self.place_clicked.emit(float(self.getViewBox().mapSceneToView(position).x()))

    # -- colours -----------------------------------------------------------------------------

    def _apply_palette(self) -> None:
        palette = self.palette()
        text, muted = palette.color(QPalette.Text), palette.color(QPalette.PlaceholderText)
        self.setBackground(palette.color(QPalette.Base))
        for side, title in zip(("left", "bottom"), self._titles, strict=True):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(muted))
            axis.setTextPen(pg.mkPen(muted))
            axis.setLabel(title, color=text.name())
            axis.enableAutoSIPrefix(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.PaletteChange and hasattr(self, "_diagonal"):
            self._apply_palette()
            self._draw()
