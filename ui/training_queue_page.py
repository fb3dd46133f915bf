"""The queue of the Train tab, and the runs that can be resumed."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QHeaderView, QLabel, QPushButton, QShortcut, QTableView, QWidget

from trainer.run_queue import INTERRUPTED, RUNNING, WAITING, QueuedRun
from trainer.runs import Run
from ui.loader import load_ui
from ui.tables.queue_model import QueueModel
from ui.tables.resumable_model import ResumableModel


class TrainingQueuePage(QWidget):
    """Two tables; a controller changes what is in them.

    Attributes:
        queue_model, resumable_model: What the tables show.

    Signals:
        run_requested: Train what waits, one after the other.
        move_requested: Key of a run and by how many places (-1 is earlier).
        remove_requested: Keys of runs.
        clear_requested: Take off what is over.
        resume_requested: A :class:`Run`.
    """

    run_requested = pyqtSignal()
    move_requested = pyqtSignal(str, int)
    remove_requested = pyqtSignal(list)
    clear_requested = pyqtSignal()
    resume_requested = pyqtSignal(object)

    queue_label: QLabel
    queue_view: QTableView
    run_queue_button: QPushButton
    up_button: QPushButton
    down_button: QPushButton
    remove_button: QPushButton
    clear_button: QPushButton
    interrupted_label: QLabel
    interrupted_view: QTableView
    resume_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("training_queue_page", self)
        self._training = False
        self.queue_model = QueueModel(self)
        self.resumable_model = ResumableModel(self)
        _set_up(self.queue_view, self.queue_model, 2)
        _set_up(self.interrupted_view, self.resumable_model, 3)
        self.interrupted_view.setSelectionMode(QTableView.SingleSelection)
        self._connect()
        self.set_runs([])
        self.set_resumable([])

    def _connect(self) -> None:
        self.run_queue_button.clicked.connect(self.run_requested)
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))
        self.remove_button.clicked.connect(self._remove)
        self.clear_button.clicked.connect(self.clear_requested)
        self.resume_button.clicked.connect(self._resume)
        self.interrupted_view.doubleClicked.connect(lambda _index: self._resume())
        self.queue_view.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())
        selection = self.interrupted_view.selectionModel()
        selection.selectionChanged.connect(lambda *_: self._show_buttons())
        for keys, slot, text in (
            (Qt.ALT + Qt.Key_Up, lambda: self._move(-1), self.tr("Earlier in the queue")),
            (Qt.ALT + Qt.Key_Down, lambda: self._move(1), self.tr("Later in the queue")),
            (Qt.Key_Delete, self._remove, self.tr("Take off the queue")),
        ):
            shortcut = QShortcut(keys, self.queue_view, context=Qt.WidgetShortcut)
            shortcut.setWhatsThis(text)
            shortcut.activated.connect(slot)

    # -- what is shown -----------------------------------------------------------------------

    def set_runs(self, runs: Sequence[QueuedRun]) -> None:
        """Show the queue."""
        chosen = self._chosen_keys()
        self.queue_model.set_runs(runs)
        for key in chosen:
            row = self.queue_model.row_of(key)
            if row >= 0 and not self._chosen_keys():
                self.queue_view.selectRow(row)
        waiting = sum(_can_start(run) for run in runs)
        if not runs:
            text = self.tr("The queue is empty. “Add to queue” puts the present settings here.")
        elif not waiting:
            text = self.tr("Nothing waits.")
        elif self._training:
            text = self.tr("{number} waiting; the next starts by itself.").format(number=waiting)
        else:
            text = self.tr("{number} waiting; nothing starts before you say so.").format(
                number=waiting
            )
        self.queue_label.setText(text)
        self._show_buttons()

    def set_resumable(self, runs: Sequence[Run]) -> None:
        """Show runs that were interrupted or stopped before their last epoch."""
        self.resumable_model.set_runs(runs)
        if runs:
            text = self.tr("Interrupted or stopped; each can go on where it was.")
            self.interrupted_view.selectRow(0)
        else:
            text = self.tr("No interrupted runs.")
        self.interrupted_label.setText(text)
        self._show_buttons()

    def set_training(self, on: bool) -> None:
        """Whether a run is going on now."""
        self._training = on
        self.set_runs([self.queue_model.run(row) for row in range(self.queue_model.rowCount())])

    # -- what is asked for -------------------------------------------------------------------

    def _rows(self, view: QTableView) -> list[int]:
        return sorted(index.row() for index in view.selectionModel().selectedRows())

    def _chosen(self) -> list[QueuedRun]:
        return [self.queue_model.run(row) for row in self._rows(self.queue_view)]

    def _chosen_keys(self) -> list[str]:
        return [run.key for run in self._chosen()]

    def _show_buttons(self) -> None:
        model = self.queue_model
        runs = [model.run(row) for row in range(model.rowCount())]
        chosen = self._chosen()
        waiting = any(_can_start(run) for run in runs)
        self.run_queue_button.setEnabled(waiting and not self._training)
        movable = len(chosen) == 1 and chosen[0].state == WAITING
        self.up_button.setEnabled(movable)
        self.down_button.setEnabled(movable)
        self.remove_button.setEnabled(any(run.state != RUNNING for run in chosen))
        self.clear_button.setEnabled(any(run.is_over for run in runs))
        self.resume_button.setEnabled(bool(self._rows(self.interrupted_view)))

    def _move(self, by: int) -> None:
        if self.up_button.isEnabled():
            self.move_requested.emit(self._chosen_keys()[0], by)

    def _remove(self) -> None:
        if self.remove_button.isEnabled():
            self.remove_requested.emit(self._chosen_keys())

    def _resume(self) -> None:
        rows = self._rows(self.interrupted_view)
        if rows:
            self.resume_requested.emit(self.resumable_model.run(rows[0]))


def _can_start(run: QueuedRun) -> bool:
    """Whether the queue trains it when it is told to: also what a dead program left behind."""
    return run.state in (WAITING, INTERRUPTED)


def _set_up(view: QTableView, model: QueueModel | ResumableModel, stretched: int) -> None:
    view.setModel(model)
    view.verticalHeader().hide()
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setSelectionBehavior(QTableView.SelectRows)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeToContents)
    header.setSectionResizeMode(stretched, QHeaderView.Stretch)
