"""Models beside people: where ten people agree on a face, and where they do not."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QLabel, QPushButton, QWidget

from ui.comparison_page import ComparisonPage, three
from ui.comparison_state import ComparisonState
from ui.tables.run_row import row_title
from ui.widgets.curve_legend import CurveLegend
from ui.widgets.metrics_plot import CurveStyle
from ui.widgets.series_plot import Series, SeriesPlot

_GREY = "#8C8C8C"


class ComparisonPeoplePage(ComparisonPage):
    """Accuracy by how many of ten people agree (FER+), with a person's own beside it.

    Signals:
        votes_requested: Join a file with votes to the data set.
    """

    votes_requested = pyqtSignal()

    form = "comparison_people_page"

    votes_button: QPushButton
    legend: CurveLegend
    plot: SeriesPlot
    result_label: QLabel

    def __init__(self, state: ComparisonState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self.votes_button.clicked.connect(self.votes_requested)

    def refresh(self) -> None:
        missing = self.need_scores()
        if missing:
            self.show_empty(missing)
            return
        found = [
            (row, judged.findings["people"])
            for row, judged in self.state.judged()
            if "people" in judged.findings
        ]
        if not found:
            self.show_empty(
                self.tr(
                    "This data set carries no votes of people. Join FER+'s (fer2013new.csv) to "
                    "it with Votes…, then score again."
                )
            )
            return
        slices = found[0][1]
        names = [self._slice_title(entry.name) for entry in slices]
        places = [float(place) for place in range(len(slices))]
        series = [
            Series(
                row.key,
                self.state.style(row),
                places,
                [100 * entry.accuracy.value for entry in own],
                "bars",
            )
            for row, own in found
        ]
        person = CurveStyle(self.tr("One of the ten people"), _GREY)
        series.append(
            Series("", person, places, [100 * entry.voter_accuracy for entry in slices], "bars")
        )
        self.plot.set_axes(
            self.tr("Agrees with the label, %"), "", y_range=(0.0, 100.0), names=names
        )
        self.plot.set_series(series)
        self.legend.set_styles([entry.style for entry in series])
        self.set_table(
            [
                self.tr("Model"),
                self.tr("People who agree"),
                self.tr("Images"),
                self.tr("Accuracy"),
                self.tr("From"),
                self.tr("To"),
                self.tr("A person"),
                self.tr("Most people"),
            ],
            [
                [
                    row_title(row),
                    self._slice_title(entry.name),
                    float(entry.images),
                    entry.accuracy.value,
                    entry.accuracy.low,
                    entry.accuracy.high,
                    entry.voter_accuracy,
                    entry.majority_accuracy,
                ]
                for row, own in found
                for entry in own
            ],
            [three, three, lambda value: f"{value:.0f}", three, three, three, three, three],
        )
        text = self.tr(
            "A person drawn from the ten agrees with the label on {person:.0f} % of these images, "
            "the majority of them on {majority:.0f} %."
        )
        self.result_label.setText(
            text.format(
                person=100 * slices[0].voter_accuracy, majority=100 * slices[0].majority_accuracy
            )
        )
        self.show_content(self.tr("Where people disagree no network can be right for all."))

    def _slice_title(self, name: str) -> str:
        titles = {
            "all": self.tr("All images"),
            "8 to 10": self.tr("8 to 10 of 10 agree"),
            "6 or 7": self.tr("6 or 7 agree"),
            "fewer than 6": self.tr("Fewer agree"),
        }
        return titles.get(name, name)
