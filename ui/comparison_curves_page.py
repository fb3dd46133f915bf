"""Learning curves of the chosen runs over each other; a click on one chooses its run."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtWidgets import QCheckBox, QComboBox, QWidget

from trainer.events import EpochFinished
from ui.comparison_page import ComparisonPage
from ui.comparison_state import MOST_DRAWN, ComparisonState
from ui.tables.run_row import RunRow, row_title
from ui.widgets.curve_legend import CurveLegend
from ui.widgets.series_plot import Series, SeriesPlot

Read = Callable[[EpochFinished], float]


class ComparisonCurvesPage(ComparisonPage):
    """Accuracy, F1 or loss over the epochs."""

    form = "comparison_curves_page"

    value_combo: QComboBox
    smooth_check: QCheckBox
    legend: CurveLegend
    plot: SeriesPlot

    def __init__(self, state: ComparisonState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self._reads: list[tuple[str, Read]] = [
            (self.tr("Validation accuracy, %"), lambda entry: 100 * entry.val_accuracy),
            (self.tr("Validation macro F1"), lambda entry: entry.val_macro_f1),
            (self.tr("Validation loss"), lambda entry: entry.val_loss),
            (self.tr("Training accuracy, %"), lambda entry: 100 * entry.train_accuracy),
            (self.tr("Training loss"), lambda entry: entry.train_loss),
            (self.tr("Learning rate"), lambda entry: entry.lr),
        ]
        for title, _read in self._reads:
            self.value_combo.addItem(title)
        self.value_combo.currentIndexChanged.connect(lambda _index: self.mark_dirty())
        self.smooth_check.toggled.connect(lambda _on: self.mark_dirty())
        self.plot.series_clicked.connect(state.choose_requested)

    def refresh(self) -> None:
        rows = [row for row in self.state.selected if row.history]
        if not rows:
            self.show_empty(
                self.tr("Choose training runs in the table above to see how they learnt.")
            )
            return
        shown = rows[:MOST_DRAWN]
        title, read = self._reads[max(0, self.value_combo.currentIndex())]
        curves = [self._series(row, read) for row in shown]
        self.plot.set_axes(title, self.tr("Epoch"))
        self.plot.set_series(curves)
        self.legend.set_styles([curve.style for curve in curves])
        longest = max(len(row.history) for row in shown)
        table = [
            [
                float(epoch + 1),
                *(
                    read(row.history[epoch]) if epoch < len(row.history) else float("nan")
                    for row in shown
                ),
            ]
            for epoch in range(longest)
        ]
        self.set_table([self.tr("Epoch"), *(row_title(row) for row in shown)], table)
        caption = self.tr("Click a curve to choose its run.")
        if len(rows) > MOST_DRAWN:
            caption = self.tr("The first {number} of {total} chosen runs are drawn.").format(
                number=MOST_DRAWN, total=len(rows)
            )
        self.show_content(caption)

    def _series(self, row: RunRow, read: Read) -> Series:
        values = [read(entry) for entry in row.history]
        if self.smooth_check.isChecked():
            values = [_mean(values[max(0, i - 1) : i + 2]) for i in range(len(values))]
        epochs = [float(entry.epoch + 1) for entry in row.history]
        return Series(row.key, self.state.style(row), epochs, values)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
