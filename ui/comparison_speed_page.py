"""Accuracy against speed, with the line of the best trades and the frame rates of videos."""

from __future__ import annotations

import math

from PyQt5.QtWidgets import QComboBox, QWidget

from trainer.compare.pictures import FRAME_RATES, frame_budget_ms, pareto_line
from ui.comparison_page import ComparisonPage, three
from ui.comparison_state import ComparisonState
from ui.tables.run_row import row_title
from ui.widgets.curve_legend import CurveLegend
from ui.widgets.metrics_plot import CurveStyle
from ui.widgets.series_plot import Guide, Series, SeriesPlot

_GREY = "#8C8C8C"


class ComparisonSpeedPage(ComparisonPage):
    """One point a model; to the left is quicker, upwards is better."""

    form = "comparison_speed_page"

    value_combo: QComboBox
    legend: CurveLegend
    plot: SeriesPlot

    def __init__(self, state: ComparisonState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self.value_combo.addItem(self.tr("Accuracy, %"), "accuracy")
        self.value_combo.addItem(self.tr("Macro F1, %"), "macro_f1")
        self.value_combo.addItem(self.tr("Balanced accuracy, %"), "balanced_accuracy")
        self.value_combo.currentIndexChanged.connect(lambda _index: self.mark_dirty())
        self.plot.series_clicked.connect(state.choose_requested)

    def refresh(self) -> None:
        measure = str(self.value_combo.currentData())
        rows = [
            row
            for row in self.state.selected
            if row.speed is not None and not math.isnan(getattr(row.scores, measure))
        ]
        if not rows:
            self.show_empty(
                self.tr("Choose models and press Measure speed above: it takes seconds a model.")
            )
            return
        points = [
            (row.speed.median_ms if row.speed else 0.0, 100 * getattr(row.scores, measure))
            for row in rows
        ]
        series = [
            Series(row.key, self.state.style(row), [ms], [value], "points", labels=[row_title(row)])
            for row, (ms, value) in zip(rows, points, strict=True)
        ]
        line = [points[place] for place in pareto_line(points)]
        best = CurveStyle(self.tr("Nothing is quicker and better"), _GREY, width=1.5)
        series.append(
            Series("", best, [ms for ms, _ in line], [value for _, value in line], "plain")
        )
        # The models fill the plot; a frame rate that all of them keep up with stands in the hint.
        widest = 1.3 * max(ms for ms, _ in points)
        guides = [
            Guide(frame_budget_ms(rate), self.tr("{rate} frames/s").format(rate=rate))
            for rate in FRAME_RATES
            if frame_budget_ms(rate) <= widest
        ]
        self.plot.set_axes(
            self.value_combo.currentText(),
            self.tr("Milliseconds for one face, median, one thread"),
            x_range=(0.0, widest),
        )
        self.plot.set_series(series, guides=guides)
        self.legend.set_styles([entry.style for entry in series])
        self.set_table(
            [
                self.tr("Model"),
                self.value_combo.currentText(),
                self.tr("Median, ms"),
                self.tr("95 of 100, ms"),
                self.tr("Faces/s"),
            ],
            [
                [row_title(row), value, ms, row.speed.p95_ms, row.speed.faces_per_second]
                for row, (ms, value) in zip(rows, points, strict=True)
                if row.speed is not None
            ],
            three,
        )
        hint = self.tr("The expression of one face alone; finding it in the frame comes on top.")
        kept_up = [rate for rate in FRAME_RATES if frame_budget_ms(rate) > widest]
        if kept_up:
            text = self.tr("All of these keep up with {rate} frames/s.")
            hint = f"{hint} {text.format(rate=max(kept_up))}"
        self.show_content(hint)
