"""FER+ votes: reading them, and joining them to the rows they belong to.

Ten people looked at every image of FER2013 (Barsoum et al., "Training Deep Networks for Facial
Expression Recognition with Crowd-Sourced Label Distribution", 2016). Their answers come as
``fer2013new.csv``, one row for each row of ``fer2013.csv`` in the same order, and as
``label.csv`` in the folders ``FER2013Train``, ``FER2013Valid`` and ``FER2013Test``, which also
name the images.

Votes are joined by position, never by the image names: row k of the data and row k of the votes
belong together, and both must name the same ``Usage``. A split that the data lacks as a whole
(PrivateTest is often kept apart) is passed over. A row whose image name is empty was found to be
no face; its votes say so and stay.

What the votes tell (agreement, entropy, ties, majorities) is in
:mod:`trainer.data.vote_statistics`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainer.errors import DataError
from trainer.labels import EXPRESSIONS, FER2013_USAGE, SPLITS

VOTE_COLUMNS: tuple[str, ...] = (
    "neutral",
    "happiness",
    "surprise",
    "sadness",
    "anger",
    "disgust",
    "fear",
    "contempt",
    "unknown",
    "NF",
)
"""The ten answers in FER+'s order; NF is "not a face"."""

LABEL_FOLDERS: dict[str, str] = {
    "fer2013train": "train",
    "fer2013valid": "val",
    "fer2013test": "test",
}
"""FERPlus's folders, lower case, and the splits they hold."""

_MAX_BYTES = 256 << 20  # two million rows have about 100 MB


@dataclass(frozen=True)
class Votes:
    """The rows of a votes file.

    Attributes:
        votes: uint8 (R, 10), columns of :data:`VOTE_COLUMNS`.
        splits: uint8 (R,), index into ``SPLITS``.
        names: File name of each image; "" where FER+ found no face.
        name: Name of the file or folder they were read from.
    """

    votes: npt.NDArray[np.uint8]
    splits: npt.NDArray[np.uint8]
    names: tuple[str, ...]
    name: str

    def __len__(self) -> int:
        return len(self.votes)


def read_votes(path: Path) -> Votes:
    """Read ``fer2013new.csv``, a ``label.csv``, or a folder that holds one of them.

    Args:
        path: The file; or FERPlus's ``data`` folder, whose ``label.csv`` are read in the order
            Train, Valid, Test.

    Raises:
        DataError: The file cannot be read or is not one of FER+; the message says why.
    """
    path = Path(path).expanduser()
    if not path.exists():
        raise DataError(f"There is no file with votes at {path}; check the path.")
    if not path.is_dir():
        return _read_file(path, SPLITS.index(_split_of(path.parent.name)))
    for name in ("fer2013new.csv", "label.csv"):
        if (path / name).is_file():
            return _read_file(path / name, SPLITS.index(_split_of(path.name)))
    found = {entry.name.lower(): entry for entry in path.iterdir() if entry.is_dir()}
    parts = [
        _read_file(found[name] / "label.csv", SPLITS.index(split))
        for name, split in LABEL_FOLDERS.items()
        if name in found and (found[name] / "label.csv").is_file()
    ]
    if not parts:
        raise DataError(
            f"{path} holds neither fer2013new.csv nor FER2013Train/label.csv, so there are no "
            "FER+ votes in it."
        )
    return Votes(
        np.concatenate([part.votes for part in parts]),
        np.concatenate([part.splits for part in parts]),
        tuple(name for part in parts for name in part.names),
        path.name,
    )


def _split_of(folder: str) -> str:
    return LABEL_FOLDERS.get(folder.lower(), "train")


