"""Runs: they learn, stop, resume to the same result, and survive damaged files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from trainer import runs
from trainer.config import AugmentConfig, TrainConfig
from trainer.data.dataset import ExpressionDataset
from trainer.errors import DataError, TrainingError
from trainer.events import (
    EpochFinished,
    StepFinished,
    TrainingEvent,
    TrainingFinished,
    TrainingStarted,
)
from trainer.training import fit
from trainer.training.schedule import lr_at
from trainer.weights import load_weights


@pytest.fixture
def config(tiny_model: str) -> TrainConfig:
    return TrainConfig(
        model=tiny_model, epochs=4, batch_size=20, lr=0.05, augment=AugmentConfig(), seed=1
    )


def train(
    config: TrainConfig, dataset: ExpressionDataset, folder: Path, **options: bool
) -> tuple[TrainingFinished, list[TrainingEvent]]:
    events: list[TrainingEvent] = []
    folder.mkdir(exist_ok=True)
    finished = fit(config, dataset, events.append, lambda: False, run_dir=folder, **options)
    return finished, events


def epochs(events: list[TrainingEvent]) -> list[EpochFinished]:
    return [event for event in events if isinstance(event, EpochFinished)]


def test_it_learns_and_says_so(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    finished, events = train(config.changed(epochs=8), demo, tmp_path / "run")
    history = epochs(events)
    assert history[-1].train_loss < history[0].train_loss
    assert finished.best_val_accuracy is not None
    assert finished.best_val_accuracy > 2 / 7  # twice what guessing reaches
    assert isinstance(events[0], TrainingStarted)
    assert isinstance(events[-1], TrainingFinished)
    steps = [event for event in events if isinstance(event, StepFinished)]
    assert steps[-1].run_eta_s == 0
    assert all(step.images_per_second > 0 for step in steps)


def test_the_run_folder_holds_everything(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    train(config, demo, tmp_path / "run")
    run = runs.load_run(tmp_path / "run")
    assert run.state == "finished"
    assert not run.can_resume
    assert run.config == config
    assert len(run.history) == 4
    assert run.environment["dataset"]["content_hash"] == demo.content_hash
    best = run.best_epoch
    assert best is not None
    assert run.metrics["top1_accuracy"] == pytest.approx(best.val_accuracy, abs=1e-5)
    assert run.predictions_path is not None
    with np.load(run.predictions_path) as predictions:
        accuracy = (predictions["probs"].argmax(axis=1) == predictions["targets"]).mean()
        assert accuracy == pytest.approx(best.val_accuracy, abs=1e-5)
        assert (predictions["indices"] == demo.indices("val").numpy()).all()
    assert run.onnx_path is not None
    assert run.weights_path is not None


def test_stop_and_resume_equals_no_stop(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    config = config.changed(ema_decay=0.9)
    train(config, demo, tmp_path / "whole")

    folder = tmp_path / "parts"
    folder.mkdir()
    stop = False

    def on_event(event: TrainingEvent) -> None:
        nonlocal stop
        # Ask within the third epoch: the two finished ones are kept.
        stop = isinstance(event, StepFinished) and event.epoch == 2

    stopped = fit(config, demo, on_event, lambda: stop, run_dir=folder)
    assert stopped.stopped
    assert stopped.epochs_done == 2
    assert runs.load_run(folder).state == "stopped"
    assert runs.load_run(folder).can_resume

    resumed, events = train(config, demo, folder, resume=True)
    started = events[0]
    assert isinstance(started, TrainingStarted)
    assert started.first_epoch == 2
    assert len(started.history) == 2
    assert resumed.epochs_done == 4
    whole, parts = (runs.load_run(tmp_path / name) for name in ("whole", "parts"))
    for one, other in zip(whole.history, parts.history, strict=True):
        assert (one.train_loss, one.val_loss, one.val_accuracy) == (
            other.train_loss,
            other.val_loss,
            other.val_accuracy,
        )
    states = [
        torch.load(tmp_path / name / runs.CHECKPOINT, weights_only=True)["model"]
        for name in ("whole", "parts")
    ]
    for name, value in states[0].items():
        assert torch.equal(value, states[1][name]), name


def test_stop_before_the_first_epoch_keeps_nothing_and_says_so(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    events: list[TrainingEvent] = []
    finished = fit(config, demo, events.append, lambda: True, run_dir=tmp_path)
    assert finished.stopped
    assert finished.best_epoch is None
    assert finished.onnx_path is None
    assert not runs.load_run(tmp_path).can_resume


def test_a_damaged_checkpoint_is_one_sentence(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    train(config.changed(epochs=1), demo, tmp_path / "run")
    checkpoint = tmp_path / "run" / runs.CHECKPOINT
    checkpoint.write_bytes(checkpoint.read_bytes()[:500])
    with pytest.raises(TrainingError, match=r"last\.ckpt is damaged") as caught:
        train(config, demo, tmp_path / "run", resume=True)
    assert "\n" not in str(caught.value)
    # What was won before stays usable.
    assert load_weights(tmp_path / "run" / runs.WEIGHTS)[1].architecture == "tiny"


def test_a_pickle_in_the_checkpoint_is_refused(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    train(config.changed(epochs=1), demo, tmp_path / "run")
    torch.save({"version": 1, "model": Path("/")}, tmp_path / "run" / runs.CHECKPOINT)
    with pytest.raises(TrainingError, match="damaged"):
        train(config, demo, tmp_path / "run", resume=True)


def test_resuming_on_other_data_is_refused(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    train(config.changed(epochs=1), demo, tmp_path / "run")
    other = replace(demo, content_hash="0" * 64)
    with pytest.raises(TrainingError, match="trained on other data"):
        train(config, other, tmp_path / "run", resume=True)


def test_resuming_a_finished_run_asks_for_more_epochs(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    train(config.changed(epochs=1), demo, tmp_path / "run")
    with pytest.raises(TrainingError, match="ask for more epochs"):
        train(config.changed(epochs=1), demo, tmp_path / "run", resume=True)
    finished, _ = train(config.changed(epochs=2), demo, tmp_path / "run", resume=True)
    assert finished.epochs_done == 2


def test_a_diverging_loss_names_the_learning_rate(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    wild = config.changed(lr=10.0, clip_norm=0.0, warmup_epochs=0.0, weight_decay=50.0, epochs=60)
    with pytest.raises(TrainingError, match="smaller learning rate"):
        train(wild, demo, tmp_path / "run")


def test_data_without_validation_is_refused(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    only_train = replace(demo, splits=torch.zeros_like(demo.splits))
    with pytest.raises(DataError, match="0 images in its validation split"):
        train(config, only_train, tmp_path / "run")


def test_patience_ends_a_run_that_gains_nothing(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    still = config.changed(lr=1e-9, patience=2, epochs=30, warmup_epochs=0.0)
    finished, _ = train(still, demo, tmp_path / "run")
    assert not finished.stopped
    assert finished.epochs_done < 30


def test_exact_repeats_are_left_out_of_training_only(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    images = demo.images.clone()
    train_indices = demo.indices("train")
    images[train_indices[1]] = images[train_indices[0]]
    val_indices = demo.indices("val")
    images[val_indices[1]] = images[val_indices[0]]
    doubled = replace(demo, images=images)
    _, events = train(config.changed(epochs=1), doubled, tmp_path / "run")
    started = events[0]
    assert isinstance(started, TrainingStarted)
    assert started.train_samples == len(train_indices) - 1
    assert started.val_samples == len(val_indices)


def test_images_of_the_judged_splits_are_left_out_of_training(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    images = demo.images.clone()
    train_indices = demo.indices("train")
    images[train_indices[0]] = images[demo.indices("val")[0]]
    images[train_indices[1]] = images[demo.indices("test")[0]]
    leaking = replace(demo, images=images)
    _, events = train(config.changed(epochs=1), leaking, tmp_path / "run")
    started = events[0]
    assert isinstance(started, TrainingStarted)
    assert started.leaks_left_out == 2
    assert started.train_samples == len(train_indices) - 2


def test_tensorboard_files_appear_when_asked(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    train(config.changed(epochs=2, tensorboard=True), demo, tmp_path / "run")
    (events,) = (tmp_path / "run").glob("events.out.tfevents.*")
    assert b"accuracy/val" in events.read_bytes()


@pytest.mark.parametrize("schedule", ["cosine", "one-cycle"])
def test_falling_schedules_end_near_zero(schedule: str) -> None:
    config = TrainConfig(epochs=10, lr=0.1, schedule=schedule, warmup_epochs=1)
    rates = [lr_at(step, 1000, 100, config) for step in range(1000)]
    assert rates[0] < 0.01
    assert max(rates) == pytest.approx(0.1, rel=0.02)
    assert rates[-1] < 1e-4


def test_step_schedule_divides_by_ten_twice() -> None:
    config = TrainConfig(epochs=10, lr=0.1, schedule="step", warmup_epochs=0)
    rates = [lr_at(step, 1000, 100, config) for step in (0, 499, 500, 749, 750, 999)]
    assert rates == pytest.approx([0.1, 0.1, 0.01, 0.01, 0.001, 0.001])


@pytest.mark.parametrize(
    "values",
    [{"epochs": 0}, {"lr": 0}, {"lr": -1}, {"batch_size": 1}, {"schedule": "x"}, {"momentum": 1.0}],
)
def test_settings_that_make_no_sense_are_refused(values: dict) -> None:
    with pytest.raises(TrainingError, match="cannot be trained with"):
        TrainConfig(**values)


def test_settings_survive_the_file(tmp_path: Path) -> None:
    config = TrainConfig(epochs=3, augment=AugmentConfig(rotation=1.5), seed=9)
    config.save(tmp_path / "config.yaml")
    assert TrainConfig.load(tmp_path / "config.yaml") == config
    (tmp_path / "config.yaml").write_text("lr: 0.1\nwarp: 9\n")
    with pytest.raises(TrainingError, match="Unknown training settings: warp"):
        TrainConfig.load(tmp_path / "config.yaml")
    (tmp_path / "config.yaml").write_text("{:::")
    with pytest.raises(TrainingError, match="Cannot read the settings"):
        TrainConfig.load(tmp_path / "config.yaml")
