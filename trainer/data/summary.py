"""Facts about a data set: counts, imbalance, repeats inside and leaks between splits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.data.dataset import ExpressionDataset, image_hashes
from trainer.labels import SPLITS


@dataclass(frozen=True)
class DatasetSummary:
    """What the Dataset tab and the ``dataset`` command tell.

    Attributes:
        name: File name of the source.
        content_hash: Identity of the data.
        class_names: Classes.
        counts: int64 (classes, 3), images by class and split (train, val, test).
        imbalance_ratio: Largest over smallest class of the training split that has images.
        largest_class: Name, or "" when there are no training images.
        smallest_class: Name, or "".
        smallest_share: The smallest class's share of the training split, a fraction.
        duplicates: Images that exactly repeat an earlier one of the same split, by split.
        conflicting_duplicates: How many of them carry another label than the first one.
        leaks: Images of the later split that also stand in the earlier one, by
            ``"train/val"``, ``"train/test"``, ``"val/test"``.
        rows_left_out: Bad rows of the source.
    """

    name: str
    content_hash: str
    class_names: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    imbalance_ratio: float
    largest_class: str
    smallest_class: str
    smallest_share: float
    duplicates: dict[str, int]
    conflicting_duplicates: int
    leaks: dict[str, int]
    rows_left_out: int

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-able values."""
        return {
            "name": self.name,
            "content_hash": self.content_hash,
            "classes": list(self.class_names),
            "counts": {
                split: dict(zip(self.class_names, self.counts[:, i].tolist(), strict=True))
                for i, split in enumerate(SPLITS)
            },
            "imbalance_ratio": self.imbalance_ratio,
            "largest_class": self.largest_class,
            "smallest_class": self.smallest_class,
            "smallest_share": self.smallest_share,
            "duplicates": self.duplicates,
            "conflicting_duplicates": self.conflicting_duplicates,
            "leaks": self.leaks,
            "rows_left_out": self.rows_left_out,
        }


def summarize(dataset: ExpressionDataset) -> DatasetSummary:
    """Count everything :class:`DatasetSummary` holds."""
    counts = dataset.counts()
    train = counts[:, 0]
    present = np.flatnonzero(train)
    largest = smallest = None
    if len(present):
        largest = int(present[train[present].argmax()])
        smallest = int(present[train[present].argmin()])

    targets, splits = dataset.targets.numpy(), dataset.splits.numpy()
    first: dict[tuple[bytes, int], int] = {}
    seen_in: dict[bytes, set[int]] = {}
    duplicates = dict.fromkeys(SPLITS, 0)
    conflicting = 0
    leaks = {"train/val": 0, "train/test": 0, "val/test": 0}
    hashes = image_hashes(dataset.images.numpy())
    for index, digest in enumerate(hashes):
        split = int(splits[index])
        if (digest, split) in first:
            duplicates[SPLITS[split]] += 1
            conflicting += int(targets[first[digest, split]] != targets[index])
        else:
            first[digest, split] = index
        seen_in.setdefault(digest, set()).add(split)
    for index, digest in enumerate(hashes):
        for earlier in range(int(splits[index])):
            if earlier in seen_in[digest]:
                leaks[f"{SPLITS[earlier]}/{SPLITS[int(splits[index])]}"] += 1

    return DatasetSummary(
        name=dataset.name,
        content_hash=dataset.content_hash,
        class_names=dataset.class_names,
        counts=counts,
        imbalance_ratio=(
            float(train[largest] / train[smallest])
            if largest is not None and smallest is not None
            else 1.0
        ),
        largest_class="" if largest is None else dataset.class_names[largest],
        smallest_class="" if smallest is None else dataset.class_names[smallest],
        smallest_share=0.0 if smallest is None else float(train[smallest] / train.sum()),
        duplicates=duplicates,
        conflicting_duplicates=conflicting,
        leaks=leaks,
        rows_left_out=len(dataset.problems),
    )
