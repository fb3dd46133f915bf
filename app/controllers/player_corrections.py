"""Correcting in the Player: a paused face, a key, a face more in the user's own data set."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from PyQt5.QtCore import QObject, pyqtSignal

from app.controllers.presenter import FramePresenter
from app.workers.base import WorkerThread
from app.workers.corrections import CorrectionWorker, LabelOrder
from app.workers.frame_buffer import ReadyFrame
from app.workers.media import MediaInfo
from app.workers.recorder import Recorder
from trainer.data.correction import Correction, Place
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
    """What was ordered for one face, to be undone.

    Attributes:
        generation: Of the recording; with another video or network it is not shown any more.
        place: The face.
        track: Its number.
        shown_before: The label it was corrected to before, if it was.
        wanted: The label it shall have, if any.
        undoes: It takes another step back, and is none to be taken back.
        before: What was kept of the face before.
    """

    generation: int
    place: Place
    track: int
    shown_before: str | None
    wanted: str | None
    undoes: bool = False
    before: Correction | None = None

    @property
    def here(self) -> tuple[int, int]:
        return _key(self.place.timestamp_ms, self.track)

    @property
    def is_seen(self) -> bool:
        return self.wanted is not None or self.shown_before is not None


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
            worker.taken_back.connect(self._on_taken_back)
            worker.refused.connect(self._on_refused)
            worker.listed.connect(self._on_listed)
            worker.removed.connect(self.removed)
            worker.exported.connect(self.exported)
            worker.failed.connect(self._on_failed)
            self._worker = worker
            self._thread = WorkerThread(worker, self)
            self._thread.start()
        return self._worker

    def media_changed(self) -> None:
        """Another video or network is in use: no notice offers to undo what is not shown."""
        self._toast.hide()

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
        info, edits = self._recorder.info, self._recorder.edits
        step = _Step(
            self._recorder.generation,
            self._place(ready.timestamp_ms, face),
            face.tracker_id,
            edits.labels.get(_key(ready.timestamp_ms, face.tracker_id)),
            name or None,
        )
        if step.is_seen:
            self._show(step, step.wanted)
        if step.wanted is None:
            # What is shown does not tell: photos have no session, and networks take turns.
            self.worker.take_back(step.place, None, self._wait_for(step))
            return
        media = self._presenter.info
        assert media is not None
        self.worker.keep(
            LabelOrder(
                ready.frame,
                face,
                name,
                media.title,
                step.place.video,
                info.model,
                info.model_sha256,
                edits.person_of(face.tracker_id),
                self._wait_for(step),
            )
        )

    def undo(self) -> None:
        """Take the last correction in what is open back."""
        edits = self._recorder.edits
        here, step = edits.last_correction, self._last_step()
        if here is not None and (step is None or step.here != here):
            step = self._step_of_session(*here)
        if step is None:
            self._toast.show_notice(self.tr("There is no correction to undo."))
            return
        shown = edits.labels.get(step.here)
        self._unshow(step)
        if step.before is not None:
            self.worker.put_back((step.before,))
        else:
            wanted = edits.labels.get(step.here)
            undo = replace(step, shown_before=shown, wanted=wanted, undoes=True)
            self.worker.take_back(step.place, wanted, self._wait_for(undo))
        self._toast.show_notice(self.tr("The last correction is undone."))

    def _last_step(self) -> _Step | None:
        """Take the newest step in what is open out of those that can be undone."""
        generation = self._recorder.generation
        for ticket, step in reversed(self._waiting.items()):
            if step.generation == generation and not step.undoes:
                return self._waiting.pop(ticket)
        self._steps = [step for step in self._steps if step.generation == generation]
        return self._steps.pop() if self._steps else None

    def _step_of_session(self, time_us: int, track: int) -> _Step:
        """Return the last correction of a video that was closed since."""
        timestamp_ms = time_us / 1000
        result = self._recorder.known(timestamp_ms)
        faces = () if result is None else result.faces
        face = next((one for one in faces if one.tracker_id == track), None)
        place = self._place(timestamp_ms, face)
        return _Step(self._recorder.generation, place, track, None, None)

    def _wait_for(self, step: _Step) -> int:
        self._tickets += 1
        self._waiting[self._tickets] = step
        return self._tickets

    def _place(self, timestamp_ms: float, face: Face | None) -> Place:
        media = self._presenter.info
        video = self._recorder.info.video_hash
        if not video and media is not None:
            video = _hash_of(media)
        if face is None:
            return Place(video, timestamp_ms, (0.0, 0.0, 0.0, 0.0))  # nothing was kept there
        left, top, right, bottom = (float(value) for value in face.xyxy)
        return Place(video, timestamp_ms, (left, top, right, bottom))

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
        """Show another label, if its video still is what is open."""
        if step.generation == self._recorder.generation:
            time_ms = step.place.timestamp_ms
            self._edit(lambda edits: edits.correct(time_ms, step.track, label))

    def _unshow(self, step: _Step) -> None:
        """Show what was shown before a step."""
        if self._recorder.edits.last_correction != step.here:
            self._show(step, step.shown_before)
        elif step.generation == self._recorder.generation:
            self._edit(lambda edits: edits.undo(for_good=True))

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
        step = self._waiting.pop(ticket, None)
        if step is None or step.generation != self._recorder.generation:
            return  # it was undone at once, or is of a video that was left
        self._steps.append(replace(step, before=before))
        text = self.tr("Corrected to {expression}. The face is kept on this computer.").format(
            expression=expression_title(kept.label)
        )
        self._toast.show_notice(text, self.tr("Undo"), self.undo)

    def _on_taken_back(self, ticket: int, there: tuple[Correction, ...]) -> None:
        step = self._waiting.pop(ticket, None)
        if step is None or step.generation != self._recorder.generation:
            return
        if step.undoes:
            if step.wanted is not None and not there:
                self._toast.show_notice(
                    self.tr(
                        "The label is shown again, but the face is no longer kept; press its "
                        "key again to keep it."
                    )
                )
            return
        if not there and not step.is_seen:
            self._toast.show_notice(self.tr("This face has no correction."))
            return
        if not step.is_seen:
            self._show(step, None)  # nothing is seen of it, but it is a step to be undone
        self._steps.append(replace(step, before=there[-1] if there else None))
        self._toast.show_notice(self.tr("The correction was taken back."))

    def _on_refused(self, ticket: int, sentence: str) -> None:
        step = self._waiting.pop(ticket, None)
        if step is not None and step.undoes:
            self._show(step, step.shown_before)
        elif step is not None and step.is_seen:
            self._unshow(step)
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


def _hash_of(media: MediaInfo) -> str:
    """Tell a photo from others of the same name; a camera's pictures from those of other days."""
    if media.kind == "photo" and media.path is not None:
        try:
            return video_hash(media.path)
        except VideoError:
            log.warning("%s cannot be read any more", media.path)
    return f"{media.title} {date.today().isoformat()}"
