"""Runs that wait for each other, kept in one file so that the list survives a restart.

Torch-free: windows show the list before anything is trained.
"""

from __future__ import annotations

import json
import logging
import math
import os
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from trainer.config import TrainConfig
from trainer.errors import TrainingError
from trainer.files import TextWriter
from trainer.locks import hold
from trainer.paths import data_dir

_log = logging.getLogger(__name__)

WAITING, RUNNING = "waiting", "running"
FINISHED, STOPPED, FAILED, INTERRUPTED = "finished", "stopped", "failed", "interrupted"
STATES: tuple[str, ...] = (WAITING, RUNNING, FINISHED, STOPPED, FAILED, INTERRUPTED)
_VERSION = 1


@dataclass(frozen=True)
class QueuedRun:
    """One run in the list.

    Attributes:
        config: Its settings.
        dataset: File or folder of the data; None draws the demo faces.
        key: Names the entry for as long as it is in the list.
        state: One of ``STATES``; ``interrupted`` was running when the program ended.
        run_dir: The run's folder once there is one. A waiting run with a folder is resumed.
        accuracy: Best validation accuracy, a fraction; NaN before there is one.
        message: Why it failed.
    """

    config: TrainConfig
    dataset: Path | None = None
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    state: str = WAITING
    run_dir: Path | None = None
    accuracy: float = math.nan
    message: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in (FINISHED, STOPPED, FAILED)


def queue_file() -> Path:
    """Where the list is kept."""
    return data_dir() / "queue.json"


class RunQueue:
    """The list; every change is written to the file at once, on a thread.

    A file that cannot be written is logged and the list goes on in memory: a full disk must
    not stop a training. A damaged file is moved aside, never overwritten.

    Attributes:
        path: The file.
        is_kept: Whether the list is in the file. It is not where another program has it open:
            each would overwrite what the other one added, and both would train what waits.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer = TextWriter(path)
        self._lock: FileLock | None = None
        self.is_kept = self._is_mine()
        self._runs: list[QueuedRun] = self._load() if self.is_kept else []

    @property
    def runs(self) -> tuple[QueuedRun, ...]:
        """All entries, the next first among those that wait."""
        return tuple(self._runs)

    def next_waiting(self) -> QueuedRun | None:
        """The run whose turn it is."""
        return next((run for run in self._runs if run.state == WAITING), None)

    def waiting(self) -> int:
        """How many runs wait."""
        return sum(run.state == WAITING for run in self._runs)

    def add(self, runs: Iterable[QueuedRun], *, first: bool = False) -> None:
        """Add runs behind the others that wait, or before them."""
        new = list(runs)
        at = len(self._runs)
        if first:
            at = next((i for i, run in enumerate(self._runs) if run.state == WAITING), at)
        self._runs[at:at] = new
        self._save()

    def update(self, key: str, **values: Any) -> QueuedRun:
        """Change fields of an entry and return it.

        Raises:
            KeyError: There is no such entry.
        """
        index = self._index(key)
        self._runs[index] = replace(self._runs[index], **values)
        self._save()
        return self._runs[index]

    def remove(self, keys: Sequence[str]) -> None:
        """Take entries off the list; the one that runs stays."""
        self._runs = [run for run in self._runs if run.key not in keys or run.state == RUNNING]
        self._save()

    def remove_over(self) -> None:
        """Take off what is over."""
        self._runs = [run for run in self._runs if not run.is_over]
        self._save()

    def move(self, key: str, to: int) -> None:
        """Move an entry to another place (0-based; clipped to the list)."""
        run = self._runs.pop(self._index(key))
        self._runs.insert(min(max(to, 0), len(self._runs)), run)
        self._save()

    def _index(self, key: str) -> int:
        for index, run in enumerate(self._runs):
            if run.key == key:
                return index
        raise KeyError(key)

    # -- the file ----------------------------------------------------------------------------

    def _is_mine(self) -> bool:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = hold(self.path.with_name(self.path.name + ".lock"))
        except Timeout:
            return False
        except OSError as error:  # then nobody can write there, and nothing is lost by reading
            _log.warning("the queue %s cannot be locked: %s", self.path, error)
        return True

    def _save(self) -> None:
        if not self.is_kept:
            return
        content = {"version": _VERSION, "runs": [_to_dict(run) for run in self._runs]}
        self._writer.put(json.dumps(content, indent=1))

    def flush(self) -> None:
        """Wait until the file holds every change."""
        self._writer.flush()

    def close(self) -> None:
        """Leave the file, with every change in it, to the next program."""
        self.flush()
        if self._lock is not None:
            self._lock.release()

    def _load(self) -> list[QueuedRun]:
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            runs = [_from_dict(values) for values in content["runs"]]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError, RecursionError, TrainingError) as error:
            _log.warning("the queue in %s is damaged: %s", self.path, error)
            self._put_aside()
            return []
        # What was running has ended with the program that ran it.
        return [replace(run, state=INTERRUPTED) if run.state == RUNNING else run for run in runs]

    def _put_aside(self) -> None:
        number, copy = 1, self.path.with_name(self.path.name + ".damaged")
        while copy.exists():
            number += 1
            copy = self.path.with_name(f"{self.path.name}.damaged-{number}")
        try:
            os.replace(self.path, copy)
        except OSError as error:
            _log.warning("the damaged queue %s cannot be moved: %s", self.path, error)


def over_seeds(run: QueuedRun, number: int) -> list[QueuedRun]:
    """Return ``number`` runs that differ by their seed only, counted up from the run's own."""
    seed = run.config.seed
    return [
        replace(run, key=uuid.uuid4().hex, config=run.config.changed(seed=seed + offset))
        for offset in range(number)
    ]


def _to_dict(run: QueuedRun) -> dict[str, Any]:
    return {
        "key": run.key,
        "state": run.state,
        "dataset": None if run.dataset is None else str(run.dataset),
        "run_dir": None if run.run_dir is None else str(run.run_dir),
        "accuracy": None if math.isnan(run.accuracy) else run.accuracy,
        "message": run.message,
        "config": run.config.to_dict(),
    }


def _from_dict(values: dict[str, Any]) -> QueuedRun:
    if values["state"] not in STATES:
        raise ValueError(f"unknown state {values['state']!r}")
    if not isinstance(values["key"], str) or not isinstance(values["config"], dict):
        raise ValueError("an entry without key or settings")
    accuracy = values.get("accuracy")
    return QueuedRun(
        config=TrainConfig.from_dict(values["config"]),
        dataset=_path(values.get("dataset")),
        key=values["key"],
        state=values["state"],
        run_dir=_path(values.get("run_dir")),
        accuracy=math.nan if accuracy is None else float(accuracy),
        message=str(values.get("message", "")),
    )


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None
