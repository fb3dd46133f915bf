"""All curves of a plot as one item, painted in one go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PyQt5.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PyQt5.QtGui import QColor, QPainter, QPen, QPixmap, QTransform
from PyQt5.QtWidgets import QStyleOptionGraphicsItem, QWidget
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols, drawSymbol

from ui.widgets.curve_math import strokes

Floats = npt.NDArray[np.float64]

_MARKER = 7  # pixels
_ROOM = 2 * _MARKER
_FAR = 1e4  # pixels beyond which a line only runs out of the picture
_DASHES = {  # drawn and left out by turns, in line widths
    Qt.DashLine: (4.5, 2.5),
    Qt.DotLine: (1.5, 2.0),
    Qt.DashDotLine: (5.0, 2.0, 1.5, 2.0),
}


@dataclass(frozen=True, eq=False)
class Curve:
    """What is drawn of one curve.

    Attributes:
        x, y: float64 (N,), as measured; NaN leaves a gap.
        color: Of line and markers.
        line: Qt pen style.
        width: Line width in logical pixels.
        symbol: pyqtgraph marker, or None.
    """

    x: Floats
    y: Floats
    color: QColor
    line: Qt.PenStyle = Qt.SolidLine
    width: float = 2.0
    symbol: str | None = None


class CurveLayer(pg.GraphicsObject):
    """Paints curves that change all the time, in the view's whole area.

    One of pyqtgraph's curves with markers is three items, and each of them asks for ranges and
    pixel sizes and works out its bounds in Python before every painting: seven of them took 19
    ms, and while a network trains in the same process several times that. Here they become one
    picture, which :meth:`prepare` draws ahead of the window's painting.
    """

    def __init__(self) -> None:
        super().__init__()
        self._curves: tuple[Curve, ...] = ()
        self._log = False
        self._stamps: dict[tuple[str, int, float], QPixmap] = {}
        self._picture: QPixmap | None = None
        self._pictured: object = None  # what the picture was drawn for

    def set_curves(self, curves: tuple[Curve, ...], *, log: bool) -> None:
        """Paint these, the last ones on top; with ``log`` the view's y is log10 of theirs."""
        self._curves, self._log = curves, log
        self._picture = None
        self.update()

    def prepare(self) -> None:
        """Draw the picture now, so that the painting of the window has less to do."""
        view = self.getViewWidget()
        if view is not None:
            to_pixels = self.sceneTransform() * view.viewportTransform()
            self._draw_picture(to_pixels, view.devicePixelRatioF())

    # -- Qt and pyqtgraph ----------------------------------------------------------------

    def boundingRect(self) -> QRectF:
        return QRectF(self.viewRect() or QRectF())

    def viewRangeChanged(self) -> None:
        """The bounds are the view's."""
        self.prepareGeometryChange()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        area = self._draw_picture(painter.transform(), painter.device().devicePixelRatioF())
        if self._picture is not None:
            painter.resetTransform()
            painter.drawPixmap(area.topLeft(), self._picture)

    # -- drawing ---------------------------------------------------------------------------

    def _draw_picture(self, to_pixels: QTransform, ratio: float) -> QRect:
        """Draw the picture unless it is there already; return where it goes, in pixels."""
        area = to_pixels.mapRect(self.boundingRect()).toAlignedRect()
        wanted = (QTransform(to_pixels), area, ratio)
        if (self._picture is not None and wanted == self._pictured) or area.isEmpty():
            return area
        picture = QPixmap(round(area.width() * ratio), round(area.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.Antialiasing)
        painter.translate(-area.topLeft())
        for curve in self._curves:
            x, y = self._pixels(curve, to_pixels)
            # Separate lines: of a path Qt works out an outline first, ten times as slowly.
            lines = strokes(x, y, [part * curve.width for part in _DASHES.get(curve.line, ())])
            cap = Qt.FlatCap if curve.line in _DASHES else Qt.SquareCap
            painter.setPen(QPen(curve.color, curve.width, cap=cap))
            painter.drawLines([QLineF(*line) for line in lines.tolist()])
            if curve.symbol is not None:
                self._paint_markers(painter, curve, x, y, area)
        painter.end()
        self._picture, self._pictured = picture, wanted
        return area

    def _pixels(self, curve: Curve, to_pixels: QTransform) -> tuple[Floats, Floats]:
        y = curve.y
        if self._log:
            y = np.log10(np.where(y > 0, y, np.nan))
        x = curve.x * to_pixels.m11() + to_pixels.dx()
        y = y * to_pixels.m22() + to_pixels.dy()
        return np.clip(x, -_FAR, _FAR), np.clip(y, -_FAR, _FAR)

    def _paint_markers(
        self, painter: QPainter, curve: Curve, x: Floats, y: Floats, area: QRect
    ) -> None:
        inside = (y > area.top() - _ROOM) & (y < area.bottom() + _ROOM)  # also leaves out NaN
        stamp = self._stamp(curve, painter.device().devicePixelRatioF())
        half = _ROOM / 2
        for left, top in zip((x[inside] - half).tolist(), (y[inside] - half).tolist(), strict=True):
            painter.drawPixmap(QPointF(left, top), stamp)

    def _stamp(self, curve: Curve, ratio: float) -> QPixmap:
        """A marker as a small picture, drawn once."""
        assert curve.symbol is not None
        key = (curve.symbol, curve.color.rgba(), ratio)
        if key not in self._stamps:
            stamp = QPixmap(round(_ROOM * ratio), round(_ROOM * ratio))
            stamp.setDevicePixelRatio(ratio)
            stamp.fill(Qt.transparent)
            painter = QPainter(stamp)
            painter.setRenderHint(QPainter.Antialiasing)
            painter.translate(_ROOM / 2, _ROOM / 2)
            outlined = curve.symbol in ("+", "x")
            pen = pg.mkPen(curve.color, width=ratio) if outlined else QPen(Qt.NoPen)
            drawSymbol(painter, Symbols[curve.symbol], _MARKER, pen, pg.mkBrush(curve.color))
            painter.end()
            self._stamps[key] = stamp
        return self._stamps[key]
