"""The user's corrections of a data set, kept beside it: the source is never written.

A log holds what was done in order, with undo and redo. Its *version* is a hash of the data
set and of the corrections that hold now, so the same corrections have the same version
however they came about; its *parent* is the version before the last change. Which images were
looked at in a review is remembered too, but is no correction: it changes no version.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.errors import DataError
from trainer.files import write_text
from trainer.paths import data_dir

FORMAT = 1
_KEPT = -2  # in the array of new labels: the source's label holds
_ACTIONS = ("relabel", "exclude", "restore")

Indices = npt.NDArray[np.int64] | Sequence[int] | int


def edits_path(content_hash: str) -> Path:
    """Return the side file of a data set, in the user's data folder."""
    if not re.fullmatch(r"[0-9A-Za-z_-]{1,128}", content_hash):
        raise ValueError(f"expected a content hash, got {content_hash!r}")
    return data_dir() / "edits" / f"{content_hash}.json"


@dataclass(frozen=True)
class Change:
    """One step that the user made.

    Attributes:
        what: ``"relabel"``, ``"exclude"`` or ``"restore"``.
        samples: Indices of the images, ascending.
        when: Time in UTC, ISO 8601, to the second.
        target: The new class of a relabel (-1 takes the label away); -1 otherwise.
        version: Version of the log after the change.
    """

    what: str
    samples: tuple[int, ...]
    when: str
    target: int = -1
    version: str = ""


