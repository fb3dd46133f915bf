"""What is known about a data set before it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KINDS: dict[str, str] = {
    "fer2013": "FER2013 CSV",
    "fer-plus folders": "FER+ folders",
    "image-folder": "Folders of pictures by class",
    "ckplus48": "CK+48",
    "raf-db": "RAF-DB",
    "affectnet": "AffectNet",
    "photos": "Photos without labels",
}
"""Every kind of source, and its English title."""


@dataclass(frozen=True)
class SourceInfo:
    """A recognised source.

    Attributes:
        path: The file or folder as it was given.
        kind: A key of :data:`KINDS`.
        title: English title of the kind.
        class_map: The source's own class names and ours; None for a class that is left out
            unless the user says what it is. A numbered folder is such a class.
        counts: Images by split and *their* class name; {} where only reading all would tell.
        total: Number of images (of photos for ``photos``, whose faces are not counted yet).
        exact: Whether ``total`` was counted; False when it was estimated from the file's size.
        notes: Sentences about what will be done with it.
        votes_path: A file with FER+ votes found beside it, or None.
        labelled: Whether its images have labels that can be mapped.
    """

    path: Path
    kind: str
    title: str
    class_map: Mapping[str, str | None] = field(default_factory=dict)
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    total: int = 0
    exact: bool = True
    notes: tuple[str, ...] = ()
    votes_path: Path | None = None
    labelled: bool = True

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-able values."""
        return {
            "path": str(self.path),
            "kind": self.kind,
            "title": self.title,
            "class_map": dict(self.class_map),
            "counts": {split: dict(row) for split, row in self.counts.items()},
            "total": self.total,
            "exact": self.exact,
            "notes": list(self.notes),
            "votes_path": None if self.votes_path is None else str(self.votes_path),
            "labelled": self.labelled,
        }
