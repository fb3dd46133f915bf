"""What a queue of files knows, kept in a small file in the folder of its results."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from trainer.errors import DataError
from trainer.files import write_text

STATE_NAME = ".mien-queue.json"

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
STATES = (WAITING, RUNNING, DONE, FAILED)

_FORMAT = 1
_MAX_BYTES = 50_000_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class QueueItem:
    """One video or photo of a queue.

    Attributes:
        path: The input, absolute.
        name: Name of its results without ending.
        state: One of ``STATES``.
        reason: Why it failed, one sentence.
        outputs: Names of the files written, the table first.
        frames: Frames analysed.
        persons: Different persons.
        seconds: Time it took.
        notes: Sentences about damage or left out sound.
        known: It was done before with the same settings and was not analysed again.
    """

    path: Path
    name: str
    state: str = WAITING
    reason: str = ""
    outputs: tuple[str, ...] = ()
    frames: int = 0
    persons: int = 0
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    known: bool = False


def work_key(video_hash: str, model_sha256: str, settings: Mapping[str, Any]) -> str:
    """Return sha256 (hex) of everything that the results of one file depend on."""
    text = json.dumps([video_hash, model_sha256, settings], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


class QueueFile:
    """Files and what became of them, in the order they were added; safe between threads.

    What was running when the program ended is waiting when the file is read again. A state
    file that is damaged is put aside: results are never lost with it, only looked for anew.

    Attributes:
        folder: Where the results and the state file lie.
        settings: JSON-able choices to offer again.
    """

    def __init__(self, folder: Path) -> None:
        """Read the state of a folder, if there is one.

        Raises:
            DataError: The state file cannot be read, or is of a newer version of Mien.
        """
        self.folder = folder
        self.settings: dict[str, Any] = {}
        self._lock = threading.RLock()
        self._writing = threading.Lock()
        self._items: dict[Path, QueueItem] = {}
        self._done: dict[str, dict[str, Any]] = {}
        self._read()

    # Items -------------------------------------------------------------------------------

    def items(self) -> tuple[QueueItem, ...]:
        """Return all files, in order."""
        with self._lock:
            return tuple(self._items.values())

    def item(self, path: Path) -> QueueItem | None:
        """Return one file, or None."""
        with self._lock:
            return self._items.get(_absolute(path))

    def add(self, paths: Iterable[Path]) -> list[QueueItem]:
        """Put files in the queue; one that is there already waits again unless it runs."""
        found = []
        with self._lock:
            taken = {item.name.casefold() for item in self._items.values()}
            taken |= {str(entry["name"]).casefold() for entry in self._done.values()}
            for path in map(_absolute, paths):
                old = self._items.get(path)
                if old is None:
                    name = _free_name(path.stem, taken)
                    taken.add(name.casefold())  # many file systems do not tell A from a
                    self._items[path] = QueueItem(path, name)
                elif old.state != RUNNING:
                    self._items[path] = QueueItem(path, old.name)
                found.append(self._items[path])
        return found

    def remove(self, paths: Iterable[Path]) -> None:
        """Take files off the list, but for those that run; their results stay."""
        with self._lock:
            for path in map(_absolute, paths):
                item = self._items.get(path)
                if item is not None and item.state != RUNNING:
                    del self._items[path]

    def take_next(self, among: frozenset[Path] | None = None) -> QueueItem | None:
        """Mark the first waiting file as running and return it; None when none waits."""
        with self._lock:
            for path, item in self._items.items():
                if item.state == WAITING and (among is None or path in among):
                    self._items[path] = replace(item, state=RUNNING, reason="", known=False)
                    return self._items[path]
        return None

    def put(self, item: QueueItem) -> None:
        """Replace what is known about one file; nothing if it was taken off the list."""
        with self._lock:
            if item.path in self._items:
                self._items[item.path] = item

    # What is done ------------------------------------------------------------------------

    def done_before(self, key: str, item: QueueItem) -> QueueItem | None:
        """Return a file as done if the same was done before and its results still lie there."""
        with self._lock:
            entry = self._done.get(key)
            if entry is None or not entry["outputs"]:
                return None
            if not all((self.folder / name).is_file() for name in entry["outputs"]):
                return None
            known = _item(item.path, {**entry, "state": DONE})
        return replace(known, known=True)

    def remember_done(self, key: str, item: QueueItem) -> None:
        """Note that a file is done; results it replaced are no longer those of another key."""
        with self._lock:
            kept = {
                other: entry
                for other, entry in self._done.items()
                if not set(entry["outputs"]) & set(item.outputs)
            }
            self._done = {**kept, key: _entry(item)}

    # The file ----------------------------------------------------------------------------

    def save(self) -> None:
        """Write the state, whole or not at all.

        Raises:
            DataError: The folder cannot be written to.
        """
        with self._writing:
            with self._lock:
                values = {
                    "format": _FORMAT,
                    "settings": self.settings,
                    "files": [
                        {"path": str(item.path), **_entry(item)} for item in self._items.values()
                    ],
                    "done": self._done,
                }
                text = json.dumps(values, indent=1, default=str)
            try:
                write_text(self.folder / STATE_NAME, text + "\n")
            except OSError as error:
                raise DataError(
                    f"The queue cannot be written to {self.folder} "
                    f"({error.strerror or error}); free some space or choose another folder."
                ) from error

    def _read(self) -> None:
        path = self.folder / STATE_NAME
        try:
            if path.stat().st_size > _MAX_BYTES:
                raise ValueError("it is too large")
            values = json.loads(path.read_text(encoding="utf-8"))
            if values["format"] != _FORMAT:
                raise DataError(
                    f"The queue in {self.folder} was written by another version of Mien; "
                    "update Mien or choose another folder."
                )
            items = [_item(Path(str(entry["path"])), entry) for entry in values["files"]]
            done = {str(key): _entry(_item(path, e)) for key, e in values["done"].items()}
            settings = dict(values["settings"])
        except FileNotFoundError:
            return
        except OSError as error:
            raise DataError(
                f"The queue in {self.folder} cannot be read ({error.strerror or error}); "
                "choose another folder."
            ) from error
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            self._put_aside(path, error)
            return
        self._items = {item.path: item for item in items}
        self._done, self.settings = done, settings

    def _put_aside(self, path: Path, error: Exception) -> None:
        copy = path.with_name(path.name + ".damaged")
        try:
            os.replace(path, copy)
        except OSError as second:
            raise DataError(
                f"The queue in {self.folder} is damaged and cannot be replaced "
                f"({second.strerror or second}); choose another folder."
            ) from second
        _log.warning("the damaged queue %s was moved to %s (%s)", path, copy, error)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))


def _free_name(stem: str, taken: set[str]) -> str:
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}_{number}"
    return name


def _entry(item: QueueItem) -> dict[str, Any]:
    values = asdict(item)
    del values["path"], values["known"]
    return values


def _item(path: Path, values: Mapping[str, Any]) -> QueueItem:
    """Make an item of what a state file says; ValueError, KeyError or TypeError if it cannot."""
    state, outputs = str(values["state"]), tuple(str(name) for name in values["outputs"])
    name = str(values["name"])
    if state not in STATES or not all(_is_plain(part) for part in (name, *outputs)):
        raise ValueError(f"it says {state} and {outputs}")
    return QueueItem(
        path,
        name,
        WAITING if state == RUNNING else state,
        str(values["reason"]),
        outputs,
        int(values["frames"]),
        int(values["persons"]),
        float(values["seconds"]),
        tuple(str(note) for note in values["notes"]),
    )


def _is_plain(name: str) -> bool:
    """Whether this is a file name and not a way out of the folder."""
    return bool(name) and Path(name).name == name and "\\" not in name and "\0" not in name
