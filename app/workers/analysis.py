"""Analysis that keeps pace: how much of a frame is analysed, and results kept for stepping back."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.workers.media import AnalysisPipeline
from app.workers.recorder import Recorder
from app.workers.tuning import Tuner
from trainer.inference.types import Frame, FrameResult


@dataclass(frozen=True)
class Pace:
    """How thinly a video is analysed.

    Attributes:
        detect_every: The detector runs on every n-th frame.
        classify_every: The network looks at a known face on every n-th frame.
    """

    detect_every: int = 1
    classify_every: int = 1


PACES: tuple[Pace, ...] = (
    *(Pace(detect, 1) for detect in range(1, 6)),
    *(Pace(5, classify) for classify in range(2, 13)),
    *(Pace(detect, 12) for detect in range(6, 11)),
)
"""From thorough to thin: boxes are carried well over five frames, so detection is thinned out
first; over more they are seen to lag, so that comes last."""


class _Average:
    """A running mean that follows changes; None before the first value."""

    def __init__(self) -> None:
        self.value: float | None = None

    def add(self, value: float) -> None:
        self.value = value if self.value is None else self.value + 0.15 * (value - self.value)


class AnalysisPace:
    """Chooses one of :data:`PACES` from what frames really cost."""

    def __init__(self) -> None:
        self._level = 0
        self._count = 0
        self._faces = 0
        self._detect_ms = _Average()  # a frame with detection, without the faces' expressions
        self._carry_ms = _Average()  # a frame without both
        self._face_ms = _Average()  # the expression of one face

    @property
    def pace(self) -> Pace:
        """What is held now."""
        return PACES[self._level]

    def restart(self) -> None:
        """The next frame is detected (after a jump the tracker has nothing to carry)."""
        self._count = 0

    def next_detects(self) -> bool:
        """Return whether the next frame runs the detector, and count it."""
        detects = self._count % self.pace.detect_every == 0
        self._count += 1
        return detects

    def classify_at_most(self) -> int | None:
        """Return how many known faces are looked at in the next frame; None is all."""
        every = self.pace.classify_every
        return None if every == 1 else max(1, math.ceil(self._faces / every))

    def expected_ms(self, pace: Pace | None = None) -> float:
        """Return the mean cost of a frame at the given pace, milliseconds."""
        detect = self._detect_ms.value
        if detect is None:
            return 0.0
        pace = pace or self.pace
        carry = min(detect, 0.5 * detect if self._carry_ms.value is None else self._carry_ms.value)
        frames = (detect + (pace.detect_every - 1) * carry) / pace.detect_every
        looked_at = math.ceil(self._faces / pace.classify_every)
        return frames + looked_at * (self._face_ms.value or 0.0)

    def record(
        self, cost_ms: float, *, detected: bool, faces: int = 0, classify_ms: float = 0.0
    ) -> None:
        """Take in what a frame cost.

        Args:
            cost_ms: From decoding to pixels, milliseconds.
            detected: The detector ran.
            faces: How many there are.
            classify_ms: The part of ``cost_ms`` that their expressions took.
        """
        at_most = self.classify_at_most()
        looked_at = faces if at_most is None else min(faces, at_most)
        if looked_at:
            self._face_ms.add(classify_ms / looked_at)
        (self._detect_ms if detected else self._carry_ms).add(cost_ms - classify_ms)
        self._faces = faces

    def adapt(self, budget_ms: float, fill: float) -> None:
        """Choose the pace for a budget per frame and a buffer filled to ``fill`` (0..1).

        It becomes thinner only when the buffer runs dry, and more thorough only when the
        buffer is full and the sums say that the better pace can be held.
        """
        if fill < 0.4 and self.expected_ms() > 0.95 * budget_ms:
            if self._carry_ms.value is None:
                self._level = max(1, self._level)  # what this saves must be measured first
            else:
                self._level = self._first(0.8 * budget_ms, self._level)
        elif fill > 0.75 and self._level:
            self._level = min(self._level, self._first(0.75 * budget_ms, 0))

    def _first(self, budget_ms: float, start: int) -> int:
        last = len(PACES) - 1
        return next(
            (i for i in range(start, last) if self.expected_ms(PACES[i]) <= budget_ms), last
        )


_LIVE_DETECT_MS = 300.0  # the tracker carries a face for 400 ms


class Analyst:
    """Runs the pipeline in decoding order and records what it said.

    A frame that was analysed before is answered from the recording, so stepping back or looping
    shows the same boxes, ids and probabilities as before, and going on from there continues
    the same tracks.
    """

    def __init__(self, pipeline: AnalysisPipeline, recorder: Recorder | None = None) -> None:
        self.pipeline = pipeline
        self.recorder = recorder or Recorder()
        self.pace = AnalysisPace()
        self.class_names: tuple[str, ...] = ()
        self._tuner = Tuner(self.recorder, pipeline)
        self._last_processed: float | None = None
        self._previous: float | None = None
        self._live_detected_ms = -math.inf

    def start(self, *, fresh: bool) -> None:
        """A jump: the next frame does not follow the last one; ``fresh``: another video."""
        self._previous = None
        if fresh:
            self._last_processed = None
            self._live_detected_ms = -math.inf
            self.pipeline.reset()
            self.pace = AnalysisPace()

    def known(self, frame: Frame, *, patient: bool = False) -> FrameResult | None:
        """Return the recorded result of this frame, if any; call for every frame in order.

        With ``patient`` there is time to look: a frame without a face, in which none was looked
        for because the computer was late, does not count as known.
        """
        result = self.recorder.known(frame.timestamp_ms)
        if result is not None and patient and result.is_unsearched and not self.recorder.foreign:
            return None
        if result is not None:
            self._previous = frame.timestamp_ms
        return result

    def analyse(self, frame: Frame) -> FrameResult:
        """Run the pipeline on a frame that is not known yet."""
        if self._last_processed is not None and self._previous != self._last_processed:
            self.pipeline.reset()
            self.pace.restart()
            self.recorder.begin_piece()
        generation = self.recorder.generation  # the window may change it meanwhile
        again = self.recorder.known(frame.timestamp_ms) is not None
        result = self.recorder.add(self._process(frame, detect=again), generation=generation)
        self._previous = self._last_processed = frame.timestamp_ms
        self.class_names = result.class_names
        return result

    def analyse_live(self, frame: Frame) -> FrameResult:
        """Run the pipeline on a camera frame; nothing is remembered.

        A machine that shows a few frames a second would carry boxes longer than the tracker
        believes them, and show no face at all: the detector runs before that.
        """
        if frame.timestamp_ms - self._live_detected_ms >= _LIVE_DETECT_MS:
            self.pace.restart()
        result = self._process(frame)
        if result.detector_ran:
            self._live_detected_ms = frame.timestamp_ms
        self.class_names = result.class_names
        return result

    def _process(self, frame: Frame, *, detect: bool = False) -> FrameResult:
        self._tuner.tune()
        return self.pipeline.process(
            frame,
            detect=self.pace.next_detects() or detect,
            classify_at_most=self.pace.classify_at_most(),
        )

    def passed_over(self, frame: Frame) -> None:
        """A frame went by without analysis; the tracks survive such a gap."""
        if self._previous == self._last_processed:
            self._last_processed = frame.timestamp_ms
        self._previous = frame.timestamp_ms
