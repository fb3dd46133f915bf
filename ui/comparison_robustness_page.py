"""How models do on worse images: measured when asked, because it takes a while."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QComboBox, QProgressBar, QPushButton, QSpinBox, QWidget

from ui.comparison_page import ComparisonPage, three
from ui.comparison_state import ComparisonState
from ui.tables.run_row import row_title
from ui.widgets.curve_legend import CurveLegend
from ui.widgets.series_plot import Series, SeriesPlot


class ComparisonRobustnessPage(ComparisonPage):
    """Accuracy against the strength of one change.

    Signals:
        run_requested: (rows, number of images) Measure these models.
        cancel_requested: Stop measuring.
    """

    run_requested = pyqtSignal(list, int)
    cancel_requested = pyqtSignal()

    form = "comparison_robustness_page"

    value_combo: QComboBox
    images_spin: QSpinBox
    run_button: QPushButton
    progress_bar: QProgressBar
    cancel_button: QPushButton
    legend: CurveLegend
    plot: SeriesPlot

    def __init__(self, state: ComparisonState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self._kinds = {
            "blur": (self.tr("Blur"), self.tr("Blur, pixels of 48")),
            "darkness": (self.tr("Darkness"), self.tr("Share of the light that is left")),
            "noise": (self.tr("Noise"), self.tr("Noise, grey levels of 255")),
            "JPEG": (self.tr("JPEG"), self.tr("JPEG quality")),
            "shift": (self.tr("Shift"), self.tr("Shift, share of the side")),
            "small face": (self.tr("Small face"), self.tr("Face in the frame, pixels")),
            "occlusion": (self.tr("Occlusion"), self.tr("Share that is covered")),
        }
        for kind, (title, _axis) in self._kinds.items():
            self.value_combo.addItem(title, kind)
        self.value_combo.currentIndexChanged.connect(lambda _index: self.mark_dirty())
        self.run_button.clicked.connect(self._on_run_clicked)
        self.cancel_button.clicked.connect(self.cancel_requested)
        self.show_progress(None)

    def show_progress(self, fraction: float | None) -> None:
        """Show how far the measurement is; None when none runs."""
        self.progress_bar.setVisible(fraction is not None)
        self.cancel_button.setVisible(fraction is not None)
        self.run_button.setEnabled(fraction is None)
        if fraction is not None:
            self.progress_bar.setValue(int(1000 * fraction))

    def refresh(self) -> None:
        rows = [row for row in self.state.models() if row.key in self.state.robustness]
        if not rows:
            self.show_empty(
                self.need_scores()
                or self.tr("Press Measure: the chosen models are tried on worse images.")
            )
            return
        kind = str(self.value_combo.currentData())
        series, cells = [], []
        for row in rows:
            found = self.state.robustness[row.key]
            curve = next(entry for entry in found.curves if entry.name == kind)
            places = [float(place) for place in range(len(curve.levels) + 1)]
            measured = [found.plain, *curve.accuracy]
            series.append(
                Series(
                    row.key,
                    self.state.style(row),
                    places,
                    [100 * entry.value for entry in measured],
                    low=[100 * entry.low for entry in measured],
                    high=[100 * entry.high for entry in measured],
                )
            )
        levels = ["–", *(f"{level:g}" for level in curve.levels)]
        for row in rows:
            found = self.state.robustness[row.key]
            cells.append([row_title(row), "–", "–", found.plain.value, found.plain.low,
                          found.plain.high])
            for curve in found.curves:
                for level, entry in zip(curve.levels, curve.accuracy, strict=True):
                    title = self._kinds.get(curve.name, (curve.name, ""))[0]
                    cells.append(
                        [row_title(row), title, f"{level:g}", entry.value, entry.low, entry.high]
                    )
        self.plot.set_axes(self.tr("Accuracy, %"), self._kinds[kind][1], names=levels)
        self.plot.set_series(series)
        self.legend.set_styles([entry.style for entry in series])
        self.set_table(
            [
                self.tr("Model"),
                self.tr("Change"),
                self.tr("Strength"),
                self.tr("Accuracy"),
                self.tr("From"),
                self.tr("To"),
            ],
            cells,
            three,
        )
        number = self.state.robustness[rows[0].key].images
        self.show_content(
            self.tr("On {number} images, unchanged at the left; bars are 95 % intervals.").format(
                number=number
            )
        )

    def _on_run_clicked(self) -> None:
        rows = self.state.models()
        if rows:
            self.run_requested.emit(rows, self.images_spin.value())
