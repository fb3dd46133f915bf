"""Who is in the video: names, faces, merging, leaving out; every wish is a signal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QItemSelectionModel, QPoint, Qt, pyqtSignal
from PyQt5.QtWidgets import QLabel, QMenu, QToolButton, QWidget

from ui.loader import load_ui
from ui.tables.people_model import PeopleModel, PersonRow, Picture
from ui.widgets.people_list import PeopleList

_MOST_OFFERED = 20


class PeoplePanel(QWidget):
    """The list of people with its buttons.

    Signals:
        chosen: (number) Show this person's curves and face.
        first_requested: (number) Go to where the person is seen first.
        renamed: (number, name) An empty name takes it away.
        merged: (numbers) These are one person; the first one keeps its number.
        deleted: (number, yes) Leave the person out, or take it back in.
        undo_requested: Take the last change back.
    """

    chosen = pyqtSignal(int)
    first_requested = pyqtSignal(int)
    renamed = pyqtSignal(int, str)
    merged = pyqtSignal(list)
    deleted = pyqtSignal(int, bool)
    undo_requested = pyqtSignal()

    empty_label: QLabel
    people_list: PeopleList
    rename_button: QToolButton
    merge_button: QToolButton
    delete_button: QToolButton
    undo_button: QToolButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("people_panel", self)
        self.model = PeopleModel(self)
        self.model.renamed.connect(self.renamed)
        self.people_list.setModel(self.model)
        self._merge_menu = QMenu(self)
        self._merge_menu.aboutToShow.connect(self._fill_merge_menu)
        self.merge_button.setMenu(self._merge_menu)
        self.people_list.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())
        self.people_list.clicked.connect(lambda index: self._choose(index.row()))
        self.people_list.opened.connect(self._on_opened)
        self.people_list.removal_requested.connect(self.toggle_deleted)
        self.people_list.customContextMenuRequested.connect(self._show_menu)
        self.people_list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.rename_button.clicked.connect(lambda _on: self.edit_name())
        self.delete_button.clicked.connect(lambda _on: self.toggle_deleted())
        self.undo_button.clicked.connect(lambda _on: self.undo_requested.emit())
        self.show_people((), ())
        self.set_can_undo(False)

    # --- what the controller shows ---------------------------------------------------------

    def show_people(self, rows: Sequence[PersonRow], class_names: Sequence[str]) -> None:
        """Show these people."""
        self.model.set_people(rows, class_names)
        self.empty_label.setVisible(not rows)
        self.people_list.setVisible(bool(rows))
        self._show_buttons()

    def set_pictures(self, picture_of: Callable[[int], Picture | None]) -> None:
        """Take the faces from here: a number gives uint8 (h, w, 4), BGRA, or None."""
        self.model.picture_of = picture_of

    def set_chosen(self, number: int) -> None:
        """Select the person whose face is followed; 0 leaves the selection."""
        place = self.model.place_of(number)
        if place < 0 or number in self.selected_numbers():
            return
        index = self.model.index(place)
        selection = self.people_list.selectionModel()
        blocked = selection.blockSignals(True)
        selection.setCurrentIndex(index, QItemSelectionModel.ClearAndSelect)
        selection.blockSignals(blocked)
        self.people_list.scrollTo(index)
        self.people_list.viewport().update()
        self._show_buttons()

    def set_can_undo(self, can_undo: bool) -> None:
        """Whether there is a change to take back."""
        self.undo_button.setEnabled(can_undo)

    # --- the user --------------------------------------------------------------------------

    def selected(self) -> list[PersonRow]:
        """Return the selected people in the order of the list."""
        rows = sorted(index.row() for index in self.people_list.selectedIndexes())
        return [self.model.person(row) for row in rows]

    def selected_numbers(self) -> list[int]:
        """Return their numbers."""
        return [row.number for row in self.selected()]

    def edit_name(self) -> None:
        """Type another name for the selected person."""
        indexes = self.people_list.selectedIndexes()
        if len(indexes) == 1:
            self.people_list.edit(indexes[0])

    def toggle_deleted(self) -> None:
        """Leave the selected people out, or take them back in when all are out."""
        rows = self.selected()
        out = not all(row.deleted for row in rows)
        for row in rows:
            if row.deleted != out:
                self.deleted.emit(row.number, out)

    def merge_choices(self) -> list[tuple[str, list[int]]]:
        """Return what the merge menu offers: texts and numbers, the first one stays."""
        rows = self.selected()
        if len(rows) > 1:
            names = ", ".join(row.name for row in rows)
            return [(self.tr("One person: {names}").format(names=names), [r.number for r in rows])]
        if not rows:
            return []
        others = [self.model.person(place) for place in range(self.model.rowCount())]
        return [
            (
                self.tr("Same person as {name}").format(name=other.name),
                [other.number, rows[0].number],
            )
            for other in others
            if other.number != rows[0].number and not other.deleted
        ][:_MOST_OFFERED]

    def _fill_merge_menu(self) -> None:
        self._merge_menu.clear()
        for text, numbers in self.merge_choices():
            action = self._merge_menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(lambda _on, chosen=numbers: self.merged.emit(chosen))

    def _show_menu(self, place: QPoint) -> None:
        rows = self.selected()
        if not rows:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WA_DeleteOnClose)
        first = menu.addAction(self.tr("Go to where the person is seen first (Return)"))
        first.triggered.connect(lambda _on: self.first_requested.emit(rows[0].number))
        menu.addAction(self.rename_button.text()).triggered.connect(lambda _on: self.edit_name())
        for text, numbers in self.merge_choices():
            action = menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(lambda _on, chosen=numbers: self.merged.emit(chosen))
        delete = menu.addAction(self.delete_button.text())
        delete.triggered.connect(lambda _on: self.toggle_deleted())
        menu.popup(self.people_list.viewport().mapToGlobal(place))

    def _choose(self, row: int) -> None:
        self.chosen.emit(self.model.person(row).number)

    def _on_current_changed(self) -> None:
        index = self.people_list.currentIndex()
        if index.isValid() and self.people_list.hasFocus():
            self._choose(index.row())

    def _on_opened(self, row: int) -> None:
        self.first_requested.emit(self.model.person(row).number)

    def _show_buttons(self) -> None:
        rows = self.selected()
        self.rename_button.setEnabled(len(rows) == 1)
        self.merge_button.setEnabled(bool(rows) and self.model.rowCount() > 1)
        self.delete_button.setEnabled(bool(rows))
        restores = bool(rows) and all(row.deleted for row in rows)
        self.delete_button.setText(self.tr("Bring back") if restores else self.tr("Delete"))