def _read_file(path: Path, split: int) -> Votes:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise DataError(f"{path.name} is larger than any file with FER+ votes.")
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    except OSError as error:
        raise DataError(f"Cannot read {path}: {error.strerror or error}.") from error
    except csv.Error as error:
        raise DataError(f"{path.name} is no CSV file ({error}).") from error
    header = [part.strip().lower() for part in rows[0]] if rows else []
    if header == ["usage", "image name", *(name.lower() for name in VOTE_COLUMNS)]:
        return _with_usage(rows[1:], path.name)
    if len(header) == 2 + len(VOTE_COLUMNS) and header[1].startswith("("):
        names, numbers = [row[0].strip() for row in rows], [row[2:] for row in rows]
        votes = _numbers(numbers, path.name, first_line=1)
        return Votes(votes, np.full(len(votes), split, np.uint8), tuple(names), path.name)
    raise DataError(
        f"{path.name} is no file with FER+ votes: fer2013new.csv starts with 'Usage,Image name,"
        "neutral,...', label.csv with an image name, a box and ten numbers."
    )


def _with_usage(rows: list[list[str]], name: str) -> Votes:
    votes = _numbers([row[2:] for row in rows], name, first_line=2)
    splits = np.zeros(len(rows), np.uint8)
    for index, row in enumerate(rows):
        split = FER2013_USAGE.get(row[0].strip().lower())
        if split is None:
            raise DataError(f"Line {index + 2} of {name} has the unknown usage '{row[0][:20]}'.")
        splits[index] = SPLITS.index(split)
    return Votes(votes, splits, tuple(row[1].strip() for row in rows), name)


def _numbers(rows: list[list[str]], name: str, first_line: int) -> npt.NDArray[np.uint8]:
    if not rows:
        raise DataError(f"{name} holds no votes.")
    votes = np.zeros((len(rows), len(VOTE_COLUMNS)), np.uint8)
    for index, row in enumerate(rows):
        try:
            numbers = [int(text) for text in row]
            if len(numbers) != len(VOTE_COLUMNS) or min(numbers) < 0 or max(numbers) > 255:
                raise ValueError
        except ValueError:
            raise DataError(
                f"Line {first_line + index} of {name} does not hold ten numbers of votes."
            ) from None
        votes[index] = numbers
    return votes


def join_votes(
    votes: Votes,
    rows: npt.NDArray[np.int64],
    row_count: int,
    splits: npt.NDArray[np.uint8] | None,
    *,
    name: str,
) -> npt.NDArray[np.uint8]:
    """Return the votes of data rows, uint8 (N, 10).

    Args:
        votes: The votes file's rows.
        rows: int64 (N,), 0-based number of each image's row among all rows of the data, bad
            rows counted too.
        row_count: How many rows the data has, bad ones too.
        splits: uint8 (N,) as the data names them; None when it names none.
        name: Name of the data, for messages.

    Raises:
        DataError: They do not belong together; the message says where they part.
    """
    present = (0, 1, 2) if splits is None else tuple(np.unique(splits).tolist())
    for chosen in (present, (0,)):
        kept = np.flatnonzero(np.isin(votes.splits, chosen))
        if len(kept) == row_count or splits is not None:
            break
    if len(kept) != row_count:
        raise DataError(
            f"{votes.name} does not belong to {name}: it has {len(kept):,} rows of votes for "
            f"{row_count:,} rows of data."
        )
    if splits is not None:
        parted = np.flatnonzero(votes.splits[kept][rows] != splits)
        if len(parted):
            row = int(rows[parted[0]])
            raise DataError(
                f"{votes.name} does not belong to {name}: row {row + 1:,} is "
                f"{SPLITS[votes.splits[kept[row]]]} in the votes and "
                f"{SPLITS[splits[parted[0]]]} in the data."
            )
    joined: npt.NDArray[np.uint8] = votes.votes[kept][rows]
    return joined


def vote_targets(
    votes: npt.NDArray[np.uint8], class_names: Sequence[str] = EXPRESSIONS
) -> npt.NDArray[np.int64]:
    """Return the class that more than half of all votes name, int64 (N,).

    -1 where none has more than half, or where that answer is none of the classes.

    Args:
        votes: uint8 (N, 10).
        class_names: Classes, as :data:`VOTE_COLUMNS` spells them.
    """
    from trainer.data.vote_statistics import majority

    classes = [class_names.index(name) if name in class_names else -1 for name in VOTE_COLUMNS]
    column = majority(votes)
    return np.where(column >= 0, np.array(classes, np.int64)[column], -1)
