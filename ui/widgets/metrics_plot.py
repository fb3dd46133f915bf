"""A plot of measured values over epochs, whose curves are updated in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PyQt5.QtCore import QEvent, QPointF, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QPalette, QResizeEvent, QShowEvent
from PyQt5.QtWidgets import QLabel, QWidget

from ui.widgets.calm_axis import CalmAxis
from ui.widgets.curve_layer import Curve, CurveLayer
from ui.widgets.curve_math import (
    calm_range,
    nearest,
    range_without_outliers,
    rounded_up,
    smoothed,
)
from ui.widgets.plot_readout import PlotReadout, mark_of
from ui.widgets.turns import Turns

_GRID = 46  # alpha
_FAINT = 0.3  # of its colour have the measured values behind a smoothed curve
_SAME_X = 1e-6
_ROOM_RIGHT = 1.02  # of the last x, for its marker


@dataclass(frozen=True)
class CurveStyle:
    """How one curve looks; line and marker tell curves apart without colour.

    Attributes:
        title: Text of the legend.
        color: Hex colour.
        line: Qt pen style.
        symbol: pyqtgraph marker, or None.
        width: Line width in pixels.
        smooth: Whether the smoothing slider changes it.
    """

    title: str
    color: str
    line: Qt.PenStyle = Qt.SolidLine
    symbol: str | None = None
    width: float = 2.0
    smooth: bool = True


class MetricsPlot(pg.PlotWidget):
    """Curves with axis labels and a mark for the best epoch; a hint while there are none.

    Changes are drawn when there is a turn, and only while the plot can be seen. The axes end at
    round numbers: they cost most of a painting when they are drawn anew, and a plot whose
    range changes with every point cannot be read while it grows.

    Attributes:
        turns: When it draws; plots side by side share it, so as not to draw at the same time.

    Signals:
        pointed_at: x under the mouse (float), or None when it left.
    """

    pointed_at = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            enableMenu=False,  # never shown, and a third of the time that making a plot takes
            axisItems={"bottom": CalmAxis("bottom", whole=True), "left": CalmAxis("left")},
        )
        self.setAntialiasing(True)
        self.setAcceptDrops(False)
        for action in self.scene().contextMenu:  # pyqtgraph's own, not translated
            action.deleteLater()
        self.scene().contextMenu = []
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.setFocusPolicy(Qt.NoFocus)  # the numbers are in a table beside it
        self.setFrameShape(self.NoFrame)
        self.getViewBox().disableAutoRange()
        self._hint = QLabel(self)
        self._hint.setAlignment(Qt.AlignCenter)
        self._hint.setWordWrap(True)
        self._hint.setProperty("muted", True)
        self._empty: bool | None = None
        self._labels = ("", "")
        self._format = "{:.4g}"
        self._smoothing = 0.0
        self._without_outliers = False
        self._styles: dict[str, CurveStyle] = {}
        self._points: dict[str, tuple[list[float], list[float]]] = {}
        self._range: tuple[tuple[float, float], tuple[float, float]] | None = None
        self._best: tuple[float | None, str] = (None, "")
        self.turns = Turns(self)
        self._layer = CurveLayer()
        self.addItem(self._layer, ignoreBounds=True)
        self._best_line = pg.InfiniteLine(angle=90, movable=False)
        self._best_text = pg.TextItem("", anchor=(0, 1))
        self._crosshair = pg.InfiniteLine(angle=90, movable=False)
        for item in (self._best_line, self._best_text, self._crosshair):
            item.setVisible(False)
            self.addItem(item, ignoreBounds=True)
        self.readout = PlotReadout(self)
        self.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self.getViewBox().sigRangeChanged.connect(lambda *_range: self._place_best_text())
        self._apply_palette()
        self._show_emptiness()

    def set_labels(self, title: str, x_label: str, hint: str = "", values: str = "{:.4g}") -> None:
        """Set what the axes say, the ``hint`` without any points, and how values are written."""
        self._hint.setText(hint)
        self._labels = (title, x_label)
        self._format = values
        self.setAccessibleName(title)
        self._apply_palette()

    # -- curves --------------------------------------------------------------------------

    def set_curves(self, styles: dict[str, CurveStyle]) -> None:
        """Replace all curves by empty ones."""
        self._styles = dict(styles)
        self.clear_data()

    def set_data(self, key: str, x: Sequence[float], y: Sequence[float]) -> None:
        """Give a curve its points; it is drawn soon."""
        self._points[key] = (list(x), list(y))
        self._draw_soon()

    def data(self, key: str) -> tuple[list[float], list[float]]:
        """Measured points of a curve."""
        x, y = self._points[key]
        return list(x), list(y)

    def shown(self, key: str) -> list[float]:
        """Values of a curve as drawn, smoothed if asked for."""
        weight = self._smoothing if self._styles[key].smooth else 0.0
        return smoothed(self._points[key][1], weight)

    def clear_data(self) -> None:
        """Empty all curves and take the mark away."""
        self._points = {key: ([], []) for key in self._styles}
        self._best = (None, "")
        self._draw_soon()

    def finish_drawing(self) -> None:
        """Draw now what is not drawn yet."""
        log = self.getAxis("left").logMode
        self._layer.set_curves((*self._faint_curves(), *self._solid_curves()), log=log)
        self._draw_best()
        self._fit_range()
        self._show_emptiness()
        self.scene().prepareForPaint()  # now, or it takes two paintings
        self._layer.prepare()

    def _draw_soon(self) -> None:
        if self.isVisible():  # a page behind another one is drawn when it comes to the front
            self.turns.ask(self._take_turn)

    def _take_turn(self) -> bool:
        if self.isVisible():
            self.finish_drawing()
        return False

    def _solid_curves(self) -> list[Curve]:
        return [
            Curve(
                np.asarray(self._points[key][0], np.float64),
                np.asarray(self.shown(key), np.float64),
                QColor(style.color), style.line, style.width, style.symbol,
            )
            for key, style in self._styles.items()
        ]  # fmt: skip

    def _faint_curves(self) -> list[Curve]:
        """Return the measured values, to be drawn behind smoothed ones."""
        curves = []
        for key, style in self._styles.items():
            if self._smoothing > 0 and style.smooth:
                x, y = (np.asarray(values, np.float64) for values in self._points[key])
                curves.append(Curve(x, y, self._faint(QColor(style.color)), width=style.width))
        return curves

    def _faint(self, color: QColor) -> QColor:
        """Mix with the ground: where translucent lines meet, they would be twice as strong."""
        ground = self.palette().color(QPalette.Base)
        pairs = zip(color.getRgb()[:3], ground.getRgb()[:3], strict=True)
        return QColor(*(round(_FAINT * own + (1 - _FAINT) * below) for own, below in pairs))

    # -- how they are looked at --------------------------------------------------------------

    def set_smoothing(self, weight: float) -> None:
        """Average curves over epochs (0 is off, below 1); the measured values stay, faintly."""
        self._smoothing = weight
        self._draw_soon()

    def set_log(self, on: bool) -> None:
        """Write values on a logarithmic axis."""
        self.getAxis("left").setLogMode(on)
        self._draw_soon()

    def set_without_outliers(self, on: bool) -> None:
        """Fit the axis to most values and let far ones leave the picture."""
        self._without_outliers = on
        self._draw_soon()

    def _fit_range(self) -> None:
        """Let the axes hold all points; their ends are round numbers, so they change rarely."""
        last = max((value for x, _y in self._points.values() for value in x), default=0.0)
        values = [value for _x, y in self._points.values() for value in y if np.isfinite(value)]
        log = self.getAxis("left").logMode
        if log:
            values = [value for value in values if value > 0]
        if not values:
            return
        fitted = range_without_outliers(values) if self._without_outliers else None
        low, high = fitted or (min(values), max(values))
        if log:
            low, high = float(np.log10(low)), float(np.log10(high))
        wanted = ((0.0, rounded_up(last) * _ROOM_RIGHT), calm_range(low, high))
        if wanted != self._range:
            self._range = wanted
            self.getViewBox().setRange(xRange=wanted[0], yRange=wanted[1], padding=0)

    def mark_best(self, x: float | None, text: str = "") -> None:
        """Draw a line at the best epoch, or remove it."""
        if (x, text) != self._best:
            self._best = (x, text)
            self._draw_soon()

    def _draw_best(self) -> None:
        x, text = self._best
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

    # -- the values under the mouse ----------------------------------------------------------

    def values_at(self, x: float) -> tuple[float, dict[str, float]] | None:
        """Return the measured x nearest to ``x`` and the values there by curve, or None."""
        every = np.unique([value for xs, _ys in self._points.values() for value in xs])
        if not len(every):
            return None
        at = float(every[nearest(every, x)])
        values: dict[str, float] = {}
        for key, (xs, ys) in self._points.items():
            if xs:
                index = nearest(np.asarray(xs), at)
                if abs(xs[index] - at) < _SAME_X:
                    values[key] = ys[index]
        return at, values

    def point_at(self, x: float | None, mouse: QPointF | None = None) -> None:
        """Draw the crosshair at ``x``; with ``mouse`` also the card of values beside it."""
        found = None if x is None else self.values_at(x)
        self._crosshair.setVisible(found is not None)
        if found is None or mouse is None:
            self.readout.hide()
        if found is None:
            return
        at, values = found
        self._crosshair.setPos(at)
        if mouse is not None:
            rows = [
                (
                    mark_of(self._styles[key].symbol, self._styles[key].line),
                    self._styles[key].color,
                    self._styles[key].title,
                    self._format.format(value),
                )
                for key, value in values.items()
            ]
            self.readout.show_values(f"{self._labels[1]} {at:.4g}", rows)
            self.readout.place(mouse.toPoint(), self.viewport().rect())

    def _on_mouse_moved(self, position: QPointF) -> None:
        box = self.getViewBox()
        if self._empty or not box.sceneBoundingRect().contains(position):
            self._stop_pointing()
            return
        x = float(box.mapSceneToView(position).x())
        self.point_at(x, position)
        self.pointed_at.emit(x)

    def _stop_pointing(self) -> None:
        if self._crosshair.isVisible():
            self.point_at(None)
            self.pointed_at.emit(None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._stop_pointing()

    # -- looks -------------------------------------------------------------------------------

    def _show_emptiness(self) -> None:
        empty = not any(x for x, _y in self._points.values())
        if empty == self._empty:
            return
        self._empty = empty
        self._hint.setVisible(empty)
        self.getPlotItem().setVisible(not empty)
        for side in ("left", "bottom"):
            self.getAxis(side).setGrid(False if empty else _GRID)

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
        self._crosshair.setPen(pg.mkPen(text, width=1, style=Qt.DotLine))
        self._best_text.setColor(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.PaletteChange and hasattr(self, "readout"):
            self._apply_palette()
            self._draw_soon()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_hint"):
            self._hint.setGeometry(self.viewport().rect().adjusted(24, 0, -24, 0))
