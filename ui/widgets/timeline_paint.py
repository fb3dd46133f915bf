"""Drawing of the time line: what seldom changes goes into a picture, the rest over it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QPointF, QRect, QRectF, Qt
from PyQt5.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPalette, QPen

from ui.widgets.seek_bar import format_time
from ui.widgets.timeline_data import (
    ExcludedRange,
    Marker,
    PersonLine,
    TimelineData,
    TimeView,
    tick_step_ms,
)
from ui.widgets.timeline_raster import (
    NOBODY,
    Pixels,
    draw_areas,
    draw_curves,
    draw_strip,
    pack,
    rgb,
    sample,
)

RULER = 17
ROW = 13
GUTTER = 66


@dataclass(frozen=True)
class Frame:
    """Geometry of the parts, logical pixels.

    Attributes:
        view: The stretch of time that is shown.
        curves: Where the curves of the chosen person are.
        rows: One strip of labels a person, as many as fit.
    """

    view: TimeView
    curves: QRect
    rows: tuple[QRect, ...]


def layout(width: int, height: int, rows: int, start_ms: float, end_ms: float) -> Frame:
    """Divide the widget: marks of time, curves, strips."""
    area = max(1, width - GUTTER - 6)
    top = height - rows * ROW - 2
    strips = tuple(QRect(GUTTER, top + ROW * row, area, ROW - 1) for row in range(rows))
    curves = QRect(GUTTER, RULER, area, max(10, top - RULER - 3))
    return Frame(TimeView(start_ms, end_ms, GUTTER, area), curves, strips)


def paint_stretch(
    painter: QPainter,
    frame: Frame,
    data: TimelineData,
    chosen: PersonLine | None,
    palette: QPalette,
    labels: npt.NDArray[np.int16],
    *,
    x_range: tuple[float, float],
    stacked: bool,
    ratio: float = 1.0,
) -> None:
    """Draw everything that data decide between two pixel columns, over what was there.

    Args:
        painter: On the cached picture, logical pixels.
        frame: Geometry.
        data: All persons.
        chosen: The person whose curves are drawn.
        palette: Colours of the theme.
        labels: int16 (rows, W), what every device column shows; filled between the columns.
        x_range: First and last column to draw, logical pixels.
        stacked: Draw areas on top of each other in place of curves.
        ratio: Device pixels for one logical pixel.
    """
    view = frame.view
    left = math.floor(max(view.left, x_range[0]))
    right = math.ceil(min(view.left + view.width, x_range[1]))
    if right <= left:
        return
    start, width = round(left * ratio), max(1, round((right - left) * ratio))
    device = TimeView(view.start_ms, view.end_ms, view.left * ratio, view.width * ratio)
    known = _analysed_columns(data.analysed, device, start, width)
    names = data.class_names
    if frame.curves.height() > 0:
        height = max(1, round(frame.curves.height() * ratio))
        pixels = _ground(height, known, palette, ratio, hatch_from=start)
        pixels[pixels.shape[0] // 2] += 0.12 * (
            rgb(palette.color(QPalette.WindowText)) - pixels[pixels.shape[0] // 2]
        )
        if chosen is not None and names:
            draw = draw_areas if stacked else draw_curves
            found = sample(chosen, device, start, width)
            draw(pixels, found, names, ratio)
        _blit(painter, pixels, left, frame.curves.top(), right - left, frame.curves.height())
    lines = zip_longest(frame.rows, data.lines[: len(frame.rows)])
    for row, (rect, line) in enumerate(lines):
        pixels = _ground(1, known, palette, ratio)  # all its rows are the same
        shown = labels[row, start : start + width]
        shown[:] = NOBODY
        if line is not None and names:
            found = sample(line, device, start, width)
            draw_strip(pixels, found, names)
            shown[:] = found.labels[: len(shown)]
        _blit(painter, pixels, left, rect.top(), right - left, rect.height())


def _analysed_columns(
    analysed: npt.NDArray[np.float64], view: TimeView, start: int, width: int
) -> npt.NDArray[np.bool_]:
    known = np.zeros(width, np.bool_)
    for begin, end in analysed:
        x0, x1 = view.x_of(begin) - start, view.x_of(end) - start
        if x1 >= 0 and x0 <= width:
            known[max(0, math.floor(x0)) : max(0, math.ceil(x1))] = True
    return known


def _ground(
    height: int,
    known: npt.NDArray[np.bool_],
    palette: QPalette,
    ratio: float,
    *,
    hatch_from: int | None = None,
) -> Pixels:
    """Return the ground: plain where the video was analysed, else hatched or grey."""
    width = len(known)
    base, rest = rgb(palette.color(QPalette.Base)), rgb(palette.color(QPalette.Window))
    text = rgb(palette.color(QPalette.WindowText))
    pixels: Pixels = np.empty((height, width, 3), np.float32)
    pixels[:] = np.where(known[:, None], base, rest + 0.06 * (text - rest))
    if hatch_from is not None and not known.all():
        across = np.arange(hatch_from, hatch_from + width)
        slant = np.add.outer(np.arange(height), across) % round(9 * ratio) < ratio
        lines = slant & ~known
        pixels[lines] += 0.14 * (text - pixels[lines])
    return pixels


def _blit(painter: QPainter, pixels: Pixels, x: int, y: int, width: int, height: int) -> None:
    packed = pack(pixels)
    rows, columns = packed.shape[:2]
    image = QImage(  # type: ignore[call-overload]
        packed.data, columns, rows, columns * 4, QImage.Format_RGB32
    )
    painter.drawImage(QRectF(x, y, width, height), image)


def small_font(font: QFont) -> QFont:
    """Return the font in the size of everything written on the time line."""
    small = QFont(font)
    small.setPixelSize(10)
    return small


def paint_ruler(painter: QPainter, frame: Frame, palette: QPalette) -> None:
    """Draw the marks of time."""
    view = frame.view
    step = tick_step_ms(view.ms_per_pixel)
    color = palette.color(QPalette.WindowText)
    color.setAlpha(150)
    painter.setFont(small_font(painter.font()))
    hours = view.end_ms >= 3_600_000
    tick = np.ceil(view.start_ms / step) * step
    painter.setPen(color)
    while tick <= view.end_ms:
        x = round(view.x_of(tick))
        painter.drawLine(x, RULER - 4, x, RULER - 1)
        text = format_time(tick, hours=hours, tenths=step < 1000.0)
        tick += step
        if x > view.left + view.width - 30:
            continue
        painter.drawText(QRectF(x + 3, 0, 80, RULER - 2), int(Qt.AlignVCenter), text)


def paint_titles(
    painter: QPainter,
    frame: Frame,
    data: TimelineData,
    chosen: PersonLine | None,
    palette: QPalette,
) -> None:
    """Name the rows at the left."""
    color = palette.color(QPalette.WindowText)
    painter.setPen(color)
    font = small_font(painter.font())
    bold = QFont(font)
    bold.setBold(True)
    metrics = QFontMetricsF(bold)
    if chosen is not None:
        painter.setFont(bold)
        text = metrics.elidedText(chosen.title, Qt.ElideRight, GUTTER - 8)
        painter.drawText(QRectF(4, frame.curves.top(), GUTTER - 8, 16), int(Qt.AlignVCenter), text)
    for rect, line in zip(frame.rows, data.lines, strict=False):
        painter.setFont(bold if line is chosen else font)
        text = metrics.elidedText(line.title, Qt.ElideRight, GUTTER - 8)
        painter.drawText(
            QRectF(4, rect.top() - 1, GUTTER - 8, ROW), int(Qt.AlignVCenter | Qt.AlignLeft), text
        )


def paint_excluded(
    painter: QPainter, frame: Frame, excluded: Sequence[ExcludedRange], palette: QPalette
) -> None:
    """Cross out the stretches that do not count."""
    color = QColor(palette.color(QPalette.WindowText))
    color.setAlpha(120)
    bottom = frame.rows[-1].bottom() if frame.rows else frame.curves.bottom()
    painter.save()
    painter.setClipRect(QRectF(frame.view.left, 0, frame.view.width, 10_000))
    for part in excluded:
        x0, x1 = frame.view.x_of(part.start_ms), frame.view.x_of(part.end_ms)
        rect = QRectF(x0, frame.curves.top(), max(2.0, x1 - x0), bottom - frame.curves.top())
        shade = QColor(palette.color(QPalette.Window))
        shade.setAlpha(150)
        painter.fillRect(rect, shade)
        painter.setPen(Qt.NoPen)
        painter.setBrush(QBrush(color, Qt.BDiagPattern))
        painter.drawRect(rect)
        painter.setPen(QPen(color, 1))
        for x in (x0, x1):
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
    painter.restore()


def paint_markers(
    painter: QPainter, frame: Frame, markers: Sequence[Marker], palette: QPalette
) -> None:
    """Draw flags with their names in the row of times."""
    bottom = frame.rows[-1].bottom() if frame.rows else frame.curves.bottom()
    color = palette.color(QPalette.Highlight)
    painter.setFont(small_font(painter.font()))
    metrics = QFontMetricsF(painter.font())
    for marker in markers:
        x = frame.view.x_of(marker.time_ms)
        if not frame.view.left - 60 <= x <= frame.view.left + frame.view.width:
            continue
        painter.setPen(QPen(color, 1))
        painter.drawLine(QPointF(x, 2), QPointF(x, bottom))
        text = metrics.elidedText(marker.text, Qt.ElideRight, 110)
        flag = QRectF(x, 1, metrics.horizontalAdvance(text) + 8 if text else 8, 13)
        painter.fillRect(flag, color)
        painter.setPen(palette.color(QPalette.HighlightedText))
        painter.drawText(flag.adjusted(4, -1, 0, 0), int(Qt.AlignVCenter), text)
