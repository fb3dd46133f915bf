"""Computes labels anew with other smoothing, and counts how often they change."""

from __future__ import annotations

import logging
import threading
import traceback
from dataclasses import asdict

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker, summary_of
from app.workers.recorder import Recorder
from trainer.inference.recording import Recording
from trainer.inference.smoothing import SmoothingSettings
from trainer.inference.steadiness import apply, flicker, steady

log = logging.getLogger(__name__)


class SteadyWorker(Worker):
    """Lives as long as the Player; of several wishes only the last is carried out.

    Signals:
        relabelled: What is recorded has other labels now.
        measured: (Flicker) What the labels do now; None while nothing is recorded.
    """

    relabelled = pyqtSignal()
    measured = pyqtSignal(object)

    def __init__(self, recorder: Recorder) -> None:
        super().__init__()
        self._recorder = recorder
        self._condition = threading.Condition()
        self._wanted = False

    def ask(self) -> None:
        """Make what is recorded as calm as ``recorder.smoothing`` says, and measure it."""
        with self._condition:
            self._wanted = True
            self._condition.notify_all()

    def stop(self) -> None:
        """Leave the loop."""
        super().stop()
        with self._condition:
            self._condition.notify_all()

    def work(self) -> None:
        """Compute until :meth:`stop`; a fault is reported and does not end the loop."""
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._wanted or self.should_stop())
                self._wanted = False
            if self.should_stop():
                return
            try:
                self._compute()
            except Exception as error:  # one fault must not end the loop
                log.exception("the labels could not be computed anew")
                self.failed.emit(summary_of(error), traceback.format_exc())

    def _compute(self) -> None:
        recorder = self._recorder
        with recorder.lock:
            recording, settings = recorder.recording, recorder.smoothing
            if recording is None:
                self.measured.emit(None)
                return
            # Faces that are found meanwhile must not be missed: the lock is held.
            changed = not _has(recording, settings)
            if changed:
                apply(recording, steady(recording, settings))
                recorder.relabelled += 1
            copy = recording.snapshot()
        if changed:
            self.relabelled.emit()
        self.measured.emit(flicker(copy))


def _has(recording: Recording, settings: SmoothingSettings) -> bool:
    return bool(recording.info.settings.get("smoothing") == asdict(settings))
