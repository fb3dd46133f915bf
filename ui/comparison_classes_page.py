"""Precision, recall, F1 and support of every class, for the chosen models."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PyQt5.QtWidgets import QComboBox, QWidget

from ui.colors import expression_title
from ui.comparison_page import ComparisonPage, three, whole
from ui.comparison_state import ComparisonState, style_at
from ui.formats import percent
from ui.tables.judged import Judged
from ui.tables.run_row import row_title
from ui.widgets.curve_legend import CurveLegend
from ui.widgets.series_plot import Series, SeriesPlot

_MEASURES = ("recall", "precision", "f1")


class ComparisonClassesPage(ComparisonPage):
    """Bars by class; the table also says how many images each class has."""

    form = "comparison_classes_page"

    value_combo: QComboBox
    legend: CurveLegend
    plot: SeriesPlot

    def __init__(self, state: ComparisonState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self._titles = {
            "recall": self.tr("Recall (share of the class that is recognised)"),
            "precision": self.tr("Precision (share of the answers that are right)"),
            "f1": self.tr("F1 (both together)"),
        }
        for measure in _MEASURES:
            self.value_combo.addItem(self._titles[measure], measure)
        self.value_combo.currentIndexChanged.connect(lambda _index: self.mark_dirty())

    def refresh(self) -> None:
        missing = self.need_scores()
        if missing:
            self.show_empty(missing)
            return
        judged = self.state.judged()
        measure = str(self.value_combo.currentData())
        names = judged[0][1].scores.class_names
        places = [float(place) for place in range(len(names))]
        bars: list[Series] = []
        rows: list[list[str | float]] = []
        for number, (row, result) in enumerate(judged):
            per_class = result.scores.metrics["per_class"]
            values = [100 * _share(per_class[name][measure]) for name in names]
            style = style_at(number, row_title(row))
            bars.append(Series(row.key, style, places, values, "bars"))
            for name in names:
                found = per_class[name]
                figures = [_share(found[key]) for key in ("precision", "recall", "f1")]
                rows.append(
                    [row_title(row), expression_title(name), *figures, float(found["support"])]
                )
        title = self.tr("{measure}, %").format(
            measure={"recall": self.tr("Recall"), "precision": self.tr("Precision"), "f1": "F1"}[
                measure
            ]
        )
        self.plot.set_axes(
            title, "", y_range=(0.0, 100.0), names=self._class_titles(judged[0][1], names)
        )
        self.plot.set_series(bars)
        self.legend.set_styles([entry.style for entry in bars])
        self.set_table(
            [
                self.tr("Model"),
                self.tr("Class"),
                self.tr("Precision"),
                self.tr("Recall"),
                "F1",
                self.tr("Images"),
            ],
            rows,
            [three, three, three, three, three, whole],
        )
        self.show_content(self._sentence(measure, names, bars[0]))

    def _class_titles(self, judged: Judged, names: Sequence[str]) -> list[str]:
        per_class = judged.scores.metrics["per_class"]
        return [
            expression_title(name)
            if per_class[name]["support"]
            else self.tr("{name} (no images)").format(name=expression_title(name))
            for name in names
        ]

    def _sentence(self, measure: str, names: tuple[str, ...], first: Series) -> str:
        known = [place for place, value in enumerate(first.y) if not math.isnan(value)]
        if not known or measure != "recall":
            return ""
        place = min(known, key=lambda index: first.y[index])
        return self.tr("{model} does worst on {name}: {share} of them are recognised.").format(
            model=first.style.title,
            name=expression_title(names[place]),
            share=percent(first.y[place] / 100),
        )


def _share(value: float | None) -> float:
    return math.nan if value is None else value
