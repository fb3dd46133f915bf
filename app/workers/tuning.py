"""Tells a pipeline what the user set, when that changed."""

from __future__ import annotations

from app.workers.media import AnalysisPipeline
from app.workers.recorder import Recorder
from trainer.inference.finding import FindingSettings
from trainer.inference.smoothing import SmoothingSettings


class Tuner:
    """Belongs to one pipeline, which is new and as delivered."""

    def __init__(self, recorder: Recorder, pipeline: AnalysisPipeline) -> None:
        self._recorder = recorder
        self._pipeline = pipeline
        self._smoothing = SmoothingSettings()
        self._finding = FindingSettings()

    def tune(self) -> None:
        """Call before each frame."""
        if self._smoothing != self._recorder.smoothing:
            self._smoothing = self._recorder.smoothing
            self._pipeline.set_smoothing(self._smoothing)
        if self._finding != self._recorder.finding:
            self._finding = self._recorder.finding
            self._pipeline.set_finding(self._finding)
