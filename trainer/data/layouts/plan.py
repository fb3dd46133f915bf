"""What is to be read from a folder: files, their labels and splits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainer.data.class_maps import known_name
from trainer.data.draw import draw_validation
from trainer.data.fer2013 import RowProblem
from trainer.data.source_info import KINDS, SourceInfo
from trainer.labels import CONTEMPT, SPLITS


@dataclass(frozen=True)
class Plan:
    """A recognised folder.

    Attributes:
        kind: A key of :data:`KINDS`.
        root: The folder that was given.
        files: Pictures, relative to it, with ``/``.
        labels: Class name of each file as the source writes it; None is unlabelled.
        splits: uint8 (N,), index into ``SPLITS``.
        class_map: The source's class names and ours, None for classes that are left out.
        groups: int64 (N,), equal for images of one person, or None.
        boxes: int64 (N, 4), left, top, right, bottom of the face in pixels; None where the
            whole picture is the face.
        votes: uint8 (N, 10) or None.
        notes: Sentences for the person who opens it.
        problems: What was found wrong while looking through the folder.
        keeps_unmapped: Images whose class is left out stay, unlabelled.
    """

    kind: str
    root: Path
    files: tuple[str, ...]
    labels: tuple[str | None, ...]
    splits: npt.NDArray[np.uint8]
    class_map: Mapping[str, str | None] = field(default_factory=dict)
    groups: npt.NDArray[np.int64] | None = None
    boxes: npt.NDArray[np.int64] | None = None
    votes: npt.NDArray[np.uint8] | None = None
    notes: tuple[str, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    keeps_unmapped: bool = False

    def info(self) -> SourceInfo:
        """Return the facts a person sees before reading."""
        pairs = Counter(zip(self.splits.tolist(), self.labels, strict=True))
        counts: dict[str, dict[str, int]] = {}
        for (split, label), count in sorted(pairs.items(), key=lambda entry: str(entry[0])):
            if label is not None:
                counts.setdefault(SPLITS[split], {})[label] = count
        return SourceInfo(
            path=self.root,
            kind=self.kind,
            title=KINDS[self.kind],
            class_map=dict(self.class_map),
            counts=counts,
            total=len(self.files),
            notes=(*self.notes, *self.left_out_notes()),
            labelled=bool(self.class_map),
        )

    def left_out_notes(self) -> list[str]:
        """Return a sentence on each class that is left out, one on bare numbers."""
        sizes = Counter(label for label in self.labels if label is not None)
        left_out = [name for name, ours in self.class_map.items() if ours is None and sizes[name]]
        known = any(ours is not None for ours in self.class_map.values())
        if known and left_out and all(name.isdigit() for name in self.class_map):
            pictures = sum(sizes[name] for name in left_out)
            return [
                f"The classes {', '.join(left_out)} ({pictures:,} pictures) are none of Mien's "
                "seven and are left out unless you say which expression they are."
            ]
        if left_out and all(name.isdigit() for name in self.class_map):
            return [
                f"The class folders {', '.join(left_out)} are numbers, which every data set uses "
                "differently; say what they mean."
            ]
        return [
            f"The class '{name}' ({sizes[name]:,} pictures) is left out"
            + (
                ", as Mien's seven classes have none."
                if known_name(name) == CONTEMPT
                else " unless you say which expression it is."
            )
            for name in left_out
        ]


def with_validation(
    splits: npt.NDArray[np.uint8],
    labels: Sequence[str | None],
    files: Sequence[str],
    share: float,
    groups: npt.NDArray[np.int64] | None = None,
) -> npt.NDArray[np.uint8]:
    """Return splits with a validation split drawn from the training split.

    Args:
        splits: uint8 (N,), without ``val``.
        labels: Class name of each picture.
        files: Their paths, which decide what is drawn.
        share: Share to be drawn, 0..1.
        groups: int64 (N,), pictures that stay together, or None.
    """
    train = np.flatnonzero(splits == SPLITS.index("train"))
    chosen = train.tolist()
    _, classes = np.unique([labels[index] or "" for index in chosen], return_inverse=True)
    drawn = draw_validation(
        classes.astype(np.int64),
        [files[index] for index in chosen],
        share,
        None if groups is None else groups[train],
    )
    result = splits.copy()
    result[train[drawn]] = SPLITS.index("val")
    return result
