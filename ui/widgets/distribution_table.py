"""Distributions of a few groups in numbers: what :class:`ui.widgets.histogram.Histogram` draws."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QSize, Qt
from PyQt5.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

_ROWS = 8


class DistributionTable(QTableWidget):
    """A row for each range of values, a column for each group, shares in the cells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectRows)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(24)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeToContents)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(66)
        header.setDefaultAlignment(Qt.AlignRight | Qt.AlignVCenter)

    def sizeHint(self) -> QSize:
        return QSize(320, 120)  # as the drawing that it stands for

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 110)

    def set_groups(
        self, names: Sequence[str], counts: npt.NDArray[np.int64], limits: tuple[float, float]
    ) -> None:
        """Show groups; those without any value are left out.

        Args:
            names: One for each group.
            counts: int64 (groups, bins), over equal bins between the limits.
            limits: Smallest and largest value of the scale.
        """
        filled = [index for index in range(len(names)) if counts[index].sum()]
        self.setColumnCount(1 + len(filled))
        self.setHorizontalHeaderLabels([self.tr("Grey levels"), *(names[i] for i in filled)])
        sums = [part.sum(axis=1) for part in np.array_split(counts, _ROWS, axis=1)]
        self.setRowCount(len(sums))
        low, high = limits
        edges = np.linspace(low, high, len(sums) + 1)
        totals = counts.sum(axis=1)
        for row, part in enumerate(sums):
            self._set(row, 0, f"{edges[row]:.0f}\u2013{edges[row + 1]:.0f}")
            for column, group in enumerate(filled, start=1):
                self._set(row, column, _share(int(part[group]), int(totals[group])))

    def _set(self, row: int, column: int, text: str) -> None:
        item = QTableWidgetItem(text)
        item.setTextAlignment(int(Qt.AlignRight | Qt.AlignVCenter))
        self.setItem(row, column, item)


def _share(part: int, total: int) -> str:
    """Whole per cent; a few are not none."""
    if part and part < total / 100:
        return "< 1 %"
    return f"{round(100 * part / total)} %"
