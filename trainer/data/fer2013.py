"""Reading FER2013 and its kin: CSV files with a label, pixels as text, and a usage.

The form is that of the challenge (Goodfellow et al., "Challenges in Representation
Learning", 2013): ``emotion,pixels,Usage``, labels 0..6, 48x48 grey pixels as 2304
blank-separated numbers. Kaggle's later files order the columns differently, put blanks
into the header, quote the pixels, or have no ``Usage``; all of them are read here.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from trainer.data import pixels
from trainer.errors import DataError, OperationCancelled
from trainer.labels import EXPRESSIONS, FER2013_USAGE, SPLITS

SIDE = 48
_COUNT = SIDE * SIDE
_CHUNK_BYTES = 1 << 19  # the parser's temporaries then fit a CPU's cache: a third faster than 8 MB
_MAX_PROBLEMS = 10_000  # a wrong file must not fill the memory with complaints
_MAX_LINE_BYTES = 1 << 20  # a good line has at most 10 kB


@dataclass(frozen=True)
class RowProblem:
    """A row that was left out.

    Attributes:
        line: 1-based line in the source file, the header being line 1.
        reason: What is wrong with it.
    """

    line: int
    reason: str


@dataclass
class ParsedRows:
    """The good rows of a CSV file.

    Attributes:
        images: uint8 (N, 1, 48, 48).
        targets: int64 (N,), index into ``EXPRESSIONS``.
        splits: uint8 (N,), index into ``SPLITS``.
        lines: int64 (N,), 1-based line in the source.
        problems: The rows left out.
    """

    images: npt.NDArray[np.uint8]
    targets: npt.NDArray[np.int64]
    splits: npt.NDArray[np.uint8]
    lines: npt.NDArray[np.int64]
    problems: list[RowProblem] = field(default_factory=list)


@dataclass(frozen=True)
class _Columns:
    label: int
    pixels: int
    usage: int | None
    count: int


@contextmanager
def open_csv(path: Path) -> Iterator[tuple[BinaryIO, Callable[[], float]]]:
    """Open a plain, .gz or .zip CSV for reading bytes.

    Yields:
        The stream, and a function that returns how much of the file was read, 0..1.
    """
    size = max(path.stat().st_size, 1)
    with open(path, "rb") as raw:
        magic = raw.read(4)
        raw.seek(0)
        if magic[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=raw) as unpacked:
                yield io.BufferedReader(unpacked, 1 << 20), lambda: raw.tell() / size
        elif magic == b"PK\x03\x04":
            with zipfile.ZipFile(raw) as archive:
                names = [n for n in archive.namelist() if n.lower().endswith(".csv")]
                names = [n for n in names if not n.startswith("__MACOSX")]
                if not names:
                    raise DataError(f"{path.name} holds no .csv file; pick the FER2013 archive.")
                name = max(names, key=lambda entry: archive.getinfo(entry).file_size)
                with archive.open(name) as member:
                    yield io.BufferedReader(member, 1 << 20), lambda: raw.tell() / size  # type: ignore[type-var, arg-type]
        else:
            yield raw, lambda: raw.tell() / size


def read_fer2013(
    path: Path,
    *,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ParsedRows:
    """Read a CSV in the FER2013 form; bad rows are listed and left out.

    Args:
        path: Plain, gzip or zip file.
        on_progress: Called with 0..1 now and then.
        should_stop: Asked between chunks.

    Raises:
        DataError: The file cannot be read, has no such columns, or no good row.
        OperationCancelled: ``should_stop`` said so.
    """
    try:
        with open_csv(path) as (stream, position):
            return _read(stream, path.name, position, on_progress, should_stop)
    except (OSError, EOFError, zipfile.BadZipFile, zipfile.LargeZipFile) as error:
        raise DataError(f"Cannot read {path}: {error}.") from error
    except (RuntimeError, NotImplementedError, ValueError) as error:
        # zipfile reports encrypted and exotic archives this way.
        raise DataError(f"Cannot unpack {path}: {error}.") from error
    except zlib.error as error:
        raise DataError(f"{path} is damaged ({error}); get it again.") from error


def _read(
    stream: BinaryIO,
    name: str,
    position: Callable[[], float],
    on_progress: Callable[[float], None] | None,
    should_stop: Callable[[], bool] | None,
) -> ParsedRows:
    columns = _parse_header(stream.readline(_MAX_LINE_BYTES), name)
    images, targets, splits, lines = [], [], [], []
    problems: list[RowProblem] = []
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
                    f"Line {line + text.count(10)} of {name} is over a megabyte long, "
                    "so this is not a FER2013 CSV."
                )
        rows = text.split(b"\n")
        if rows and not rows[-1]:
            rows.pop()
        if rows:
            part = _parse_chunk(rows, line, columns, problems)
            images.append(part[0])
            targets.append(part[1])
            splits.append(part[2])
            lines.append(part[3])
            line += len(rows)
        if on_progress is not None:
            on_progress(min(position(), 1.0))
        if not block:
            break
    count = sum(len(part) for part in images)
    if count == 0:
        first = f" (line {problems[0].line}: {problems[0].reason})" if problems else ""
        raise DataError(f"{name} holds no usable row{first}.")
    return ParsedRows(
        images=np.concatenate(images).reshape(count, 1, SIDE, SIDE),
        targets=np.concatenate(targets),
        splits=np.concatenate(splits),
        lines=np.concatenate(lines),
        problems=problems,
    )


def _parse_header(header: bytes, name: str) -> _Columns:
    if not header.strip():
        raise DataError(f"{name} is empty; a FER2013 CSV starts with 'emotion,pixels,Usage'.")
    names = [
        part.strip().strip('"').lower()
        for part in header.decode("utf-8-sig", errors="replace").strip().split(",")
    ]
    label = next((names.index(n) for n in ("emotion", "expression", "label") if n in names), None)
    if label is None or "pixels" not in names:
        shown = ", ".join(names)[:60]
        raise DataError(
            f"{name} does not start with the columns emotion and pixels but with '{shown}', "
            "so this is not a FER2013 CSV."
        )
    usage = names.index("usage") if "usage" in names else None
    return _Columns(label, names.index("pixels"), usage, len(names))


def _parse_chunk(
    rows: list[bytes], first_line: int, columns: _Columns, problems: list[RowProblem]
) -> tuple[
    npt.NDArray[np.uint8], npt.NDArray[np.int64], npt.NDArray[np.uint8], npt.NDArray[np.int64]
]:
    texts: list[bytes] = []
    targets: list[int] = []
    splits: list[int] = []
    lines: list[int] = []

    def complain(line: int, reason: str) -> None:
        if len(problems) < _MAX_PROBLEMS:
            problems.append(RowProblem(line, reason))

    for offset, row in enumerate(rows):
        line = first_line + offset
        row = row.strip()
        if not row:
            continue
        parts = row.split(b",")
        if len(parts) != columns.count:
            complain(line, f"has {len(parts)} columns instead of {columns.count}")
            continue
        target = _parse_label(parts[columns.label])
        if target is None:
            shown = parts[columns.label].decode("utf-8", errors="replace").strip()[:20]
            complain(line, f"label '{shown}' is neither 0 to 6 nor a known expression")
            continue
        split = 0
        if columns.usage is not None:
            usage = parts[columns.usage].decode("utf-8", errors="replace").strip().strip('"')
            known = FER2013_USAGE.get(usage.lower())
            if known is None:
                complain(line, f"usage '{usage[:20]}' is unknown")
                continue
            split = SPLITS.index(known)
        texts.append(parts[columns.pixels].strip(b' "'))
        targets.append(target)
        splits.append(split)
        lines.append(line)

    parsed, verdicts, counts = pixels.parse_rows(texts, _COUNT)
    for index in np.flatnonzero(verdicts != pixels.OK):
        reason = {
            pixels.LETTERS: "pixels hold something other than numbers",
            pixels.WRONG_COUNT: f"has {counts[index]} pixels instead of {_COUNT}",
            pixels.TOO_LARGE: "a pixel is above 255",
        }[int(verdicts[index])]
        complain(lines[index], reason)
    good = verdicts == pixels.OK
    return (
        parsed,
        np.asarray(targets, np.int64)[good],
        np.asarray(splits, np.uint8)[good],
        np.asarray(lines, np.int64)[good],
    )


_LABELS = {str(index).encode(): index for index in range(len(EXPRESSIONS))}


def _parse_label(text: bytes) -> int | None:
    text = text.strip().strip(b'"')
    if text in _LABELS:
        return _LABELS[text]
    from trainer.labels import canonical_name

    name = canonical_name(text.decode("utf-8", errors="replace"))
    return None if name is None else EXPRESSIONS.index(name)
