"""The learning curves of several runs as one SVG picture, a small chart for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from trainer.events import EpochFinished

_COLUMNS = 3
_WIDE, _HIGH = 300, 210  # of one chart
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 12, 30, 34  # room around its axes
_TRAIN, _VAL, _REPORT, _GREY = "#b45309", "#1d4ed8", "#15803d", "#6b7280"


@dataclass(frozen=True)
class Curve:
    """One chart: its title, the epochs, and the report's accuracy (a fraction) if it has one."""

    title: str
    history: Sequence[EpochFinished]
    published: float | None


def curves_svg(curves: Sequence[Curve]) -> str:
    """Return accuracy over epochs of every run: training dashed, PublicTest solid."""
    columns = min(_COLUMNS, max(1, len(curves)))
    rows = -(-len(curves) // columns)
    width, height = columns * _WIDE, rows * _HIGH + 24
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
        "<title>Accuracy over epochs, training and PublicTest</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for index, curve in enumerate(curves):
        x, y = index % columns * _WIDE, index // columns * _HIGH
        parts.append(f'<g transform="translate({x} {y})">{_chart(curve)}</g>')
    parts += [_legend(height - 10), "</svg>"]
    return "\n".join(parts) + "\n"


def _chart(curve: Curve) -> str:
    last = max((epoch.epoch for epoch in curve.history), default=0)
    across = (_WIDE - _LEFT - _RIGHT) / max(last, 1)

    def x(epoch: int) -> float:
        return _LEFT + epoch * across

    def y(accuracy: float) -> float:
        return _TOP + (1 - accuracy) * (_HIGH - _TOP - _BOTTOM)

    parts = [
        f'<text x="{_LEFT}" y="18" font-size="12" font-weight="bold">{escape(curve.title)}</text>'
    ]
    for percent in (0, 25, 50, 75, 100):
        level = y(percent / 100)
        parts.append(_line(x(0), level, _WIDE - _RIGHT, level, "#e5e7eb"))
        parts.append(_text(_LEFT - 5, level + 4, f"{percent} %", "end"))
    for epoch in sorted({0, last // 2, last}):
        parts.append(_text(x(epoch), _HIGH - _BOTTOM + 15, str(epoch + 1), "middle"))
    if curve.published is not None:
        level = y(curve.published)
        parts.append(_line(x(0), level, _WIDE - _RIGHT, level, _REPORT, "2 3"))
    for values, colour, dash in (
        ([epoch.train_accuracy for epoch in curve.history], _TRAIN, "6 3"),
        ([epoch.val_accuracy for epoch in curve.history], _VAL, ""),
    ):
        places = [
            (x(epoch.epoch), y(value)) for epoch, value in zip(curve.history, values, strict=True)
        ]
        points = " ".join(f"{left:.1f},{top:.1f}" for left, top in places)
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.8"'
            + (f' stroke-dasharray="{dash}"/>' if dash else "/>")
        )
        parts += [
            f'<circle cx="{left:.1f}" cy="{top:.1f}" r="1.8" fill="{colour}"/>'
            for left, top in places
        ]
    return "".join(parts)


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{colour}" stroke-width="1.2"{dashed}/>'
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_GREY}">{text}</text>'


def _legend(y: float) -> str:
    parts, x = [], float(_LEFT)
    for name, colour, dash in (
        ("training", _TRAIN, "6 3"),
        ("PublicTest", _VAL, ""),
        ("the report's figure", _REPORT, "2 3"),
    ):
        parts.append(_line(x, y - 4, x + 24, y - 4, colour, dash))
        parts.append(_text(x + 28, y, name, "start"))
        x += 38 + 7 * len(name)
    return "".join(parts)
