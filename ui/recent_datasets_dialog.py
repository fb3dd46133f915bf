"""Data sets that were opened before: open again, rename, forget."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QInputDialog,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from trainer.data.library import DatasetEntry, Library
from ui.formats import count, dataset_title
from ui.open_dataset_dialog import kind_title


class RecentDatasetsDialog(QDialog):
    """A table of remembered data sets.

    Signals:
        open_requested: Path of the data set to open.
    """

    open_requested = pyqtSignal(Path)

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Recent data sets"))
        self.setWindowFlag(Qt.WindowContextHelpButtonHint, False)
        self.resize(760, 380)
        self._library = library
        self._entries: tuple[DatasetEntry, ...] = ()
        self.empty_label = QLabel(self.tr("No data set was opened yet."))
        self.empty_label.setAlignment(Qt.AlignCenter)
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(self.tr("Recent data sets"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("Name"), self.tr("Kind"), self.tr("Images"), self.tr("Opened")]
        )
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.Stretch)
        self.table.itemSelectionChanged.connect(self._on_selection_changed)
        self.table.doubleClicked.connect(lambda _index: self._on_open_clicked())
        self.path_label = QLabel()
        self.path_label.setProperty("muted", True)
        self.path_label.setWordWrap(True)
        self.open_button = QPushButton(self.tr("Open"))
        self.open_button.setProperty("primary", True)
        self.open_button.setDefault(True)
        self.rename_button = QPushButton(self.tr("Rename…"))
        self.forget_button = QPushButton(self.tr("Forget"))
        self.forget_button.setToolTip(
            self.tr("Take it from this list; the data set itself stays where it is")
        )
        close_button = QPushButton(self.tr("Close"))
        buttons = QDialogButtonBox()
        buttons.addButton(self.rename_button, QDialogButtonBox.ActionRole)
        buttons.addButton(self.forget_button, QDialogButtonBox.ActionRole)
        buttons.addButton(self.open_button, QDialogButtonBox.ActionRole)
        buttons.addButton(close_button, QDialogButtonBox.RejectRole)
        buttons.rejected.connect(self.reject)
        self.open_button.clicked.connect(self._on_open_clicked)
        self.rename_button.clicked.connect(self._on_rename_clicked)
        self.forget_button.clicked.connect(self._on_forget_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        for widget in (self.empty_label, self.table, self.path_label, buttons):
            layout.addWidget(widget)
        self._refresh()

    def _refresh(self, row: int = 0) -> None:
        self._entries = self._library.entries
        self.table.setRowCount(len(self._entries))
        for place, entry in enumerate(self._entries):
            total = sum(sum(row.values()) for row in entry.counts.values())
            texts = (dataset_title(entry.name), kind_title(entry.kind), count(total))
            for column, text in enumerate((*texts, _when(entry.opened))):
                item = QTableWidgetItem(text)
                side = Qt.AlignRight if column == 2 else Qt.AlignLeft
                item.setTextAlignment(int(side | Qt.AlignVCenter))
                if not os.path.exists(entry.path):
                    item.setForeground(self.palette().placeholderText())
                self.table.setItem(place, column, item)
        self.table.setVisible(bool(self._entries))
        self.empty_label.setVisible(not self._entries)
        if self._entries:
            self.table.selectRow(min(row, len(self._entries) - 1))
        self._on_selection_changed()

    def _chosen(self) -> DatasetEntry | None:
        row = self.table.currentRow()
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def _on_selection_changed(self) -> None:
        entry = self._chosen()
        there = entry is not None and os.path.exists(entry.path)
        self.open_button.setEnabled(there)
        self.rename_button.setEnabled(entry is not None)
        self.forget_button.setEnabled(entry is not None)
        if entry is None:
            self.path_label.clear()
        elif there:
            self.path_label.setText(str(entry.path))
        else:
            self.path_label.setText(
                self.tr("{path} is not there any more; put it back, or forget it.").format(
                    path=entry.path
                )
            )

    def _on_open_clicked(self) -> None:
        entry = self._chosen()
        if entry is not None and os.path.exists(entry.path):
            self.accept()
            self.open_requested.emit(entry.path)

    def _on_rename_clicked(self) -> None:
        entry = self._chosen()
        if entry is None:
            return
        name, agreed = QInputDialog.getText(
            self, self.tr("Rename"), self.tr("Name of the data set"), text=entry.name
        )
        if agreed:
            self.rename(name)

    def rename(self, name: str) -> None:
        """Give the chosen data set another name."""
        entry = self._chosen()
        if entry is not None:
            self._library.rename(entry.name, name)
            self._refresh(self.table.currentRow())

    def _on_forget_clicked(self) -> None:
        entry = self._chosen()
        if entry is not None:
            row = self.table.currentRow()
            self._library.forget(entry.name)
            self._refresh(row)


def _when(opened: str) -> str:
    try:
        return datetime.fromisoformat(opened).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return "–"
