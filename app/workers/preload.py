"""Importing torch early, when nothing is played, so that Start does not stutter."""

from __future__ import annotations

import importlib

from app.workers.base import Worker


class PreloadWorker(Worker):
    """Imports what training and data sets need."""

    def work(self) -> None:
        importlib.import_module("trainer.data")
        if not self.should_stop():
            importlib.import_module("trainer.training")
