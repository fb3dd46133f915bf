"""Importing torch and its kin early, when nothing is played, so that Start does not stutter."""

from __future__ import annotations

import importlib

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker

_LATER = (
    "trainer.data.sources",
    "torch._dynamo",
    "sklearn.metrics",
    "scipy.optimize",
    "scipy.stats",
)
"""What reading data, the first step and the end of the first epoch would import: 2,000 modules."""


class PreloadWorker(Worker):
    """Imports what training and data sets need, so that nothing large comes while one runs.

    Signals:
        device_known: Device that trainings use, with the reason, and whether a GPU lies idle.
    """

    device_known = pyqtSignal(str, bool)

    def work(self) -> None:
        importlib.import_module("trainer.data")
        if not self.should_stop():
            importlib.import_module("trainer.training")
            from trainer.device import choose_device

            chosen = choose_device()
            self.device_known.emit(chosen.text, chosen.wasted)
        for name in _LATER:
            if not self.should_stop():
                importlib.import_module(name)
