"""One form for every data set: grey images, targets, a split for each image."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from trainer.data.fer2013 import RowProblem
from trainer.data.loaded import Loaded
from trainer.labels import EXPRESSIONS, SPLITS


@dataclass(frozen=True)
class ExpressionDataset:
    """A loaded data set.

    Attributes:
        images: uint8 (N, 1, H, W), grey.
        targets: int64 (N,), index into ``class_names``; -1 is unlabelled.
        splits: uint8 (N,), index into ``SPLITS``.
        source_rows: int64 (N,), 1-based line in the source file; in a folder the 1-based
            position of the image's file in the sorted list of files.
        name: Name of the source's file or folder.
        source: Path of the source as it was given.
        content_hash: sha256 (hex) over images, targets and splits.
        class_names: Classes in the order of the targets.
        problems: Rows or files of the source that were left out.
        kind: One of :data:`trainer.data.sources.KINDS`.
        files: File of each image, relative to the source, with ``/``; () where the source is
            one file.
        votes: uint8 (N, 10), answers of :data:`trainer.data.votes.VOTE_COLUMNS`, or None.
        votes_source: Path of the votes' file as it was given; "" where the source brought them.
        class_map: What was asked for over the classes that map by name: the source's names and
            ours, None for a class that is left out.
        groups: int64 (N,), equal for images of one person or photo, which must not be parted
            between splits; or None where that is unknown.
        notes: Sentences on how the source was read, for the person who opened it.
    """

    images: torch.Tensor
    targets: torch.Tensor
    splits: torch.Tensor
    source_rows: torch.Tensor
    name: str
    source: str
    content_hash: str
    class_names: tuple[str, ...] = EXPRESSIONS
    problems: tuple[RowProblem, ...] = ()
    kind: str = "fer2013"
    files: tuple[str, ...] = ()
    votes: torch.Tensor | None = None
    votes_source: str = ""
    class_map: Mapping[str, str | None] = field(default_factory=dict)
    groups: torch.Tensor | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        count = len(self.images)
        if self.images.dtype != torch.uint8 or self.images.ndim != 4 or self.images.shape[1] != 1:
            raise ValueError(
                f"expected uint8 images (N, 1, H, W), got {self.images.dtype} "
                f"{tuple(self.images.shape)}"
            )
        for name in ("targets", "splits", "source_rows"):
            if getattr(self, name).shape != (count,):
                raise ValueError(f"expected {name} ({count},), got {getattr(self, name).shape}")
        if self.files and len(self.files) != count:
            raise ValueError(f"expected {count} files or none, got {len(self.files)}")
        if self.votes is not None and (
            self.votes.dtype != torch.uint8 or self.votes.shape != (count, 10)
        ):
            raise ValueError(f"expected uint8 votes ({count}, 10), got {self.votes.shape}")
        if self.groups is not None and self.groups.shape != (count,):
            raise ValueError(f"expected groups ({count},), got {self.groups.shape}")

    def __len__(self) -> int:
        return len(self.images)

    def indices(self, split: str) -> torch.Tensor:
        """Return the int64 indices of the labelled images of a split.

        Args:
            split: ``"train"``, ``"val"`` or ``"test"``.
        """
        chosen = (self.splits == SPLITS.index(split)) & (self.targets >= 0)
        return torch.nonzero(chosen).flatten()

    def counts(self) -> npt.NDArray[np.int64]:
        """Return the number of labelled images, int64 (classes, 3 splits)."""
        table = np.zeros((len(self.class_names), len(SPLITS)), np.int64)
        labelled = (self.targets >= 0).numpy()
        np.add.at(table, (self.targets.numpy()[labelled], self.splits.numpy()[labelled]), 1)
        return table


def content_hash(images: torch.Tensor, targets: torch.Tensor, splits: torch.Tensor) -> str:
    """Return the sha256 (hex) that identifies a data set whatever file it came from."""
    digest = hashlib.sha256()
    digest.update(repr(tuple(images.shape)).encode())
    for part in (images, targets, splits):
        digest.update(np.ascontiguousarray(part.numpy()).data)
    return digest.hexdigest()


def from_loaded(loaded: Loaded, identity: str, source: Path) -> ExpressionDataset:
    """Return what was read as a data set; the arrays are shared, not copied.

    Args:
        loaded: The content.
        identity: Its content hash.
        source: The file or folder.
    """
    return ExpressionDataset(
        images=torch.from_numpy(loaded.images),
        targets=torch.from_numpy(loaded.targets),
        splits=torch.from_numpy(loaded.splits),
        source_rows=torch.from_numpy(loaded.source_rows),
        name=source.name or str(source),
        source=str(source),
        content_hash=identity,
        class_names=loaded.class_names,
        problems=loaded.problems,
        kind=loaded.kind,
        files=loaded.files,
        votes=None if loaded.votes is None else torch.from_numpy(loaded.votes),
        groups=None if loaded.groups is None else torch.from_numpy(loaded.groups),
        notes=loaded.notes,
    )


def image_hashes(images: npt.NDArray[np.uint8]) -> list[bytes]:
    """Return a 16-byte digest for each image; equal images have equal digests."""
    contiguous = np.ascontiguousarray(images)
    return [hashlib.blake2b(image.data, digest_size=16).digest() for image in contiguous]


def training_indices(
    dataset: ExpressionDataset, *, drop_duplicates: bool, drop_leaks: bool
) -> tuple[torch.Tensor, int, int]:
    """Return the training split without repeats and leaks.

    Returns:
        int64 indices into the data set, the number of exact repeats left out, and the
        number of images left out because the validation or test split holds them too.
    """
    indices = dataset.indices("train")
    leaked = duplicates = 0
    if drop_leaks:
        judged = torch.cat((dataset.indices("val"), dataset.indices("test")))
        judged_hashes = set(image_hashes(dataset.images[judged].numpy()))
        hashes = image_hashes(dataset.images[indices].numpy())
        free = torch.tensor([digest not in judged_hashes for digest in hashes], dtype=torch.bool)
        leaked = int((~free).sum())
        indices = indices[free]
    if drop_duplicates:
        first = torch.from_numpy(first_occurrences(dataset.images[indices].numpy()))
        duplicates = int((~first).sum())
        indices = indices[first]
    return indices, duplicates, leaked


def first_occurrences(images: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Return bool (N,): False for an image that exactly repeats an earlier one."""
    seen: set[bytes] = set()
    keep = np.ones(len(images), np.bool_)
    for index, digest in enumerate(image_hashes(images)):
        keep[index] = digest not in seen
        seen.add(digest)
    return keep
