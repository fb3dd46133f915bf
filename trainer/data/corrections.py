"""The faces that a user labelled in the Player, a small data set of their own.

One file, a line of JSON for each face, with the picture inside: a line is added whole or not at
all, a torn last line harms no other, and what cannot be read stays in the file. Nothing else
knows the pictures, so removing a line removes the face.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
from filelock import Timeout

from trainer.data.correction import SIDE, Correction, Grey, Place, parse_line
from trainer.errors import DataError
from trainer.files import atomic_path
from trainer.labels import EXPRESSIONS
from trainer.locks import held
from trainer.paths import data_dir

FILE = "corrections.jsonl"
_LOCK_S = 10.0


@dataclass(frozen=True)
class Corrections:
    """What the file holds.

    Attributes:
        items: The faces, oldest first.
        problems: (1-based line, what is wrong with it) of what cannot be read.
    """

    items: tuple[Correction, ...] = ()
    problems: tuple[tuple[int, str], ...] = ()

    def __len__(self) -> int:
        return len(self.items)

    def faces(self) -> Grey:
        """Return uint8 (N, 1, 48, 48)."""
        if not self.items:
            return np.zeros((0, 1, SIDE, SIDE), np.uint8)
        return np.stack([item.face for item in self.items])[:, None]

    def targets(self) -> npt.NDArray[np.int64]:
        """Return int64 (N,), indices into ``EXPRESSIONS``."""
        return np.array([item.target for item in self.items], np.int64)

    def counts(self) -> npt.NDArray[np.int64]:
        """Return int64 (7,): faces of each expression."""
        return np.bincount(self.targets(), minlength=len(EXPRESSIONS))

    def content_hash(self) -> str:
        """Return sha256 (hex) of the faces and labels, whatever their order."""
        digests = sorted(
            hashlib.sha256(item.face.tobytes() + item.label.encode()).digest()
            for item in self.items
        )
        return hashlib.sha256(b"".join(digests)).hexdigest()


def corrections_dir() -> Path:
    """Folder of the user's corrections."""
    return data_dir() / "corrections"


class CorrectionStore:
    """The file of corrections in a folder; every method reads or writes it at once.

    Attributes:
        path: The file.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Use ``folder``; None takes the user's."""
        self.path = (folder if folder is not None else corrections_dir()) / FILE

    def read(self) -> Corrections:
        """Return what is there; nothing when there is no file yet.

        Raises:
            DataError: The file cannot be read.
        """
        items, problems = [], []
        for number, line in enumerate(self._lines(), 1):
            if not line.strip():
                continue
            try:
                items.append(parse_line(line))
            except ValueError as error:
                problems.append((number, str(error)))
        return Corrections(tuple(items), tuple(problems))

    def add(self, item: Correction) -> tuple[Correction, Correction | None]:
        """Add a face, or give the same face of the same frame its new label.

        Returns:
            The face as it is kept, and what was there before, if anything was.

        Raises:
            DataError: It cannot be written; nothing has changed.
        """
        item = replace(
            item,
            key=item.key or uuid.uuid4().hex,
            date=item.date or datetime.now(UTC).isoformat(timespec="seconds"),
        )
        with self._locked():
            before = next(iter(self._at(item.place)), None)
            if before is None:
                self._append(item.to_line())
            else:
                item = replace(item, key=before.key)
                self._rewrite({before.key: item})
        return item, before

    def relabel(self, keys: Iterable[str], label: str) -> int:
        """Give faces another label; return how many there were.

        Raises:
            DataError: It cannot be written; nothing has changed.
            ValueError: The label is unknown.
        """
        if label not in EXPRESSIONS:
            raise ValueError(f"expected one of {EXPRESSIONS}, got {label!r}")
        wanted = set(keys)
        with self._locked():
            changed = {
                item.key: replace(item, label=label)
                for item in self.read().items
                if item.key in wanted
            }
            self._rewrite(changed)
        return len(changed)

    def remove(self, keys: Iterable[str]) -> tuple[Correction, ...]:
        """Remove faces, their pictures with them; return what was removed.

        Raises:
            DataError: It cannot be written; nothing has changed.
        """
        wanted = set(keys)
        with self._locked():
            gone = tuple(item for item in self.read().items if item.key in wanted)
            self._rewrite({item.key: None for item in gone})
        return gone

    def take_back(self, place: Place, label: str | None) -> tuple[Correction, ...]:
        """Let a face have the label it had before; None removes it. Return what was there.

        Raises:
            DataError: It cannot be written; nothing has changed.
            ValueError: The label is unknown.
        """
        with self._locked():
            there = self._at(place)
            self._rewrite(
                {i.key: None if label is None else replace(i, label=label) for i in there}
            )
        return there

    def _at(self, place: Place) -> tuple[Correction, ...]:
        return tuple(item for item in self.read().items if item.place.is_of(place))

    # Writing -----------------------------------------------------------------------------

    def _lines(self) -> list[bytes]:
        try:
            return self.path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return []
        except OSError as error:
            raise DataError(
                f"The corrections in {self.path} cannot be read ({error.strerror or error})."
            ) from error

    def _append(self, line: str) -> None:
        with open(self.path, "ab") as file:
            size = file.tell()
            torn = size > 0 and not self._ends_with_line()
            try:
                file.write((b"\n" if torn else b"") + line.encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.truncate(self.path, size)  # a full disk may have taken the first half
                raise

    def _ends_with_line(self) -> bool:
        with open(self.path, "rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"

    def _rewrite(self, changed: Mapping[str, Correction | None]) -> None:
        """Replace or leave out the lines of these keys; all others stay byte for byte."""
        if not changed:
            return
        kept = []
        for line in self._lines():
            if not line.strip():
                continue
            try:
                key = parse_line(line).key
            except ValueError:
                key = ""
            new = changed.get(key) if key in changed else line
            if isinstance(new, Correction):
                kept.append(new.to_line().encode())
            elif new is not None:
                kept.append(new)
        with atomic_path(self.path) as temporary:
            temporary.write_bytes(b"".join(line + b"\n" for line in kept))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with held(self.path.with_name(self.path.name + ".lock"), _LOCK_S):
                yield
        except Timeout as error:
            raise DataError(
                f"Another program writes to {self.path} and does not end; try again."
            ) from error
        except OSError as error:
            raise DataError(
                f"The correction cannot be saved in {self.path} ({error.strerror or error}); "
                "make room or check who may write there."
            ) from error


def write_fer2013_csv(
    items: Sequence[Correction],
    path: Path,
    is_val: Callable[[Correction], bool] = lambda _item: False,
) -> None:
    """Write faces as ``emotion,pixels,Usage``, the form of FER2013, atomically.

    Args:
        items: What to write.
        path: A ``.csv`` file.
        is_val: Which ones are for judging (``PublicTest``) and not for training.

    Raises:
        DataError: There is nothing to write, or it cannot be written there.
    """
    if not items:
        raise DataError("There are no corrections yet; label a face in the Player first.")
    rows = ["emotion,pixels,Usage\n"]
    for item in items:
        pixels = " ".join(map(str, item.face.ravel().tolist()))
        rows.append(f"{item.target},{pixels},{'PublicTest' if is_val(item) else 'Training'}\n")
    try:
        with atomic_path(path) as temporary:
            temporary.write_text("".join(rows), encoding="ascii")
    except OSError as error:
        raise DataError(f"Cannot write {path}: {error.strerror or error}.") from error
