"""The table of a recording: a row for every face of every frame, and for every empty frame."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from trainer.inference.recording import Recording
from trainer.inference.recording_views import edited, in_ranges
from trainer.inference.table import TableWriter

Tick = Callable[[float], None]

_TELL_EVERY = 500


def write_table(
    recording: Recording, video: Path, file: TextIO, *, tick: Tick | None = None
) -> int:
    """Write the table as CSV; see :func:`trainer.inference.table.column_names`.

    Args:
        recording: What is written, as the user edited it.
        video: Its name is the column ``input``.
        file: Opened with ``newline=""``.
        tick: Told the share done (0..1) now and then; may raise to stop.

    Returns:
        Rows written, without the header.
    """
    info = recording.info
    writer = TableWriter(
        file,
        input_name=video.name,
        class_names=info.class_names,
        size=(info.width, info.height),
        name_of=recording.edits.name_of,
    )
    excluded = in_ranges(recording.frame_times(), recording.edits.excluded)
    order = recording.frame_order().tolist()
    for place, (row, left_out) in enumerate(zip(order, excluded.tolist(), strict=True)):
        if tick is not None and place % _TELL_EVERY == 0:
            tick(place / len(order))
        result = edited(recording.result(row), recording.edits)
        writer.write(result, excluded=left_out)
    return writer.rows
