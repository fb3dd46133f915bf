"""Names, notes, pins, baseline and columns of the Compare tab; its table as a file; the trash."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtGui import QPixmap
from PyQt5.QtWidgets import QApplication, QFileDialog, QInputDialog, QMessageBox

from app.settings import Settings
from trainer.compare.takeaway import kept_for_player
from trainer.errors import MienError
from trainer.files import write_text
from ui.comparison_page import ComparisonPage
from ui.comparison_tab import ComparisonTab
from ui.tables.run_row import RunRow, row_title

log = logging.getLogger(__name__)


class MarksController(QObject):
    """What the user writes about models, and what leaves the tab as text or picture.

    Signals:
        changed: Read the list again.
        status_changed: A line for the status bar.
    """

    changed = pyqtSignal()
    status_changed = pyqtSignal(str)

    def __init__(self, tab: ComparisonTab, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._tab = tab
        self._settings = settings
        self.question: QMessageBox | None = None
        self.input: QInputDialog | None = None
        panel, menu = tab.runs_panel, tab.runs_panel.menu
        if settings.compare_columns:
            panel.columns.show_columns(settings.compare_columns)
        panel.run_model.set_baseline(settings.compare_baseline)
        panel.columns.changed.connect(self._on_columns_changed)
        panel.delete_requested.connect(self._on_delete_requested)
        menu.pin_requested.connect(lambda rows, on: self.mark(rows, pinned=on))
        menu.hide_requested.connect(lambda rows, on: self.mark(rows, hidden=on))
        menu.baseline_requested.connect(self.set_baseline)
        menu.rename_requested.connect(self._on_rename_requested)
        menu.note_requested.connect(self._on_note_requested)
        menu.csv_requested.connect(self._on_csv_requested)
        menu.copy_requested.connect(self.copy_table)

    def shutdown(self) -> None:
        """Close what still asks."""
        for dialog in (self.question, self.input):
            if dialog is not None:
                dialog.done(0)

    def connect_page(self, page: ComparisonPage) -> None:
        """Save the pictures and tables of a page when it asks."""
        page.picture_requested.connect(self._on_picture_requested)
        page.table_requested.connect(self._on_table_requested)

    def _fail(self, sentence: str) -> None:
        self._tab.banner.show_message(sentence, "error")

    # -- marks ---------------------------------------------------------------------------------

    def mark(self, rows: list[RunRow], **changes: object) -> None:
        """Write marks (``title``, ``note``, ``pinned``, ``hidden``) of models."""
        for row in rows:
            if row.candidate is None:
                continue
            try:
                row.candidate.with_marks(**changes)
            except MienError as error:
                self._fail(str(error))
                break
        self.changed.emit()

    def set_baseline(self, key: str) -> None:
        """Show differences to a model; "" shows none."""
        self._settings.compare_baseline = key
        self._tab.runs_panel.run_model.set_baseline(key)
        self._tab.runs_panel.columns.fit()

    def _on_columns_changed(self, keys: list[str]) -> None:
        self._settings.compare_columns = keys

    def _on_rename_requested(self, row: RunRow) -> None:
        self._ask(
            self.tr("Rename"),
            self.tr("Name of {name} in this table; its folder keeps its own.").format(
                name=row.name
            ),
            row_title(row),
            lambda text: self.mark([row], title="" if text == row.name else text.strip()),
        )

    def _on_note_requested(self, row: RunRow) -> None:
        self._ask(
            self.tr("Note"),
            self.tr("What do you want to remember about {name}?").format(name=row_title(row)),
            row.note,
            lambda text: self.mark([row], note=text.strip()),
        )

    def _ask(self, title: str, label: str, text: str, done: Callable[[str], None]) -> None:
        dialog = QInputDialog(self._tab)
        dialog.setInputMode(QInputDialog.TextInput)
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.setTextValue(text)
        dialog.setOkButtonText(self.tr("Save"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        dialog.resize(460, dialog.sizeHint().height())
        dialog.textValueSelected.connect(done)
        self.input = dialog
        dialog.open()

    # -- files ---------------------------------------------------------------------------------

    def _ask_path(self, name: str, kinds: str) -> Path | None:
        start = str(Path(self._settings.last_folder) / name)
        chosen, _ = QFileDialog.getSaveFileName(self._tab, self.tr("Save as"), start, kinds)
        if not chosen:
            return None
        self._settings.last_folder = str(Path(chosen).parent)
        return Path(chosen)

    def _on_csv_requested(self) -> None:
        path = self._ask_path("models.csv", self.tr("CSV files (*.csv)"))
        if path is not None:
            self.write_csv(path)

    def write_csv(self, path: Path) -> None:
        """Write all rows to ``path``."""
        self._write(path, self._tab.runs_panel.run_model.to_csv())

    def copy_table(self) -> None:
        """Put all rows on the clipboard, cells apart by tabs as spreadsheets take them."""
        text = self._tab.runs_panel.run_model.to_csv("\t")
        QApplication.clipboard().setText(text)
        self.status_changed.emit(self.tr("The table is on the clipboard."))

    def _on_table_requested(self, text: str, name: str) -> None:
        path = self._ask_path(f"{name}.csv", self.tr("CSV files (*.csv)"))
        if path is not None:
            self._write(path, text)

    def _on_picture_requested(self, picture: QPixmap, name: str) -> None:
        path = self._ask_path(f"{name}.png", self.tr("Pictures (*.png)"))
        if path is None:
            return
        if picture.save(str(path), "PNG"):
            self.status_changed.emit(self.tr("Written to {path}.").format(path=path))
        else:
            self._fail(self.tr("Cannot write {path}; choose another folder.").format(path=path))

    def _write(self, path: Path, text: str) -> None:
        try:
            write_text(path, text)
        except OSError as error:
            self._fail(
                self.tr("Cannot write {path}: {reason}.").format(
                    path=path, reason=error.strerror or error
                )
            )
            return
        self.status_changed.emit(self.tr("Written to {path}.").format(path=path))

    # -- the trash -----------------------------------------------------------------------------

    def _on_delete_requested(self, rows: list[RunRow]) -> None:
        box = QMessageBox(self._tab)
        box.setIcon(QMessageBox.Question)
        box.setWindowTitle(self.tr("Move to the trash"))
        box.setText(
            self.tr("Move {number} models to the trash?").format(number=len(rows))
            if len(rows) > 1
            else self.tr("Move {name} to the trash?").format(name=row_title(rows[0]))
        )
        delete = box.addButton(self.tr("Move to the trash"), QMessageBox.AcceptRole)
        delete.setObjectName("confirm_delete_button")
        cancel = box.addButton(self.tr("Cancel"), QMessageBox.RejectRole)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        delete.clicked.connect(lambda: self.delete(rows))
        self.question = box
        box.open()

    def delete(self, rows: list[RunRow]) -> None:
        """Move models to the trash; what cannot be moved is said."""
        from send2trash import send2trash  # 30 ms that no start needs

        for row in rows:
            if row.path is None or not row.can_delete:
                continue
            side = row.candidate.marks_path if row.candidate is not None else None
            try:
                send2trash(str(row.path))
                if side is not None and side.is_file():  # an imported model's marks lie beside it
                    send2trash(str(side))
                if row.kind == "imported":  # what was written for the Player can be made again
                    kept_for_player(row.path).unlink(missing_ok=True)
            except OSError as error:
                log.warning("cannot trash %s", row.path, exc_info=True)
                self._fail(
                    self.tr("{name} cannot be moved to the trash: {reason}.").format(
                        name=row_title(row), reason=error
                    )
                )
        self.changed.emit()
