"""Looks at the parts of a video, or of a stretch of it, that were not looked at yet."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from app.workers.face_shots import FaceShots
from app.workers.media import AnalysisPipeline, MediaSource
from app.workers.playback_parts import recorded_model
from app.workers.recorder import Recorder
from app.workers.thumbnails import Thumbnails
from app.workers.tuning import Tuner
from trainer.inference.read_ahead import ReadAhead
from trainer.inference.recording import Recording
from trainer.inference.recording_curves import Range, analysed_share, missing_ranges

_STREAM = "whole"
_TELL_S = 0.15
_JOIN_MS = 1000.0  # starting anew costs more than looking at so much once more
_END = float("inf")


def unseen_ranges(recording: Recording, within: Range | None = None) -> list[Range]:
    """Return what was not looked at, or only by carrying boxes along, because playing was late.

    Args:
        recording: What was found so far.
        within: Only there; the whole video when None.

    Returns:
        Rangees in order of time, apart from each other.
    """
    times = recording.frame_times()
    thin = ~recording.frames["detector_ran"][recording.frame_order()]
    edges = np.flatnonzero(np.diff(np.r_[False, thin, False].astype(np.int8)))
    ends = np.append(times[1:], recording.duration_ms)
    carried = [
        (float(times[first]), float(ends[last - 1]))
        for first, last in zip(edges[::2], edges[1::2], strict=True)
    ]
    joined: list[Range] = []
    for start, end in sorted([*missing_ranges(recording), *carried]):
        if joined and start - joined[-1][1] < _JOIN_MS:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    if within is None:
        return joined
    low, high = within
    parts = [(max(start, low), min(end, high)) for start, end in joined]
    # Times are rounded: less than half a frame is none.
    return [part for part in parts if part[1] - part[0] > 0.5 * recording.frame_ms]


class WholeVideoWorker(Worker):
    """Fills a :class:`Recorder` from a source of its own; rests while it is told to.

    Signals:
        moved: (share, frames a second) How much of the video, or of the stretch, was analysed.
        measured: (ms) The end was met: so long is the video.
    """

    moved = pyqtSignal(float, float)
    measured = pyqtSignal(float)

    def __init__(
        self,
        path: Path,
        recorder: Recorder,
        thumbnails: Thumbnails,
        open_media: Callable[[Path], MediaSource],
        make_pipeline: Callable[[], AnalysisPipeline],
        shots: FaceShots | None = None,
        *,
        within: Range | None = None,
    ) -> None:
        super().__init__()
        self._within = within
        self._path = path
        self._recorder = recorder
        self._thumbnails = thumbnails
        self._shots = shots or FaceShots()
        self._open_media = open_media
        self._make_pipeline = make_pipeline
        self._generation = recorder.generation
        self._free = threading.Event()
        self._free.set()
        self._frames = 0
        self._busy_s = 0.0
        self._told_s = 0.0

    def set_resting(self, resting: bool) -> None:
        """Wait, because playing needs the processor, or go on; from the GUI thread."""
        if resting:
            self._free.clear()
        else:
            self._free.set()

    def stop(self) -> None:
        """End after the frame that is being looked at."""
        super().stop()
        self._free.set()

    def work(self) -> None:
        """Look at everything that is missing.

        Raises:
            VideoError: The video cannot be read.
            WeightsError: The network cannot be loaded.
        """
        pipeline = self._make_pipeline()
        if recorded_model(pipeline).sha256 != self._recorder.info.model_sha256:
            return  # the network was changed a moment ago; the window is yet to learn of it
        tuner = Tuner(self._recorder, pipeline)
        source = self._open_media(self._path)
        try:
            for start, end in self._missing():
                if self.should_stop():
                    return
                source.seek(start, self.should_stop)
                pipeline.reset()
                self._recorder.begin_piece()
                self._look_at(source, pipeline, tuner, end)
        finally:
            source.close()
        self._tell(final=True)

    def _missing(self) -> list[Range]:
        with self._recorder.lock:
            recording = self._recorder.recording
            if recording is None:
                return [self._within or (0.0, _END)]
            missing = unseen_ranges(recording, self._within)
            length = recording.duration_ms
        # The file may be longer than its header says.
        return [(start, _END if end >= length - 1.0 else end) for start, end in missing]

    def _look_at(
        self, source: MediaSource, pipeline: AnalysisPipeline, tuner: Tuner, end: float
    ) -> None:
        with ReadAhead(source) as frames:
            for frame in frames:
                self._free.wait()
                if self.should_stop() or frame.timestamp_ms >= end:
                    return
                if self._recorder.generation != self._generation:
                    return  # another video or network: what is found belongs nowhere
                began = time.perf_counter()
                self._thumbnails.offer(frame)
                known = self._recorder.known(frame.timestamp_ms)
                if known is None or not known.detector_ran:
                    tuner.tune()
                    found = pipeline.process(frame)
                    known = self._recorder.add(found, _STREAM, generation=self._generation)
                self._shots.offer(frame, known, self._generation)
                self._busy_s += time.perf_counter() - began
                self._frames += 1
                self._tell()
            if not self.should_stop():
                self.measured.emit(float(source.duration_ms))

    def _tell(self, *, final: bool = False) -> None:
        now = time.perf_counter()
        if not final and now - self._told_s < _TELL_S:
            return
        self._told_s = now
        with self._recorder.lock:
            recording = self._recorder.recording
            if recording is None:
                share = 0.0
            elif self._within is None:
                share = analysed_share(recording)
            else:
                missing = sum(end - start for start, end in unseen_ranges(recording, self._within))
                share = 1.0 - missing / max(self._within[1] - self._within[0], 1e-6)
        self.moved.emit(share, self._frames / max(1e-6, self._busy_s))
