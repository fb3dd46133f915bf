"""Paces frames by their time stamps: the clock, the timer, seeking and stepping."""

from __future__ import annotations

import math
from dataclasses import replace

from PyQt5.QtCore import QObject, Qt, QTimer, pyqtSignal

from app.controllers.playback_stats import PlaybackStats
from app.workers.frame_buffer import ReadyFrame
from app.workers.media import MediaInfo
from app.workers.playback import PlaybackWorker

_PREROLL_MS = 180.0
_TOLERANCE_MS = 0.3
_IDLE_MS = 4.0
_PAGE_MS = 50.0  # in which the page that appears for a video is laid out and painted alone
_MOST_LEAD_MS = 8.0
_STEP_BACK_MS = 1.5  # more than the rounding that seeking forgives, less than any frame


class FramePresenter(QObject):
    """Takes frames from the worker's buffer when they are due. Time is never stretched.

    Signals:
        frame_due: (ReadyFrame) Show this frame now.
        playing_changed: (playing) Play or pause, also at the end of the file.
        sought: Frames go on from another place than after the one shown last.
    """

    frame_due = pyqtSignal(object)
    sought = pyqtSignal()
    playing_changed = pyqtSignal(bool)

    def __init__(
        self, worker: PlaybackWorker, stats: PlaybackStats, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._clock = worker.clock
        self._buffer = worker.buffer
        self._stats = stats
        self.info: MediaInfo | None = None
        self.current: ReadyFrame | None = None
        self.generation = 0
        self.loop = False
        self.loop_range: tuple[float, float] | None = None
        self._playing = False
        self._dragging = False
        self._appearing = False  # the page of what was opened is being laid out and painted
        self._awaiting = False  # the first frame after an open or a seek has not come yet
        self._target_ms = 0.0
        self._pending_seek: float | None = None
        self._steps = 0
        self._looked_at: float | None = None
        self._unpainted = False
        self._lead_ms = 1.0  # how long painting takes: frames are handed on so much earlier
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        worker.frame_ready.connect(self._on_frame_ready)
        worker.ended.connect(self._on_ended)

    # --- state -----------------------------------------------------------------------------

    @property
    def playing(self) -> bool:
        """Whether the user wants it to play (a seek may hold the clock for a moment)."""
        return self._playing

    @property
    def position_ms(self) -> float:
        """Time of the frame shown, or of the one that is being sought."""
        if self._pending_seek is not None:
            return self._pending_seek
        if self._awaiting or self.current is None:
            return self._target_ms
        return self.current.timestamp_ms

    @property
    def duration_ms(self) -> float:
        """Length of the video, 0 when it has none."""
        return self.info.duration_ms if self.info is not None else 0.0

    def begin(self) -> int:
        """Forget what was played, because something else is opened; return its generation."""
        self._timer.stop()
        self._appearing = False
        self.info = None
        self.current = None
        self._steps = 0
        self._looked_at = None
        self._dragging = False
        self._set_playing(False)
        return self._new_generation(0.0)

    def opened(self, info: MediaInfo, *, play: bool) -> None:
        """The worker has opened what :meth:`begin` announced."""
        self.info = info
        self._set_playing(play)
        self._appearing = True
        self._schedule(_PAGE_MS)

    def set_duration(self, ms: float) -> None:
        """Another length than the header's was found out."""
        if self.info is not None:
            self.info = replace(self.info, duration_ms=ms)

    def analyse_again(self) -> None:
        """Another model is in use: what waits in the buffer was analysed by the old one."""
        if self.info is not None and self.current is not None and not self._awaiting:
            self.seek(self.current.timestamp_ms)

    # --- transport -------------------------------------------------------------------------

    def play(self) -> None:
        """Play on, from the start when the end was reached."""
        if self.info is None or self.info.kind == "photo" or self._playing:
            return
        if self.info.kind == "camera":
            self._buffer.take_next()  # a picture from before the pause
        elif self._at_end():
            self.seek(0.0)
        self._set_playing(True)
        self._tick()

    def pause(self) -> None:
        """Stay on the frame that is shown."""
        self._stay()
        self._look_again()

    def _stay(self) -> None:
        self._set_playing(False)
        if self.current is not None and not self._awaiting:
            self._clock.hold(self.current.timestamp_ms)

    def _look_again(self) -> None:
        """Have faces looked for in the frame shown, where a late computer did not do it."""
        shown = self.current
        if shown is None or self._awaiting or self.info is None or self.info.kind != "video":
            return
        if shown.analysed and shown.result.is_unsearched and self._looked_at != shown.timestamp_ms:
            self._looked_at = shown.timestamp_ms  # once, should another network's results be shown
            self._start_seek(shown.timestamp_ms)

    def toggle(self) -> None:
        """Play or pause."""
        if self._playing:
            self.pause()
        else:
            self.play()

    def set_speed(self, speed: float) -> None:
        """Set video milliseconds for one real millisecond."""
        self._clock.set_speed(speed)
        self._stats.pause()
        if self._clock.running:
            self._tick()

    def seek(self, timestamp_ms: float) -> None:
        """Show the frame of this time. While one seek is under way only the latest waits."""
        if self.info is None or self.info.kind == "camera":
            return
        target = max(0.0, timestamp_ms)
        if self.duration_ms > 0:  # else it is not known yet, and the source knows its end
            target = min(target, max(0.0, self.duration_ms - 0.5))
        self._steps = 0
        if self._awaiting:
            self._pending_seek = target
        else:
            self._start_seek(target)

    def step(self, frames: int) -> None:
        """Go whole frames forward or back, exactly; pauses first."""
        if self.info is None or self.info.kind != "video" or frames == 0:
            return
        self._stay()
        if frames > 0:
            self._steps += frames
            self._tick()
            return
        # Half a frame before the wanted one ends, so that rounding cannot matter; one frame
        # back is exact with a variable rate too: the frame shown just before this one began.
        back = _STEP_BACK_MS if frames == -1 else (abs(frames) - 0.5) * self.info.frame_ms
        if self._awaiting and frames == -1:
            back = 0.5 * self.info.frame_ms
        self.seek(self.position_ms - back)

    def set_dragging(self, dragging: bool) -> None:
        """While the seek bar is dragged the clock stands."""
        self._dragging = dragging
        if dragging:
            self._clock.hold(self.position_ms)
        else:
            self._tick()

    def painted(self) -> None:
        """The frame of the last ``frame_due`` is on the screen."""
        if not self._unpainted or self.current is None or self.info is None:
            return
        self._unpainted = False
        if self._clock.running:
            late = (self._clock.position_ms() - self.current.timestamp_ms) / self._clock.speed
            self._lead_ms = min(max(self._lead_ms + 0.08 * late, 0.0), _MOST_LEAD_MS)
            self._stats.count_error(late, self.info.frame_ms / self._clock.speed)

    # --- the tick --------------------------------------------------------------------------

    def _on_time(self) -> None:
        self._appearing = False
        self._tick()

    def _tick(self) -> None:
        """Read what is due and hand it on; nothing is decoded or converted here."""
        if self.info is None or self._appearing:
            return
        if self._awaiting and not self._take_first():
            return
        if self.info.kind == "camera":
            self._show_newest()
        elif self._dragging:
            return
        elif not self._playing:
            self._serve_steps()
        elif not self._clock.running:
            self._try_start()
        else:
            self._show_due()

    def _take_first(self) -> bool:
        ready = self._buffer.take_next()
        if ready is None:
            return False
        self._awaiting = False
        self._clock.hold(ready.timestamp_ms)
        self._present(ready)
        if self._pending_seek is not None:
            target, self._pending_seek = self._pending_seek, None
            self._start_seek(target)
            return False
        return True

    def _show_newest(self) -> None:
        if self._playing:
            ready = self._buffer.take_next()
            if ready is not None:
                self._present(ready)

    def _serve_steps(self) -> None:
        while self._steps > 0:
            ready = self._buffer.take_next()
            if ready is None:
                if self._buffer.finished:
                    self._steps = 0
                return
            self._steps -= 1
            self._clock.hold(ready.timestamp_ms)
            self._present(ready)
        self._look_again()

    def _try_start(self) -> None:
        if self.current is None:
            return
        position = self.current.timestamp_ms
        enough = _PREROLL_MS * max(1.0, self._clock.speed)
        if (
            self._buffer.ahead_ms(position) >= enough
            or not self._buffer.has_room()
            or self._buffer.finished
        ):
            self._buffer.take_skipped()
            self._clock.start(position)
            self._show_due()
        else:
            self._schedule(_IDLE_MS)

    def _show_due(self) -> None:
        position = self._clock.position_ms()
        lead = self._lead_ms * self._clock.speed
        if self._leaves_loop(position + lead + _TOLERANCE_MS):
            return
        ready, passed = self._buffer.take_due(position + lead + _TOLERANCE_MS)
        self._stats.late_count += passed + self._buffer.take_skipped()
        if ready is not None:
            self._present(ready)
        following = self._buffer.next_timestamp_ms()
        if following is not None:
            self._schedule((following - position - lead) / self._clock.speed)
        elif not self._buffer.finished:
            self._schedule(_IDLE_MS)
        else:
            self._approach_end(position)

    def _leaves_loop(self, position: float) -> bool:
        """Go back to the start of the repeated stretch when its end is reached."""
        loop, current = self.loop_range, self.current
        # Whoever goes on behind the end by hand wants to see what is there.
        if loop is None or current is None or not current.timestamp_ms < loop[1] <= position:
            return False
        self._start_seek(loop[0])
        return True

    def _approach_end(self, position: float) -> None:
        if self.info is None or self.current is None:
            return
        rest = self.current.timestamp_ms + self.info.frame_ms - position
        if rest > _TOLERANCE_MS:
            self._schedule(rest / self._clock.speed)
        elif self._leaves_loop(math.inf):
            return
        elif self.loop:
            self._start_seek(0.0)
        else:
            self._clock.hold(self.current.timestamp_ms)
            self._set_playing(False)

    def _present(self, ready: ReadyFrame) -> None:
        self.current = ready
        self._unpainted = True
        latency = ready.result.latency_ms.get("total") if ready.analysed else None
        self._stats.count_shown(len(ready.result.faces), latency)
        self.frame_due.emit(ready)

    def _schedule(self, delay_ms: float) -> None:
        self._timer.start(min(100, max(0, math.ceil(delay_ms - _TOLERANCE_MS))))

    # --- seeking ---------------------------------------------------------------------------

    def _start_seek(self, target_ms: float) -> None:
        self._worker.seek(self._new_generation(target_ms), target_ms)
        self.sought.emit()

    def _new_generation(self, target_ms: float) -> int:
        self.generation += 1
        self._target_ms = target_ms
        self._pending_seek = None
        self._awaiting = True
        self._clock.hold(target_ms)
        self._buffer.reset(self.generation)
        self._stats.pause()
        return self.generation

    def _at_end(self) -> bool:
        return (
            not self._awaiting
            and self.current is not None
            and self._buffer.finished
            and len(self._buffer) == 0
        )

    def _set_playing(self, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self._stats.pause()
            self.playing_changed.emit(playing)

    def _on_frame_ready(self, generation: int) -> None:
        if generation == self.generation and (self._awaiting or not self._clock.running):
            self._tick()

    def _on_ended(self, generation: int, _duration_ms: float) -> None:
        if generation != self.generation:
            return
        if self._awaiting and len(self._buffer) == 0:
            self._awaiting = False
            self._set_playing(False)
        self._tick()
