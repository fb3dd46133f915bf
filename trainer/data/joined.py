"""A data set with FER+ votes put to its images."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch

from trainer.data.dataset import ExpressionDataset, content_hash
from trainer.data.layouts.fer_csv import rows_of_votes
from trainer.data.loaded import Loaded
from trainer.data.votes import join_votes, read_votes, vote_targets
from trainer.errors import DataError


def with_votes(
    dataset: ExpressionDataset, loaded: Loaded, path: Path | None, as_labels: bool
) -> ExpressionDataset:
    """Join votes to a data set.

    Args:
        dataset: The data set.
        loaded: What it was made of.
        path: File or folder with votes; None keeps those that the source brought.
        as_labels: Let the votes' majority be the label; the content hash is new then.

    Raises:
        DataError: Votes and data do not belong together, or there are none.
    """
    if path is not None:
        if loaded.row_count == 0:
            raise DataError(
                f"FER+ votes belong to the rows of FER2013's CSV; {dataset.name} has none."
            )
        rows, splits = rows_of_votes(loaded)
        joined = join_votes(read_votes(path), rows, loaded.row_count, splits, name=dataset.name)
        dataset = replace(dataset, votes=torch.from_numpy(joined), votes_source=str(path))
    if not as_labels:
        return dataset
    if dataset.votes is None:
        raise DataError(f"{dataset.name} has no FER+ votes to take labels from; name a file.")
    targets = torch.from_numpy(vote_targets(dataset.votes.numpy(), dataset.class_names))
    unlabelled = int((targets < 0).sum())
    note = (
        "Labels are the answer that more than half of all FER+ votes name; "
        f"{unlabelled:,} images have no such expression and are unlabelled."
    )
    return replace(
        dataset,
        targets=targets,
        content_hash=content_hash(dataset.images, targets, dataset.splits),
        notes=(*dataset.notes, note),
    )
