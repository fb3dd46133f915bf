"""Line pictures as inline SVG, for the report: no script, no font, no file beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 680, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 66, 190, 14, 44

# Okabe and Ito, "Color Universal Design" (2008): told apart by colour-blind people too.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
_DASHES = ("", "7 3", "2 3", "9 3 2 3")


@dataclass(frozen=True)
class Line:
    """A curve or some points.

    Attributes:
        name: For the legend.
        xs: Places.
        ys: Values; a place without a finite value is left out.
        dots: Draw points, not a curve.
    """

    name: str
    xs: Sequence[float]
    ys: Sequence[float]
    dots: bool = False


def chart(
    title: str,
    lines: Sequence[Line],
    x_label: str,
    y_label: str,
    *,
    percent: bool = False,
    marks: Sequence[tuple[float, str]] = (),
    diagonal: bool = False,
    x_range: tuple[float, float] | None = None,
    y_range: tuple[float, float] | None = None,
) -> str:
    """Return ``<svg>`` with axes, grid, curves and a legend; all texts are escaped.

    Args:
        title: Read aloud by screen readers.
        lines: What is drawn.
        x_label: Below.
        y_label: At the left.
        percent: Values are fractions, shown in percent.
        marks: Upright lines: place and text.
        diagonal: Draw the line of equal x and y.
        x_range: Of the axis; from the lines and marks when None.
        y_range: The same.
    """
    points = [(x, y) for line in lines for x, y in zip(line.xs, line.ys, strict=True)]
    points = [(x, y) for x, y in points if math.isfinite(x) and math.isfinite(y)]
    x_low, x_high = x_range or _range([x for x, _ in points] + [place for place, _ in marks])
    y_low, y_high = y_range or _range([y for _, y in points])
    inner_width, inner_height = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM

    def place(x: float, y: float) -> tuple[float, float]:
        right = _LEFT + inner_width * (x - x_low) / (x_high - x_low)
        down = _TOP + inner_height * (1 - (y - y_low) / (y_high - y_low))
        return round(right, 1), round(down, 1)

    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title, quote=True)}">'
    ]
    for value in ticks(y_low, y_high):
        _, down = place(x_low, value)
        text = f"{100 * value:g} %" if percent else f"{value:g}"
        parts.append(f'<path class="grid" d="M{_LEFT} {down}H{WIDTH - _RIGHT}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{down + 4}" text-anchor="end">{text}</text>')
    for value in ticks(x_low, x_high):
        right, _ = place(value, y_low)
        parts.append(
            f'<text x="{right}" y="{HEIGHT - _BOTTOM + 16}" text-anchor="middle">{value:g}</text>'
        )
    parts.append(
        f'<rect class="axis" x="{_LEFT}" y="{_TOP}" width="{inner_width}" height="{inner_height}"/>'
    )
    middle = _LEFT + inner_width / 2
    parts.append(
        f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">{escape(x_label)}</text>'
        f'<text transform="translate(13 {_TOP + inner_height / 2}) rotate(-90)" '
        f'text-anchor="middle">{escape(y_label)}</text>'
    )
    for value, text in marks:
        right, _ = place(value, y_low)
        parts.append(f'<path class="mark" d="M{right} {_TOP}V{HEIGHT - _BOTTOM}"/>')
        parts.append(f'<text x="{right + 3}" y="{_TOP + 11}">{escape(text)}</text>')
    if diagonal:
        (x1, y1), (x2, y2) = place(x_low, x_low), place(x_high, x_high)
        parts.append(f'<path class="mark" d="M{x1} {y1}L{x2} {y2}"/>')
    for number, line in enumerate(lines):
        parts.append(_line(number, line, place))
    parts.append("</svg>")
    return "".join(parts)


def _line(number: int, line: Line, place: Callable[[float, float], tuple[float, float]]) -> str:
    colour = _COLOURS[number % len(_COLOURS)]
    dash = _DASHES[number // len(_COLOURS) % len(_DASHES)]
    found = [
        place(x, y)
        for x, y in zip(line.xs, line.ys, strict=True)
        if math.isfinite(x) and math.isfinite(y)
    ]
    down = _TOP + 10 + 17 * number
    left = WIDTH - _RIGHT + 12
    name = line.name if len(line.name) <= 24 else line.name[:23] + "…"
    parts = []
    if line.dots or len(found) == 1:
        parts += [f'<circle cx="{x}" cy="{y}" r="4.5" fill="{colour}"/>' for x, y in found]
        parts.append(f'<circle cx="{left + 9}" cy="{down}" r="4.5" fill="{colour}"/>')
    else:
        way = "L".join(f"{x} {y}" for x, y in found)
        style = f'stroke="{colour}" stroke-dasharray="{dash}"'
        if way:
            parts.append(f'<path class="line" {style} d="M{way}"/>')
        parts.append(f'<path class="line" {style} d="M{left} {down}h18"/>')
    parts.append(f'<text x="{left + 24}" y="{down + 4}">{escape(name)}</text>')
    return "".join(parts)


def _range(values: Sequence[float]) -> tuple[float, float]:
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    margin = 0.06 * (high - low) or 0.5 * abs(high) or 1.0
    return low - margin if low - margin > 0 or low < 0 else 0.0, high + margin


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Return about ``count`` round numbers in a range."""
    if not high > low:
        return [low]
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * part for part in (1, 2, 5, 10) if power * part >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]
