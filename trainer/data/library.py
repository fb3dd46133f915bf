"""The data sets that the user opened, remembered under names of their own."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trainer.files import write_text
from trainer.locks import held
from trainer.paths import data_dir

_log = logging.getLogger(__name__)
_FORMAT = 1


@dataclass(frozen=True)
class DatasetEntry:
    """One remembered data set.

    Attributes:
        name: What the user calls it; no two entries share one.
        path: Where it lies.
        kind: One of :data:`trainer.data.sources.KINDS`.
        content_hash: Identity of what was read last.
        counts: Images by split and class name, ``{"train": {"anger": 3995, ...}, ...}``.
        class_map: The source's class names and ours; None for a class that is left out. Only
            what the user chose, {} when the source's own names serve.
        votes: File with FER+ votes, or None.
        opened: Time in UTC, ISO 8601, to the second; "" lets the library fill it in.
    """

    name: str
    path: Path
    kind: str
    content_hash: str = ""
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    class_map: Mapping[str, str | None] = field(default_factory=dict)
    votes: Path | None = None
    opened: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-able values."""
        values = asdict(self)
        values["path"] = os.fspath(self.path)
        values["votes"] = None if self.votes is None else os.fspath(self.votes)
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> DatasetEntry:
        """Read what :meth:`to_dict` made; KeyError, TypeError or ValueError on anything else."""
        votes = values["votes"]
        texts = {name: values[name] for name in ("name", "kind", "content_hash", "opened")}
        if not all(isinstance(text, str) for text in texts.values()):
            raise TypeError("a text is missing")
        counts = {
            str(split): {str(name): int(count) for name, count in row.items()}
            for split, row in dict(values["counts"]).items()
        }
        class_map = {
            str(name): None if ours is None else str(ours)
            for name, ours in dict(values["class_map"]).items()
        }
        return cls(
            path=Path(values["path"]),
            counts=counts,
            class_map=class_map,
            votes=None if votes is None else Path(votes),
            **texts,
        )


class Library:
    """The remembered data sets in a JSON file, the last opened first.

    Every change is written at once and reads the file anew before, so that two windows do not
    forget each other's entries. A damaged file is kept beside the new one as ``.broken``.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Use ``path``; None takes ``datasets.json`` in the user's data folder."""
        self.path = path if path is not None else data_dir() / "datasets.json"

    @property
    def entries(self) -> tuple[DatasetEntry, ...]:
        """All entries, the last opened first."""
        return tuple(self._read())

    def find(self, path: Path) -> DatasetEntry | None:
        """Return the entry of a data set's path, or None."""
        key = _key(path)
        return next((entry for entry in self._read() if _key(entry.path) == key), None)

    def remember(self, entry: DatasetEntry) -> DatasetEntry:
        """Put an entry first and return it as it was kept.

        A known path keeps the name the user gave it; a new one gets a number when its name is
        taken.
        """
        with self._lock():
            entries = self._read()
            key = _key(entry.path)
            known = next((other for other in entries if _key(other.path) == key), None)
            others = [other for other in entries if other is not known]
            name = known.name if known is not None else entry.name.strip() or entry.path.name
            opened = entry.opened or datetime.now(UTC).isoformat(timespec="seconds")
            path = Path(os.path.abspath(entry.path.expanduser()))
            kept = replace(entry, name=_free_name(name, others), path=path, opened=opened)
            self._write([kept, *others])
        return kept

    def forget(self, name: str) -> None:
        """Drop an entry; the data set itself is not touched. An unknown name does nothing."""
        with self._lock():
            entries = self._read()
            kept = [entry for entry in entries if entry.name != name]
            if len(kept) < len(entries):
                self._write(kept)

    def rename(self, name: str, new_name: str) -> DatasetEntry | None:
        """Give an entry another name and return it, None for an unknown one.

        A number is added when another entry has that name; a blank name changes nothing.
        """
        with self._lock():
            entries = self._read()
            for index, entry in enumerate(entries):
                if entry.name == name:
                    others = entries[:index] + entries[index + 1 :]
                    wanted = new_name.strip() or entry.name
                    entries[index] = replace(entry, name=_free_name(wanted, others))
                    self._write(entries)
                    return entries[index]
        return None

    @contextmanager
    def _lock(self) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with held(self.path.with_name(self.path.name + ".lock"), timeout_s=10.0):
            yield

    def _read(self) -> list[DatasetEntry]:
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError) as error:
            return self._put_aside(error)
        try:
            content = json.loads(text)
            if content["format"] != _FORMAT:
                raise ValueError(f"its format is {content['format']!r}")
            return [DatasetEntry.from_dict(values) for values in content["datasets"]]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            return self._put_aside(error)

    def _put_aside(self, error: Exception) -> list[DatasetEntry]:
        aside = self.path.with_name(self.path.name + ".broken")
        _log.warning("%s cannot be read (%s) and is kept as %s.", self.path, error, aside.name)
        try:
            os.replace(self.path, aside)
        except OSError as reason:
            _log.warning("%s could not be put aside: %s", self.path, reason)
        return []

    def _write(self, entries: list[DatasetEntry]) -> None:
        content = {"format": _FORMAT, "datasets": [entry.to_dict() for entry in entries]}
        write_text(self.path, json.dumps(content, indent=1) + "\n")


def _key(path: Path) -> str:
    return os.path.normcase(os.path.realpath(Path(path).expanduser()))


def _free_name(name: str, others: list[DatasetEntry]) -> str:
    taken = {entry.name for entry in others}
    if name not in taken:
        return name
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"
