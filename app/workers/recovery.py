"""After a program was killed: remove what it left half done, find what can be resumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from trainer.files import remove_leftovers
from trainer.runs import CHECKPOINT, CONFIG, Run, list_runs


@dataclass(frozen=True)
class Recovery:
    """What a start found.

    Attributes:
        killed: Whether a program was killed before.
        removed: Number of unfinished files that were removed.
        run: The training that ended with it, or None.
    """

    killed: bool
    removed: int
    run: Run | None


class RecoveryWorker(Worker):
    """Looks through Mien's own folders.

    Signals:
        found: :class:`Recovery`.
    """

    found = pyqtSignal(object)

    def __init__(self, folders: Sequence[Path], runs_folder: Path, killed: Sequence[float]) -> None:
        super().__init__()
        self._folders = tuple(folders)
        self._runs_folder = runs_folder
        self._killed = tuple(killed)

    def work(self) -> None:
        removed = len(remove_leftovers(self._folders))
        run = self._interrupted_run() if self._killed else None
        self.found.emit(Recovery(bool(self._killed), removed, run))

    def _interrupted_run(self) -> Run | None:
        """The newest run that was being trained since the killed program had been started."""
        since = min(self._killed)
        for run in list_runs(self._runs_folder):
            if self.should_stop():
                return None
            if run.state == "interrupted" and _changed(run.path) >= since and not run.is_training:
                return run
        return None


def _changed(folder: Path) -> float:
    """When a run was written to last, in seconds since 1970."""
    times = [
        (folder / name).stat().st_mtime
        for name in (CHECKPOINT, CONFIG)
        if (folder / name).is_file()
    ]
    return max(times, default=0.0)
