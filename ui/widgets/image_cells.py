"""Paints the cells of the image grid; what repeats is drawn once and kept."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen, QPixmap, QPolygonF
from PyQt5.QtWidgets import QWidget

from trainer.data.flags import Flag
from ui.colors import expression_color
from ui.sample_texts import label_text
from ui.tables.sample_model import SampleModel, grey_image
from ui.tables.samples import Samples

GAP = 4
"""Pixels around an image, not drawn on."""
_BAR = 3
_NAMED_FROM = 44  # below this no name fits, and a colour never stands alone
_BADGE = 16
_OWN = int(Flag.RELABELLED | Flag.EXCLUDED)
_OTHERS = sum(int(flag) for flag in Flag) & ~_OWN
_BADGED = _OTHERS | int(Flag.RELABELLED)


class CellPainter:
    """Paints one image with its label; badges tell what holds for it, by their shape.

    A pencil: relabelled. A triangle: somebody should look at it. Crossed out and pale: excluded.
    """

    def __init__(self, widget: QWidget, thumbnail: int) -> None:
        self._widget = widget
        self._cache: dict[tuple[object, ...], QPixmap] = {}
        self._font = QFont()
        self.thumbnail = thumbnail
        self.cell = QSize()
        self.set_thumbnail(thumbnail)

    def set_thumbnail(self, side: int) -> None:
        """Draw images ``side`` pixels wide and high."""
        self.thumbnail = side
        self._font = QFont(self._widget.font())
        self._font.setPixelSize(11)
        height = side + 2 * GAP
        if side >= _NAMED_FROM:
            height += _BAR + QFontMetrics(self._font).height() + 2
        self.cell = QSize(side + 2 * GAP, height)
        self.forget()

    def forget(self) -> None:
        """Draw everything anew: colours, font or size are others."""
        self._cache.clear()

    def pictures(
        self, images: npt.NDArray[np.uint8], indices: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.uint8]:
        """Return images as large as they are painted, without smoothing.

        NumPy enlarges a row of images ten times faster than QPainter enlarges grey ones.

        Args:
            images: uint8 (N, H, W).
            indices: int64 (M,), which of them.

        Returns:
            uint8 (M, S, S), S device pixels.
        """
        side = round(self.thumbnail * self._widget.devicePixelRatioF())
        down = np.arange(side) * images.shape[1] // side
        across = np.arange(side) * images.shape[2] // side
        return images[indices].take(down, axis=1).take(across, axis=2)

    def paint(
        self,
        painter: QPainter,
        area: QRect,
        model: SampleModel,
        sample: int,
        picture: npt.NDArray[np.uint8],
        *,
        selected: bool,
    ) -> None:
        """Paint one image into ``area``; ``picture`` is its part of :meth:`pictures`."""
        samples = model.samples
        assert samples is not None
        flags, target = int(model.remarks[sample]), int(model.targets[sample])
        side = self.thumbnail
        left, top = area.x() + (area.width() - side) // 2, area.y() + GAP
        if selected:
            painter.drawPixmap(area.topLeft(), self._selection(area.size()))
        image = grey_image(picture)
        image.setDevicePixelRatio(len(picture) / side)
        if flags & Flag.EXCLUDED:
            painter.setOpacity(0.35)
            painter.drawImage(QPoint(left, top), image)
            painter.setOpacity(1.0)
            painter.drawPixmap(left, top, self._cross(side, selected))
        else:
            painter.drawImage(QPoint(left, top), image)
        if flags & _BADGED:
            painter.drawPixmap(left, top, self._badges(flags))
        if side >= _NAMED_FROM:
            painter.drawPixmap(left, top + side, self._caption(samples, target, selected))

    def _selection(self, size: QSize) -> QPixmap:
        key = ("selection", size.width(), size.height())
        if key not in self._cache:
            pixmap, painter = self._begin(size.width(), size.height())
            painter.setPen(Qt.NoPen)
            painter.setBrush(self._color(QPalette.Highlight))
            painter.drawRoundedRect(pixmap_rect(size).adjusted(1, 1, -1, -1), 5, 5)
            self._end(key, pixmap, painter)
        return self._cache[key]

    def _caption(self, samples: Samples, target: int, selected: bool) -> QPixmap:
        name = samples.class_names[target] if target >= 0 else ""
        key = ("caption", name, selected)
        if key not in self._cache:
            text = label_text(samples, target)
            side = self.thumbnail
            metrics = QFontMetrics(self._font)
            pixmap, painter = self._begin(side, _BAR + metrics.height() + 2)
            if name:
                painter.fillRect(QRect(0, 0, side, _BAR), QColor(expression_color(name)))
            painter.setFont(self._font)
            painter.setPen(self._color(QPalette.HighlightedText if selected else QPalette.Text))
            area = QRect(0, _BAR, side, metrics.height() + 2)
            shown = metrics.elidedText(text, Qt.ElideRight, side)
            painter.drawText(area, int(Qt.AlignCenter), shown)
            self._end(key, pixmap, painter)
        return self._cache[key]

    def _cross(self, side: int, selected: bool) -> QPixmap:
        key = ("cross", selected)
        if key not in self._cache:
            pixmap, painter = self._begin(side, side)
            role = QPalette.HighlightedText if selected else QPalette.Text
            painter.setPen(QPen(self._color(role), 2))
            painter.drawLine(QPoint(2, 2), QPoint(side - 2, side - 2))
            painter.drawLine(QPoint(side - 2, 2), QPoint(2, side - 2))
            self._end(key, pixmap, painter)
        return self._cache[key]

    def _badges(self, flags: int) -> QPixmap:
        pencil, warning = bool(flags & Flag.RELABELLED), bool(flags & _OTHERS)
        key = ("badges", pencil, warning)
        if key not in self._cache:
            pixmap, painter = self._begin(2 * _BADGE + 4, _BADGE + 2)
            at = 1
            if pencil:
                self._plate(painter, at)
                _draw_pencil(painter, at, self._color(QPalette.Text))
                at += _BADGE + 1
            if warning:
                _draw_warning(painter, at)
            self._end(key, pixmap, painter)
        return self._cache[key]

    def _plate(self, painter: QPainter, left: int) -> None:
        painter.setPen(QPen(self._color(QPalette.Text), 1))
        painter.setBrush(self._color(QPalette.Base))
        painter.drawRoundedRect(QRectF(left + 0.5, 1.5, _BADGE - 1, _BADGE - 1), 3, 3)

    def _color(self, role: QPalette.ColorRole) -> QColor:
        return self._widget.palette().color(role)

    def _begin(self, width: int, height: int) -> tuple[QPixmap, QPainter]:
        ratio = self._widget.devicePixelRatioF()
        pixmap = QPixmap(QSize(round(width * ratio), round(height * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.Antialiasing)
        return pixmap, painter

    def _end(self, key: tuple[object, ...], pixmap: QPixmap, painter: QPainter) -> None:
        painter.end()
        self._cache[key] = pixmap


def pixmap_rect(size: QSize) -> QRect:
    """Return the rectangle of a size at the origin."""
    return QRect(QPoint(0, 0), size)


def _draw_pencil(painter: QPainter, left: int, color: QColor) -> None:
    painter.setPen(Qt.NoPen)
    painter.setBrush(color)
    body = [(9.5, 4.0), (13.0, 7.5), (7.5, 13.0), (4.0, 9.5)]
    tip = [(3.5, 10.5), (6.5, 13.5), (2.5, 14.5)]
    for shape in (body, tip):
        painter.drawPolygon(QPolygonF([QPointF(left + x, y) for x, y in shape]))


def _draw_warning(painter: QPainter, left: int) -> None:
    painter.setPen(QPen(QColor("#000000"), 1))
    painter.setBrush(QColor("#FFD54A"))
    points = [QPointF(left + 8, 2), QPointF(left + 15, 15.5), QPointF(left + 1, 15.5)]
    painter.drawPolygon(QPolygonF(points))
    painter.setPen(QPen(QColor("#000000"), 1.8, Qt.SolidLine, Qt.RoundCap))
    painter.drawLine(QPointF(left + 8, 6.5), QPointF(left + 8, 10.5))
    painter.drawPoint(QPointF(left + 8, 13.2))
