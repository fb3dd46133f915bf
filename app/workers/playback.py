"""The playback worker: decodes, analyses and scales ahead of the clock on its own thread."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from PyQt5.QtCore import pyqtSignal

from app.workers.analysis import Analyst, Pace
from app.workers.base import Worker
from app.workers.camera import CameraFeed
from app.workers.clock import PlaybackClock
from app.workers.face_shots import FaceShots
from app.workers.frame_buffer import FrameBuffer, ReadyFrame
from app.workers.live_recorder import LiveRecorder
from app.workers.media import MediaInfo, MediaSource, describe, unanalysed
from app.workers.playback_parts import (
    OrderDesk,
    PlaybackServices,
    explain,
    other_size,
    recorded_model,
)
from app.workers.priority import lower_this_thread
from app.workers.recorder import RecordedModel, Recorder
from app.workers.rendering import render
from app.workers.session_saver import SessionSaver
from app.workers.thumbnails import Thumbnails
from trainer.inference.media_time import picture_start_ms
from trainer.inference.session_choice import FoundSession
from trainer.inference.types import Frame, FrameResult

log = logging.getLogger(__name__)

_SHOW_AT_LEAST_MS = 250.0
_CATCH_UP_MS = 2000.0
_LOOK_S = 0.5  # nobody calls when a camera is unplugged while its picture stands


class PlaybackWorker(Worker):
    """Fills a :class:`FrameBuffer` for the player; lives on a QThread, runs until stopped.

    The methods ``open_file`` to ``stop`` are called from the GUI thread and return at once;
    they leave an order that the loop picks up between two frames.

    Signals:
        opened: (generation, MediaInfo) Something was opened.
        media_failed: (generation, sentence, details) Opening or playing failed; nothing is open
            any more.
        warned: (sentence) Playing goes on or ended early, and the user should know why.
        frame_ready: (generation) The buffer had been empty and now has a frame.
        ended: (generation, ms) The last frame is in the buffer; the video's true length.
        model_changed: (ModelDescription) The pipeline was (re)built.
        model_failed: (sentence, details) A model was refused; the one before stays.
        session_found: (model, same) Saved results are used; whether this model made them.
    """

    opened = pyqtSignal(int, object)
    media_failed = pyqtSignal(int, str, str)
    warned = pyqtSignal(str)
    frame_ready = pyqtSignal(int)
    ended = pyqtSignal(int, float)
    model_changed = pyqtSignal(object)
    model_failed = pyqtSignal(str, str)
    session_found = pyqtSignal(str, bool)

    def __init__(self, services: PlaybackServices | None = None) -> None:
        super().__init__()
        self._services = services or PlaybackServices()
        self.clock = PlaybackClock()
        self._condition = threading.Condition()
        self.buffer = FrameBuffer(self._condition)
        self.recorder = Recorder()
        self.thumbnails = Thumbnails()
        self.shots = FaceShots()
        self.sessions = SessionSaver(self.recorder)
        self.first_model: Path | None = None
        self.live = LiveRecorder(self)
        self._desk = OrderDesk(self._condition)
        self._view_size = (0, 0)
        # From here on only the worker's thread touches the state.
        self._generation = 0
        self._source: MediaSource | None = None
        self._feed: CameraFeed | None = None
        self._info: MediaInfo | None = None
        self._analyst: Analyst | None = None
        self._at_end = False
        self._last_put_s = 0.0
        self._last_jump_s = 0.0

    # --- orders, from the GUI thread -------------------------------------------------------

    def open_file(self, generation: int, path: Path) -> None:
        """Open a video or photo in place of what is open."""
        self._desk.leave(generation, open_path=path, open_camera=None, close=False, seek_ms=None)

    def open_camera(
        self, generation: int, index: int, name: str, size: tuple[int, int] | None = None
    ) -> None:
        """Open a camera in place of what is open; None is its usual size."""
        self._desk.leave(
            generation, open_path=None, open_camera=(index, name, size), close=False, seek_ms=None
        )

    def record(self, folder: Path | None) -> None:
        """Write what the camera sees into a folder from now on; None ends that."""
        self._desk.leave(None, record=[folder])

    def close_media(self, generation: int) -> None:
        """Release the file or camera."""
        self._desk.leave(generation, open_path=None, open_camera=None, close=True, seek_ms=None)

    def seek(self, generation: int, timestamp_ms: float) -> None:
        """Go on from the frame that is shown at ``timestamp_ms``; the latest call wins."""
        self._desk.leave(generation, seek_ms=timestamp_ms)

    def set_model(self, path: Path | None) -> None:
        """Use another model; None is the one that ships with Mien."""
        self._desk.leave(None, model=[path])

    def set_view_size(self, width: int, height: int) -> None:
        """Scale coming frames into a box of device pixels."""
        self._view_size = (width, height)

    def stop(self) -> None:
        """Leave the loop after the frame that is being worked on."""
        super().stop()
        with self._condition:
            self._condition.notify_all()

    # --- the loop, on the worker's thread --------------------------------------------------

    def work(self) -> None:
        """Work until :meth:`stop`; an exception is reported and never ends the loop."""
        lower_this_thread()
        try:
            while not self.should_stop():
                try:
                    self._wait_for_work()
                    if self.should_stop():
                        break
                    if self._desk.waiting:
                        self._obey()
                    elif self._feed is not None:
                        self._camera_step(self._feed)
                    elif self._source is not None and not self._at_end:
                        self._file_step(self._source)
                except Exception as error:
                    self._fail(error)
        finally:
            self._close()

    def _wait_for_work(self) -> None:
        with self._condition:
            while not self.should_stop() and not self._desk.waiting:
                if self._feed is not None:
                    if len(self.buffer) == 0:  # one frame in flight
                        return
                elif self._source is not None and not self._at_end and self.buffer.has_room():
                    return
                self._condition.wait(None if self._feed is None else _LOOK_S)
                if self._feed is not None and self.live.is_recording:
                    return

    def _obey(self) -> None:
        orders = self._desk.take()
        self._generation = orders.generation
        for model in orders.model:
            self._load_model(model)
        if orders.close or orders.open_path is not None or orders.open_camera is not None:
            self._close()
        if orders.open_path is not None:
            self._open_file(orders.open_path)
        elif orders.open_camera is not None:
            self._open_camera(*orders.open_camera)
        for folder in orders.record:
            self._record(folder)
        if orders.seek_ms is not None and self._source is not None:
            self._source.seek(orders.seek_ms, self._gives_way)
            self._at_end = False
            if self._analyst is not None:
                self._analyst.start(fresh=False)

    def _gives_way(self) -> bool:
        return self.should_stop() or self._desk.gives_way

    def _open_file(self, path: Path) -> None:
        source = self._services.open_media(path)
        self._source = source
        self._at_end = False
        photo = bool(getattr(source, "is_still", False))
        self._info = MediaInfo(
            kind="photo" if photo else "video",
            title=path.name,
            width=source.width,
            height=source.height,
            fps=0.0 if photo else float(source.fps),
            duration_ms=0.0 if photo else float(source.duration_ms),
            path=path,
            variable_rate=getattr(source, "variable_rate", False),
            start_ms=picture_start_ms(source),
        )
        self._start_analyst()
        self._start_recording(path)
        self.opened.emit(self._generation, self._info)

    def _start_recording(self, path: Path) -> None:
        """Begin a recording, or go on with the one that was saved for this video."""
        if self._info is None:
            return
        model = self._recorded_model()
        found = self._saved_results(path, model)
        self.thumbnails.open(self._info.duration_ms)
        self.recorder.open(self._info, found.content_hash, model)
        if found.recording is not None:
            self.recorder.adopt(found.recording)
            self.session_found.emit(found.recording.info.model, not self.recorder.foreign)

    def _saved_results(self, path: Path, model: RecordedModel) -> FoundSession:
        if self._info is None or self._info.kind != "video":
            return FoundSession("")
        self.sessions.settle()  # the same video may have been closed a moment ago
        try:
            found = self._services.load_session(path, model.sha256)
        except Exception as error:
            self.warned.emit(explain(error)[0])
            return FoundSession("")
        if found.warning:
            self.warned.emit(found.warning)
        return found

    def _recorded_model(self) -> RecordedModel:
        return recorded_model(self._analyst.pipeline) if self._analyst else RecordedModel()

    def _open_camera(self, index: int, name: str, size: tuple[int, int] | None) -> None:
        open_camera = self._services.open_camera
        device = open_camera(index) if size is None else open_camera(index, size)
        self._feed = CameraFeed(device)
        width, height = int(getattr(device, "width", 0)), int(getattr(device, "height", 0))
        fps = float(getattr(device, "fps", 0.0) or 0.0)
        self._info = MediaInfo("camera", name, width, height, fps)
        self.recorder.open(self._info, "", RecordedModel())
        self.thumbnails.open(0.0)
        self._start_analyst()
        self.opened.emit(self._generation, self._info)
        if size is not None and (width, height) != size:
            self.warned.emit(other_size(name, size, (width, height)))

    def _start_analyst(self) -> None:
        if self._analyst is None:
            self._load_model(self.first_model)
        if self._analyst is None and self.first_model is not None:
            self._load_model(None)  # the faces are worth more than the choice of last time
        if self._analyst is not None:
            self._analyst.start(fresh=True)

    def _load_model(self, path: Path | None) -> None:
        try:
            pipeline = self._services.make_pipeline(path)
        except Exception as error:
            self.model_failed.emit(*explain(error))
            return
        self._analyst = Analyst(pipeline, self.recorder)
        model = recorded_model(pipeline)
        self.recorder.renew(model)
        if self._info is not None and self._info.path is not None:
            found = self._saved_results(self._info.path, model).recording
            if found is not None and found.info.model_sha256 == model.sha256:
                self.recorder.adopt(found, self.recorder.edits)
        self.model_changed.emit(describe(pipeline, path))

    def _file_step(self, source: MediaSource) -> None:
        began = time.perf_counter()
        frame = source.read()
        if frame is None:
            self._end_of_file(source)
            return
        generation = self._generation
        patient = not self.clock.running
        known = self._analyst.known(frame, patient=patient) if self._analyst else None
        if self._too_late(frame, known is not None):
            self.buffer.skip(generation)
            if self._analyst and known is None:
                self._analyst.passed_over(frame)
            self._catch_up(source, frame)
            return
        analysed = known is not None
        result = known
        if result is None and self._analyst is not None:
            result = self._analyst.analyse(frame)
            analysed = True
        self._put(frame, result, analysed=analysed)
        self.thumbnails.offer(frame)
        if result is not None:
            self.shots.offer(frame, result, self.recorder.generation)
        if result is not None and known is None:
            cost_ms = (time.perf_counter() - began) * 1000.0
            self._adapt(cost_ms, result)

    def _put(self, frame: Frame, result: object, *, analysed: bool, live: bool = False) -> None:
        names = self._analyst.class_names if self._analyst else ()
        ready = ReadyFrame(
            generation=self._generation,
            frame=frame,
            result=result or unanalysed(frame, names),  # type: ignore[arg-type]
            picture=render(frame.image, self._view_size),
            analysed=analysed,
            pace=self._analyst.pace.pace if self._analyst else Pace(),
        )
        was_empty = len(self.buffer) == 0
        if self.buffer.put(ready, newest_only=live):
            self._last_put_s = time.perf_counter()
            if was_empty or live:
                self.frame_ready.emit(ready.generation)

    def _adapt(self, cost_ms: float, result: FrameResult) -> None:
        if self._analyst is None or self._info is None:
            return
        pace = self._analyst.pace
        pace.record(
            cost_ms,
            detected=result.detector_ran,
            faces=len(result.faces),
            classify_ms=result.latency_ms.get("classify", 0.0),
        )
        if self._info.kind == "camera":
            budget = self._info.frame_ms
            pace.adapt(budget, 0.0 if cost_ms > budget else 1.0)
        elif self.clock.running:
            pace.adapt(self._info.frame_ms / self.clock.speed, self.buffer.fill())

    def _too_late(self, frame: Frame, known: bool) -> bool:
        """Whether the frame's time will be over before it can be shown."""
        if not self.clock.running or self._info is None:
            return False
        if (time.perf_counter() - self._last_put_s) * 1000.0 > _SHOW_AT_LEAST_MS:
            return False
        cost = 0.0 if known or self._analyst is None else self._analyst.pace.expected_ms()
        end = frame.timestamp_ms + self._info.frame_ms
        return end < self.clock.position_ms() + cost * self.clock.speed

    def _catch_up(self, source: MediaSource, frame: Frame) -> None:
        """Jump when even decoding alone is slower than the video."""
        now = time.perf_counter()
        behind = self.clock.position_ms() - frame.timestamp_ms
        if behind > _CATCH_UP_MS and now - self._last_jump_s > _CATCH_UP_MS / 1000.0:
            self._last_jump_s = now
            source.seek(self.clock.position_ms() + 300.0, self._gives_way)

    def _end_of_file(self, source: MediaSource) -> None:
        self._at_end = True
        self.buffer.finish(self._generation)
        warning = getattr(source, "warning", None)
        if warning:
            self.warned.emit(str(warning))
        self.ended.emit(self._generation, float(source.duration_ms))

    def _camera_step(self, feed: CameraFeed) -> None:
        if len(self.buffer) > 0:  # paused, yet every frame is written to disk
            feed.check()
            self.live.check()
            return
        frame = feed.take_newest(0.1)
        if frame is None:
            return
        began = time.perf_counter()
        result = self._analyst.analyse_live(frame) if self._analyst else None
        self._put(frame, result, analysed=result is not None, live=True)
        if result is not None:
            self.live.add(result)
            self._adapt((time.perf_counter() - began) * 1000.0, result)

    def _record(self, folder: Path | None) -> None:
        if folder is None or self._feed is None or self._info is None:
            self.live.stop()
            return
        self.live.start(folder, self._feed, self._info.title, self._recorded_model().name)

    def _fail(self, error: Exception) -> None:
        saved = self.live.stop()
        self._close()
        sentence, details = explain(error)
        self.media_failed.emit(self._generation, f"{sentence} {saved}".strip(), details)

    def _close(self) -> None:
        self.live.stop()
        if self._feed is not None:
            self._feed.close()
        if self._source is not None:
            try:
                self._source.close()
            except Exception:
                log.exception("closing the video failed")
        self._feed = self._source = self._info = None
        self._at_end = False
