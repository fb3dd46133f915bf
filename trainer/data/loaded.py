"""What a layout reads: arrays without torch, on their way to the cache and the data set."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from trainer.data.fer2013 import RowProblem
from trainer.labels import EXPRESSIONS


@dataclass
class Loaded:
    """A source's content.

    Attributes:
        images: uint8 (N, 1, 48, 48), grey.
        targets: int64 (N,), index into ``class_names``; -1 is unlabelled.
        splits: uint8 (N,), index into ``SPLITS``.
        source_rows: int64 (N,), 1-based line or position in the sorted list of files.
        kind: A key of :data:`trainer.data.sources.KINDS`.
        class_names: Classes.
        files: File of each image, relative to the source; () for a CSV.
        votes: uint8 (N, 10) or None.
        groups: int64 (N,) or None.
        numbers: int64 (N,), 0-based row of each image in a CSV, which votes are joined by; (0,)
            for folders.
        row_count: Rows of a CSV, bad ones too; 0 for folders.
        has_usage: Whether the source itself named the splits.
        problems: What was left out.
        notes: Sentences on how it was read.
    """

    images: npt.NDArray[np.uint8]
    targets: npt.NDArray[np.int64]
    splits: npt.NDArray[np.uint8]
    source_rows: npt.NDArray[np.int64]
    kind: str
    class_names: tuple[str, ...] = EXPRESSIONS
    files: tuple[str, ...] = ()
    votes: npt.NDArray[np.uint8] | None = None
    groups: npt.NDArray[np.int64] | None = None
    numbers: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    row_count: int = 0
    has_usage: bool = True
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()
