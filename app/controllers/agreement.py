"""Compare with a coding: from a coder's file to a list of places to look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, QObject, QTimer, pyqtSignal
from PyQt5.QtWidgets import QFileDialog, QWidget

from app.settings import Settings
from app.workers.agreement import AgreementSaver, AgreementWorker, Answer, Question
from app.workers.base import WorkerThread
from app.workers.recorder import Recorder
from trainer.agreement.coding import Coding
from trainer.agreement.reading import CODING_SUFFIXES
from ui.agreement_dialog import AgreementDialog

_FOLLOW_MS = 100
_WHOLE = 0.995


def _tr(text: str) -> str:
    return QCoreApplication.translate("AgreementController", text)


class AgreementController(QObject):
    """Owns the window; compares with what is recorded of the video that is open.

    Attributes:
        dialog: The window; None until it was shown.

    Signals:
        seek_requested: (ms) Show this moment.
        compared: (Answer) A comparison ended.
    """

    seek_requested = pyqtSignal(float)
    compared = pyqtSignal(object)

    def __init__(
        self,
        parent_widget: QWidget,
        settings: Settings,
        recorder: Recorder,
        position_ms: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parent_widget = parent_widget
        self._settings = settings
        self._recorder = recorder
        self._position_ms = position_ms
        self.dialog: AgreementDialog | None = None
        self._path: Path | None = None
        self._coding: Coding | None = None
        self._answer: Answer | None = None
        self._thread: WorkerThread | None = None
        self._saving: WorkerThread | None = None
        self._again = False
        self._find_delay = False
        self._follow = QTimer(self)
        self._follow.setInterval(_FOLLOW_MS)
        self._follow.timeout.connect(self._on_follow)

    def show(self) -> None:
        """Open the window; compare anew when a coding was opened before."""
        if self.dialog is None:
            dialog = AgreementDialog(self._parent_widget.window())
            dialog.open_requested.connect(self.choose)
            dialog.path_dropped.connect(self.open)
            dialog.choices_changed.connect(self.compare)
            dialog.delay_requested.connect(self._on_delay_requested)
            dialog.seek_requested.connect(self.seek_requested)
            dialog.save_requested.connect(self._on_save_requested)
            dialog.finished.connect(lambda _result: self._follow.stop())
            self.dialog = dialog
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        self._follow.start()
        self.compare()

    def media_changed(self) -> None:
        """Another video is open: the coding belonged to the one before."""
        self._path = self._coding = self._answer = None
        if self.dialog is not None:
            self.dialog.show_coding("", (), "")
            self.dialog.show_persons((), "")
            self.dialog.show_result(None)

    def choose(self) -> None:
        """Ask for a coding."""
        endings = " ".join(f"*{suffix}" for suffix in CODING_SUFFIXES)
        name, _ = QFileDialog.getOpenFileName(
            self.dialog,
            _tr("Open a coding"),
            self._settings.last_folder,
            _tr("Codings (ELAN, BORIS, CSV)") + f" ({endings});;" + _tr("All files") + " (*)",
        )
        if name:
            self._settings.last_folder = str(Path(name).parent)
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Read a coding and compare it."""
        self._path, self._coding = path, None
        self.compare()

    def compare(self) -> None:
        """Compare what is chosen, in the background; the last question counts."""
        if self._path is None or self.dialog is None:
            return
        if self._thread is not None:
            self._again = True
            return
        choices = self.dialog.choices()
        fresh = self._coding is None
        question = Question(
            self._path,
            self._coding,
            None if fresh else choices.tier,
            None if fresh else choices.person,
            choices.delay_ms,
            choices.gaps_are_neutral,
            self._find_delay,
        )
        self._find_delay = False
        worker = AgreementWorker(question, self._recorder)
        worker.answered.connect(self._on_answered)
        worker.failed.connect(self._on_failed)
        self._thread = WorkerThread(worker, self)
        self._thread.finished.connect(self._on_thread_finished)
        self._thread.start()

    def shutdown(self) -> None:
        """Join the thread and close the window."""
        self._again = False
        self._follow.stop()
        for thread in (self._thread, self._saving):
            if thread is not None:
                thread.stop_and_wait()
        if self.dialog is not None:
            self.dialog.close()

    def _on_delay_requested(self) -> None:
        self._find_delay = True
        self.compare()

    def _on_answered(self, answer: Answer) -> None:
        if self.dialog is None or self._path != answer.coding.path:
            return
        self._coding, self._answer = answer.coding, answer
        self.dialog.show_coding(
            answer.coding.path.name, [tier.name for tier in answer.coding.tiers], answer.tier
        )
        self.dialog.show_persons(answer.persons, answer.person)
        if answer.delay_ms != self.dialog.choices().delay_ms and not self._again:
            blocked = self.dialog.blockSignals(True)
            self.dialog.set_delay(answer.delay_ms)
            self.dialog.blockSignals(blocked)
        if answer.problem:
            self.dialog.show_problem(answer.problem)
        elif answer.agreement is None:
            self.dialog.show_problem(
                _tr(
                    "Nothing is known about this video yet: play it, or press "
                    "“Analyse whole video”, then open this window again."
                )
            )
        else:
            notes = list(answer.coding.notes)
            if answer.analysed < _WHOLE:
                text = _tr("Only {share} of the video was analysed so far.")
                notes.insert(0, text.format(share=f"{answer.analysed:.0%}"))
            self.dialog.show_result(answer.agreement, answer.duration_ms, notes)
        self.compared.emit(answer)

    def _on_failed(self, sentence: str, _details: str) -> None:
        self._answer = None
        if self.dialog is not None:
            if self._path is not None and self._coding is None:
                self.dialog.show_coding(self._path.name, (), "")
            self.dialog.show_problem(sentence)

    def _on_thread_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        if self._again:
            self._again = False
            self.compare()

    def _on_follow(self) -> None:
        if self.dialog is not None:
            self.dialog.strip.set_position(self._position_ms())

    def _on_save_requested(self) -> None:
        answer = self._answer
        if answer is None or answer.agreement is None or self.dialog is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self.dialog,
            _tr("Save the agreement"),
            str(Path(self._settings.last_folder) / f"{answer.coding.path.stem}-agreement.json"),
            "JSON (*.json)",
        )
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the figures shown to a JSON file."""
        answer = self._answer
        if answer is None or answer.agreement is None or self.dialog is None:
            return
        facts = {
            "coding": answer.coding.path.name,
            "tier": answer.tier,
            "person": answer.person,
            **answer.agreement.to_dict(),
        }
        if self._saving is not None:
            self._saving.stop_and_wait()
        worker = AgreementSaver(path, facts)
        worker.failed.connect(self._on_failed)
        self._saving = WorkerThread(worker, self)
        self._saving.start()
