"""Prepares what the time line draws, away from the GUI thread."""

from __future__ import annotations

import logging
import threading
import traceback
from dataclasses import dataclass

import numpy as np
from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker, summary_of
from app.workers.recorder import Recorder
from trainer.inference.recording import Recording
from trainer.inference.recording_curves import analysed_ranges, analysed_share
from trainer.inference.recording_views import labels_of, persons, rows_of
from ui.tables.people_model import PersonRow
from ui.widgets.timeline_canvas import ROWS
from ui.widgets.timeline_data import UNSURE_LABEL, PersonLine, TimelineData

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Overview:
    """What is known about a video.

    Attributes:
        data: For the time line.
        people: Everybody; a crowd with those seen longest first, deleted ones last.
        changed: Stretch (ms) that differs from the overview before; None is all of it.
        share: Of the video that was analysed, 0..1.
        generation: Of the recorder.
    """

    data: TimelineData
    people: tuple[PersonRow, ...]
    changed: tuple[float, float] | None
    share: float
    generation: int


class CurveWorker(Worker):
    """Builds an :class:`Overview` whenever one is asked for; lives as long as the Player.

    Signals:
        built: (Overview)
    """

    built = pyqtSignal(object)

    def __init__(self, recorder: Recorder) -> None:
        super().__init__()
        self._recorder = recorder
        self._condition = threading.Condition()
        self._wanted = False
        self._last: tuple[int, int, int] | None = None  # what was built last

    def ask(self) -> None:
        """Build an overview soon; from the GUI thread."""
        with self._condition:
            self._wanted = True
            self._condition.notify_all()

    def stop(self) -> None:
        """Leave the loop."""
        super().stop()
        with self._condition:
            self._condition.notify_all()

    def work(self) -> None:
        """Build until :meth:`stop`; a fault is reported and does not end the loop."""
        while True:
            with self._condition:
                while not self._wanted and not self.should_stop():
                    self._condition.wait()
                self._wanted = False
            if self.should_stop():
                return
            try:
                self.built.emit(self._build())
            except Exception as error:  # one fault must not end the loop
                log.exception("the time line's data could not be prepared")
                self.failed.emit(summary_of(error), traceback.format_exc())

    def _build(self) -> Overview:
        recorder = self._recorder
        with recorder.lock:
            recording = recorder.recording
            changed = recorder.take_changes()
            state = (recorder.generation, recorder.edits.revision, recorder.relabelled)
            if state != self._last:
                changed = None
            self._last = state
            if recording is None:
                return Overview(TimelineData(), (), None, 0.0, recorder.generation)
            return overview_of(recording, changed, recorder.generation)


def overview_of(
    recording: Recording, changed: tuple[float, float] | None = None, generation: int = 0
) -> Overview:
    """Return what is known; the arrays are copies and may go to another thread."""
    frame_ms = recording.frame_ms
    ranges = np.array(analysed_ranges(recording), np.float64).reshape(-1, 2)
    analysed_ms = max(1e-6, float((ranges[:, 1] - ranges[:, 0]).sum()))
    lines, people = [], []
    for person in persons(recording, with_deleted=True):
        rows = rows_of(recording, person.number)
        labels = labels_of(recording, rows)
        counts = np.bincount(labels + 1, minlength=1)
        people.append(
            PersonRow(
                person.number,
                person.name,
                person.faces * frame_ms,
                min(1.0, person.faces * frame_ms / analysed_ms),
                person.first_ms,
                len(person.tracks),
                int(counts.argmax()) - 1,
                person.deleted,
            )
        )
        if person.deleted:
            continue
        steady = recording.faces["steady"][rows]
        lines.append(
            PersonLine(
                person.number,
                person.name,
                recording.times_of(rows),
                steady,
                np.where(labels >= 0, steady.max(axis=1), 0.4 * steady.max(axis=1)),
                np.where(labels >= 0, labels, UNSURE_LABEL).astype(np.int16),
            )
        )
    if len(lines) > ROWS:  # few people keep their places while the video plays
        people.sort(key=lambda row: -row.seen_ms)
    people.sort(key=lambda row: row.deleted)
    order = {row.number: place for place, row in enumerate(people)}
    lines.sort(key=lambda line: order[line.person_id])
    data = TimelineData(recording.info.class_names, tuple(lines), ranges)
    return Overview(data, tuple(people), changed, analysed_share(recording), generation)
