"""Table model of the images by class and split, with a total row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PyQt5.QtGui import QColor, QFont

from trainer.labels import SPLITS
from ui.colors import expression_color, expression_title, split_title
from ui.formats import count, percent

SHARE_ROLE = Qt.UserRole
"""Share of the training images relative to the largest class, 0..1 (float)."""
COLOR_ROLE = Qt.UserRole + 1
"""Colour of the class (QColor)."""


class ClassModel(QAbstractTableModel):
    """Columns: class, one a split, share of the training images (drawn as a bar)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: Sequence[str] = ()
        self._counts: npt.NDArray[np.int64] = np.zeros((0, len(SPLITS)), np.int64)

    def set_counts(self, names: Sequence[str], counts: npt.NDArray[np.int64]) -> None:
        """Show int64 (classes, 3) counts."""
        self.beginResetModel()
        self._names, self._counts = names, counts
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        if parent is not None and parent.isValid():
            return 0
        return len(self._names) + 1 if len(self._names) else 0

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(SPLITS) + 2

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        row, column = index.row(), index.column()
        is_total = row == len(self._names)
        train = self._counts[:, 0]
        if role == Qt.DisplayRole:
            return self._text(row, column, is_total)
        if role == Qt.FontRole and is_total:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.TextAlignmentRole and column > 0:
            return int(Qt.AlignRight | Qt.AlignVCenter)
        if role == SHARE_ROLE and not is_total:
            return float(train[row] / max(1, train.max()))
        if role == COLOR_ROLE and not is_total:
            return QColor(expression_color(self._names[row]))
        return None

    def _text(self, row: int, column: int, is_total: bool) -> str:
        if column == 0:
            return self.tr("All") if is_total else expression_title(self._names[row])
        if column <= len(SPLITS):
            values = self._counts[:, column - 1]
            return count(int(values.sum() if is_total else values[row]))
        if is_total:
            return ""
        return percent(float(self._counts[row, 0] / max(1, self._counts[:, 0].sum())))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.DisplayRole
    ) -> object:
        if orientation != Qt.Horizontal:
            return None
        if role == Qt.TextAlignmentRole:
            side = Qt.AlignLeft if section == 0 else Qt.AlignRight
            return int(side | Qt.AlignVCenter)
        if role != Qt.DisplayRole:
            return None
        if section == 0:
            return self.tr("Expression")
        return split_title(SPLITS[section - 1]) if section <= len(SPLITS) else self.tr("Share")
