"""The faces that were corrected in the Player: to look through, relabel, remove, take along."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from PyQt5.QtCore import QObject, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QCloseEvent, QKeySequence
from PyQt5.QtWidgets import (
    QDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QShortcut,
    QWidget,
)

from trainer.data.corrections import Corrections
from trainer.labels import EXPRESSIONS
from ui.colors import expression_title
from ui.loader import load_ui
from ui.tables.sample_model import SampleModel
from ui.tables.samples import Samples
from ui.widgets.image_grid import ImageGrid
from ui.widgets.seek_bar import format_time

_THUMBNAIL = 84


class CorrectionModel(SampleModel):
    """Rows are corrections."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.corrections = Corrections()

    def set_corrections(self, corrections: Corrections) -> None:
        """Show these."""
        self.corrections = corrections
        count = len(corrections)
        self.set_samples(
            Samples(
                images=np.ascontiguousarray(corrections.faces()[:, 0]),
                targets=corrections.targets(),
                splits=np.zeros(count, np.uint8),
                source_rows=np.arange(1, count + 1),
                class_names=EXPRESSIONS,
                name="",
                path=Path(),
            )
        )

    def text(self, sample: int) -> str:
        """A correction in words."""
        item = self.corrections.items[sample]
        before = expression_title(item.model_label) if item.model_label else "–"
        return self.tr("{label}, the model said {before}; {source} at {time}, {date}").format(
            label=expression_title(item.label),
            before=before,
            source=item.source,
            time=format_time(item.timestamp_ms, tenths=True),
            date=item.date[:10],
        )


class CorrectionsDialog(QDialog):
    """Shows the corrections; what is to be done is only said.

    Signals:
        relabel_requested: (keys, class name)
        remove_requested: (keys)
        undo_requested: Put back what was removed last.
        export_requested: Write a CSV somewhere.
        dataset_requested: Open them in the Dataset tab.
        improve_requested: Fit the model to them.
    """

    relabel_requested = pyqtSignal(object, str)
    remove_requested = pyqtSignal(object)
    undo_requested = pyqtSignal()
    export_requested = pyqtSignal()
    dataset_requested = pyqtSignal()
    improve_requested = pyqtSignal()

    summary_label: QLabel
    class_list: QListWidget
    grid: ImageGrid
    chosen_label: QLabel
    undo_button: QPushButton
    label_button: QPushButton
    delete_button: QPushButton
    problem_label: QLabel
    export_button: QPushButton
    dataset_button: QPushButton
    improve_button: QPushButton
    close_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("corrections_dialog", self)
        self.setWindowFlag(Qt.WindowContextHelpButtonHint, False)
        self.model = CorrectionModel(self)
        self.grid.setModel(self.model)
        self.grid.set_thumbnail(_THUMBNAIL)
        self.problem_label.hide()
        self.undo_button.hide()
        menu = QMenu(self)
        for number, name in enumerate(EXPRESSIONS):
            action = menu.addAction(f"{expression_title(name)}\t{number + 1}")
            action.triggered.connect(partial(self._relabel, name))
            key = QShortcut(QKeySequence(str(number + 1)), self)
            key.activated.connect(partial(self._relabel, name))
        self.label_button.setMenu(menu)
        QShortcut(QKeySequence(Qt.Key_Delete), self).activated.connect(self._remove)
        QShortcut(QKeySequence.Undo, self).activated.connect(self._undo)
        self.delete_button.clicked.connect(self._remove)
        self.undo_button.clicked.connect(self._undo)
        self.export_button.clicked.connect(self.export_requested)
        self.dataset_button.clicked.connect(self.dataset_requested)
        self.improve_button.clicked.connect(self.improve_requested)
        self.close_button.clicked.connect(self.close)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.class_list.currentRowChanged.connect(lambda _row: self._filter())
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.show_corrections(Corrections())

    def sizeHint(self) -> QSize:
        return QSize(820, 540)

    def show_corrections(self, corrections: Corrections) -> None:
        """Show what is kept now."""
        row = max(0, self.class_list.currentRow())
        self.model.set_corrections(corrections)
        counts = corrections.counts().tolist()
        self.class_list.blockSignals(True)
        self.class_list.clear()
        titles = [self.tr("All"), *map(expression_title, EXPRESSIONS)]
        for title, count in zip(titles, [len(corrections), *counts], strict=True):
            QListWidgetItem(f"{title}   {count}", self.class_list)
        self.class_list.setCurrentRow(row)
        self.class_list.blockSignals(False)
        self.summary_label.setText(self._summary(corrections))
        if corrections.problems:
            self.show_problem(
                self.tr(
                    "Damaged lines of the file that are left out but stay in it: {count}"
                ).format(count=len(corrections.problems))
            )
        for button in (self.export_button, self.dataset_button, self.improve_button):
            button.setEnabled(len(corrections) > 0)
        self._filter()

    def show_problem(self, sentence: str) -> None:
        """Say what went wrong."""
        self.problem_label.setText(sentence)
        self.problem_label.setVisible(bool(sentence))

    def show_removed(self, count: int) -> None:
        """Offer to put back what was removed; 0 offers nothing."""
        self.undo_button.setVisible(count > 0)

    def _summary(self, corrections: Corrections) -> str:
        if not len(corrections):
            return self.tr(
                "No corrections yet. Pause a video in the Player, click a face and press 1 to 7 to "
                "say what it shows."
            )
        videos = len({item.video for item in corrections.items})
        same = sum(item.label == item.model_label for item in corrections.items)
        return self.tr(
            "{count} faces from {videos} videos or photos; for {same} of them the model was right. "
            "They stay on this computer."
        ).format(count=len(corrections), videos=videos, same=same)

    def _filter(self) -> None:
        targets = self.model.targets
        row = self.class_list.currentRow()
        chosen = np.arange(len(targets)) if row <= 0 else np.flatnonzero(targets == row - 1)
        self.model.set_rows(chosen[::-1].astype(np.int64))  # the newest first
        self._show_chosen()

    def _keys(self) -> tuple[str, ...]:
        items = self.model.corrections.items
        return tuple(items[self.model.rows[row]].key for row in self.grid.selected_rows())

    def _show_chosen(self) -> None:
        rows = self.grid.selected_rows()
        if len(rows) == 1:
            text = self.model.text(int(self.model.rows[rows[0]]))
        elif len(rows):
            text = self.tr("{count} faces chosen").format(count=len(rows))
        else:
            text = (
                self.tr("Choose faces to relabel or delete them.") if len(self.model.rows) else ""
            )
        self.chosen_label.setText(text)
        for button in (self.label_button, self.delete_button):
            button.setEnabled(len(rows) > 0)

    def _relabel(self, name: str, _checked: bool = False) -> None:
        keys = self._keys()
        if keys:
            self.relabel_requested.emit(keys, name)

    def _remove(self) -> None:
        keys = self._keys()
        if keys:
            self.remove_requested.emit(keys)

    def _undo(self) -> None:
        if not self.undo_button.isHidden():
            self.undo_requested.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.show_removed(0)
        self.show_problem("")
        super().closeEvent(event)
