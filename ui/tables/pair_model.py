"""List model of images that repeat one another, two by two."""

from __future__ import annotations

import enum

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PyQt5.QtGui import QImage

from ui.check_texts import sample_line
from ui.dataset_checks import CheckedData
from ui.tables.sample_model import grey_image

Ints = npt.NDArray[np.int64]


class PairOrder(enum.Enum):
    """How pairs are sorted."""

    ALIKE_FIRST = "alike"
    ALIKE_LAST = "unlike"
    FILE = "file"


class PairFilter(enum.Enum):
    """Which pairs are shown."""

    ALL = "all"
    ACROSS = "across"
    CONFLICT = "conflict"


class PairModel(QAbstractListModel):
    """Rows are indices into ``findings.pairs``: filtering and sorting cost a few milliseconds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.data_shown: CheckedData | None = None
        self._rows: Ints = np.zeros(0, np.int64)
        self._conflicts = np.zeros(0, np.bool_)

    def show_pairs(
        self,
        data: CheckedData | None,
        rows: Ints,
        order: PairOrder = PairOrder.ALIKE_FIRST,
        chosen: PairFilter = PairFilter.ALL,
        *,
        settled: bool = False,
    ) -> None:
        """Show pairs.

        Args:
            data: What they belong to.
            rows: int64 (M,), rows of ``findings.pairs``.
            order: How to sort.
            chosen: Which of them to show.
            settled: Show those too of which an image is excluded.
        """
        self.beginResetModel()
        self.data_shown = data
        self._rows = rows
        if data is not None and data.result is not None:
            found = data.result.findings
            self._conflicts = data.conflicts()
            if chosen is PairFilter.ACROSS:
                rows = rows[found.pair_across[rows]]
            elif chosen is PairFilter.CONFLICT:
                rows = rows[self._conflicts[rows]]
            if not settled:
                rows = rows[~data.settled_pairs(rows)]
            first = found.pairs[rows, 0]
            if order is PairOrder.FILE:
                rows = rows[np.lexsort((found.pairs[rows, 1], first))]
            else:
                sign = 1 if order is PairOrder.ALIKE_FIRST else -1
                rows = rows[np.lexsort((first, sign * found.pair_distance[rows]))]
            self._rows = rows
        self.endResetModel()

    def pair(self, index: QModelIndex) -> tuple[int, int]:
        """The two images of a row, as indices into the samples."""
        assert self.data_shown is not None
        assert self.data_shown.result is not None
        first, second = self.data_shown.result.findings.pairs[self._rows[index.row()]]
        return int(first), int(second)

    def rows(self) -> Ints:
        """The rows of ``findings.pairs`` shown, in the order shown."""
        return self._rows

    def row_of(self, first: int, second: int) -> int:
        """The row that shows a pair, or -1."""
        if self.data_shown is None or self.data_shown.result is None or not len(self._rows):
            return -1
        pairs = self.data_shown.result.findings.pairs[self._rows]
        places = np.flatnonzero((pairs[:, 0] == first) & (pairs[:, 1] == second))
        return int(places[0]) if len(places) else -1

    def images(self) -> Ints:
        """All images of the pairs shown, each once, in the order shown."""
        if self.data_shown is None or self.data_shown.result is None:
            return np.zeros(0, np.int64)
        both = self.data_shown.result.findings.pairs[self._rows].ravel()
        _, place = np.unique(both, return_index=True)
        return both[np.sort(place)]

    def distance(self, index: QModelIndex) -> float:
        """0 for identical pixels, about 1 for unrelated pictures."""
        assert self.data_shown is not None
        assert self.data_shown.result is not None
        return float(self.data_shown.result.findings.pair_distance[self._rows[index.row()]])

    def is_conflict(self, index: QModelIndex) -> bool:
        """Whether the two carry different labels now."""
        return bool(self._conflicts[self._rows[index.row()]])

    def is_across(self, index: QModelIndex) -> bool:
        """Whether the two stand in different splits."""
        assert self.data_shown is not None
        assert self.data_shown.result is not None
        return bool(self.data_shown.result.findings.pair_across[self._rows[index.row()]])

    def picture(self, sample: int) -> QImage:
        """Grey image of a sample; shares the array's memory."""
        assert self.data_shown is not None
        return grey_image(self.data_shown.samples.images[sample])

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        if not index.isValid() or self.data_shown is None:
            return None
        if role in (Qt.ToolTipRole, Qt.AccessibleTextRole):
            parts = [sample_line(self.data_shown, sample) for sample in self.pair(index)]
            return "; ".join([*parts, *self.remarks(index)])
        return None

    def remarks(self, index: QModelIndex) -> list[str]:
        """What is notable about a pair, in words."""
        distance = self.distance(index)
        words = [
            self.tr("identical pixels")
            if distance == 0
            else self.tr("distance {distance:.3f}").format(distance=distance)
        ]
        if self.is_across(index):
            words.append(self.tr("different splits"))
        if self.is_conflict(index):
            words.append(self.tr("different labels"))
        return words
