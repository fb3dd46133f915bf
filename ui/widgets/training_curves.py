"""Accuracy and loss of a run while it learns."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer.events import EpochFinished, StepFinished
from ui.widgets.curve_legend import CurveLegend
from ui.widgets.metrics_plot import CurveStyle, MetricsPlot

_TRAIN = "#2A86D1"  # light enough for the dark theme
_VAL = "#D55E00"
_MOST_STEPS = 240  # of the dotted curve; then every second one goes


class TrainingCurves(QWidget):
    """Two plots side by side; epochs are shown from 1.

    Attributes:
        accuracy_plot: Accuracies in percent.
        loss_plot: Cross entropies.
        legend: Of both.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.accuracy_plot = MetricsPlot()
        self.loss_plot = MetricsPlot()
        self.loss_plot.turns = self.accuracy_plot.turns
        self.legend = CurveLegend()
        plots = QHBoxLayout()
        plots.setSpacing(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.legend)
        layout.addLayout(plots)
        running = self.tr("Training, this epoch")
        styles = {
            "running": CurveStyle(running, _TRAIN, Qt.DotLine, None, 1.4, smooth=False),
            "train": CurveStyle(self.tr("Training"), _TRAIN, Qt.DashLine, "o"),
            "val": CurveStyle(self.tr("Validation"), _VAL, Qt.SolidLine, "s"),
        }
        self.legend.set_styles(list(styles.values()))
        for plot, title, hint, values in (
            (
                self.accuracy_plot,
                self.tr("Accuracy, %"),
                self.tr("The accuracy appears here while the network learns."),
                "{:.2f} %",
            ),
            (
                self.loss_plot,
                self.tr("Loss (cross entropy)"),
                self.tr("The loss appears here; it should fall."),
                "{:.4f}",
            ),
        ):
            plot.set_labels(title, self.tr("Epoch"), hint, values)
            plot.set_curves(styles)
            plots.addWidget(plot)
        # The mouse over one plot marks the same epoch in the other.
        self.accuracy_plot.pointed_at.connect(self.loss_plot.point_at)
        self.loss_plot.pointed_at.connect(self.accuracy_plot.point_at)
        self._running: list[tuple[float, float, float]] = []
        self._history: list[EpochFinished] = []

    def clear(self, history: Sequence[EpochFinished] = ()) -> None:
        """Start anew with the earlier epochs of a resumed run."""
        self._running = []
        self._history = list(history)
        self.accuracy_plot.clear_data()
        self.loss_plot.clear_data()
        self._draw_epochs()

    def add_step(self, event: StepFinished) -> None:
        """Let the dotted curve of the current epoch grow."""
        at = event.epoch + (event.step + 1) / max(1, event.steps_per_epoch)
        self._running.append((at, 100 * event.accuracy, event.loss))
        if len(self._running) > _MOST_STEPS:
            self._running = self._running[1::2]
        x = [point[0] for point in self._running]
        self.accuracy_plot.set_data("running", x, [point[1] for point in self._running])
        self.loss_plot.set_data("running", x, [point[2] for point in self._running])

    def add_epoch(self, event: EpochFinished) -> None:
        """Add the points of a finished epoch; the dotted curve starts again."""
        self._running = []
        self._history.append(event)
        for plot in (self.accuracy_plot, self.loss_plot):
            plot.set_data("running", [], [])
        self._draw_epochs()

    def _draw_epochs(self) -> None:
        if not self._history:
            return
        x = [float(entry.epoch + 1) for entry in self._history]
        accuracy, loss = self.accuracy_plot, self.loss_plot
        accuracy.set_data("train", x, [100 * entry.train_accuracy for entry in self._history])
        accuracy.set_data("val", x, [100 * entry.val_accuracy for entry in self._history])
        loss.set_data("train", x, [entry.train_loss for entry in self._history])
        loss.set_data("val", x, [entry.val_loss for entry in self._history])
        best = max(self._history, key=lambda entry: entry.val_accuracy)
        accuracy.mark_best(
            best.epoch + 1.0,
            self.tr("best: {value:.1f} %").format(value=100 * best.val_accuracy),
        )
        loss.mark_best(best.epoch + 1.0, "")
