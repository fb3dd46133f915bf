"""K-fold predictions: everything judged once, by a network that had not seen it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from trainer.data.dataset import ExpressionDataset
from trainer.data.label_errors import find_label_errors
from trainer.data.out_of_sample import _folds, _varied, out_of_sample_probs
from trainer.errors import DataError, OperationCancelled


@pytest.fixture(scope="module")
def quadrants() -> ExpressionDataset:
    """160 noisy images of four classes: where the bright square is."""
    rng = np.random.default_rng(0)
    targets = np.arange(160) % 4
    images = rng.integers(0, 120, (160, 1, 48, 48)).astype(np.uint8)
    for image, target in zip(images, targets, strict=True):
        # Mirroring must not change the class: up or down, wide or narrow.
        top, width = (4, 28)[target % 2], (10, 30)[target // 2]
        image[0, top : top + 14, 24 - width // 2 : 24 + width // 2] += 110
    splits = np.repeat([0, 1, 2], [120, 20, 20]).astype(np.uint8)
    return ExpressionDataset(
        images=torch.from_numpy(images),
        targets=torch.from_numpy(targets),
        splits=torch.from_numpy(splits),
        source_rows=torch.arange(160),
        name="quadrants",
        source="",
        content_hash="0",
        class_names=("anger", "fear", "sadness", "neutral"),
    )


def test_judges_train_and_val_once_and_finds_wrong_labels(quadrants: ExpressionDataset) -> None:
    targets = quadrants.targets.clone()
    wrong = {3, 40, 90}
    for index in wrong:
        targets[index] = (targets[index] + 1) % 4
    spoilt = replace(quadrants, targets=targets)
    told: list[float] = []
    before = torch.random.get_rng_state()
    probs = out_of_sample_probs(spoilt, folds=2, epochs=8, on_progress=told.append)
    assert torch.equal(torch.random.get_rng_state(), before)
    judged = quadrants.splits.numpy() != 2
    assert np.isfinite(probs).all(axis=1).tolist() == judged.tolist()
    assert probs[judged].sum(axis=1) == pytest.approx(np.ones(judged.sum()), abs=1e-4)
    assert told == sorted(told)
    assert told[-1] == 1.0
    errors = find_label_errors(targets.numpy(), probs, source="k-fold")
    # Eighty updates are few: one of the three may pass, but what is suspected first is wrong.
    assert len(wrong & set(errors.order.tolist())) >= 2
    assert set(errors.order[:2].tolist()) <= wrong


def test_unlabelled_images_are_not_judged(quadrants: ExpressionDataset) -> None:
    targets = quadrants.targets.clone()
    targets[:5] = -1
    probs = out_of_sample_probs(replace(quadrants, targets=targets), folds=2, epochs=1)
    assert np.isnan(probs[:5]).all()


def test_repeats_share_a_fold() -> None:
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (60, 48, 48)).astype(np.uint8)
    images[30:] = images[:30]
    images[45:] = images[45:, :, ::-1]
    fold = _folds(images, rng.integers(0, 3, 60), 3, 0, None, None)
    assert (fold[:30] == fold[30:]).all()
    assert sorted(np.bincount(fold)) == [20, 20, 20]


def test_people_share_a_fold() -> None:
    rng = np.random.default_rng(1)
    images = rng.integers(0, 256, (60, 48, 48)).astype(np.uint8)
    people = np.arange(60) // 5
    fold = _folds(images, rng.integers(0, 3, 60), 3, 0, people, None)
    assert all(len(set(fold[people == person])) == 1 for person in range(12))
    assert sorted(np.bincount(fold)) == [20, 20, 20]


def test_stops_and_refuses(quadrants: ExpressionDataset) -> None:
    with pytest.raises(OperationCancelled):
        out_of_sample_probs(quadrants, should_stop=lambda: True)
    with pytest.raises(DataError, match="0 labelled images"):
        out_of_sample_probs(replace(quadrants, targets=torch.full_like(quadrants.targets, -1)))


def test_batches_are_varied_without_wrapping_around() -> None:
    """A bright left edge may move and be mirrored; it must not appear on both sides."""
    images = torch.zeros(64, 1, 48, 48, dtype=torch.uint8)
    images[..., :6] = 200
    generator = torch.Generator().manual_seed(0)
    sides = set()
    for _ in range(8):
        varied = _varied(images, generator)
        assert varied.dtype == torch.uint8
        assert varied.shape == images.shape
        left, right = varied[:, 0, 24, 0] == 200, varied[:, 0, 24, -1] == 200
        assert torch.all(left ^ right)
        sides.update(left.tolist())
    assert sides == {True, False}
