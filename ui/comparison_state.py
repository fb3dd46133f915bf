"""What the parts of the Compare tab share: the rows chosen, and what is known of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PyQt5.QtCore import QObject, Qt, pyqtSignal

from ui.colors import CURVE_COLORS, CURVE_SYMBOLS
from ui.tables.judged import Judged
from ui.tables.run_row import RunRow, row_title
from ui.tables.samples import Samples
from ui.widgets.metrics_plot import CurveStyle

MOST_DRAWN = len(CURVE_COLORS)
"""So many rows are drawn over each other; more could not be told apart."""
_LINES = (Qt.SolidLine, Qt.DashLine, Qt.DotLine, Qt.DashDotLine)


class ComparisonState(QObject):
    """The chosen rows and the results for them; pages read it.

    Attributes:
        selected: Chosen rows, from top to bottom.
        current: The one of them that pages for a single model show, or None.
        samples: The data set that models are judged on, or None until it was read.
        split: Its split that is judged.
        results: By key of the row: its answers on the split and what follows from them.
        pairs: What follows from two rows together: by their keys.
        robustness: By key: how a model does on worse images of the split.

    Signals:
        selection_changed: Other rows are chosen, or their figures changed.
        results_changed: ``results``, ``pairs``, ``samples`` or ``split`` changed.
        choose_requested: Key of a row that should be chosen (a curve was clicked).
    """

    selection_changed = pyqtSignal()
    results_changed = pyqtSignal()
    choose_requested = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.selected: tuple[RunRow, ...] = ()
        self.current: RunRow | None = None
        self.samples: Samples | None = None
        self.split = ""
        self.results: dict[str, Judged] = {}
        self.pairs: dict[tuple[str, str], Any] = {}
        self.robustness: dict[str, Any] = {}

    def set_selected(self, rows: Sequence[RunRow], current: RunRow | None) -> None:
        """Choose rows."""
        if tuple(rows) == self.selected and current == self.current:
            return
        self.selected, self.current = tuple(rows), current
        self.selection_changed.emit()

    def set_ground(self, samples: Samples | None, split: str) -> None:
        """Judge on other images; what was known of the last ones is dropped."""
        hashes = [data.content_hash for data in (samples, self.samples) if data is not None]
        same = len(hashes) == 2 and hashes[0] == hashes[1]
        if not same or split != self.split:
            self.results, self.pairs, self.robustness = {}, {}, {}
        self.samples, self.split = samples, split
        self.results_changed.emit()

    def add_result(self, judged: Judged) -> None:
        """A model was scored."""
        self.results[judged.key] = judged
        self.pairs = {keys: pair for keys, pair in self.pairs.items() if judged.key not in keys}
        self.results_changed.emit()

    def judged(self) -> list[tuple[RunRow, Judged]]:
        """Chosen rows with what is known of them, at most ``MOST_DRAWN``."""
        return [(row, self.results[row.key]) for row in self.scored()]

    def models(self) -> list[RunRow]:
        """Chosen rows that have weights."""
        return [row for row in self.selected if row.is_model]

    def scored(self) -> list[RunRow]:
        """Chosen rows whose predictions on the ground are known, at most ``MOST_DRAWN``."""
        found = [row for row in self.selected if row.key in self.results]
        return found[:MOST_DRAWN]

    def style(self, row: RunRow) -> CurveStyle:
        """Colour, line and marker of a row: by its place among the chosen ones."""
        keys = [other.key for other in self.selected]
        place = keys.index(row.key) if row.key in keys else 0
        return style_at(place, row_title(row))


def style_at(place: int, title: str) -> CurveStyle:
    """The look of the n-th curve; colour, line and marker all differ."""
    return CurveStyle(
        title,
        CURVE_COLORS[place % len(CURVE_COLORS)],
        _LINES[place % len(_LINES)],
        CURVE_SYMBOLS[place % len(CURVE_SYMBOLS)],
    )


def titles(rows: Iterable[RunRow]) -> str:
    """Names of rows in one line."""
    return ", ".join(row_title(row) for row in rows)