class EditLog:
    """Relabels and exclusions of one data set.

    Attributes:
        content_hash: The data set.
        class_names: Its classes, in the order of the targets.
        count: Its number of images.
    """

    def __init__(self, content_hash: str, class_names: Sequence[str], count: int) -> None:
        self.content_hash = content_hash
        self.class_names = tuple(class_names)
        self.count = int(count)
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._on_disk: dict[Path, tuple[int, int]] = {}
        self._reviewed = np.zeros(self.count, np.bool_)
        self._clear()

    def _clear(self) -> None:
        self._labels = np.full(self.count, _KEPT, np.int64)
        self._excluded = np.zeros(self.count, np.bool_)

    # What the user does ----------------------------------------------------------------

    def relabel(self, indices: Indices, target: int) -> None:
        """Give images another class; -1 takes the label away."""
        if not -1 <= target < len(self.class_names):
            raise ValueError(f"target must be -1..{len(self.class_names) - 1}, got {target}")
        self._do("relabel", indices, int(target))

    def exclude(self, indices: Indices) -> None:
        """Leave images out of training, export and everything else."""
        self._do("exclude", indices)

    def restore(self, indices: Indices) -> None:
        """Take excluded images back in; a new label they have stays."""
        self._do("restore", indices)

    def mark_reviewed(self, indices: Indices, reviewed: bool = True) -> bool:
        """Remember that somebody looked at images, or forget it; return whether that is new."""
        samples = self._checked(indices)
        fresh = bool((self._reviewed[samples] != reviewed).any())
        self._reviewed[samples] = reviewed
        return fresh

    def _checked(self, indices: Indices) -> npt.NDArray[np.int64]:
        samples = np.unique(np.atleast_1d(np.asarray(indices, np.int64)).ravel())
        if len(samples) and (samples[0] < 0 or samples[-1] >= self.count):
            raise ValueError(f"indices must be in 0..{self.count - 1}, got {samples[[0, -1]]}")
        return samples

    def _do(self, what: str, indices: Indices, target: int = -1) -> None:
        samples = self._checked(indices)
        if not len(samples):
            return
        when = datetime.now(UTC).isoformat(timespec="seconds")
        before = self.version
        change = Change(what, tuple(samples.tolist()), when, target)
        self._apply(change)
        if self.version == before:
            return  # nothing changed: no step that an undo would seem to do nothing for
        self._done.append(_with_version(change, self.version))
        self._undone.clear()

    def _apply(self, change: Change) -> None:
        samples = np.asarray(change.samples, np.int64)
        if change.what == "relabel":
            self._labels[samples] = change.target
        else:
            self._excluded[samples] = change.what == "exclude"

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back and nothing was done since."""
        return bool(self._undone)

    def undo(self) -> Change | None:
        """Take the last step back and return it; None when there is none."""
        if not self._done:
            return None
        change = self._done.pop()
        self._undone.append(change)
        self._replay()
        return change

    def redo(self) -> Change | None:
        """Do again what was taken back last and return it; None when there is nothing."""
        if not self._undone:
            return None
        change = self._undone.pop()
        self._apply(change)
        self._done.append(change)
        return change

    def _replay(self) -> None:
        self._clear()
        for change in self._done:
            self._apply(change)

    # What holds now --------------------------------------------------------------------

    def __len__(self) -> int:
        """Number of images that are relabelled or excluded."""
        return int(np.count_nonzero((self._labels != _KEPT) | self._excluded))

    def __bool__(self) -> bool:
        """True; a log without corrections is still a log (ask ``len`` for their number)."""
        return True

    def apply_targets(self, targets: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the source's targets (N,) with the new labels put in, as a copy."""
        if targets.shape != (self.count,):
            raise ValueError(f"expected targets ({self.count},), got {targets.shape}")
        return np.where(self._labels == _KEPT, targets, self._labels).astype(np.int64)

    def relabelled(self) -> npt.NDArray[np.bool_]:
        """Return bool (N,): the user gave the image a label (be it the old one)."""
        given: npt.NDArray[np.bool_] = self._labels != _KEPT
        return given

    def excluded(self) -> npt.NDArray[np.bool_]:
        """Return bool (N,): the user left the image out; a copy."""
        return self._excluded.copy()

    def reviewed(self) -> npt.NDArray[np.bool_]:
        """Return bool (N,): somebody looked at the image in a review; a copy."""
        return self._reviewed.copy()

    @property
    def changes(self) -> tuple[Change, ...]:
        """The steps that hold, oldest first."""
        return tuple(self._done)

    @property
    def undone(self) -> tuple[Change, ...]:
        """The steps that were taken back; the last one is what redo does."""
        return tuple(self._undone)

    @property
    def version(self) -> str:
        """sha256 (hex) of the data set's hash and of the corrections that hold now."""
        digest = hashlib.sha256(f"{self.content_hash}\n{'|'.join(self.class_names)}\n".encode())
        given = np.flatnonzero(self._labels != _KEPT)
        for part in (given, self._labels[given], np.flatnonzero(self._excluded)):
            digest.update(f"{len(part)}:".encode())
            digest.update(part.astype("<i8").tobytes())
        return digest.hexdigest()

    @property
    def parent(self) -> str:
        """Version before the last change; "" for the data set as it came."""
        if not self._done:
            return ""
        if len(self._done) > 1:
            return self._done[-2].version
        return EditLog(self.content_hash, self.class_names, self.count).version

    # The side file ---------------------------------------------------------------------

    def snapshot(self) -> EditLog:
        """Return the log as it is now, to be saved on another thread while this one goes on."""
        log = EditLog(self.content_hash, self.class_names, self.count)
        log._done, log._undone = list(self._done), list(self._undone)
        log._labels, log._excluded = self._labels.copy(), self._excluded.copy()
        log._reviewed = self._reviewed.copy()
        log._on_disk = self._on_disk  # shared: what one of them wrote is known to the other
        return log

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-able values; classes by name, so that they survive another order."""
        return {
            "format": FORMAT,
            "content_hash": self.content_hash,
            "class_names": list(self.class_names),
            "count": self.count,
            "version": self.version,
            "parent": self.parent,
            "changes": [self._change_dict(change) for change in self._done],
            "undone": [self._change_dict(change) for change in self._undone],
            "reviewed": np.flatnonzero(self._reviewed).tolist(),
        }

    def _change_dict(self, change: Change) -> dict[str, Any]:
        values: dict[str, Any] = {"what": change.what, "when": change.when}
        if change.what == "relabel":
            values["target"] = self.class_names[change.target] if change.target >= 0 else None
        values["samples"] = list(change.samples)
        values["version"] = change.version
        return values

    def save(self, path: Path) -> None:
        """Write the side file, atomically.

        If another window wrote the file in between, its version is kept aside first.
        """
        present = _signature(path)
        if present is not None and present != self._on_disk.get(path):
            os.replace(path, _free_name(path, ".other"))
        write_text(path, json.dumps(self.to_dict(), indent=None, separators=(",", ":")) + "\n")
        written = _signature(path)
        assert written is not None
        self._on_disk[path] = written

    @classmethod
    def load(cls, path: Path, content_hash: str, class_names: Sequence[str], count: int) -> EditLog:
        """Read a side file; without one the log is empty.

        Raises:
            DataError: The file is damaged (it is kept aside as ``.broken``), is of a newer
                version of Mien, or belongs to another data set.
        """
        log = cls(content_hash, class_names, count)
        signature = _signature(path)
        if signature is None:
            return log
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(values, dict):
                raise ValueError("it holds no table")
            if isinstance(values["format"], int) and values["format"] > FORMAT:
                raise DataError(
                    f"The corrections in {path} were written by a newer Mien; update Mien, or "
                    "move the file away to start without them."
                )
            if values["content_hash"] != content_hash or values["count"] != count:
                raise DataError(
                    f"The corrections in {path} belong to another data set; move the file away."
                )
            log._done = [log._read_change(change) for change in values["changes"]]
            log._undone = [log._read_change(change) for change in values["undone"]]
            log._reviewed[log._read_samples(values.get("reviewed", []))] = True
            log._replay()
        except OSError as error:
            raise DataError(f"The corrections in {path} cannot be read: {error}.") from error
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            kept = _free_name(path, ".broken")
            os.replace(path, kept)
            raise DataError(
                f"The corrections in {path} are damaged and are not used; the file is kept as "
                f"{kept.name} beside it."
            ) from error
        log._on_disk[path] = signature
        return log

    def _read_change(self, values: dict[str, Any]) -> Change:
        """Check one step of a side file; ValueError, KeyError or TypeError when it is wrong."""
        what, samples = values["what"], values["samples"]
        if what not in _ACTIONS:
            raise ValueError(f"unknown step {what!r}")
        target = -1
        if what == "relabel" and values["target"] is not None:
            target = self.class_names.index(values["target"])
        if not self._read_samples(samples):
            raise ValueError("a step names no images")
        return Change(
            what, tuple(samples), str(values["when"]), target, str(values.get("version", ""))
        )

    def _read_samples(self, samples: Any) -> list[int]:
        """Check indices of a side file; ValueError when they are wrong."""
        whole = isinstance(samples, list) and all(type(index) is int for index in samples)
        if not whole or (samples and (min(samples) < 0 or max(samples) >= self.count)):
            raise ValueError("it names images that are not there")
        return list(samples)


def _with_version(change: Change, version: str) -> Change:
    return Change(change.what, change.samples, change.when, change.target, version)


def _signature(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_size


def _free_name(path: Path, suffix: str) -> Path:
    """Return a name beside ``path`` that is not taken: x.json.broken, x.json.broken2, ..."""
    number = 1
    while True:
        name = path.with_name(f"{path.name}{suffix}{'' if number == 1 else number}")
        if not name.exists():
            return name
        number += 1
