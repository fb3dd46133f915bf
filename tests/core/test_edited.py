"""Corrections in training: the right images, the right numbers, and it is said."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from trainer import runs
from trainer.config import AugmentConfig, TrainConfig
from trainer.data.dataset import ExpressionDataset
from trainer.data.edited import apply_edits, edit, saved_edits
from trainer.data.edits import EditLog, edits_path
from trainer.errors import DataError, TrainingError
from trainer.events import TrainingEvent, TrainingStarted
from trainer.training import fit


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIEN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def config(tiny_model: str) -> TrainConfig:
    return TrainConfig(
        model=tiny_model, epochs=1, batch_size=32, ema_decay=0, augment=AugmentConfig.off()
    )


def new_log(dataset: ExpressionDataset) -> EditLog:
    return EditLog(dataset.content_hash, dataset.class_names, len(dataset))


def trained(
    config: TrainConfig, dataset: ExpressionDataset, run_dir: Path, **options: bool
) -> TrainingStarted:
    run_dir.mkdir(exist_ok=True)
    events: list[TrainingEvent] = []
    fit(config, dataset, events.append, lambda: False, run_dir=run_dir, **options)
    assert isinstance(events[0], TrainingStarted)
    return events[0]


def test_apply_leaves_the_source_alone(demo: ExpressionDataset) -> None:
    log = new_log(demo)
    log.relabel([0, 5], 6)
    log.relabel(7, -1)
    log.exclude([1, 2, 5])
    before = demo.targets.clone()
    edited = apply_edits(replace(demo, targets=demo.targets.clone()), log)
    assert torch.equal(demo.targets, before)
    assert len(edited) == len(demo) - 4
    assert int(edited.targets[0]) == 6
    assert torch.equal(edited.images[1], demo.images[3])
    assert edited.source_rows.tolist()[:3] == demo.source_rows[[0, 3, 4]].tolist()
    assert edited.content_hash != demo.content_hash
    assert edited.class_names == demo.class_names


def test_nothing_corrected_is_the_same_data(demo: ExpressionDataset) -> None:
    assert apply_edits(demo, new_log(demo)) is demo
    log = new_log(demo)
    log.relabel(0, int(demo.targets[0]))
    assert edit(demo, log).sentence() == ""


def test_unlabelled_images_are_left_out_without_a_log(demo: ExpressionDataset) -> None:
    targets = demo.targets.clone()
    targets[[0, 9]] = -1
    found = edit(replace(demo, targets=targets), None)
    assert len(found.dataset) == len(demo) - 2
    assert sum(found.unlabelled.values()) == 2
    assert found.version == ""


def test_training_uses_what_was_saved(
    home: Path, config: TrainConfig, demo: ExpressionDataset, tmp_path: Path, caplog
) -> None:  # type: ignore[no-untyped-def]
    plain = trained(config, demo, tmp_path / "plain")
    train, val = demo.indices("train"), demo.indices("val")
    log = new_log(demo)
    log.exclude(train[:4].numpy())
    log.exclude(val[:2].numpy())
    log.relabel(int(val[5]), (int(demo.targets[val[5]]) + 1) % 7)
    log.save(edits_path(demo.content_hash))

    with caplog.at_level(logging.INFO, "trainer"):
        started = trained(config, demo, tmp_path / "edited")
    assert (started.relabelled, started.excluded) == (1, 6)
    assert started.train_samples == plain.train_samples - 4
    assert started.val_samples == plain.val_samples - 2
    assert "1 images relabelled, 6 left out" in caplog.text
    assert "3 of them are in the validation or test split" in caplog.text

    environment = json.loads((tmp_path / "edited" / runs.ENVIRONMENT).read_text())["dataset"]
    assert environment["content_hash"] == demo.content_hash
    assert environment["edits"]["version"] == log.version
    # Predictions name images of the source, so that windows can show them.
    with np.load(tmp_path / "edited" / runs.PREDICTIONS) as content:
        assert content["indices"].tolist() == val[2:].tolist()

    off = trained(config.changed(apply_edits=False), demo, tmp_path / "off")
    assert (off.relabelled, off.excluded, off.train_samples) == (0, 0, plain.train_samples)


def test_resuming_with_other_corrections_is_refused(
    home: Path, config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    trained(config, demo, tmp_path / "run")
    log = new_log(demo)
    log.exclude(0)
    log.save(edits_path(demo.content_hash))
    with pytest.raises(TrainingError, match="other corrections"):
        trained(config.changed(epochs=2), demo, tmp_path / "run", resume=True)


def test_damaged_corrections_stop_the_training_with_a_sentence(
    home: Path, config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    path = edits_path(demo.content_hash)
    path.parent.mkdir(parents=True)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="damaged"):
        trained(config, demo, tmp_path / "run")
    assert path.with_name(f"{path.name}.broken").exists()
    assert len(saved_edits(demo)) == 0


def test_kept_leaks_are_told(
    home: Path, config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    images = demo.images.clone()
    images[demo.indices("train")[0]] = images[demo.indices("val")[0]]
    leaking = replace(demo, images=images)
    started = trained(config.changed(drop_leaks=False), leaking, tmp_path / "run")
    assert (started.leaks_kept, started.leaks_left_out) == (1, 0)
