"""The windows around the corrections: the collection, and improving the model with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QAction, QFileDialog

from app.controllers.player_corrections import CorrectionsController
from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.improve import ImproveWorker
from trainer.data.correction import Correction
from trainer.data.corrections import Corrections, corrections_dir
from trainer.data.library import Library
from trainer.improve.missing import what_is_missing
from trainer.improve.outcome import Outcome
from trainer.inference.shipped import shipped_model_paths
from trainer.paths import data_dir
from ui.corrections_dialog import CorrectionsDialog
from ui.improve_dialog import ImproveDialog
from ui.player_tab import PlayerTab

_CSV = "my corrections.csv"


class CorrectionWindows(QObject):
    """Opens the windows from the Player's More menu and does what they ask for.

    Attributes:
        action: The entry of the menu.

    Signals:
        dataset_requested: (Path) Open this data set in the Dataset tab.
        model_requested: (Path, play) Use this model in the Player, and play again if so.
    """

    dataset_requested = pyqtSignal(Path)
    model_requested = pyqtSignal(Path, bool)

    def __init__(
        self,
        tab: PlayerTab,
        corrections: CorrectionsController,
        model_path: Callable[[], Path | None],
        clip_is_open: Callable[[], bool],
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._corrections = corrections
        self._model_path = model_path
        self._clip_is_open = clip_is_open
        self._settings = settings
        self._dialog: CorrectionsDialog | None = None
        self._improve: ImproveDialog | None = None
        self._thread: WorkerThread | None = None
        self._outcome: Outcome | None = None
        self._reason = ""
        self._removed: list[tuple[Correction, ...]] = []
        self._for_dataset: Path | None = None
        self.action = QAction(self.tr("My corrections…"), self)
        self.action.setToolTip(self.tr("The faces that you corrected with the keys 1 to 7"))
        self.action.triggered.connect(lambda _on: self.show())
        tab.add_tool(self.action)
        corrections.changed.connect(self._on_changed)
        corrections.removed.connect(self._on_removed)
        corrections.exported.connect(self._on_exported)
        corrections.failed.connect(self._on_failed)

    def is_improving(self) -> bool:
        """Whether a network is being taught the corrections."""
        return self._thread is not None

    def show(self) -> CorrectionsDialog:
        """Show the collection."""
        if self._dialog is None:
            self._dialog = self._make_dialog()
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        self._corrections.worker.read()
        return self._dialog

    def shutdown(self) -> None:
        """Close the windows, stop and join the thread."""
        if self._thread is not None:
            self._thread.stop_and_wait()
        for dialog in (self._improve, self._dialog):
            if dialog is not None:
                dialog.hide()
                dialog.deleteLater()
        self._dialog = self._improve = None

    def _make_dialog(self) -> CorrectionsDialog:
        dialog = CorrectionsDialog(self._tab)
        worker = self._corrections.worker
        # By lambdas: the worker waits for orders, so its thread's event loop would never call it.
        dialog.relabel_requested.connect(lambda keys, label: worker.relabel(keys, label))
        dialog.remove_requested.connect(lambda keys: worker.remove(keys))
        dialog.undo_requested.connect(self._on_undo_requested)
        dialog.export_requested.connect(self._on_export_requested)
        dialog.dataset_requested.connect(self._on_dataset_requested)
        dialog.improve_requested.connect(self.show_improve)
        if self._corrections.corrections is not None:
            dialog.show_corrections(self._corrections.corrections)
        return dialog

    # --- the collection ----------------------------------------------------------------------

    def _on_changed(self, corrections: Corrections) -> None:
        if self._dialog is not None:
            self._dialog.show_corrections(corrections)

    def _on_removed(self, items: tuple[Correction, ...]) -> None:
        if self._dialog is not None and self._dialog.isVisible() and items:
            self._removed.append(items)
            self._dialog.show_removed(len(items))

    def _on_undo_requested(self) -> None:
        if self._removed:
            self._corrections.worker.put_back(self._removed.pop())
        if self._dialog is not None:
            self._dialog.show_removed(len(self._removed))

    def _on_failed(self, sentence: str) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(sentence)

    def _on_export_requested(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._dialog,
            self.tr("Export the corrections"),
            str(Path(self._settings.last_folder) / _CSV),
            self.tr("FER2013 files (*.csv)"),
        )
        if chosen:
            path = Path(chosen)
            self._settings.last_folder = str(path.parent)
            self._corrections.worker.export(path if path.suffix else path.with_suffix(".csv"))

    def _on_dataset_requested(self) -> None:
        self._for_dataset = corrections_dir() / _CSV
        self._corrections.worker.export(self._for_dataset)

    def _on_exported(self, path: Path) -> None:
        if path == self._for_dataset:
            self._for_dataset = None
            if self._dialog is not None:
                self._dialog.hide()
            self.dataset_requested.emit(path)
        elif self._dialog is not None:
            self._dialog.show_problem(self.tr("Written to {path}.").format(path=path))

    # --- improving -----------------------------------------------------------------------------

    def show_improve(self) -> ImproveDialog:
        """Ask whether to improve the model in use."""
        if self._improve is None:
            self._improve = ImproveDialog(self._dialog or self._tab)
            self._improve.start_requested.connect(self._start)
            self._improve.cancel_requested.connect(self._cancel)
            self._improve.use_requested.connect(lambda: self._use(False))
            self._improve.again_requested.connect(lambda: self._use(True))
        if self._thread is None:
            known = self._corrections.corrections
            items = () if known is None else known.items
            model = self._model_path()
            self._improve.show_question(
                self._name_of(model), len(items), what_is_missing(items), self._replays(model)
            )
        self._improve.show()
        self._improve.raise_()
        return self._improve

    def _name_of(self, model: Path | None) -> str:
        if model is None:
            return self.tr("the model that comes with Mien")
        return model.parent.name if model.name == "best.onnx" else model.stem

    def _replays(self, model: Path | None) -> list[tuple[str, object]]:
        stored = (self.tr("Stored features of FER2013 (come with Mien)"), None)
        sets = [
            (entry.name, entry.path)
            for entry in Library().entries
            if {"train", "val"} <= set(entry.counts) and entry.path.name != _CSV
        ]
        # An improved one bears the name of the one it was made from.
        names = tuple(path.stem for path in shipped_model_paths())
        known = model is None or model.name.startswith(names)
        return [stored, *sets] if known else [*sets, stored]

    def _start(self) -> None:
        assert self._improve is not None
        choice = self._improve.replay_choice()
        worker = ImproveWorker(
            self._model_path(),
            choice if isinstance(choice, Path) else None,
            data_dir() / "models",
        )
        self._outcome = None
        self._reason = ""
        worker.progress.connect(self._improve.show_progress)
        worker.done.connect(self._on_done)
        worker.failed.connect(self._on_improve_failed)
        self._improve.show_running()
        self._thread = WorkerThread(worker, self)
        self._thread.finished.connect(self._on_thread_finished)
        self._thread.start(WorkerThread.LowPriority)

    def _cancel(self) -> None:
        if self._thread is not None:
            self._thread.worker.stop()

    def _on_done(self, outcome: Outcome) -> None:
        self._outcome = outcome

    def _on_improve_failed(self, sentence: str, _details: str) -> None:
        self._reason = sentence

    def _on_thread_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        if self._improve is None:
            return
        if self._outcome is not None:
            self._improve.show_outcome(self._outcome, self._clip_is_open())
        else:
            self._improve.show_ended(self._reason)

    def _use(self, play: bool) -> None:
        if self._outcome is None or self._outcome.path is None or self._improve is None:
            return
        self._improve.hide()
        if self._dialog is not None:
            self._dialog.hide()
        self.model_requested.emit(self._outcome.path, play)
