"""Images and labels as windows need them: NumPy arrays, no torch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Samples:
    """A loaded data set to look at.

    Attributes:
        images: uint8 (N, H, W), grey, C-contiguous.
        targets: int64 (N,), index into ``class_names``; -1 without a label.
        splits: uint8 (N,), index into :data:`trainer.labels.SPLITS`.
        source_rows: int64 (N,), 1-based line in the source file.
        class_names: Classes.
        name: File name of the source.
        path: The source.
        problems: (line, reason) of each row that was left out.
        preds: int64 (N,), a network's answers, -1 where there is none; or None.
        content_hash: sha256 (hex) of images, targets and splits; "" when unknown.
        kind: What was opened, one of the kinds of :mod:`trainer.data.sources`; "" when unknown.
        files: File of every image, relative to ``path``; () for a CSV file.
        votes: uint8 (N, 10), human votes, columns as :data:`trainer.data.votes.VOTE_COLUMNS`;
            None without votes.
        notes: Sentences on how the source was read.
    """

    images: npt.NDArray[np.uint8]
    targets: npt.NDArray[np.int64]
    splits: npt.NDArray[np.uint8]
    source_rows: npt.NDArray[np.int64]
    class_names: tuple[str, ...]
    name: str
    path: Path
    problems: tuple[tuple[int, str], ...] = ()
    preds: npt.NDArray[np.int64] | None = None
    content_hash: str = ""
    kind: str = ""
    files: tuple[str, ...] = ()
    votes: npt.NDArray[np.uint8] | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        count = len(self.images)
        if self.images.dtype != np.uint8 or self.images.ndim != 3:
            raise ValueError(f"expected uint8 images (N, H, W), got {self.images.shape}")
        for values in (self.targets, self.splits, self.source_rows):
            if values.shape != (count,):
                raise ValueError(f"expected ({count},), got {values.shape}")
        if self.files and len(self.files) != count:
            raise ValueError(f"expected {count} files, got {len(self.files)}")
        if self.votes is not None and self.votes.shape[:1] != (count,):
            raise ValueError(f"expected {count} rows of votes, got {self.votes.shape}")

    def __len__(self) -> int:
        return len(self.images)
