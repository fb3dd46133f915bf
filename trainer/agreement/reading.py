"""Opening a coding, whatever program wrote it."""

from __future__ import annotations

from pathlib import Path

from trainer.agreement.coding import Coding
from trainer.agreement.elan import read_elan
from trainer.agreement.tables import read_table
from trainer.errors import DataError

CODING_SUFFIXES = (".eaf", ".csv", ".tsv", ".txt")
"""Endings offered in file dialogs; a file is judged by its content."""

_MAX_BYTES = 100_000_000


def read_coding(path: Path) -> Coding:
    """Read an ELAN file, a BORIS export of events, or a CSV with start, end and label.

    Times are as written there: from the start of the video's file, which may be earlier than the
    first picture (:mod:`trainer.inference.media_time`).

    Raises:
        DataError: It cannot be read, is none of these, or codes nothing.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise DataError(f"{path.name} is too large for a coding; choose another file.")
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror or error}).") from error
    notes: list[str] = []
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        kind, tiers = "elan", read_elan(data, path.name)
    else:
        kind, tiers, notes = read_table(data, path.name)
    if not tiers:
        raise DataError(f"{path.name} codes nothing: it has no stretch of time with a label.")
    return Coding(path, kind, tiers, tuple(notes))
