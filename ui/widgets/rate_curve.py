"""The learning rate as it was at each step of a run."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtWidgets import QVBoxLayout, QWidget

from trainer.events import EpochFinished, StepFinished
from ui.widgets.metrics_plot import CurveStyle, MetricsPlot

_AN_EPOCH = 20  # points kept of an epoch that is over


class RateCurve(QWidget):
    """One plot.

    Attributes:
        plot: Learning rates over epochs, shown from 1.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = MetricsPlot()
        title = self.tr("Learning rate")
        hint = self.tr("The learning rate appears here; its schedule is among the settings.")
        self.plot.set_labels(title, self.tr("Epoch"), hint, "{:.3g}")
        self.plot.set_curves({"lr": CurveStyle(title, "#2A86D1", smooth=False)})
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)
        self._past: list[tuple[float, float]] = []
        self._now: list[tuple[float, float]] = []

    def clear(self, history: Sequence[EpochFinished] = ()) -> None:
        """Start anew; of earlier epochs only the last rate is known."""
        self._past = [(entry.epoch + 1.0, entry.lr) for entry in history]
        self._now = []
        self.plot.clear_data()
        if self._past:
            self._draw()

    def add_step(self, event: StepFinished) -> None:
        """Add the rate of an update."""
        at = event.epoch + (event.step + 1) / max(1, event.steps_per_epoch)
        self._now.append((at, event.lr))
        self._draw()

    def add_epoch(self, event: EpochFinished) -> None:
        """Thin the points of the epoch that is over: a long run has many steps."""
        self._past += self._now[:: max(1, len(self._now) // _AN_EPOCH)]
        if not self._past or self._past[-1][0] < event.epoch + 1:
            self._past.append((event.epoch + 1.0, event.lr))
        self._now = []
        self._draw()

    def _draw(self) -> None:
        points = [*self._past, *self._now]
        self.plot.set_data("lr", [point[0] for point in points], [point[1] for point in points])
