"""What can be done with the models chosen in the Compare tab."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QAction, QMenu, QWidget

from ui.tables.run_row import RunRow


class ModelMenu(QMenu):
    """A menu that fits the rows it was set for.

    Attributes:
        delete_action: Whoever shows the menu handles it.

    Signals:
        pin_requested, hide_requested: (rows, on)
        baseline_requested: Key of the row to compare others with; "" for none.
        rename_requested, note_requested, onnx_requested, card_requested: With a row.
        csv_requested, copy_requested: The whole table.
    """

    pin_requested = pyqtSignal(list, bool)
    hide_requested = pyqtSignal(list, bool)
    baseline_requested = pyqtSignal(str)
    rename_requested = pyqtSignal(object)
    note_requested = pyqtSignal(object)
    onnx_requested = pyqtSignal(object)
    card_requested = pyqtSignal(object)
    csv_requested = pyqtSignal()
    copy_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[RunRow] = []
        self._current: RunRow | None = None
        self._baseline = ""
        self._actions: dict[str, QAction] = {}
        self._add("pin", self.tr("&Pin to the top"), self._on_pin)
        self._add("baseline", self.tr("Use as &baseline"), self._on_baseline)
        self._add("hide", self.tr("&Hide"), self._on_hide)
        self.addSeparator()
        self._add("rename", self.tr("&Rename…"), lambda: self._emit("rename_requested"))
        self._add("note", self.tr("&Note…"), lambda: self._emit("note_requested"))
        self.addSeparator()
        self._add("onnx", self.tr("Export as &ONNX…"), lambda: self._emit("onnx_requested"))
        self._add("card", self.tr("Write a model &card…"), lambda: self._emit("card_requested"))
        self.addSeparator()
        self._add("csv", self.tr("&Export the table as CSV…"), self.csv_requested.emit)
        self._add("copy", self.tr("Cop&y the table"), self.copy_requested.emit)
        self.addSeparator()
        self.delete_action = self.addAction(self.tr("Move to the &trash…"))

    def _add(self, name: str, text: str, slot: object) -> None:
        action = self.addAction(text)
        action.triggered.connect(lambda _checked: slot())  # type: ignore[operator]
        self._actions[name] = action

    def set_rows(self, rows: Sequence[RunRow], current: RunRow | None, baseline: str) -> None:
        """Offer what these rows can be given."""
        self._rows, self._current, self._baseline = list(rows), current, baseline
        editable = [row for row in rows if row.can_edit]
        pinned = bool(editable) and all(row.pinned for row in editable)
        hidden = bool(editable) and all(row.hidden for row in editable)
        is_baseline = current is not None and current.key == baseline
        set_text, enable = self._set_text, self._enable
        set_text("pin", self.tr("Un&pin") if pinned else self.tr("&Pin to the top"))
        set_text("hide", self.tr("S&how again") if hidden else self.tr("&Hide"))
        set_text(
            "baseline",
            self.tr("No &baseline any more") if is_baseline else self.tr("Use as &baseline"),
        )
        enable("pin", bool(editable))
        enable("hide", bool(editable))
        enable("baseline", current is not None)
        for name in ("rename", "note"):
            enable(name, current is not None and current.can_edit)
        for name in ("onnx", "card"):
            enable(name, current is not None and current.is_model)
        self.delete_action.setEnabled(any(row.can_delete for row in rows))

    def trigger(self, name: str) -> None:
        """Do what an entry does, if it is offered."""
        if self._actions[name].isEnabled():
            self._actions[name].trigger()

    def _set_text(self, name: str, text: str) -> None:
        self._actions[name].setText(text)

    def _enable(self, name: str, on: bool) -> None:
        self._actions[name].setEnabled(on)

    def _emit(self, signal: str) -> None:
        if self._current is not None:
            getattr(self, signal).emit(self._current)

    def _on_pin(self) -> None:
        rows = [row for row in self._rows if row.can_edit]
        self.pin_requested.emit(rows, not all(row.pinned for row in rows))

    def _on_hide(self) -> None:
        rows = [row for row in self._rows if row.can_edit]
        self.hide_requested.emit(rows, not all(row.hidden for row in rows))

    def _on_baseline(self) -> None:
        if self._current is not None:
            same = self._current.key == self._baseline
            self.baseline_requested.emit("" if same else self._current.key)
