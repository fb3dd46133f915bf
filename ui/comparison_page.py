"""What all pages of the Compare tab have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtGui import QPixmap, QShowEvent
from PyQt5.QtWidgets import QLabel, QMenu, QPushButton, QStackedWidget, QWidget

from ui.comparison_state import ComparisonState
from ui.loader import load_ui
from ui.tables.value_model import Cell, Format
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.value_table import ValueTable


class ComparisonPage(QWidget):
    """A picture of the chosen rows, the same as a table, or a sentence on what is missing.

    A page is drawn when it is shown, not when it changes behind another one.

    Signals:
        picture_requested: (picture, suggested name) Save it.
        table_requested: (text as CSV, suggested name) Save it.
    """

    form: ClassVar[str] = ""
    """Name of the page's .ui file."""

    picture_requested = pyqtSignal(QPixmap, str)
    table_requested = pyqtSignal(str, str)

    caption_label: ElidedLabel
    table_button: QPushButton
    save_button: QPushButton
    stack: QStackedWidget
    empty_label: QLabel
    content: QWidget
    table: ValueTable

    def __init__(self, state: ComparisonState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self.form, self)
        self.state = state
        self._dirty = True
        self.is_empty = True
        menu = QMenu(self.save_button)
        menu.addAction(self.tr("&Copy the table"), self.table.copy)
        menu.addAction(self.tr("Save the &table as CSV…"), self._on_save_table)
        menu.addAction(self.tr("Save the &picture as PNG…"), self._on_save_picture)
        self.save_button.setMenu(menu)
        self.table.setAccessibleName(self.tr("Values of the picture"))
        self.table_button.toggled.connect(lambda _on: self._show_right())
        self.show_empty("")
        state.selection_changed.connect(self.mark_dirty)
        state.results_changed.connect(self.mark_dirty)

    # -- for subclasses ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Draw the chosen rows; subclasses do."""
        raise NotImplementedError

    def show_empty(self, text: str) -> None:
        """Say what is missing."""
        self.is_empty = True
        self.empty_label.setText(text)
        self._show_right()

    def show_content(self, caption: str = "") -> None:
        """Show the picture or the table, with a sentence above."""
        self.is_empty = False
        self.caption_label.setText(caption)
        self._show_right()

    def set_table(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        formats: Sequence[Format] | Format | None = None,
    ) -> None:
        """Set the values behind the picture."""
        self.table.set_table(headers, rows, formats)

    def need_scores(self, models: int = 1) -> str:
        """Return what is missing before scores can be drawn; "" when nothing is."""
        chosen = self.state.models()
        if len(chosen) < models:
            if models == 1:
                return self.tr("Choose a model in the table above.")
            return self.tr("Choose two models in the table above (hold Ctrl for the second).")
        if len(self.state.scored()) < models:
            return self.tr("Press Score above: this picture needs the models' answers.")
        return ""

    # -- inside --------------------------------------------------------------------------------

    def mark_dirty(self) -> None:
        """Draw again as soon as the page can be seen."""
        self._dirty = True
        if self.isVisible():
            self._refresh_now()

    def _refresh_now(self) -> None:
        self._dirty = False
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._dirty:
            self._refresh_now()

    def _show_right(self) -> None:
        if self.is_empty:
            shown: QWidget = self.empty_label
            self.caption_label.setText("")
        else:
            shown = self.table if self.table_button.isChecked() else self.content
        self.stack.setCurrentWidget(shown)
        self.table_button.setEnabled(not self.is_empty)
        self.save_button.setEnabled(not self.is_empty)

    def _on_save_table(self) -> None:
        self.table_requested.emit(self.table.values.to_text(), self.form.split("_")[1])

    def _on_save_picture(self) -> None:
        self.stack.setCurrentWidget(self.content)
        picture = self.content.grab()
        self._show_right()
        self.picture_requested.emit(picture, self.form.split("_")[1])


def share(value: float) -> str:
    """A fraction as per cent, for tables."""
    return f"{100 * value:.1f} %"


def three(value: float) -> str:
    """Three digits after the point, for tables."""
    return f"{value:.3f}"


def whole(value: float) -> str:
    """A whole number, for tables."""
    return f"{value:.0f}"


