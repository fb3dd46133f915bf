"""How a data set is opened: its path, and what the user said about it. No torch until read."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import Timeout

from trainer.data.library import DatasetEntry, Library
from trainer.errors import MienError
from trainer.runs import load_run

if TYPE_CHECKING:
    from trainer.data.dataset import ExpressionDataset
    from trainer.data.pictures import FindFaces

PHOTOS = "photos"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opening:
    """What to open, and how.

    Attributes:
        path: File or folder.
        kind: A key of :data:`trainer.data.sources.KINDS`; "" when nobody looked yet.
        votes: File with FER+ votes to join, or None.
        class_map: What the user chose over the names that map by themselves.
    """

    path: Path
    kind: str = ""
    votes: Path | None = None
    class_map: Mapping[str, str | None] = field(default_factory=dict)


def remembered(path: Path) -> Opening | None:
    """Return how a data set was opened last, or None for one that was never opened.

    Votes that are gone meanwhile are left out.
    """
    entry = Library().find(path)
    if entry is None:
        return None
    votes = entry.votes if entry.votes is not None and os.path.exists(entry.votes) else None
    return Opening(path, entry.kind, votes, dict(entry.class_map))


def as_trained(run_dir: Path, path: Path) -> Opening:
    """Return how a run read its data set; what it does not say is as it was opened last.

    Args:
        run_dir: The run's folder.
        path: Where its data set is now.
    """
    opening = remembered(path) or Opening(path)
    try:
        run = load_run(run_dir)
    except MienError as error:
        log.warning("%s does not say how its data were read: %s", run_dir, error)
        return opening
    if run.class_map is not None:
        opening = replace(opening, class_map=run.class_map)
    votes = run.data.get("votes_source")
    if isinstance(votes, str) and votes and os.path.exists(votes):
        opening = replace(opening, votes=Path(votes))
    return opening


def read(
    opening: Opening,
    *,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ExpressionDataset:
    """Load the data set; imports torch, so call it in a worker.

    Raises:
        DataError: It cannot be read as asked; the message says why.
        OperationCancelled: ``should_stop`` said so.
    """
    from trainer.data import load_dataset

    find_faces: FindFaces | None = None
    if opening.kind == PHOTOS:
        from trainer.photo_faces import make_face_finder

        find_faces = make_face_finder()
    return load_dataset(
        opening.path,
        votes=opening.votes,
        class_map=opening.class_map or None,
        find_faces=find_faces,
        on_progress=on_progress,
        should_stop=should_stop,
    )


def read_as_remembered(
    path: Path,
    *,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ExpressionDataset:
    """Load a data set the way the user opened it last; plainly when he never did."""
    opening = remembered(path) or Opening(path)
    return read(opening, on_progress=on_progress, should_stop=should_stop)


def remember(opening: Opening, dataset: ExpressionDataset) -> None:
    """Keep how a data set was opened and what was in it; a disk that refuses is only logged."""
    from trainer.labels import SPLITS

    table = dataset.counts()
    counts = {
        split: {
            name: int(table[row, column])
            for row, name in enumerate(dataset.class_names)
            if table[row, column]
        }
        for column, split in enumerate(SPLITS)
        if table[:, column].any()
    }
    entry = DatasetEntry(
        name=opening.path.name,
        path=opening.path,
        kind=opening.kind or dataset.kind,
        content_hash=dataset.content_hash,
        counts=counts,
        class_map=dict(opening.class_map),
        votes=opening.votes,
    )
    try:
        Library().remember(entry)
    except (OSError, Timeout) as error:
        log.warning("%s is not remembered: %s", opening.path, error)


def without_votes(opening: Opening) -> Opening:
    """The same without votes."""
    return replace(opening, votes=None)
