"""How much of each class is found in the validation split, over the epochs."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QVBoxLayout, QWidget

from trainer.events import EpochFinished
from ui.colors import CURVE_SYMBOLS, expression_color, expression_title
from ui.widgets.curve_legend import CurveLegend
from ui.widgets.metrics_plot import CurveStyle, MetricsPlot

_LINES = (Qt.SolidLine, Qt.DashLine, Qt.DashDotLine)


class RecallCurves(QWidget):
    """One plot with a curve for each class.

    Attributes:
        plot: Recalls in percent; the curves are called by their class.
        legend: The classes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = MetricsPlot()
        self.legend = CurveLegend()
        hint = self.tr(
            "The share of each class that is recognised appears here after the first epoch."
        )
        self.plot.set_labels(self.tr("Recall, %"), self.tr("Epoch"), hint, "{:.1f} %")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.legend)
        layout.addWidget(self.plot, 1)
        self._names: tuple[str, ...] = ()
        self._history: list[EpochFinished] = []

    def set_classes(self, names: Sequence[str]) -> None:
        """Start anew with other classes: what the recalls of an epoch belong to."""
        self._names = tuple(names)
        styles = {
            name: CurveStyle(
                expression_title(name),
                expression_color(name),
                _LINES[number % len(_LINES)],
                CURVE_SYMBOLS[number % len(CURVE_SYMBOLS)],
            )
            for number, name in enumerate(self._names)
        }
        self.plot.set_curves(styles)
        self.legend.set_styles(list(styles.values()))
        self._history = []

    def clear(self, history: Sequence[EpochFinished] = ()) -> None:
        """Start anew with the earlier epochs of a resumed run."""
        self._history = list(history)
        self.plot.clear_data()
        self._draw()

    def add_epoch(self, event: EpochFinished) -> None:
        """Add a point to every curve."""
        self._history.append(event)
        self._draw()

    def _draw(self) -> None:
        # An epoch of an older version has none; a class without images has NaN.
        known = [entry for entry in self._history if len(entry.val_recall) == len(self._names)]
        if not known or not self._names:
            return
        x = [float(entry.epoch + 1) for entry in known]
        for number, name in enumerate(self._names):
            self.plot.set_data(name, x, [100 * entry.val_recall[number] for entry in known])
        best = max(self._history, key=lambda entry: entry.val_accuracy)
        self.plot.mark_best(best.epoch + 1.0, self.tr("best epoch"))
