"""The people of a video as a list, one row each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, pyqtSignal
from PyQt5.QtGui import QColor

from ui.colors import expression_color, expression_title
from ui.widgets.seek_bar import format_time

ROW_ROLE = Qt.UserRole
PICTURE_ROLE = Qt.UserRole + 1
LABEL_ROLE = Qt.UserRole + 2
COLOR_ROLE = Qt.UserRole + 3

Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class PersonRow:
    """A person as the list of people shows one.

    Attributes:
        number: Names the person.
        name: Given by the user, or ``P1``.
        seen_ms: Time on the screen.
        share: Of the analysed time, 0..1.
        first_ms: When the person is seen first.
        tracks: How many tracks were put together.
        label: Index of the class shown longest; -1 for unsure.
        deleted: Whether the user left the person out.
    """

    number: int
    name: str
    seen_ms: float
    share: float
    first_ms: float
    tracks: int
    label: int
    deleted: bool


class PeopleModel(QAbstractListModel):
    """Rows of :class:`PersonRow`; a name can be edited in place.

    Signals:
        renamed: (number, name) The user typed another name.
    """

    renamed = pyqtSignal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PersonRow, ...] = ()
        self._class_names: Sequence[str] = ()
        self.picture_of: Callable[[int], Picture | None] = lambda _number: None

    def set_people(self, rows: Sequence[PersonRow], class_names: Sequence[str]) -> None:
        """Show these people; selection and editing survive where they stay the same ones."""
        rows, old = tuple(rows), self._rows
        if rows == old and class_names == self._class_names:
            return
        same = [row.number for row in rows] == [row.number for row in old]
        if same:
            self._rows, self._class_names = rows, class_names
            self.dataChanged.emit(self.index(0), self.index(max(0, len(rows) - 1)))
            return
        kept = [(index, old[index.row()].number) for index in self.persistentIndexList()]
        self.layoutAboutToBeChanged.emit()
        self._rows, self._class_names = rows, class_names
        places = {row.number: place for place, row in enumerate(rows)}
        for index, number in kept:
            place = places.get(number)
            self.changePersistentIndex(index, QModelIndex() if place is None else self.index(place))
        self.layoutChanged.emit()

    def refresh_pictures(self) -> None:
        """Draw the faces anew."""
        if self._rows:
            first, last = self.index(0), self.index(len(self._rows) - 1)
            self.dataChanged.emit(first, last, [PICTURE_ROLE])

    def person(self, row: int) -> PersonRow:
        """Return the person of a row."""
        return self._rows[row]

    def place_of(self, number: int) -> int:
        """Return the row of a person; -1 when there is none."""
        return next((p for p, row in enumerate(self._rows) if row.number == number), -1)

    def label_title(self, row: PersonRow) -> str:
        """Return what the person shows most, translated."""
        return expression_title(self._label(row))

    def _label(self, row: PersonRow) -> str:
        return self._class_names[row.label] if 0 <= row.label < len(self._class_names) else "unsure"

    # --- Qt --------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: QModelIndex) -> Qt.ItemFlags:
        return super().flags(index) | Qt.ItemIsEditable

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.DisplayRole, Qt.EditRole):
            return row.name
        if role == ROW_ROLE:
            return row
        if role == PICTURE_ROLE:
            return self.picture_of(row.number)
        if role == LABEL_ROLE:
            return self.label_title(row)
        if role == COLOR_ROLE:
            return QColor(expression_color(self._label(row)))
        if role in (Qt.ToolTipRole, Qt.AccessibleDescriptionRole):
            return self._tip(row)
        return None

    def setData(self, index: QModelIndex, value: object, role: int = Qt.EditRole) -> bool:
        if role != Qt.EditRole or not index.isValid():
            return False
        row = self._rows[index.row()]
        if str(value).strip() != row.name:
            self.renamed.emit(row.number, str(value).strip())
        return True

    def _tip(self, row: PersonRow) -> str:
        text = self.tr(
            "{name}: seen for {time} ({share:.0f} % of what was analysed), mostly {label}"
        )
        text = text.format(
            name=row.name,
            time=format_time(row.seen_ms, tenths=True),
            share=100 * row.share,
            label=self.label_title(row),
        )
        if row.tracks > 1:
            text += "\n" + self.tr("put together of {count} pieces").format(count=row.tracks)
        if row.deleted:
            text += "\n" + self.tr("left out")
        return text
