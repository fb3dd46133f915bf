"""Columns of the Compare tab's table: a key for files and settings, a title, text and value."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PyQt5.QtCore import QCoreApplication

from ui.formats import duration, millions, percent
from ui.tables.run_row import RunRow, data_title, judged_title, row_title, state_title

_UNKNOWN = "–"
_SCORES = ("accuracy", "macro_f1", "balanced_accuracy", "loss")
Value = float | str


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        key: Fixed English name.
        title: Translated heading.
        text: What a cell says.
        value: What it is sorted by and exported as; NaN or "" when unknown.
        tip: What the heading explains.
        right: Whether numbers stand in it.
        shown: Whether it is there before the user chose.
        delta: Text of the difference to the baseline, or None where that says nothing.
    """

    key: str
    title: str
    text: Callable[[RunRow], str]
    value: Callable[[RunRow], Value]
    tip: str = ""
    right: bool = True
    shown: bool = True
    delta: Callable[[RunRow, RunRow], str] | None = None

    @property
    def of_images(self) -> bool:
        """Whether it is a score, which only compares on the same images."""
        return self.key in _SCORES


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunModel", text)


def number(value: float, form: str) -> str:
    """Format a number; a dash when it is unknown."""
    return _UNKNOWN if math.isnan(value) else format(value, form)


def signed(value: float, form: str) -> str:
    """Format a difference with its sign; "" when it is unknown."""
    return "" if math.isnan(value) else format(value, f"+{form}")


def interval_text(low: float, high: float) -> str:
    """``65.1 – 68.2 %``; a dash when it is unknown."""
    if math.isnan(low) or math.isnan(high):
        return _UNKNOWN
    return f"{100 * low:.1f} – {100 * high:.1f} %"


def _speed(row: RunRow, name: str) -> float:
    return math.nan if row.speed is None else float(getattr(row.speed, name))


def _points(name: str) -> Callable[[RunRow, RunRow], str]:
    def delta(row: RunRow, base: RunRow) -> str:
        mine, others = getattr(row.scores, name), getattr(base.scores, name)
        return signed(100 * (float(mine) - float(others)), ".1f")

    return delta


def _plain(read: Callable[[RunRow], float], form: str) -> Callable[[RunRow, RunRow], str]:
    return lambda row, base: signed(read(row) - read(base), form)


def _megabytes(row: RunRow) -> float:
    return row.size_bytes / 1e6 if row.size_bytes else math.nan


def columns() -> list[Column]:
    """All columns in their order, titles in the language installed now."""
    return [
        Column("name", _tr("Name"), row_title, row_title, right=False),
        Column("model", _tr("Network"), lambda r: r.model, lambda r: r.model, right=False),
        Column("dataset", _tr("Trained on"), data_title, data_title, right=False, shown=False),
        *_score_columns(),
        *_cost_columns(),
        Column(
            "epochs",
            _tr("Epochs"),
            lambda r: str(r.epochs) if r.epochs else _UNKNOWN,
            lambda r: float(r.epochs) or math.nan,
        ),
        Column(
            "seconds",
            _tr("Training time"),
            lambda r: duration(r.seconds) if r.seconds else _UNKNOWN,
            lambda r: r.seconds or math.nan,
            shown=False,
        ),
        Column(
            "date",
            _tr("Date"),
            lambda r: f"{r.date:%Y-%m-%d %H:%M}" if r.date else _UNKNOWN,
            lambda r: r.date.timestamp() if r.date else math.nan,
        ),
        Column("state", _tr("State"), state_title, state_title, right=False),
        Column("note", _tr("Note"), lambda r: r.note, lambda r: r.note, right=False),
    ]


def _score_columns() -> list[Column]:
    return [
        Column(
            "accuracy",
            _tr("Accuracy"),
            lambda r: percent(r.scores.accuracy),
            lambda r: r.scores.accuracy,
            _tr("Share of the images that were named as labelled"),
            delta=_points("accuracy"),
        ),
        Column(
            "interval",
            _tr("95 % interval"),
            lambda r: interval_text(r.scores.low, r.scores.high),
            lambda r: r.scores.low,
            _tr("Where the accuracy would lie on other images of the same kind (bootstrap)"),
        ),
        Column(
            "macro_f1",
            _tr("Macro F1"),
            lambda r: number(r.scores.macro_f1, ".3f"),
            lambda r: r.scores.macro_f1,
            _tr("Mean F1 of the classes: rare ones count as much as common ones"),
            delta=_plain(lambda r: r.scores.macro_f1, ".3f"),
        ),
        Column(
            "balanced_accuracy",
            _tr("Balanced"),
            lambda r: percent(r.scores.balanced_accuracy),
            lambda r: r.scores.balanced_accuracy,
            _tr("Balanced accuracy: mean share recognised of each class"),
            delta=_points("balanced_accuracy"),
        ),
        Column(
            "loss",
            _tr("Loss"),
            lambda r: number(r.scores.loss, ".3f"),
            lambda r: r.scores.loss,
            _tr("Mean cross entropy; wrong answers given with confidence cost most"),
            delta=_plain(lambda r: r.scores.loss, ".3f"),
        ),
        Column(
            "judged",
            _tr("Judged on"),
            judged_title,
            judged_title,
            _tr("Which images the scores are of; ⚠ where they may not be compared"),
            right=False,
        ),
    ]


def _cost_columns() -> list[Column]:
    return [
        Column(
            "parameters",
            _tr("Parameters"),
            lambda r: millions(r.parameters) if r.parameters else _UNKNOWN,
            lambda r: float(r.parameters) or math.nan,
        ),
        Column(
            "megabytes",
            _tr("MB"),
            lambda r: number(_megabytes(r), ".1f"),
            _megabytes,
            _tr("Size of the file with the weights"),
        ),
        Column(
            "median_ms",
            _tr("ms a face"),
            lambda r: number(_speed(r, "median_ms"), ".1f"),
            lambda r: _speed(r, "median_ms"),
            _tr("Median time for one face on this machine; the button measures it"),
            delta=_plain(lambda r: _speed(r, "median_ms"), ".1f"),
        ),
        Column(
            "p95_ms",
            _tr("p95"),
            lambda r: number(_speed(r, "p95_ms"), ".1f"),
            lambda r: _speed(r, "p95_ms"),
            _tr("95 of 100 faces took no longer than so many milliseconds"),
        ),
        Column(
            "faces_per_second",
            _tr("Faces/s"),
            lambda r: number(_speed(r, "faces_per_second"), ".0f"),
            lambda r: _speed(r, "faces_per_second"),
            _tr("Faces in a second, one after the other"),
        ),
    ]
