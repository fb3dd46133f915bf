"""Analysis that keeps pace: how often the detector runs, and results kept for stepping back."""

from __future__ import annotations

from collections import OrderedDict

from app.workers.media import AnalysisPipeline
from trainer.inference.types import Frame, FrameResult

_MAX_EVERY = 10
_KEPT_RESULTS = 3000


class DetectionCadence:
    """Chooses n of "the detector runs on every n-th frame" from what frames really cost."""

    def __init__(self) -> None:
        self.every = 1
        self._count = 0
        self._detect_ms: float | None = None
        self._carry_ms: float | None = None

    def restart(self) -> None:
        """The next frame is detected (after a jump the tracker has nothing to carry)."""
        self._count = 0

    def next_detects(self) -> bool:
        """Return whether the next frame runs the detector, and count it."""
        detects = self._count % self.every == 0
        self._count += 1
        return detects

    def expected_ms(self, every: int | None = None) -> float:
        """Return the mean cost of a frame at the given cadence, milliseconds."""
        if self._detect_ms is None:
            return 0.0
        n = every or self.every
        carry = self._carry_ms if self._carry_ms is not None else 0.5 * self._detect_ms
        return (self._detect_ms + (n - 1) * min(carry, self._detect_ms)) / n

    def record(self, cost_ms: float, *, detected: bool) -> None:
        """Take in what a frame cost from decoding to pixels, milliseconds."""
        if detected:
            old = self._detect_ms
            self._detect_ms = cost_ms if old is None else old + 0.15 * (cost_ms - old)
        else:
            old = self._carry_ms
            self._carry_ms = cost_ms if old is None else old + 0.15 * (cost_ms - old)

    def adapt(self, budget_ms: float, fill: float) -> None:
        """Choose the cadence for a budget per frame and a buffer filled to ``fill`` (0..1).

        It detects less often only when the buffer runs dry, and more often only when the
        buffer is full and the sums say that the better cadence can be held.
        """
        if fill < 0.4 and self.expected_ms() > 0.95 * budget_ms:
            self.every = self._smallest(0.8 * budget_ms, first=self.every)
        elif fill > 0.75 and self.every > 1:
            self.every = min(self.every, self._smallest(0.75 * budget_ms, first=1))

    def _smallest(self, budget_ms: float, first: int) -> int:
        for every in range(first, _MAX_EVERY):
            if self.expected_ms(every) <= budget_ms:
                return every
        return _MAX_EVERY


class Analyst:
    """Runs the pipeline in decoding order and remembers what it said.

    A frame that was analysed before is answered from memory, so stepping back or looping
    shows the same boxes, ids and probabilities as before, and going on from there continues
    the same tracks. Results are small; pixels are never kept.
    """

    def __init__(self, pipeline: AnalysisPipeline) -> None:
        self.pipeline = pipeline
        self.cadence = DetectionCadence()
        self.class_names: tuple[str, ...] = ()
        self._results: OrderedDict[float, FrameResult] = OrderedDict()
        self._last_processed: float | None = None
        self._previous: float | None = None

    def start(self, *, fresh: bool) -> None:
        """A jump: the next frame does not follow the last one; ``fresh`` forgets results."""
        self._previous = None
        if fresh:
            self._results.clear()
            self._last_processed = None
            self.pipeline.reset()
            self.cadence = DetectionCadence()

    def known(self, frame: Frame) -> FrameResult | None:
        """Return the remembered result of this frame, if any; call for every frame in order."""
        result = self._results.get(frame.timestamp_ms)
        if result is not None:
            self._previous = frame.timestamp_ms
        return result

    def analyse(self, frame: Frame) -> FrameResult:
        """Run the pipeline on a frame that is not known yet."""
        if self._last_processed is not None and self._previous != self._last_processed:
            self.pipeline.reset()
            self.cadence.restart()
        result = self.pipeline.process(frame, detect=self.cadence.next_detects())
        self._previous = self._last_processed = frame.timestamp_ms
        self.class_names = result.class_names
        self._results[frame.timestamp_ms] = result
        if len(self._results) > _KEPT_RESULTS:
            self._results.popitem(last=False)
        return result

    def analyse_live(self, frame: Frame) -> FrameResult:
        """Run the pipeline on a camera frame; nothing is remembered."""
        result = self.pipeline.process(frame, detect=self.cadence.next_detects())
        self.class_names = result.class_names
        return result

    def passed_over(self, frame: Frame) -> None:
        """A frame went by without analysis; the tracks survive such a gap."""
        if self._previous == self._last_processed:
            self._last_processed = frame.timestamp_ms
        self._previous = frame.timestamp_ms
