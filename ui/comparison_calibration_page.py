"""Whether a model's percentages mean what they say."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget

from ui.comparison_page import ComparisonPage, three
from ui.comparison_state import ComparisonState
from ui.tables.run_row import row_title
from ui.widgets.curve_legend import CurveLegend
from ui.widgets.series_plot import Series, SeriesPlot


class ComparisonCalibrationPage(ComparisonPage):
    """Reliability diagrams; on the diagonal, 70 % sure is right 70 times in 100.

    Signals:
        store_requested: Key of the model that should get the best temperature.
    """

    store_requested = pyqtSignal(str)

    form = "comparison_calibration_page"

    scaled_check: QCheckBox
    store_button: QPushButton
    legend: CurveLegend
    plot: SeriesPlot
    result_label: QLabel

    def __init__(self, state: ComparisonState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self.scaled_check.toggled.connect(lambda _on: self.mark_dirty())
        self.plot.series_clicked.connect(state.choose_requested)
        self.store_button.clicked.connect(self._on_store_clicked)

    def refresh(self) -> None:
        judged = [
            (row, result.findings["calibration"])
            for row, result in self.state.judged()
            if "calibration" in result.findings
        ]
        current = self.state.current
        self.store_button.setEnabled(
            current is not None
            and current.kind in ("run", "imported")
            and any(row.key == current.key for row, _found in judged)
        )
        missing = self.need_scores()
        if missing or not judged:
            self.show_empty(missing or self.tr("100 images are needed to judge confidence."))
            return
        scaled = self.scaled_check.isChecked()
        series, cells = [], []
        for row, found in judged:
            bins = [entry for entry in (found.after if scaled else found.before) if entry.count]
            series.append(
                Series(
                    row.key,
                    self.state.style(row),
                    [entry.confidence for entry in bins],
                    [entry.accuracy.value for entry in bins],
                    low=[entry.accuracy.low for entry in bins] if len(judged) == 1 else (),
                    high=[entry.accuracy.high for entry in bins] if len(judged) == 1 else (),
                )
            )
            cells += [
                [
                    row_title(row),
                    float(entry.count),
                    entry.confidence,
                    entry.accuracy.value,
                    entry.accuracy.low,
                    entry.accuracy.high,
                ]
                for entry in bins
            ]
        self.plot.set_axes(
            self.tr("Share that is right"),
            self.tr("How sure it is"),
            x_range=(0.0, 1.0),
            y_range=(0.0, 1.0),
        )
        self.plot.set_series(series, diagonal=True)
        self.legend.set_styles([entry.style for entry in series])
        self.set_table(
            [
                self.tr("Model"),
                self.tr("Images"),
                self.tr("How sure it is"),
                self.tr("Share that is right"),
                self.tr("From"),
                self.tr("To"),
            ],
            cells,
            [three, lambda value: f"{value:.0f}", three, three, three, three],
        )
        text = self.tr(
            "{model}: calibration error {before:.1f} % as it is, {after:.1f} % with the "
            "temperature {temperature:.2f}; {chance:.1f} % would be chance alone."
        )
        self.result_label.setText(
            "\n".join(
                text.format(
                    model=row_title(row),
                    before=100 * found.error_before,
                    after=100 * found.error_after,
                    temperature=found.temperature,
                    chance=100 * found.error_by_chance,
                )
                for row, found in judged
            )
        )
        self.show_content(self.tr("Below the line it is surer than it should be."))

    def _on_store_clicked(self) -> None:
        if self.state.current is not None:
            self.store_requested.emit(self.state.current.key)
