"""Correcting in the Player: a paused face, a key, a face more in the user's own data set."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PyQt5.QtCore import QObject, pyqtSignal

from app.controllers.presenter import FramePresenter
from app.workers.base import WorkerThread
from app.workers.corrections import CorrectionWorker, LabelOrder
from app.workers.frame_buffer import ReadyFrame
from app.workers.media import MediaInfo
from app.workers.recorder import Recorder
from trainer.data.correction import Correction
from trainer.data.corrections import Corrections
from trainer.errors import VideoError
from trainer.inference.recording_edits import RecordingEdits
from trainer.inference.types import Face
from trainer.inference.video_hash import video_hash
from ui.colors import expression_title
from ui.player_labels import label_menu, show_menu
from ui.player_tab import PlayerTab

log = logging.getLogger(__name__)

Edit = Callable[[Callable[[RecordingEdits], object]], None]


@dataclass(frozen=True)
class _Step:
    """One correction, to be undone."""

    generation: int
    timestamp_ms: float
    track: int
    shown_before: str | None
    kept: Correction | None = None
    before: Correction | None = None


class CorrectionsController(QObject):
    """Carries out what the keys 1 to 7 say.

    Attributes:
        corrections: What is kept, as far as it was read; None before.

    Signals:
        changed: (Corrections) Other faces are kept.
        removed: (tuple of Correction) They were taken out; they can be put back.
        exported: (Path) A CSV was written.
        failed: (sentence)
    """

    changed = pyqtSignal(object)
    removed = pyqtSignal(object)
    exported = pyqtSignal(object)
    failed = pyqtSignal(str)

    def __init__(
        self,
        tab: PlayerTab,
        presenter: FramePresenter,
        recorder: Recorder,
        edit: Edit,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._presenter = presenter
        self._recorder = recorder
        self._edit = edit
        self.corrections: Corrections | None = None
        self._toast = tab.toast
        self._worker: CorrectionWorker | None = None
        self._thread: WorkerThread | None = None
        self._waiting: dict[int, _Step] = {}
        self._steps: list[_Step] = []
        self._tickets = 0
        self._hinted = False
        tab.label_requested.connect(self.label)
        tab.face_menu_requested.connect(self._on_face_menu_requested)
        tab.video_view.face_clicked.connect(self._on_face_clicked)

    @property
    def worker(self) -> CorrectionWorker:
        """The worker, made when something is to be written or read for the first time."""
        if self._worker is None:
            worker = CorrectionWorker()
            worker.kept.connect(self._on_kept)
            worker.refused.connect(self._on_refused)
            worker.listed.connect(self._on_listed)
            worker.removed.connect(self.removed)
            worker.exported.connect(self.exported)
            worker.failed.connect(self._on_failed)
            self._worker = worker
            self._thread = WorkerThread(worker, self)
            self._thread.start()
        return self._worker

    def shutdown(self) -> None:
        """Write what is waiting and join the thread."""
        if self._thread is not None:
            self._thread.stop_and_wait()

    # --- the keys --------------------------------------------------------------------------

    def label(self, name: str) -> None:
        """Say what the selected face of the frame shown is; "" takes the correction back."""
        found = self._selected()
        if found is None:
            return
        ready, face = found
        edits = self._recorder.edits
        shown_before = edits.labels.get(_key(ready.timestamp_ms, face.tracker_id))
        step = _Step(self._recorder.generation, ready.timestamp_ms, face.tracker_id, shown_before)
        if not name:
            self._clear(step)
            return
        self._show(step, name)
        self._tickets += 1
        self._waiting[self._tickets] = step
        info, media = self._recorder.info, self._presenter.info
        assert media is not None
        source = media.title
        self.worker.keep(
            LabelOrder(
                ready.frame,
                face,
                name,
                source,
                info.video_hash or _hash_of(media),
                info.model,
                info.model_sha256,
                edits.person_of(face.tracker_id),
                self._tickets,
            )
        )

    @property
    def can_undo(self) -> bool:
        """Whether there is a correction to take back."""
        return bool(self._steps or self._waiting)

    def undo(self) -> None:
        """Take the last correction back."""
        if not self._steps:
            self._toast.show_notice(self.tr("There is no correction to undo."))
            return
        step = self._steps.pop()
        here = _key(step.timestamp_ms, step.track)
        if (
            step.generation == self._recorder.generation
            and self._recorder.edits.last_correction == here
        ):
            self._edit(lambda edits: edits.undo(for_good=True))
        else:
            self._show(step, step.shown_before)
        if step.before is not None:
            self.worker.put_back((step.before,))
        elif step.kept is not None:
            self.worker.remove((step.kept.key,))
        self._toast.show_notice(self.tr("The last correction is undone."))

    def _clear(self, step: _Step) -> None:
        mine = [one for one in self._steps if _same_face(one, step) and one.kept is not None]
        if step.shown_before is None or not mine:
            self._toast.show_notice(self.tr("This face has no correction."))
            return
        self._show(step, None)
        kept = mine[-1].kept
        assert kept is not None
        self._steps = [one for one in self._steps if not _same_face(one, step)]
        self.worker.remove((kept.key,))
        self._toast.show_notice(self.tr("The correction was taken back."))

    def _selected(self) -> tuple[ReadyFrame, Face] | None:
        """Return the frame shown and the selected face in it, or say why there is none."""
        ready, tab = self._presenter.current, self._tab
        if self._presenter.info is None or ready is None:
            return None
        if self._presenter.playing:
            self._toast.show_notice(
                self.tr("Pause first (Space), then press 1 to 7 to say what the face shows.")
            )
            return None
        person = tab.shown_id
        edits = self._recorder.edits
        face = next(
            (one for one in ready.result.faces if edits.person_of(one.tracker_id) == person), None
        )
        if face is None:
            self._toast.show_notice(self.tr("No face is selected; click the one you mean."))
            return None
        return ready, face

    def _show(self, step: _Step, label: str | None) -> None:
        """Show another label, if its video is still what is open."""
        if step.generation == self._recorder.generation:
            self._edit(lambda edits: edits.correct(step.timestamp_ms, step.track, label))

    # --- the mouse -------------------------------------------------------------------------

    def _on_face_menu_requested(self, person: int, at: object) -> None:
        found = self._selected() if person else None
        if found is None:
            return
        ready, face = found
        label = self._recorder.edits.labels.get(_key(ready.timestamp_ms, face.tracker_id))
        show_menu(label_menu(self._tab, label or face.label, label is not None, self.label), at)  # type: ignore[arg-type]

    def _on_face_clicked(self, person: int) -> None:
        if person and not self._hinted and not self._presenter.playing:
            self._hinted = True
            self._toast.show_notice(
                self.tr("Press 1 to 7, or the right mouse button, to say what this face shows.")
            )

    # --- from the worker -------------------------------------------------------------------

    def _on_kept(self, ticket: int, kept: Correction, before: Correction | None) -> None:
        step = self._waiting.pop(ticket)
        self._steps.append(
            _Step(
                step.generation,
                step.timestamp_ms,
                step.track,
                step.shown_before,
                kept,
                before,
            )
        )
        text = self.tr("Corrected to {expression}. The face is kept on this computer.").format(
            expression=expression_title(kept.label)
        )
        self._toast.show_notice(text, self.tr("Undo"), self.undo)

    def _on_refused(self, ticket: int, sentence: str) -> None:
        step = self._waiting.pop(ticket)
        self._show(step, step.shown_before)
        self._tab.show_message(sentence)
        self.failed.emit(sentence)

    def _on_listed(self, corrections: Corrections) -> None:
        self.corrections = corrections
        self.changed.emit(corrections)

    def _on_failed(self, sentence: str, _details: str) -> None:
        self.failed.emit(sentence)


def _key(timestamp_ms: float, track: int) -> tuple[int, int]:
    from trainer.inference.recording_edits import time_key

    return time_key(timestamp_ms), track


def _same_face(a: _Step, b: _Step) -> bool:
    return (a.generation, a.timestamp_ms, a.track) == (b.generation, b.timestamp_ms, b.track)


def _hash_of(media: MediaInfo) -> str:
    """Tell a photo from others of the same name; a camera's pictures from those of other days."""
    if media.kind == "photo" and media.path is not None:
        try:
            return video_hash(media.path)
        except VideoError:
            log.warning("%s cannot be read any more", media.path)
    return f"{media.title} {date.today().isoformat()}"
