"""Opening a CSV file that may be packed: plain, .gz, .zip or .tar.gz."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from trainer.errors import DataError

PACKED_SUFFIXES = (".csv", ".csv.gz", ".gz", ".tgz", ".zip")
"""Endings (lower case) of files that may be or hold a CSV."""

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_PICTURES = (".png", ".jpg", ".jpeg")
_BUFFER = 1 << 20


@contextmanager
def open_csv(path: Path) -> Iterator[tuple[BinaryIO, Callable[[], float]]]:
    """Open a CSV for reading bytes; of an archive's CSV files the largest.

    Yields:
        The stream, and a function that returns how much of the file was read, 0..1.
    """
    size = max(path.stat().st_size, 1)
    with open(path, "rb") as raw:
        magic = raw.read(4)
        raw.seek(0)

        def position() -> float:
            return raw.tell() / size

        if magic[:2] == _GZIP:
            if _is_tar(path):
                with tarfile.open(fileobj=raw, mode="r|gz") as archive:
                    yield _member(archive, path), position
            else:
                with gzip.GzipFile(fileobj=raw) as unpacked:
                    yield io.BufferedReader(unpacked, _BUFFER), position
        elif magic == _ZIP:
            with zipfile.ZipFile(raw) as packed:
                info = _largest(packed, path)
                with packed.open(info) as entry:

                    def share() -> float:
                        return entry.tell() / max(info.file_size, 1)

                    yield _buffered(entry), share
        else:
            yield raw, position


def unpacked_size(path: Path) -> int:
    """Return the size in bytes of the CSV in a file; of a packed one as its archive says.

    A gzip file above four gigabytes unpacked, or one in several parts, gives too little.
    """
    size = path.stat().st_size
    with open(path, "rb") as raw:
        magic = raw.read(4)
        if magic[:2] == _GZIP and size > 18:
            raw.seek(-4, os.SEEK_END)
            return max(int.from_bytes(raw.read(4), "little"), size)
        if magic == _ZIP:
            raw.seek(0)
            with zipfile.ZipFile(raw) as packed:
                return _largest(packed, path).file_size
    return size


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn everything that a damaged or exotic file can raise into one :class:`DataError`."""
    try:
        yield
    except (OSError, EOFError, zipfile.BadZipFile, zipfile.LargeZipFile) as error:
        raise DataError(f"Cannot read {path}: {error}.") from error
    except tarfile.TarError as error:
        raise DataError(f"Cannot unpack {path}: {error}.") from error
    except (RuntimeError, NotImplementedError, ValueError) as error:
        # zipfile reports encrypted and exotic archives this way.
        raise DataError(f"Cannot unpack {path}: {error}.") from error
    except zlib.error as error:
        raise DataError(f"{path} is damaged ({error}); get it again.") from error


def _buffered(stream: IO[bytes]) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(stream, _BUFFER))  # type: ignore[type-var]


def _is_tar(path: Path) -> bool:
    with gzip.open(path, "rb") as unpacked:
        try:
            return unpacked.read(512)[257:262] == b"ustar"
        except (OSError, EOFError, zlib.error):
            return False  # the reader says what is wrong with it


def _member(archive: tarfile.TarFile, path: Path) -> BinaryIO:
    # The first one: a packed stream cannot be searched without unpacking all of it.
    for entry in archive:
        if entry.isfile() and _is_csv(entry.name):
            stream = archive.extractfile(entry)
            if stream is not None:
                return _buffered(stream)
    raise DataError(f"{path.name} holds no .csv file; pick the FER2013 archive.")


def _is_csv(name: str) -> bool:
    return name.lower().endswith(".csv") and not name.startswith("__MACOSX")


def _largest(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    entries = [entry for entry in archive.infolist() if _is_csv(entry.filename)]
    if entries:
        return max(entries, key=lambda entry: entry.file_size)
    if any(entry.filename.lower().endswith(_PICTURES) for entry in archive.infolist()):
        raise DataError(
            f"{path.name} holds no .csv file but pictures; unpack it and open the folder."
        )
    raise DataError(f"{path.name} holds no .csv file; pick the FER2013 archive.")
