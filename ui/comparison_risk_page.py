"""How right a model is when it may leave the faces it is unsure of unanswered."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QLabel, QPushButton, QSlider, QWidget

from ui.comparison_page import ComparisonPage, three
from ui.comparison_state import ComparisonState
from ui.tables.run_row import row_title
from ui.widgets.curve_legend import CurveLegend
from ui.widgets.series_plot import Guide, Series, SeriesPlot

_POINTS = 100


class ComparisonRiskPage(ComparisonPage):
    """Accuracy against the share of faces answered; the slider reads it.

    Signals:
        store_requested: (key, share) The current model should say "unsure" of the others.
    """

    store_requested = pyqtSignal(str, float)

    form = "comparison_risk_page"

    store_button: QPushButton
    legend: CurveLegend
    plot: SeriesPlot
    slider_label: QLabel
    slider: QSlider
    result_label: QLabel

    def __init__(self, state: ComparisonState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self.slider.valueChanged.connect(lambda _value: self._show_share())
        self.plot.place_clicked.connect(lambda x: self.slider.setValue(round(x)))
        self.plot.series_clicked.connect(state.choose_requested)
        self.store_button.clicked.connect(self._on_store_clicked)
        self._series: list[Series] = []

    def refresh(self) -> None:
        current = self.state.current
        self.store_button.setEnabled(
            current is not None
            and current.kind in ("run", "imported")
            and current.key in self.state.results
        )
        missing = self.need_scores()
        if missing:
            self.show_empty(missing)
            return
        cells: list[list[str | float]] = []
        self._series = []
        for row, judged in self.state.judged():
            risk = judged.findings["risk"]
            shares = [place / _POINTS for place in range(1, _POINTS + 1)]
            found = [risk.at_coverage(share) for share in shares]
            self._series.append(
                Series(
                    row.key,
                    self.state.style(row),
                    [100 * coverage for _threshold, coverage, _accuracy in found],
                    [100 * accuracy for _threshold, _coverage, accuracy in found],
                    "plain",
                )
            )
            cells += [
                [row_title(row), 100 * coverage, 100 * accuracy, threshold]
                for threshold, coverage, accuracy in found[9::10]
            ]
        self.plot.set_axes(
            self.tr("Accuracy, %"),
            self.tr("Faces answered, %"),
            x_range=(0.0, 100.0),
        )
        self.legend.set_styles([entry.style for entry in self._series])
        self.set_table(
            [
                self.tr("Model"),
                self.tr("Faces answered, %"),
                self.tr("Accuracy of the answers, %"),
                self.tr("Unsure below"),
            ],
            cells,
            three,
        )
        self._show_share()
        self.show_content(self.tr("Drag the slider, or click into the picture."))

    def _show_share(self) -> None:
        share = self.slider.value() / 100
        self.plot.set_series(self._series, guides=[Guide(100 * share)])
        text = self.tr(
            "{model} answers {share:.0f} % of faces at {accuracy:.0f} %, "
            "unsure below {threshold:.2f}."
        )
        lines = []
        for row, judged in self.state.judged():
            threshold, coverage, accuracy = judged.findings["risk"].at_coverage(share)
            lines.append(
                text.format(
                    model=row_title(row),
                    share=100 * coverage,
                    accuracy=100 * accuracy,
                    threshold=threshold,
                )
            )
        self.result_label.setText("\n".join(lines))

    def _on_store_clicked(self) -> None:
        if self.state.current is not None:
            self.store_requested.emit(self.state.current.key, self.slider.value() / 100)
