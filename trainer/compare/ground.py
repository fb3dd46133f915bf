"""Whether models are judged on the same ground: what each of them saw of the judged images."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.compare.models import Candidate
from trainer.errors import DataError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import torch

    from trainer.data.dataset import ExpressionDataset

LEARNT, CHOSEN, OTHER_DATA, UNKNOWN, OTHER_HASH = (
    "learnt",
    "chosen",
    "other-data",
    "unknown",
    "other-hash",
)

TEXTS: dict[str, str] = {
    LEARNT: "It learnt {count} of the {total} judged images, so the score is too good.",
    CHOSEN: "Its best epoch was chosen on this split, so the score is a little too good.",
    OTHER_DATA: "It was trained on other data ({data}), which may hold some of these images.",
    UNKNOWN: "Its file does not say what it was trained on; it may have learnt these images.",
    OTHER_HASH: "It was scored on other data ({data}), so the numbers cannot be compared.",
}
"""The sentence of each flag; the windows translate them by code."""


@dataclass(frozen=True)
class Flag:
    """Something that keeps a score from standing beside others as it is.

    Attributes:
        code: A key of :data:`TEXTS`.
        serious: Whether the score must not be compared at all.
        count: Judged images that were learnt (``"learnt"`` only).
        total: Judged images (``"learnt"`` only).
        data: Name of the other data, where one is meant.
    """

    code: str
    serious: bool
    count: int = 0
    total: int = 0
    data: str = ""

    @property
    def text(self) -> str:
        """The sentence, in English."""
        return TEXTS[self.code].format(
            count=f"{self.count:,}", total=f"{self.total:,}", data=self.data or "unnamed"
        )


@dataclass(frozen=True)
class Learnt:
    """How many of the judged images a model learnt, exact copies counted.

    Attributes:
        count: Learnt ones.
        total: Judged ones.
    """

    count: int
    total: int


def same_ground(
    candidate: Candidate,
    dataset_hash: str,
    split: str,
    *,
    images: int,
    learnt: Learnt | None = None,
) -> tuple[Flag, ...]:
    """Return what must be said about a model's score on a split; () if it is clean.

    Args:
        candidate: The model.
        dataset_hash: Content hash of the data that it is judged on.
        split: ``"train"``, ``"val"`` or ``"test"``.
        images: How many images are judged.
        learnt: What :func:`learnt_images` found; None where nobody looked.
    """
    flags: list[Flag] = []
    known = candidate.dataset_hashes
    same = dataset_hash in known
    if learnt is not None and learnt.count:
        flags.append(Flag(LEARNT, True, learnt.count, learnt.total))
    elif same and split == "train":
        flags.append(Flag(LEARNT, True, images, images))
    if same and split == "val":
        flags.append(Flag(CHOSEN, False))
    elif not known:
        flags.append(Flag(UNKNOWN, False))
    elif not same and learnt is None:
        flags.append(Flag(OTHER_DATA, False, data=candidate.dataset_name))
    return tuple(flags)


def scored_elsewhere(
    dataset_hash: str, split: str, other_hash: str, other_split: str, other_name: str
) -> Flag | None:
    """Return a flag when a score is of other data or another split than the reference's.

    Args:
        dataset_hash: Data of the reference.
        split: Its split.
        other_hash: Data of the score in question.
        other_split: Its split.
        other_name: Name of its data.
    """
    if (dataset_hash, split) == (other_hash, other_split):
        return None
    return Flag(OTHER_HASH, True, data=f"{other_name}, {other_split}")


def learnt_images(
    candidate: Candidate,
    dataset: ExpressionDataset,
    split: str,
    *,
    should_stop: Callable[[], bool] | None = None,
) -> Learnt | None:
    """Count the images of a split that a run learnt, by their pixels.

    The training data are read again where they still are (from the cache, so quickly); leaks that
    the run left out are not counted. Near repeats are not found here but by the check of the
    Dataset tab.

    Returns:
        None where it cannot be known: no run, or its data are gone or have changed.

    Raises:
        OperationCancelled: ``should_stop`` said so.
    """
    from trainer.data.dataset import image_hashes, training_indices

    run = candidate.run
    if run is None:
        return None
    judged = dataset.indices(split)
    if dataset.content_hash in candidate.dataset_hashes:
        training: ExpressionDataset | None = dataset
        if split == "train":
            return Learnt(len(judged), len(judged))
    else:
        training = _training_data(candidate, should_stop)
    if training is None:
        return None
    indices, _, _ = training_indices(
        training, drop_duplicates=False, drop_leaks=run.config.drop_leaks
    )
    seen = set(image_hashes(_pixels(training, indices)))
    found = sum(digest in seen for digest in image_hashes(_pixels(dataset, judged)))
    return Learnt(found, len(judged))


def _pixels(dataset: ExpressionDataset, indices: torch.Tensor) -> npt.NDArray[np.uint8]:
    pixels: npt.NDArray[np.uint8] = dataset.images[indices].numpy()
    return pixels


def _training_data(
    candidate: Candidate, should_stop: Callable[[], bool] | None
) -> ExpressionDataset | None:
    """Read the data of a run again; None where they are gone, changed, or need a person."""
    from trainer.data import load_dataset

    run = candidate.run
    if run is None or not run.data.get("source"):
        return None
    source = Path(str(run.data["source"]))
    try:
        dataset = load_dataset(source, class_map=run.class_map, should_stop=should_stop)
    except (DataError, OSError):
        return None  # what cannot be read cannot be looked through; the flag says "may hold"
    return dataset if dataset.content_hash in candidate.dataset_hashes else None
