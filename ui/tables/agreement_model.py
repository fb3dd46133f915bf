"""Table models of an agreement: by expression, seconds against seconds, and the disagreements."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from trainer.agreement.compare import Agreement, Disagreement
from ui.colors import expression_title
from ui.widgets.seek_bar import format_time


class CellsModel(QAbstractTableModel):
    """Texts in rows; the first column on the left, numbers on the right."""

    def __init__(self, left_columns: Sequence[int] = (0,), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = set(left_columns)
        self._titles: list[str] = []
        self._rows: list[list[str]] = []

    def set_cells(self, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show these."""
        self.beginResetModel()
        self._titles = list(titles)
        self._rows = [list(row) for row in rows]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._titles)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        if role == Qt.DisplayRole:
            return self._rows[index.row()][index.column()]
        if role == Qt.TextAlignmentRole:
            return self._side(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.DisplayRole
    ) -> object:
        if orientation == Qt.Horizontal and role == Qt.DisplayRole:
            return self._titles[section]
        if orientation == Qt.Horizontal and role == Qt.TextAlignmentRole:
            return self._side(section)
        return None

    def _side(self, column: int) -> int:
        return int((Qt.AlignLeft if column in self._left else Qt.AlignRight) | Qt.AlignVCenter)


class ClassAgreementModel(CellsModel):
    """One row an expression."""

    def show(self, found: Agreement | None) -> None:
        """Show an agreement, or nothing."""
        titles = [
            self.tr("Expression"),
            self.tr("Kappa"),
            self.tr("Coder, s"),
            self.tr("Model, s"),
            self.tr("Both, s"),
        ]
        rows = [
            [
                expression_title(entry.name),
                kappa_text(entry.kappa),
                f"{entry.coder_s:.1f}",
                f"{entry.model_s:.1f}",
                f"{entry.both_s:.1f}",
            ]
            for entry in (found.classes if found is not None else ())
        ]
        self.set_cells(titles, rows)


class ConfusionSecondsModel(CellsModel):
    """The coder's expressions in rows, the model's in columns, seconds in the cells."""

    def show(self, found: Agreement | None) -> None:
        """Show an agreement, or nothing."""
        names = [entry.name for entry in found.classes] if found is not None else []
        rows = []
        if found is not None:
            for row in names:
                cells = [found.seconds_of(row, column) for column in names]
                rows.append([expression_title(row), *(f"{s:.1f}" if s else "·" for s in cells)])
        self.set_cells([self.tr("Coder \\ model"), *map(expression_title, names)], rows)


class DisagreementModel(CellsModel):
    """One row a stretch in which coder and model differ."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((0, 2, 3), parent)
        self._items: list[Disagreement] = []

    def show(self, items: Sequence[Disagreement]) -> None:
        """Show these."""
        self._items = list(items)
        titles = [self.tr("From"), self.tr("Length"), self.tr("Coder"), self.tr("Model")]
        rows = [
            [
                format_time(item.start_ms, tenths=True),
                f"{(item.end_ms - item.start_ms) / 1000:.2f} s",
                expression_title(item.coder),
                expression_title(item.model),
            ]
            for item in items
        ]
        self.set_cells(titles, rows)

    def item(self, row: int) -> Disagreement:
        """The stretch of a row."""
        return self._items[row]


def kappa_text(kappa: float | None) -> str:
    """Two digits behind the point; a dash where kappa is not defined."""
    return "–" if kappa is None else f"{kappa:.2f}"
