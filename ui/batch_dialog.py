"""Many files: the list, the settings for all of them, start, pause and cancel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import Qt, QTimer, pyqtSignal
from PyQt5.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PyQt5.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QShortcut,
    QSpinBox,
    QStackedWidget,
    QTableView,
    QWidget,
)

from trainer.inference.queue_file import DONE, FAILED, RUNNING, WAITING, QueueItem
from ui.loader import load_ui
from ui.tables.batch_model import PROGRESS_COLUMN, RESULT_COLUMN, BatchModel
from ui.widgets.progress_delegate import ProgressDelegate
from ui.widgets.reflow import FlowLayout
from ui.widgets.scroll_dialog import make_scrollable

_REFRESH_MS = 50


@dataclass(frozen=True)
class BatchChoices:
    """What the window says should be done with every file.

    Attributes:
        weights: An ONNX network; the shipped one when None.
        formats: Keys of what is written besides the table.
        jobs: Files at once.
    """

    weights: Path | None
    formats: tuple[str, ...]
    jobs: int


class BatchDialog(QDialog):
    """Shows a queue; the controller runs it.

    Signals:
        paths_added: (list of Path) Files and folders to add.
        add_files_requested, add_folder_requested: Ask for them.
        remove_requested, again_requested: (list of Path) The chosen files.
        folder_requested: Choose the folder of the results.
        model_requested: Choose another model.
        start_requested, cancel_requested: Run the queue, or stop it.
        pause_requested: (paused) Rest, or go on.
        open_requested: (Path) Show this file in the Player.
        open_folder_requested: Show the folder of the results.
    """

    paths_added = pyqtSignal(list)
    add_files_requested = pyqtSignal()
    add_folder_requested = pyqtSignal()
    remove_requested = pyqtSignal(list)
    again_requested = pyqtSignal(list)
    folder_requested = pyqtSignal()
    model_requested = pyqtSignal()
    start_requested = pyqtSignal()
    cancel_requested = pyqtSignal()
    pause_requested = pyqtSignal(bool)
    open_requested = pyqtSignal(Path)
    open_folder_requested = pyqtSignal()

    add_files_button: QPushButton
    add_folder_button: QPushButton
    again_button: QPushButton
    remove_button: QPushButton
    clear_button: QPushButton
    pages: QStackedWidget
    empty_page: QWidget
    list_page: QWidget
    table: QTableView
    folder_edit: QLineEdit
    folder_button: QPushButton
    model_combo: QComboBox
    model_button: QPushButton
    formats_holder: QWidget
    jobs_spin: QSpinBox
    jobs_note_label: QLabel
    problem_label: QLabel
    state_label: QLabel
    start_button: QPushButton
    pause_button: QPushButton
    cancel_button: QPushButton
    open_button: QPushButton
    open_folder_button: QPushButton
    close_button: QPushButton

    def __init__(self, formats: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """Make the window.

        Args:
            formats: Key and translated title of what can be written besides the table.
            parent: The main window.
        """
        super().__init__(parent)
        load_ui("batch_dialog", self)
        self.setWindowFlag(Qt.WindowContextHelpButtonHint, False)
        self.setWindowFlag(Qt.WindowMaximizeButtonHint, True)
        self.setSizeGripEnabled(True)
        self._running = self._paused = self._ending = False
        self.model = BatchModel(self)
        self.checks: dict[str, QCheckBox] = {}
        self._add_formats(formats)
        self._set_up_table()
        self.problem_label.hide()
        self.jobs_note_label.setText(self.tr("files, each in a process of its own"))
        self._connect()
        make_scrollable(self, 940, 600)
        self._show()

    def _add_formats(self, formats: Sequence[tuple[str, str]]) -> None:
        row = FlowLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        self.formats_holder.setLayout(row)
        table = QCheckBox(self.tr("Table (CSV)"))
        table.setChecked(True)
        table.setEnabled(False)  # the others stand beside it, never without it
        row.addWidget(table)
        for key, title in formats:
            box = QCheckBox(title)
            row.addWidget(box)
            self.checks[key] = box

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setSelectionBehavior(QTableView.SelectRows)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setItemDelegateForColumn(PROGRESS_COLUMN, ProgressDelegate(table))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.Interactive)
        header.setSectionResizeMode(RESULT_COLUMN, QHeaderView.Stretch)
        for column, width in enumerate((210, 100, 120, 90)):
            header.resizeSection(column, width)

    def _connect(self) -> None:
        for button, signal in (
            (self.add_files_button, self.add_files_requested),
            (self.add_folder_button, self.add_folder_requested),
            (self.folder_button, self.folder_requested),
            (self.model_button, self.model_requested),
            (self.start_button, self.start_requested),
            (self.open_folder_button, self.open_folder_requested),
        ):
            button.clicked.connect(lambda _on, wanted=signal: wanted.emit())
        self.cancel_button.clicked.connect(lambda _on: self._cancel())
        self.pause_button.clicked.connect(lambda _on: self.pause_requested.emit(not self._paused))
        self.remove_button.clicked.connect(lambda _on: self._remove())
        self.again_button.clicked.connect(lambda _on: self._again())
        self.clear_button.clicked.connect(lambda _on: self._clear())
        self.open_button.clicked.connect(lambda _on: self._open())
        self.close_button.clicked.connect(lambda _on: self.close())
        self.table.doubleClicked.connect(lambda _index: self._open())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show())
        self.model.modelReset.connect(self._show)
        # Thousands of files may turn out to be done within a moment.
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self._show)
        self.model.dataChanged.connect(lambda *_: self._refresh_soon())
        delete = QShortcut(QKeySequence(Qt.Key_Delete), self.table)
        delete.setContext(Qt.WidgetShortcut)
        delete.activated.connect(self._remove)

    def _refresh_soon(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()

    # -- what the controller shows -----------------------------------------------------------

    def set_items(self, items: Sequence[QueueItem]) -> None:
        """Show these files."""
        self.model.set_items(items)
        self._show()

    def set_folder(self, folder: Path) -> None:
        """Show where results go."""
        self.folder_edit.setText(str(folder))
        self.folder_edit.setCursorPosition(0)
        self.folder_edit.setToolTip(str(folder))

    def set_models(self, models: Sequence[tuple[str, Path | None]], chosen: Path | None) -> None:
        """Offer models by title and file; None is the shipped one."""
        self.model_combo.clear()
        for title, path in models:
            self.model_combo.addItem(title, path)
            self.model_combo.setItemData(
                self.model_combo.count() - 1, "" if path is None else str(path), Qt.ToolTipRole
            )
        paths = [path for _title, path in models]
        self.model_combo.setCurrentIndex(paths.index(chosen) if chosen in paths else 0)

    def choices(self) -> BatchChoices:
        """What is chosen."""
        formats = tuple(key for key, box in self.checks.items() if box.isChecked())
        return BatchChoices(self.model_combo.currentData(), formats, self.jobs_spin.value())

    def set_choices(self, formats: Sequence[str], jobs: int) -> None:
        """Show what was chosen before."""
        for key, box in self.checks.items():
            box.setChecked(key in formats)
        self.jobs_spin.setValue(jobs)

    def set_running(self, running: bool, *, paused: bool = False) -> None:
        """Whether the queue is worked on, and whether it rests."""
        if self._paused and not paused:
            self.model.restart_clock()
        self._running, self._paused, self._ending = running, paused, False
        self._show()

    def show_problem(self, sentence: str) -> None:
        """Show a sentence that concerns all files; "" takes it away."""
        self.problem_label.setText(sentence)
        self.problem_label.setVisible(bool(sentence))

    # -- what is asked for -------------------------------------------------------------------

    def _chosen(self) -> list[QueueItem]:
        rows = self.table.selectionModel().selectedRows()
        return [self.model.item(index.row()) for index in sorted(rows, key=lambda i: i.row())]

    def _remove(self) -> None:
        paths = [item.path for item in self._chosen() if item.state != RUNNING]
        if paths:
            self.remove_requested.emit(paths)

    def _again(self) -> None:
        paths = [item.path for item in self._chosen() if item.state == FAILED]
        if paths:
            self.again_requested.emit(paths)

    def _clear(self) -> None:
        self.remove_requested.emit([i.path for i in self.model.items() if i.state == DONE])

    def _open(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 1:
            self.open_requested.emit(chosen[0].path)

    def _cancel(self) -> None:
        self._ending = True
        self._show()
        self.cancel_requested.emit()

    def _show(self) -> None:
        items, chosen = self.model.items(), self._chosen()
        number = {s: sum(i.state == s for i in items) for s in (WAITING, RUNNING, DONE, FAILED)}
        self.pages.setCurrentWidget(self.list_page if items else self.empty_page)
        self.remove_button.setEnabled(any(item.state != RUNNING for item in chosen))
        self.again_button.setEnabled(any(item.state == FAILED for item in chosen))
        self.clear_button.setEnabled(number[DONE] > 0)
        self.open_button.setEnabled(len(chosen) == 1)
        self.start_button.setEnabled(number[WAITING] > 0 and not self._running)
        self.pause_button.setEnabled(self._running and not self._ending)
        self.pause_button.setText(self.tr("Go &on") if self._paused else self.tr("&Pause"))
        self.cancel_button.setEnabled(self._running and not self._ending)
        for widget in (
            self.folder_button,
            self.model_combo,
            self.model_button,
            self.formats_holder,
            self.jobs_spin,
        ):
            widget.setEnabled(not self._running)
        self.state_label.setText(self._state_text(len(items), number))

    def _state_text(self, total: int, number: dict[str, int]) -> str:
        if not total:
            return ""
        parts = [
            self.tr("{done} of {total} done").format(done=number[DONE], total=total),
        ]
        if number[FAILED]:
            parts.append(self.tr("{number} failed").format(number=number[FAILED]))
        if self._ending:
            parts.append(self.tr("stopping after this frame"))
        elif self._paused:
            parts.append(self.tr("paused"))
        elif not self._running and number[WAITING]:
            parts.append(self.tr("{number} wait for Start").format(number=number[WAITING]))
        return " · ".join(parts)

    # -- dropping ----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.paths_added.emit(paths)
