"""The recording of what is open, filled by worker threads and read by the window."""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from app.workers.media import MediaInfo
from trainer.inference.finding import FindingSettings
from trainer.inference.recording import Floats, Recording
from trainer.inference.recording_edits import RecordingEdits
from trainer.inference.recording_tables import RecordingInfo
from trainer.inference.smoothing import SmoothingSettings
from trainer.inference.types import FrameResult


@dataclass(frozen=True)
class RecordedModel:
    """The network whose results are recorded.

    Attributes:
        name: File name, or the architecture of the shipped one.
        sha256: Of the network's file, hex; "" when unknown.
        unsure_threshold: A confidence below it is shown as unsure.
        settings: What else the pipeline around it is set to, JSON-able.
    """

    name: str = ""
    sha256: str = ""
    unsure_threshold: float = 0.0
    settings: dict[str, Any] = field(default_factory=dict, compare=False)


class Recorder:
    """Owns the :class:`Recording`; hold ``lock`` for whatever is done to it.

    Two workers may look at different parts of one video by turns: ``stream`` tells them
    apart, and a change of stream begins a piece with track numbers of its own.

    Attributes:
        lock: Guards the recording. The GUI thread takes it only for short edits.
        recording: None while nothing was recorded.
        edits: What the user said; only the GUI thread changes it, while holding the lock.
        smoothing: How calm what is found next shall be.
        finding: What counts as a face in what is looked at next.
        relabelled: Grows when labels or numbers of what is known were computed anew.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.recording: Recording | None = None
        self.smoothing = SmoothingSettings()
        self.finding = FindingSettings()
        self.relabelled = 0
        self._info = RecordingInfo(())
        self._edits = RecordingEdits()
        self._stream = ""
        self._dirty: tuple[float, float] | None = None
        self._generation = 0
        self._model = RecordedModel()
        self._foreign = False
        self._saved: tuple[int, ...] | None = None
        self._times: Floats | None = None  # of all frames, where it is known

    def open(self, media: MediaInfo, video_hash: str, model: RecordedModel) -> None:
        """Begin an empty recording of a file; a camera is given with no hash."""
        with self.lock:
            self.recording = None
            self._edits = RecordingEdits()
            self._times = None
            self._info = RecordingInfo(
                (),
                media.width,
                media.height,
                media.duration_ms,
                media.fps,
                media.title,
                video_hash,
                model.unsure_threshold,
                model.name,
                model.sha256,
                self._settings(model),
                media.start_ms,
            )
            self._model = model
            self._restart()

    def adopt(self, recording: Recording, marks: RecordingEdits | None = None) -> None:
        """Go on with a recording that was saved.

        Args:
            recording: Where another network than the one in use found it, it is shown and kept
                as it is: results of two networks are never mixed.
            marks: Markers and excluded ranges set since; those that are missing are added.
        """
        with self.lock:
            # A session of an older Mien does not know it.
            recording.info = replace(recording.info, start_ms=self._info.start_ms)
            self.recording = recording
            self._info = recording.info
            self._edits = recording.edits
            self._number()
            self._restart()
            self._foreign = recording.info.model_sha256 != self._model.sha256
            self._saved = recording.version
            if marks is not None:
                _add_marks(recording.edits, marks)

    def set_duration(self, ms: float) -> None:
        """Another length of the video than the header's was found out."""
        with self.lock:
            self._info = replace(self._info, duration_ms=ms)
            if self.recording is not None:
                self.recording.info = replace(self.recording.info, duration_ms=ms)

    def set_times(self, times: Floats) -> None:
        """Take note of when every frame of the video is shown, float64 (N,), ms, sorted."""
        with self.lock:
            self._times = times
            self._number()

    def _number(self) -> None:
        if self._times is not None and self.recording is not None:
            self.recording.know_times(self._times)

    @property
    def foreign(self) -> bool:
        """Whether what is shown was found by another network than the one in use."""
        return self._foreign

    @property
    def unsaved(self) -> bool:
        """Whether there is something that :meth:`saved` was not told of."""
        recording = self.recording
        if recording is None or not recording.info.video_hash or not len(recording):
            return False
        return recording.version != self._saved

    def saved(self, recording: Recording, version: tuple[int, ...]) -> None:
        """Take note that a recording was written as it was at ``version``."""
        with self.lock:
            if recording is self.recording:
                self._saved = version

    def renew(self, model: RecordedModel | None = None) -> None:
        """Forget all results, for another model or another pass; marks in time are kept."""
        with self.lock:
            kept = RecordingEdits()
            _add_marks(kept, self._edits)
            if model is None:
                model = self._model
            self._model = model
            self._info = replace(
                self._info,
                class_names=(),
                model=model.name,
                model_sha256=model.sha256,
                unsure_threshold=model.unsure_threshold,
                settings=self._settings(model),
            )
            self.recording = None
            self._edits = kept
            self._restart()

    def _settings(self, model: RecordedModel) -> dict[str, Any]:
        ours = {"smoothing": asdict(self.smoothing), "finding": asdict(self.finding)}
        return {**model.settings, **ours}

    def _restart(self) -> None:
        self._stream = ""
        self._dirty = None
        self._foreign = False
        self._saved = None
        self._generation += 1

    @property
    def info(self) -> RecordingInfo:
        """What the recording belongs to; without class names until there are results."""
        recording = self.recording
        return self._info if recording is None else recording.info

    @property
    def edits(self) -> RecordingEdits:
        """What the user said about the video."""
        return self._edits

    @property
    def generation(self) -> int:
        """Changes when everything known was replaced."""
        return self._generation

    # --- from the workers ------------------------------------------------------------------

    def begin_piece(self) -> None:
        """A jump: the next frame's track ids start anew."""
        with self.lock:
            if self.recording is not None:
                self.recording.begin_piece()

    def known(self, timestamp_ms: float) -> FrameResult | None:
        """Return what was found in exactly this frame before, if it was looked at."""
        with self.lock:
            if self.recording is None:
                return None
            row = self.recording.row_of(timestamp_ms)
            return None if row is None else self.recording.result(row)

    def known_now(self, timestamp_ms: float) -> FrameResult | None:
        """The same, but None rather than waiting for another thread; for the GUI thread."""
        if not self.lock.acquire(blocking=False):
            return None
        try:
            return self.known(timestamp_ms)
        finally:
            self.lock.release()

    def add(
        self, result: FrameResult, stream: str = "play", *, generation: int | None = None
    ) -> FrameResult:
        """Record a frame; return it with the recording's track numbers.

        While another network's results are shown, it is returned as it is. So it is when it
        comes too late: ``generation`` is that of when looking at the frame began, and results
        of two networks are never mixed.
        """
        with self.lock:
            if self._foreign or generation not in (None, self._generation):
                return result
            if self.recording is None:
                info = replace(self._info, class_names=result.class_names)
                self.recording = Recording(info)
                self.recording.edits = self._edits
                self._number()
            elif self._stream not in ("", stream):
                self.recording.begin_piece()
            self._stream = stream
            renamed = len(self.recording.renamed)
            joined = self.recording.add(result)
            self.relabelled += len(self.recording.renamed) - renamed
            moment = result.timestamp_ms
            low, high = self._dirty or (moment, moment)
            self._dirty = (min(low, moment), max(high, moment))
            return joined

    def take_changes(self) -> tuple[float, float] | None:
        """Return the stretch (ms) that was added to since the last call; None when none was."""
        with self.lock:
            dirty, self._dirty = self._dirty, None
            return dirty

    # --- from the window -------------------------------------------------------------------

    def snapshot(self) -> Recording | None:
        """Return an independent copy, to be saved or exported on another thread."""
        with self.lock:
            return None if self.recording is None else self.recording.snapshot()


def _add_marks(edits: RecordingEdits, others: RecordingEdits) -> None:
    """Add the markers and excluded ranges of others, unless they are there."""
    there = {(marker.timestamp_ms, marker.kind, marker.text) for marker in edits.markers}
    for marker in others.markers:
        if (marker.timestamp_ms, marker.kind, marker.text) not in there:
            edits.mark(marker.timestamp_ms, marker.kind, marker.text)
    for start, end in others.excluded:
        if not any(low <= start and end <= high for low, high in edits.excluded):
            edits.exclude(start, end)
