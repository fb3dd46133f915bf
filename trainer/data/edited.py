"""A data set with the user's corrections put in, and what to say about them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import torch

from trainer.data.dataset import ExpressionDataset, content_hash
from trainer.data.edits import EditLog, edits_path
from trainer.labels import SPLITS

_BY_IMAGE = ("files",)  # tuples with one entry an image, where a source has them


@dataclass(frozen=True)
class Edited:
    """A data set as it is to be used.

    Attributes:
        dataset: With the corrections; without excluded and unlabelled images.
        indices: int64 (M,), where each of its images stands in the source.
        relabelled: Images with another label than in the source, by split.
        excluded: Images that the user left out, by split.
        unlabelled: Images without a label that were left out, by split.
        version: Version of the corrections; "" when none were asked for.
        parent: The version before.
    """

    dataset: ExpressionDataset
    indices: torch.Tensor
    relabelled: dict[str, int]
    excluded: dict[str, int]
    unlabelled: dict[str, int]
    version: str = ""
    parent: str = ""

    @property
    def changed(self) -> int:
        """Number of images that are relabelled or excluded."""
        return sum(self.relabelled.values()) + sum(self.excluded.values())

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-able values for ``environment.json``."""
        return {
            "version": self.version,
            "parent": self.parent,
            "relabelled": self.relabelled,
            "excluded": self.excluded,
            "content_hash": self.dataset.content_hash,
        }

    def sentence(self) -> str:
        """Say in English what was applied; "" when nothing was."""
        if not self.changed:
            return ""
        new, out = (sum(part.values()) for part in (self.relabelled, self.excluded))
        text = (
            f"Your corrections are applied (version {self.version[:12]}): {new:,} images "
            f"relabelled, {out:,} left out."
        )
        judged = sum(self.relabelled[split] + self.excluded[split] for split in SPLITS[1:])
        if judged:
            text += (
                f" {judged:,} of them are in the validation or test split: figures on it cannot "
                "be compared with figures on the uncorrected data."
            )
        return text


def edit(dataset: ExpressionDataset, log: EditLog | None) -> Edited:
    """Put corrections in; without a log only unlabelled images are left out."""
    source, splits = dataset.targets.numpy(), dataset.splits.numpy()
    targets = source if log is None else log.apply_targets(source)
    excluded = np.zeros(len(source), np.bool_) if log is None else log.excluded()
    unlabelled = ~excluded & (targets < 0)
    kept = np.flatnonzero(~excluded & ~unlabelled)
    relabelled = (targets != source) & ~excluded & ~unlabelled

    def by_split(chosen: np.ndarray[Any, np.dtype[np.bool_]]) -> dict[str, int]:
        found = np.bincount(splits[chosen], minlength=len(SPLITS))
        return dict(zip(SPLITS, found.tolist(), strict=True))

    facts: dict[str, Any] = {
        "indices": torch.from_numpy(kept),
        "relabelled": by_split(relabelled),
        "excluded": by_split(excluded),
        "unlabelled": by_split(unlabelled),
    }
    if log is not None:
        facts |= {"version": log.version, "parent": log.parent}
    if len(kept) == len(source) and not relabelled.any():
        return Edited(dataset, **facts)
    chosen = facts["indices"]
    values: dict[str, Any] = {}
    for entry in fields(dataset):
        value = getattr(dataset, entry.name)
        if isinstance(value, torch.Tensor) and value.ndim and len(value) == len(dataset):
            values[entry.name] = value[chosen]
        elif entry.name in _BY_IMAGE and len(value) == len(dataset):
            values[entry.name] = tuple(value[index] for index in kept.tolist())
    values["targets"] = torch.from_numpy(targets[kept])
    values["content_hash"] = content_hash(values["images"], values["targets"], values["splits"])
    return Edited(replace(dataset, **values), **facts)


def apply_edits(dataset: ExpressionDataset, log: EditLog) -> ExpressionDataset:
    """Return the data set with the corrections; excluded and unlabelled images are left out.

    Its content hash is new when anything changed. Indices into the source no longer hold:
    :func:`edit` keeps them.
    """
    return edit(dataset, log).dataset


def saved_edits(dataset: ExpressionDataset) -> EditLog:
    """Return what the user saved for a data set; an empty log when there is nothing.

    Raises:
        DataError: The side file is damaged; it is kept aside.
    """
    path = edits_path(dataset.content_hash)
    return EditLog.load(path, dataset.content_hash, dataset.class_names, len(dataset))
