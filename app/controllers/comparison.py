"""Joins the Compare tab with runs, imported models and the work on them."""

from __future__ import annotations

import logging
from pathlib import Path

from PyQt5.QtCore import QObject, QUrl, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QDesktopServices
from PyQt5.QtWidgets import QFileDialog

from app.controllers.comparison_files import FilesController
from app.controllers.comparison_marks import MarksController
from app.controllers.comparison_pages import PagesController
from app.controllers.comparison_scoring import ScoringController
from app.controllers.comparison_tasks import TaskRunner
from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.scoring import RunsWorker
from trainer.compare.models import models_dir
from trainer.paths import runs_dir
from ui.comparison_tab import ComparisonTab
from ui.formats import dataset_title
from ui.tables.run_row import RunRow

log = logging.getLogger(__name__)


class ComparisonController(QObject):
    """Lists models and hands what is asked of them on.

    Attributes:
        marks: Names, notes, baseline, deleting, exporting the table.
        scoring: Scores on one split, in the background.
        tasks: The other work in the background, one piece after the other.
        files: What comes in and goes out as files.
        pages: What the pictures ask for.

    Signals:
        use_in_player_requested: ``.onnx`` of the chosen model.
        train_requested: Go to the Train tab.
        images_requested: (data set, indices, title, content hash) Show them in the Dataset tab.
        status_changed: A line for the status bar.
        refreshed: The table shows what is on disk.
    """

    use_in_player_requested = pyqtSignal(Path)
    train_requested = pyqtSignal()
    images_requested = pyqtSignal(Path, list, str, str)
    status_changed = pyqtSignal(str)
    refreshed = pyqtSignal()

    def __init__(
        self, tab: ComparisonTab, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._settings = settings
        self._thread: WorkerThread | None = None
        self._again = False
        self._data_sets: list[tuple[Path, str]] = []
        self._named: list[tuple[Path, str]] = []  # through "Another data set…"
        self.marks = MarksController(tab, settings, self)
        self.marks.changed.connect(self.refresh)
        self.marks.status_changed.connect(self.status_changed)
        self.scoring = ScoringController(tab, self)
        self.scoring.failed.connect(self.show_failure)
        self.scoring.status_changed.connect(self.status_changed)
        panel = tab.runs_panel
        panel.set_split(settings.compare_ground[1])
        tab.train_requested.connect(self.train_requested)
        panel.refresh_requested.connect(self.refresh)
        panel.folder_requested.connect(self._on_folder_requested)
        panel.ground_changed.connect(self._on_ground_changed)
        panel.other_data_requested.connect(self._on_other_data_requested)
        self.tasks = TaskRunner(self)
        self.tasks.failed.connect(self.show_failure)
        self.files = FilesController(tab, settings, self.scoring, self.tasks, self)
        self.files.changed.connect(self.refresh)
        self.files.use_in_player_requested.connect(self.use_in_player_requested)
        self.files.status_changed.connect(self.status_changed)
        self.pages = PagesController(tab, self.marks, self.files, self.scoring, self.tasks, self)
        self.pages.images_requested.connect(self.images_requested)

    @property
    def runs_folder(self) -> Path:
        """Where runs are read from."""
        return self._settings.runs_folder or runs_dir()

    def refresh(self) -> None:
        """Read the run folders and models again."""
        if self._thread is not None:
            self._again = True
            return
        worker = RunsWorker(self.runs_folder, models_dir(), self._settings.compare_ground[0])
        worker.data_sets_found.connect(self._on_data_sets_found)
        worker.listed.connect(self._on_listed)
        worker.failed.connect(self.show_failure)
        self._thread = WorkerThread(worker, self)
        self._thread.finished.connect(self._on_thread_finished)
        self._thread.start()

    def shutdown(self) -> None:
        """Join the threads."""
        self._again = False
        self.marks.shutdown()
        self.scoring.shutdown()
        self.tasks.shutdown()
        if self._thread is not None:
            self._thread.stop_and_wait()

    @pyqtSlot()
    def _on_thread_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        if self._again:
            self._again = False
            self.refresh()
            return
        self.refreshed.emit()

    @pyqtSlot(str, str)
    def show_failure(self, summary: str, details: str) -> None:
        """Say in the tab what did not work."""
        self._tab.banner.show_message(summary, "error", details)

    @pyqtSlot(list)
    def _on_data_sets_found(self, found: list[tuple[Path, str]]) -> None:
        panel = self._tab.runs_panel
        found = list(dict.fromkeys([*found, *self._named]))
        if found == self._data_sets and panel.data_combo.count():
            return
        before = panel.ground()
        self._data_sets = found
        panel.set_data_sets(found, before[0] if before else self._settings.compare_ground[0])
        if before is not None and panel.ground() != before:
            self.scoring.change_ground()  # its file is gone

    @pyqtSlot(list)
    def _on_listed(self, rows: list[RunRow]) -> None:
        self._tab.set_rows(self.scoring.set_rows(rows))
        self.scoring.look_up()

    # -- what models are judged on --------------------------------------------------------------

    def _on_ground_changed(self) -> None:
        ground = self._tab.runs_panel.ground()
        if ground is not None:
            self._settings.compare_ground = ground
        self.scoring.change_ground()

    def _on_other_data_requested(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self._tab,
            self.tr("Choose a data set to judge on"),
            self._settings.last_folder,
            self.tr("Data sets (*.csv *.gz *.zip);;All files (*)"),
        )
        if name:
            self.judge_on(Path(name))

    def judge_on(self, path: Path) -> None:
        """Take a data set as what models are judged on."""
        self._settings.last_folder = str(path.parent)
        if path not in [known for known, _title in self._data_sets]:
            named = (path, dataset_title(path.name))
            self._named.append(named)
            self._data_sets.append(named)
        self._tab.runs_panel.set_data_sets(self._data_sets, path)
        self._on_ground_changed()

    # -- buttons -----------------------------------------------------------------------------

    def _on_folder_requested(self, row: RunRow) -> None:
        if row.path is not None:
            folder = row.path if row.path.is_dir() else row.path.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
