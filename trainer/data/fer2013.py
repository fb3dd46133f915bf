"""Reading FER2013 and its kin: CSV files with a label, pixels as text, and a usage.

The form is that of the challenge (Goodfellow et al., "Challenges in Representation
Learning", 2013): ``emotion,pixels,Usage``, labels 0..6, 48x48 grey pixels as 2304
blank-separated numbers. Kaggle's later files order the columns differently, put blanks
into the header, quote the pixels, or have no ``Usage``; all of them are read here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from trainer.data import pixels
from trainer.data.csv_file import open_csv, readable
from trainer.data.grow import Grower
from trainer.errors import DataError, OperationCancelled
from trainer.labels import EXPRESSIONS, FER2013_USAGE, SPLITS, canonical_name

SIDE = 48
_COUNT = SIDE * SIDE
_CHUNK_BYTES = 1 << 19  # the parser's temporaries then fit a CPU's cache: a third faster than 8 MB
MAX_PROBLEMS = 10_000  # a wrong file must not fill the memory with complaints
_MAX_LINE_BYTES = 1 << 20  # a good line has at most 10 kB
_KNOWN_LABELS = {str(index).encode(): index for index in range(len(EXPRESSIONS))}


@dataclass(frozen=True)
class RowProblem:
    """A row or file that was left out.

    Attributes:
        line: 1-based line in the source file, the header being line 1; 0 where the source is
            a folder.
        reason: What is wrong with it; of a file it begins with the file's name.
        file: The file, relative to the source's folder; "" for a row.
    """

    line: int
    reason: str
    file: str = ""

    def __str__(self) -> str:
        return self.reason if self.file else f"line {self.line}: {self.reason}"


@dataclass
class ParsedRows:
    """The good rows of a CSV file.

    Attributes:
        images: uint8 (N, 1, 48, 48).
        targets: int64 (N,), index into ``EXPRESSIONS``.
        splits: uint8 (N,), index into ``SPLITS``.
        lines: int64 (N,), 1-based line in the source.
        problems: The rows left out.
        numbers: int64 (N,), 0-based number of each row among all rows, bad ones too; blank
            lines are no rows.
        row_count: How many rows there are, bad ones too.
        has_usage: Whether the file names the splits; without it all is ``train``.
    """

    images: npt.NDArray[np.uint8]
    targets: npt.NDArray[np.int64]
    splits: npt.NDArray[np.uint8]
    lines: npt.NDArray[np.int64]
    problems: list[RowProblem] = field(default_factory=list)
    numbers: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    row_count: int = 0
    has_usage: bool = True


@dataclass(frozen=True)
class Columns:
    """Where a CSV has what: 0-based columns, their number, ``usage`` None where it has none."""

    label: int
    pixels: int
    usage: int | None
    count: int


def read_fer2013(
    path: Path,
    *,
    labels: Mapping[str, int] | None = None,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ParsedRows:
    """Read a CSV in the FER2013 form; bad rows are listed and left out.

    Args:
        path: Plain, gzip, zip or tar.gz file.
        labels: Class index of a label as it is written, where that is not FER2013's number or
            a known name; -1 leaves its rows out.
        on_progress: Called with 0..1 now and then.
        should_stop: Asked between chunks.

    Raises:
        DataError: The file cannot be read, has no such columns, or no good row.
        OperationCancelled: ``should_stop`` said so.
    """
    with readable(path), open_csv(path) as (stream, position):
        header = parse_header(stream.readline(_MAX_LINE_BYTES), path.name)
        reader = _Reader(path.name, header, labels or {})
        reader.read(stream, position, on_progress, should_stop)
    return reader.rows()


def parse_header(header: bytes, name: str) -> Columns:
    """Find the columns; DataError when they are not FER2013's.

    Args:
        header: First line of the file.
        name: Name of the file, for messages.
    """
    if not header.strip():
        raise DataError(f"{name} is empty; a FER2013 CSV starts with 'emotion,pixels,Usage'.")
    names = [
        part.strip().strip('"').strip().lower()
        for part in header.decode("utf-8-sig", errors="replace").strip().split(",")
    ]
    label = next((names.index(n) for n in ("emotion", "expression", "label") if n in names), None)
    if label is None and "pixels" in names:
        raise DataError(
            f"{name} has pixels but no column of labels (Kaggle's test.csv is like that), so it "
            "can be neither learnt nor judged; open train.csv or icml_face_data.csv instead."
        )
    if label is None or "pixels" not in names:
        shown = ", ".join(names)[:60]
        raise DataError(
            f"{name} does not start with the columns emotion and pixels but with '{shown}', "
            "so this is not a FER2013 CSV."
        )
    usage = names.index("usage") if "usage" in names else None
    return Columns(label, names.index("pixels"), usage, len(names))


class _Reader:
    """Collects the rows of one file chunk by chunk."""

    def __init__(self, name: str, columns: Columns, labels: Mapping[str, int]) -> None:
        self._name = name
        self._columns = columns
        self._labels = _KNOWN_LABELS | {text.encode(): index for text, index in labels.items()}
        self._images = Grower((_COUNT,), np.uint8)
        self._targets = Grower((), np.int64)
        self._splits = Grower((), np.uint8)
        self._lines = Grower((), np.int64)
        self._numbers = Grower((), np.int64)
        self._problems: list[RowProblem] = []
        self._row_count = 0

    def read(
        self,
        stream: BinaryIO,
        position: Callable[[], float],
        on_progress: Callable[[float], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        rest, line = b"", 2
        while True:
            if should_stop is not None and should_stop():
                raise OperationCancelled
            block = stream.read(_CHUNK_BYTES)
            text = rest + block
            if block:
                cut = text.rfind(b"\n") + 1
                text, rest = text[:cut], text[cut:]
                if len(rest) > _MAX_LINE_BYTES:
                    raise DataError(
                        f"Line {line + text.count(10)} of {self._name} is over a megabyte long, "
                        "so this is not a FER2013 CSV."
                    )
            rows = text.split(b"\n")
            if rows and not rows[-1]:
                rows.pop()
            if rows:
                self._parse(rows, line)
                line += len(rows)
            if on_progress is not None:
                on_progress(min(position(), 1.0))
            if not block:
                return

    def rows(self) -> ParsedRows:
        problems = sorted(self._problems, key=lambda problem: problem.line)
        count = len(self._images)
        if count == 0:
            first = f" ({problems[0]})" if problems else ""
            raise DataError(f"{self._name} holds no usable row{first}.")
        return ParsedRows(
            images=self._images.take().reshape(count, 1, SIDE, SIDE),
            targets=self._targets.take(),
            splits=self._splits.take(),
            lines=self._lines.take(),
            problems=problems,
            numbers=self._numbers.take(),
            row_count=self._row_count,
            has_usage=self._columns.usage is not None,
        )

    def _complain(self, line: int, reason: str) -> None:
        if len(self._problems) < MAX_PROBLEMS:
            self._problems.append(RowProblem(line, reason))

    def _parse(self, rows: list[bytes], first_line: int) -> None:
        texts: list[bytes] = []
        facts: list[tuple[int, int, int, int]] = []  # target, split, line, number
        for line, row in enumerate(rows, first_line):
            row = row.strip()
            if not row:
                continue
            number = self._row_count
            self._row_count += 1
            fact = self._label_and_split(row, line, texts)
            if fact is not None:
                facts.append((*fact, line, number))
        if not facts:
            return
        parsed, verdicts, counts = pixels.parse_rows(texts, _COUNT)
        for index in np.flatnonzero(verdicts != pixels.OK):
            reason = {
                pixels.LETTERS: "pixels hold something other than numbers",
                pixels.WRONG_COUNT: f"has {counts[index]} pixels instead of {_COUNT}",
                pixels.TOO_LARGE: "a pixel is above 255",
            }[int(verdicts[index])]
            self._complain(facts[index][2], reason)
        good = np.asarray(facts, np.int64)[verdicts == pixels.OK]
        self._images.add(parsed)
        for column, grower in enumerate((self._targets, self._splits, self._lines, self._numbers)):
            grower.add(good[:, column])

    def _label_and_split(self, row: bytes, line: int, texts: list[bytes]) -> tuple[int, int] | None:
        """Return class and split of a row, its pixels put into ``texts``; None for a bad one."""
        columns = self._columns
        parts = row.split(b",")
        if len(parts) != columns.count:
            self._complain(line, f"has {len(parts)} columns instead of {columns.count}")
            return None
        label = parts[columns.label].strip().strip(b'"').strip()
        target = self._labels.get(label)
        if target is None:
            shown = label.decode("utf-8", errors="replace")
            name = canonical_name(shown)
            if name is None:
                self._complain(
                    line, f"label '{shown[:20]}' is neither 0 to 6 nor a known expression"
                )
                return None
            target = EXPRESSIONS.index(name)
        elif target < 0:
            self._complain(line, f"label '{label.decode(errors='replace')[:20]}' is left out")
            return None
        split = 0
        if columns.usage is not None:
            usage = parts[columns.usage].decode("utf-8", errors="replace").strip().strip('"')
            known = FER2013_USAGE.get(usage.strip().lower())
            if known is None:
                self._complain(line, f"usage '{usage[:20]}' is unknown")
                return None
            split = SPLITS.index(known)
        texts.append(parts[columns.pixels].strip(b' "'))
        return target, split
