"""The sliders for what counts as a face: they change what is looked at next, or everything."""

from __future__ import annotations

from PyQt5.QtCore import QObject, QTimer
from PyQt5.QtWidgets import QMessageBox

from app.controllers.player_timeline import TimelineController
from app.controllers.presenter import FramePresenter
from app.settings import Settings
from app.workers.playback import PlaybackWorker
from trainer.inference.finding import FindingSettings
from ui.player_tab import PlayerTab

_SETTLE_MS = 250


class FindingController(QObject):
    """What was found with other settings is found anew, unless the user worked on it."""

    def __init__(
        self,
        tab: PlayerTab,
        presenter: FramePresenter,
        worker: PlaybackWorker,
        timeline: TimelineController,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._panel = tab.finding_panel
        self._presenter = presenter
        self._recorder = worker.recorder
        self._timeline = timeline
        self._settings = settings
        self.question: QMessageBox | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._look_again)
        self._panel.changed.connect(self._on_changed)
        self._panel.reset_requested.connect(self._on_reset)
        self._panel.again_requested.connect(self._ask)
        timeline.edited.connect(self._show_kept)
        self._use(settings.finding)

    def open(self) -> None:
        """Something was opened."""
        self._show_kept()

    def close(self) -> None:
        """What is open will be closed."""
        self._settle.stop()
        if self.question is not None:
            self.question.close()

    def _use(self, finding: FindingSettings) -> None:
        self._recorder.finding = finding
        self._panel.set_values(finding.score_threshold, finding.min_face)

    def _on_changed(self, score: float, pixels: float) -> None:
        self._recorder.finding = FindingSettings(score, pixels)
        self._settings.finding = self._recorder.finding
        self._settle.start()

    def _on_reset(self) -> None:
        self._use(FindingSettings())
        self._settings.finding = self._recorder.finding
        self._settle.start()

    def _show_kept(self) -> None:
        self._panel.show_kept(self._recorder.edits.concern_faces)

    def _look_again(self) -> None:
        if not self._recorder.edits.concern_faces:
            self._begin_anew()

    def _begin_anew(self) -> None:
        if self._presenter.info is None:
            return
        self._recorder.renew()
        self._timeline.refresh()
        self._show_kept()
        self._presenter.analyse_again()

    def _ask(self) -> None:
        box = QMessageBox(self._tab.window())
        box.setIcon(QMessageBox.Question)
        box.setWindowTitle(self.tr("Look again"))
        box.setText(self.tr("Forget what was found in this video, and look at it again?"))
        box.setInformativeText(
            self.tr(
                "Names, merges, people left out and corrected labels of this video go; marks and "
                "excluded stretches stay. My corrections keeps its faces."
            )
        )
        again = box.addButton(self.tr("Forget and look again"), QMessageBox.AcceptRole)
        cancel = box.addButton(self.tr("Cancel"), QMessageBox.RejectRole)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        again.clicked.connect(self._begin_anew)
        box.finished.connect(self._on_answered)
        self.question = box
        box.open()

    def _on_answered(self) -> None:
        self.question = None
