"""A CSV in the FER2013 form as a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from trainer.data.class_maps import FER2013_NUMBERS, chosen_map, class_indices, default_map
from trainer.data.csv_file import PACKED_SUFFIXES, open_csv, readable
from trainer.data.draw import FROM_TRAINING, draw_validation, drawn_sentence
from trainer.data.fer2013 import MAX_PROBLEMS, Columns, parse_header, read_fer2013
from trainer.data.loaded import Loaded
from trainer.data.source_info import KINDS, SourceInfo
from trainer.errors import DataError, OperationCancelled
from trainer.labels import FER2013_USAGE, SPLITS

KIND = "fer2013"
VOTES_NAME = "fer2013new.csv"

_HEADER_BYTES = 1 << 16
_MAX_LINE_BYTES = 1 << 20
_COUNTED_BYTES = 512 << 20  # FER2013 has 300 MB unpacked, which takes a second or two
_ROWS_A_STEP = 500
_MOST_LABELS = 30  # a column that holds no labels has thousands
_PREFERRED = ("fer2013.csv", "icml_face_data.csv", "train.csv")


@dataclass(frozen=True)
class CsvSource:
    """A CSV file, which may lie in the folder that was given.

    Attributes:
        path: What was given.
        csv: The file to read.
    """

    path: Path
    csv: Path

    def inspect(
        self,
        on_progress: Callable[[float], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> SourceInfo:
        """Count labels and usages; of a very large file only the beginning is looked at.

        Raises:
            DataError: It is no such file.
            OperationCancelled: ``should_stop`` said so.
        """
        with readable(self.csv), open_csv(self.csv) as (stream, position):
            columns = parse_header(stream.readline(_HEADER_BYTES), self.csv.name)
            tally = _Tally(columns)
            exact = tally.read(stream, position, on_progress, should_stop)
            total = tally.rows if exact else max(round(tally.rows / position()), tally.rows)
        notes = []
        if self.csv != self.path:
            notes.append(f"Read from {self.csv.relative_to(self.path).as_posix()}.")
        if columns.usage is None:
            notes.append(drawn_sentence("The file names no splits", FROM_TRAINING))
        votes = self.csv.parent / VOTES_NAME
        return SourceInfo(
            path=self.path,
            kind=KIND,
            title=KINDS[KIND],
            class_map={**FER2013_NUMBERS, **tally.other_labels()},
            counts=tally.counts if exact else {},
            total=total,
            exact=exact,
            notes=tuple(notes),
            votes_path=votes if votes.is_file() else None,
        )

    def read(
        self,
        class_map: Mapping[str, str | None] | None,
        find_faces: object,
        on_progress: Callable[[float], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> Loaded:
        """Read all rows; a validation split is drawn where the file names no splits.

        ``find_faces`` has nothing to do here.
        """
        names, labels = class_indices(chosen_map({}, class_map))
        rows = read_fer2013(
            self.csv, labels=labels, on_progress=on_progress, should_stop=should_stop
        )
        notes, splits = [], rows.splits
        if not rows.has_usage:
            keys = [str(number) for number in rows.numbers.tolist()]
            drawn = draw_validation(rows.targets, keys, FROM_TRAINING)
            splits = np.where(drawn, SPLITS.index("val"), splits).astype(np.uint8)
            notes.append(drawn_sentence(f"{self.csv.name} names no splits", FROM_TRAINING))
        left_out = rows.row_count - len(rows.targets)
        if left_out > len(rows.problems):
            notes.append(f"{left_out:,} rows were left out; the first {MAX_PROBLEMS:,} are listed.")
        return Loaded(
            images=rows.images,
            targets=rows.targets,
            splits=splits,
            source_rows=rows.lines,
            kind=KIND,
            class_names=names,
            numbers=rows.numbers,
            row_count=rows.row_count,
            has_usage=rows.has_usage,
            problems=tuple(rows.problems),
            notes=tuple(notes),
        )


class _Tally:
    """Counts rows by split and label without reading pixels.

    Attributes:
        rows: Rows that are not blank, bad ones too.
        counts: Rows by split and label as it is written.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self.rows = 0
        self.counts: dict[str, dict[str, int]] = {}

    def read(
        self,
        stream: BinaryIO,
        position: Callable[[], float],
        on_progress: Callable[[float], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> bool:
        """Count until the end, or until much was read; return whether it was the end."""
        seen = 0
        while line := stream.readline(_MAX_LINE_BYTES):
            self._add(line)
            seen += len(line)
            if self.rows % _ROWS_A_STEP == 0:
                if should_stop is not None and should_stop():
                    raise OperationCancelled
                if on_progress is not None:
                    on_progress(min(1.0, max(position(), seen / _COUNTED_BYTES)))
            if seen > _COUNTED_BYTES:
                return not stream.read(1)
        return True

    def _add(self, line: bytes) -> None:
        if not line.strip():
            return
        self.rows += 1
        parts, columns = line.split(b","), self._columns
        if len(parts) != columns.count:
            return
        label, usage = _text(parts[columns.label])[:40], ""
        if columns.usage is not None:
            usage = _text(parts[columns.usage]).lower()
        split = FER2013_USAGE.get(usage, "train" if columns.usage is None else "")
        if label and split:
            row = self.counts.setdefault(split, {})
            row[label] = row.get(label, 0) + 1

    def other_labels(self) -> dict[str, str | None]:
        """Return the commonest labels that are no FER2013 number, with what they map to."""
        total = sum((Counter(row) for row in self.counts.values()), Counter[str]())
        others = [name for name, _ in total.most_common() if name not in FER2013_NUMBERS]
        return default_map(sorted(others[:_MOST_LABELS]))


def _text(part: bytes) -> str:
    return part.decode("utf-8", errors="replace").strip().strip('"').strip()


def has_labelled_pixels(path: Path) -> bool:
    """Whether a file is a CSV with labels and pixels, also a packed one."""
    try:
        with readable(path), open_csv(path) as (stream, _):
            parse_header(stream.readline(_HEADER_BYTES), path.name)
    except DataError:
        return False
    return True


def csv_in_folder(root: Path, others: tuple[str, ...]) -> Path | None:
    """Return the FER2013 CSV of a folder, or None.

    Looks at the folder and two levels below it. Of several the names that FER2013 and Kaggle
    use come first, then plain files, then the largest.

    Args:
        root: The folder.
        others: Its files that are no pictures, relative to it.
    """
    found = [
        name
        for name in others
        if name.lower().endswith(PACKED_SUFFIXES)
        and name.count("/") <= 2
        and name.rpartition("/")[2].lower() not in (VOTES_NAME, "label.csv")
    ]

    def rank(name: str) -> tuple[int, int, bool, int, str]:
        base = name.rpartition("/")[2].lower()
        stem = base.removesuffix(".gz").removesuffix(".zip")
        stem = stem if stem.endswith(".csv") else f"{stem.removesuffix('.tar')}.csv"
        place = _PREFERRED.index(stem) if stem in _PREFERRED else len(_PREFERRED)
        size = (root / name).stat().st_size
        return place, name.count("/"), not base.endswith(".csv"), -size, name

    for name in sorted(found, key=rank)[:50]:
        if has_labelled_pixels(root / name):
            return root / name
    return None


def rows_of_votes(loaded: Loaded) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8] | None]:
    """Return what :func:`trainer.data.votes.join_votes` joins by: rows, and splits if named."""
    return loaded.numbers, loaded.splits if loaded.has_usage else None
