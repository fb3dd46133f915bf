"""Import, export, report and model card of the Compare tab; speed; temperature and threshold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QFileDialog

from app.controllers.comparison_scoring import ScoringController
from app.controllers.comparison_tasks import Task, TaskRunner
from app.settings import Settings
from app.workers.comparison_tasks import measure_speeds, store_temperature, write_about
from trainer.compare.importing import import_model
from trainer.compare.models import models_dir
from trainer.compare.takeaway import export_model, player_file
from ui.comparison_tab import ComparisonTab
from ui.tables.run_row import RunRow, Speed, row_title


class FilesController(QObject):
    """What comes in and goes out as files, and what changes them.

    Signals:
        changed: Read the list again.
        use_in_player_requested: The network as the Player reads it.
        status_changed: A line for the status bar.
    """

    changed = pyqtSignal()
    use_in_player_requested = pyqtSignal(Path)
    status_changed = pyqtSignal(str)

    def __init__(
        self,
        tab: ComparisonTab,
        settings: Settings,
        scoring: ScoringController,
        tasks: TaskRunner,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._settings = settings
        self._scoring = scoring
        self._tasks = tasks
        self._speeds: dict[str, Any] = {}
        panel, menu = tab.runs_panel, tab.runs_panel.menu
        panel.use_requested.connect(self.use_in_player)
        panel.import_requested.connect(self._on_import_requested)
        panel.speed_requested.connect(self.measure_speed)
        panel.report_requested.connect(self._on_report_requested)
        panel.cancel_requested.connect(lambda: tasks.cancel())
        menu.onnx_requested.connect(self._on_onnx_requested)
        menu.card_requested.connect(self._on_card_requested)
        tasks.progress.connect(self._on_progress)

    def _on_progress(self, name: str, fraction: float) -> None:
        if name in ("speed", "report", "import", "export", "store", "use"):
            self._tab.runs_panel.show_progress(None if fraction >= 1 else fraction)

    # -- speed ---------------------------------------------------------------------------------

    def measure_speed(self, rows: list[RunRow]) -> None:
        """Time models, one after the other; two at a time would slow each other."""
        candidates = [row.candidate for row in rows if row.candidate is not None]
        self._tasks.run(
            Task("speed", lambda worker: measure_speeds(candidates, worker), self._on_speeds)
        )

    def _on_speeds(self, found: dict[str, Any]) -> None:
        self._speeds |= found
        # Faces one after the other, as the Player asks; batches are another matter.
        self._scoring.set_speeds(
            {
                key: Speed(speed.median_ms, speed.p95_ms, 1000.0 / speed.median_ms)
                for key, speed in found.items()
            }
        )
        self.status_changed.emit(self.tr("{number} models were timed.").format(number=len(found)))

    # -- files ---------------------------------------------------------------------------------

    def _save_path(self, name: str, kinds: str) -> Path | None:
        start = str(Path(self._settings.last_folder) / name)
        chosen, _ = QFileDialog.getSaveFileName(self._tab, self.tr("Save as"), start, kinds)
        if not chosen:
            return None
        self._settings.last_folder = str(Path(chosen).parent)
        return Path(chosen)

    def _on_import_requested(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._tab,
            self.tr("Import a model"),
            self._settings.last_folder,
            self.tr("Models (*.safetensors *.onnx);;All files (*)"),
        )
        if chosen:
            self._settings.last_folder = str(Path(chosen).parent)
            self.import_file(Path(chosen))

    def import_file(self, path: Path) -> None:
        """Check a model and add it to the list; a refusal says why."""

        def then(candidate: Any) -> None:
            self.changed.emit()
            self.status_changed.emit(self.tr("{name} was imported.").format(name=candidate.name))

        self._tasks.run(Task("import", lambda _worker: import_model(path, models_dir()), then))

    def _on_onnx_requested(self, row: RunRow) -> None:
        path = self._save_path(f"{row.name}.onnx", self.tr("ONNX networks (*.onnx)"))
        if path is not None:
            self.export(row, path)

    def export(self, row: RunRow, path: Path) -> None:
        """Write a model as one ONNX file."""
        candidate = row.candidate
        if candidate is not None:
            self._tasks.run(
                Task(
                    "export",
                    lambda _worker: export_model(candidate, path),
                    lambda _result: self._say_written(path),
                )
            )

    def use_in_player(self, row: RunRow) -> None:
        """Hand a model to the Player; one that came as safetensors is written as ONNX first."""
        candidate = row.candidate
        if row.onnx_path is not None:
            self.use_in_player_requested.emit(row.onnx_path)
        elif candidate is not None:
            self._tab.banner.show_message(
                self.tr("{name} is made ready for the Player…").format(name=row_title(row)), "info"
            )
            self._tasks.run(Task("use", lambda _worker: player_file(candidate), self._on_ready))

    def _on_ready(self, path: Path) -> None:
        self._tab.banner.clear()
        self.use_in_player_requested.emit(path)

    def _on_report_requested(self, rows: list[RunRow]) -> None:
        if self._scoring.chosen_ground() is None or not self._tab.state.results:
            self._ask_for_scores()
            return
        path = self._save_path("report.html", self.tr("Web pages (*.html)"))
        if path is not None:
            self.write_about(rows, path)

    def _on_card_requested(self, row: RunRow) -> None:
        if self._scoring.chosen_ground() is None or not self._tab.state.results:
            self._ask_for_scores()
            return
        path = self._save_path(f"{row.name}.md", self.tr("Markdown (*.md)"))
        if path is not None:
            self.write_about([row], path, card=True)

    def _ask_for_scores(self) -> None:
        self._tab.banner.show_message(
            self.tr("Press Score first: the report is about what was judged."), "info"
        )

    def write_about(self, rows: list[RunRow], path: Path, *, card: bool = False) -> None:
        """Write a report of models, or the card of one."""
        ground = self._scoring.chosen_ground()
        candidates = [row.candidate for row in rows if row.candidate is not None]
        if ground is None or not candidates:
            return
        speeds = dict(self._speeds)
        self._tasks.run(
            Task(
                "report",
                lambda worker: write_about(candidates, ground, path, worker, speeds, card=card),
                self._say_written,
            )
        )

    def _say_written(self, path: Path) -> None:
        self.status_changed.emit(self.tr("Written to {path}.").format(path=path))

    # -- temperature and threshold ----------------------------------------------------------------

    def store(self, key: str, share: float | None) -> None:
        """Store the best temperature in a model, and a threshold that answers ``share``."""
        judged = self._tab.state.results.get(key)
        row = next((row for row in self._tab.state.selected if row.key == key), None)
        if judged is None or row is None or row.candidate is None:
            return
        candidate, name = row.candidate, row_title(row)

        def then(stored: Any) -> None:
            found = stored.metadata
            self.changed.emit()
            text = self.tr(
                "{name} now has the temperature {temperature:.2f} and is unsure below "
                "{threshold:.2f}; score it again to see it so."
            )
            self._tab.banner.show_message(
                text.format(
                    name=name, temperature=found.temperature, threshold=found.unsure_threshold
                ),
                "info",
            )

        self._tasks.run(
            Task("store", lambda _worker: store_temperature(judged, candidate, share), then)
        )
