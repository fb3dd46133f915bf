"""What a run learns from and is judged on: made from a data set and settings, once a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from trainer.config import TrainConfig
from trainer.data.balance import check_factors, make_balanced
from trainer.data.dataset import ExpressionDataset, training_indices
from trainer.data.edited import Edited, edit, saved_edits
from trainer.data.target_choice import choose_targets
from trainer.errors import DataError
from trainer.training.teacher import teacher_shares


@dataclass
class TrainingData:
    """Images and what is to be learnt of them.

    Attributes:
        source: The data set as it was opened.
        edited: With the user's corrections.
        images: uint8 (N, 1, H, W): the corrected data set's, then those that balancing made.
        targets: int64 (N,); of soft targets the class with the largest share.
        shares: float32 (N, C) soft targets that sum to 1, or None.
        train_indices: int64 (M,), what is learnt.
        val_indices: int64 (V,), what the epochs are judged on, by the data set's own labels.
        duplicates_left_out: Training images that repeat another one.
        leaks_left_out: Training images that also stand in a judged split.
        leaks_kept: Those of them that are learnt all the same.
        balanced_added: Images that balancing made.
        targets_left_out: Training images left out by the choice of targets, by reason.
    """

    source: ExpressionDataset
    edited: Edited
    images: torch.Tensor
    targets: torch.Tensor
    shares: torch.Tensor | None
    train_indices: torch.Tensor
    val_indices: torch.Tensor
    duplicates_left_out: int = 0
    leaks_left_out: int = 0
    leaks_kept: int = 0
    balanced_added: int = 0
    targets_left_out: dict[str, int] = field(default_factory=dict)

    @property
    def dataset(self) -> ExpressionDataset:
        """The data set with the user's corrections."""
        return self.edited.dataset

    def train_counts(self) -> torch.Tensor:
        """Return the number of images to learn from by class, int64 (C,)."""
        classes = len(self.dataset.class_names)
        return torch.bincount(self.targets[self.train_indices], minlength=classes)


def prepare(
    config: TrainConfig, dataset: ExpressionDataset, should_stop: Callable[[], bool]
) -> TrainingData:
    """Split, correct, choose targets, limit, ask the teachers and balance, in this order.

    Raises:
        DataError: A split is missing, or there are no votes to take targets from.
        OperationCancelled: ``should_stop`` said so.
    """
    edited = edit(dataset, saved_edits(dataset) if config.apply_edits else None)
    used = edited.dataset
    train, duplicates, leaks = training_indices(
        used, drop_duplicates=config.drop_duplicates, drop_leaks=config.drop_leaks
    )
    leaks_kept = 0
    if not config.drop_leaks:
        leaks_kept = training_indices(used, drop_duplicates=False, drop_leaks=True)[2]
    data = TrainingData(
        dataset, edited, used.images, used.targets, None, train, used.indices("val"), duplicates,
        leaks, leaks_kept,
    )  # fmt: skip
    if config.targets != "label":
        _choose(data, config.targets)
    _check(data)
    if config.train_limit > 0:
        indices, labels = data.train_indices, data.targets
        data.train_indices = _limited(indices, labels, config.train_limit, config.seed)
        _check(data)
    if config.val_limit > 0:
        # Whatever the seed: runs that are compared must be judged on the same images.
        data.val_indices = _limited(data.val_indices, used.targets, config.val_limit, seed=0)
    if config.teachers:
        _ask_teachers(data, [Path(name) for name in config.teachers], should_stop)
    if config.balance:
        _balance(data, config, should_stop)
    return data


def _ask_teachers(
    data: TrainingData, paths: Sequence[Path], should_stop: Callable[[], bool]
) -> None:
    """Let trained networks' mean answers count half in what is learnt of each image."""
    train = data.train_indices
    shares = data.shares
    if shares is None:
        shares = _one_hot(data.targets.clamp(min=0), len(data.dataset.class_names))
    answers = [teacher_shares(path, data.dataset, train, should_stop) for path in paths]
    shares[train] = (shares[train] + torch.stack(answers).mean(dim=0)) / 2
    data.shares = shares


def _check(data: TrainingData) -> None:
    for name, indices in (("training", data.train_indices), ("validation", data.val_indices)):
        if len(indices) < 2:
            raise DataError(
                f"{data.dataset.name} has {len(indices)} images in its {name} split; "
                "training needs at least two."
            )


def _choose(data: TrainingData, choice: str) -> None:
    """Put the votes in the place of the labels of the training images."""
    dataset, train = data.dataset, data.train_indices
    corrected = dataset.targets != data.source.targets[data.edited.indices]
    chosen = choose_targets(
        choice,
        dataset.targets[train].numpy(),
        None if dataset.votes is None else dataset.votes[train].numpy(),
        dataset.class_names,
        by_hand=corrected[train].numpy(),
    )
    kept = torch.from_numpy(~chosen.left_out)
    data.targets = dataset.targets.clone()
    data.targets[train] = torch.from_numpy(chosen.targets)
    if chosen.shares is not None:
        data.shares = _one_hot(dataset.targets, len(dataset.class_names))
        data.shares[train] = torch.from_numpy(chosen.shares)
    data.train_indices = train[kept]
    data.targets_left_out = {name: number for name, number in chosen.reasons.items() if number}


def _one_hot(targets: torch.Tensor, classes: int) -> torch.Tensor:
    return torch.nn.functional.one_hot(targets, classes).to(torch.float32)


def _limited(indices: torch.Tensor, targets: torch.Tensor, limit: int, seed: int) -> torch.Tensor:
    """Draw about ``limit`` images, each class by its share and never none of it."""
    if len(indices) <= limit:
        return indices
    generator = torch.Generator().manual_seed(seed)
    share = limit / len(indices)
    parts = []
    for label in torch.unique(targets[indices]):
        of_class = indices[targets[indices] == label]
        count = max(1, int(len(of_class) * share))
        parts.append(of_class[torch.randperm(len(of_class), generator=generator)[:count]])
    return torch.cat(parts).sort().values


def _balance(data: TrainingData, config: TrainConfig, should_stop: Callable[[], bool]) -> None:
    """Add variants of training images; they follow the data set's own."""
    names = data.dataset.class_names
    check_factors(config.balance, names)
    train = data.train_indices
    factors = [config.balance.get(name, 1) for name in names]
    images, targets = make_balanced(
        data.images[train, 0].numpy(),
        data.targets[train].numpy(),
        factors,
        seed=config.seed,
        should_stop=should_stop,
    )
    made = torch.arange(len(data.images), len(data.images) + len(images))
    if data.shares is not None:
        # make_balanced goes through the images in their order and makes factor - 1 of each.
        copies = torch.tensor(factors)[data.targets[train]] - 1
        data.shares = torch.cat((data.shares, data.shares[train.repeat_interleave(copies)]))
    data.train_indices = torch.cat((train, made))
    data.images = torch.cat((data.images, torch.from_numpy(images)[:, None]))
    data.targets = torch.cat((data.targets, torch.from_numpy(np.asarray(targets))))
    data.balanced_added = len(images)
