"""Balancing makes the images the report made, of training images alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from trainer import runs
from trainer.config import TrainConfig
from trainer.data.balance import _crop, check_factors, even_factors, make_balanced
from trainer.data.dataset import ExpressionDataset
from trainer.errors import DataError, OperationCancelled, TrainingError
from trainer.events import TrainingEvent, TrainingStarted
from trainer.training import fit


@pytest.fixture
def images() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (6, 48, 48), dtype=np.uint8)


TARGETS = np.array([0, 1, 1, 2, 2, 2])


def test_a_factor_of_ten_adds_nine_for_each_image(images: np.ndarray) -> None:
    made, targets = make_balanced(images, TARGETS, [10, 1, 2])
    assert made.shape == (9 + 3, 48, 48)
    assert made.dtype == np.uint8
    assert np.bincount(targets, minlength=3).tolist() == [9, 0, 3]
    assert len({picture.tobytes() for picture in made}) == len(made)


def test_same_seed_same_images_other_seed_others(images: np.ndarray) -> None:
    first, _ = make_balanced(images, TARGETS, [3, 1, 1], seed=1)
    again, _ = make_balanced(images, TARGETS, [3, 1, 1], seed=1)
    other, _ = make_balanced(images, TARGETS, [3, 1, 1], seed=2)
    assert (first == again).all()
    assert not (first == other).all()


def test_what_is_made_of_an_image_does_not_depend_on_the_others(images: np.ndarray) -> None:
    alone, _ = make_balanced(images[:1], TARGETS[:1], [3, 1, 1])
    together, _ = make_balanced(images, TARGETS, [3, 2, 2])
    assert (alone == together[:2]).all()


def test_crops_are_those_of_the_report() -> None:
    random = np.random.default_rng(3)
    boxes = np.array([_crop((64, 64), random) for _ in range(2000)])
    left, top, right, bottom = boxes.T
    wide, tall = right - left, bottom - top
    assert left.min() >= 0
    assert top.min() >= 0
    assert right.max() <= 64
    assert bottom.max() <= 64
    area, aspect = wide * tall / 64**2, wide / tall
    assert area.min() >= 0.8 - 1e-9
    assert area.max() <= 1
    assert 0.8 - 1e-9 <= aspect.min() < 0.82
    assert 1.22 < aspect.max() <= 1.25 + 1e-9


def test_a_flat_image_stays_flat_and_changes_its_light() -> None:
    flat = np.full((1, 48, 48), 100, np.uint8)
    made, _ = make_balanced(flat, np.array([0]), [40])
    assert (made.max(axis=(1, 2)) == made.min(axis=(1, 2))).all()
    light = made[:, 0, 0].astype(int)
    assert light.min() >= 29
    assert light.max() <= 171
    assert light.max() - light.min() > 60


def test_nothing_to_do_makes_nothing(images: np.ndarray) -> None:
    made, targets = make_balanced(images, TARGETS, [1, 1, 1])
    assert made.shape == (0, 48, 48)
    assert len(targets) == 0


def test_it_stops_when_asked(images: np.ndarray) -> None:
    with pytest.raises(OperationCancelled):
        make_balanced(images, TARGETS, [2, 2, 2], should_stop=lambda: True)


def test_even_factors_bring_classes_near_the_largest() -> None:
    assert even_factors([436, 7215, 0, 3995]) == [17, 1, 1, 2]


def test_factors_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(DataError, match="no class joy"):
        check_factors({"joy": 2}, ("anger", "fear"))
    with pytest.raises(DataError, match="1 to 50"):
        check_factors({"fear": 0}, ("anger", "fear"))
    with pytest.raises(TrainingError, match="balance"):
        TrainConfig(balance={"fear": 0})


def test_a_run_learns_the_balanced_split_and_says_so(
    demo: ExpressionDataset, tiny_model: str, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    config = TrainConfig(model=tiny_model, epochs=1, batch_size=20, balance={"disgust": 4})
    events: list[TrainingEvent] = []
    before = demo.images.clone()
    fit(config, demo, events.append, lambda: False, run_dir=folder)
    plain = tmp_path / "plain"
    plain.mkdir()
    others: list[TrainingEvent] = []
    fit(config.changed(balance={}), demo, others.append, lambda: False, run_dir=plain)
    started, unbalanced = events[0], others[0]
    assert isinstance(started, TrainingStarted)
    assert isinstance(unbalanced, TrainingStarted)
    disgust = demo.class_names.index("disgust")
    train = demo.indices("train")
    added = 3 * int((demo.targets[train] == disgust).sum())
    assert started.balanced_added == added
    assert started.train_samples == unbalanced.train_samples + added
    assert started.val_samples == unbalanced.val_samples
    assert torch.equal(demo.images, before)
    run = runs.load_run(folder)
    assert run.config.balance == {"disgust": 4}
    assert run.environment["dataset"]["balanced_added"] == added


def test_the_command_line_reads_factors(demo_csv: Path, tmp_path: Path) -> None:
    from trainer.cli import main

    out = tmp_path / "run"
    command = ["train", "--data", str(demo_csv), "--epochs", "1", "--out", str(out)]
    assert main([*command, "--balance", "joyful=2"]) == 2
    assert main([*command, "--balance", "disgust=x"]) == 2
    assert not out.exists()
