"""How sure the scores are, and whether two models differ at all."""

from __future__ import annotations

from itertools import combinations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QPlainTextEdit, QWidget

from trainer.compare.recipes import seed_groups
from trainer.compare.statistics import Spread, Verdict, seed_spread
from ui.comparison_page import ComparisonPage, three
from ui.comparison_state import ComparisonState
from ui.tables.run_row import row_title
from ui.widgets.curve_legend import CurveLegend
from ui.widgets.series_plot import Series, SeriesPlot

_LEAST_P = 0.001
_MOST = 4
"""Models whose pairs are judged: six sentences are as many as one reads."""


class ComparisonStatisticsPage(ComparisonPage):
    """Intervals as a picture, verdicts as sentences.

    Signals:
        pairs_requested: Pairs of keys whose verdicts are missing.
    """

    pairs_requested = pyqtSignal(list)

    form = "comparison_statistics_page"

    legend: CurveLegend
    plot: SeriesPlot
    sentences: QPlainTextEdit

    def __init__(self, state: ComparisonState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self.sentences.setFixedHeight(104)

    def refresh(self) -> None:
        missing = self.need_scores()
        if missing:
            self.show_empty(missing)
            return
        judged = self.state.judged()
        series, cells = [], []
        for place, (row, result) in enumerate(judged):
            intervals = result.findings["intervals"]
            found = intervals["top1_accuracy"]
            series.append(
                Series(
                    row.key,
                    self.state.style(row),
                    [float(place)],
                    [100 * found.value],
                    "points",
                    low=[100 * found.low],
                    high=[100 * found.high],
                )
            )
            line: list[str | float] = [row_title(row)]
            for name in ("top1_accuracy", "macro_f1", "balanced_accuracy"):
                line += [intervals[name].value, intervals[name].low, intervals[name].high]
            cells.append(line)
        self.plot.set_axes(
            self.tr("Accuracy, %"),
            "",
            x_range=(-0.5, len(judged) - 0.5),
            names=[str(place + 1) for place in range(len(judged))],
        )
        self.plot.set_series(series)
        self.legend.set_styles([entry.style for entry in series])
        self.set_table(
            [
                self.tr("Model"),
                self.tr("Accuracy"),
                self.tr("From"),
                self.tr("To"),
                self.tr("Macro F1"),
                self.tr("From"),
                self.tr("To"),
                self.tr("Balanced"),
                self.tr("From"),
                self.tr("To"),
            ],
            cells,
            three,
        )
        self.sentences.setPlainText("\n".join([*self._pair_lines(), *self._seed_lines()]))
        self.show_content(
            self.tr("95 % intervals by bootstrap over the images; pairs by McNemar's test.")
        )

    def _pair_lines(self) -> list[str]:
        rows = [row for row, _judged in self.state.judged()][:_MOST]
        if len(rows) < 2:
            return [self.tr("Choose a second model to see whether the two differ.")]
        names = {row.key: row_title(row) for row in rows}
        lines: list[str] = []
        wanted: list[tuple[str, str]] = []
        for first, second in combinations([row.key for row in rows], 2):
            verdicts = self.state.pairs.get((first, second))
            if verdicts is None:
                wanted.append((first, second))
                continue
            lines.append(self.verdict(verdicts["top1_accuracy"], names[first], names[second]))
        if wanted:
            lines.append(self.tr("The differences are being judged…"))
            self.pairs_requested.emit(wanted)
        return lines

    def verdict(self, verdict: Verdict, first: str, second: str) -> str:
        """A verdict on accuracy as a sentence."""
        if verdict.kind == "same":
            text = self.tr("{a} and {b} give the same answer for every image.")
            return text.format(a=first, b=second)
        if verdict.kind == "no_difference":
            text = self.tr(
                "{a} and {b}: no difference shown: 95 % interval of the difference {low:+.1f} to "
                "{high:+.1f} points (only {a} right: {only_a}, only {b}: {only_b}, {p})."
            )
        else:
            text = self.tr(
                "{a} is better than {b} by {difference:.1f} points, 95 % interval {low:+.1f} to "
                "{high:+.1f} (only {a} right: {only_a}, only {b}: {only_b}, {p})."
            )
        only = (verdict.test.only_a, verdict.test.only_b)
        if verdict.kind == "worse":
            first, second, only = second, first, only[::-1]
        return text.format(
            a=first, b=second, only_a=only[0], only_b=only[1], p=_p_text(verdict.test.mid_p),
            **verdict.points(),
        )

    def _seed_lines(self) -> list[str]:
        known = {
            row.candidate.key: (row, judged)
            for row, judged in self.state.judged()
            if row.candidate is not None
        }
        groups = seed_groups([row.candidate for row, _ in known.values() if row.candidate])
        lines = []
        for group in groups:
            members = [known[candidate.key] for candidate in group]
            spread = seed_spread(
                [judged.scores.metrics["top1_accuracy"] for _row, judged in members]
            )
            lines.append(self._spread_line(spread, [row_title(row) for row, _ in members]))
        return lines

    def _spread_line(self, spread: Spread, names: list[str]) -> str:
        text = self.tr(
            "{names} differ by their seed only: mean {mean:.1f} %, standard deviation {sd:.1f} "
            "points over {count} seeds."
        )
        return text.format(
            names=", ".join(names), mean=100 * spread.mean, sd=100 * spread.sd, count=spread.count
        )


def _p_text(value: float) -> str:
    return f"p < {_LEAST_P}" if value < _LEAST_P else f"p = {value:.3f}"
