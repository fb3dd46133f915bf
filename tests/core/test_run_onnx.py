"""A run's ONNX file is made when it is asked for, and never for nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from trainer import runs
from trainer.config import AugmentConfig, TrainConfig
from trainer.data.dataset import ExpressionDataset
from trainer.errors import TrainingError, WeightsError
from trainer.events import TrainingEvent
from trainer.run_onnx import ensure_onnx
from trainer.scoring import load_predictor
from trainer.training import fit


@pytest.fixture
def run_dir(tiny_model: str, demo: ExpressionDataset, tmp_path: Path) -> Path:
    config = TrainConfig(
        model=tiny_model, epochs=1, batch_size=20, lr=0.05, augment=AugmentConfig.off()
    )
    fit(config, demo, lambda event: None, lambda: False, run_dir=tmp_path)
    return tmp_path


def test_a_run_that_was_never_written_as_onnx_can_be_used(
    run_dir: Path, demo: ExpressionDataset
) -> None:
    path = runs.load_run(run_dir).onnx_path
    assert path is not None
    images = demo.images[demo.indices("val")].numpy()
    expected = load_predictor(run_dir / runs.WEIGHTS).predict(images)
    assert np.allclose(load_predictor(path).predict(images), expected, atol=1e-4)


def test_an_older_file_is_written_anew_and_a_newer_one_is_kept(run_dir: Path) -> None:
    path = ensure_onnx(run_dir / runs.ONNX)
    written = path.stat().st_mtime_ns
    ensure_onnx(path)
    assert path.stat().st_mtime_ns == written
    path.write_bytes(b"of an earlier epoch")
    os.utime(path, ns=(0, 0))
    ensure_onnx(path)
    assert load_predictor(path).metadata.class_names


def test_other_files_are_left_alone(run_dir: Path, tmp_path: Path) -> None:
    other = run_dir / "mine.onnx"
    assert ensure_onnx(other) == other
    assert not other.exists()


def test_damaged_weights_are_one_sentence(run_dir: Path) -> None:
    (run_dir / runs.WEIGHTS).write_bytes(b"damaged")
    with pytest.raises(WeightsError, match="best.safetensors"):
        ensure_onnx(run_dir / runs.ONNX)


def test_a_stop_while_an_epoch_is_saved_waits_for_its_two_files_only(
    tiny_model: str, demo: ExpressionDataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writing ONNX takes a second for a VGG-9: Stop, which promises one, must not wait for it."""
    module = sys.modules["trainer.training.run_files"]
    save_weights = module.save_weights
    stop = False

    def save_and_ask(*args: object, **options: object) -> None:
        nonlocal stop
        stop = True
        save_weights(*args, **options)

    monkeypatch.setattr(module, "save_weights", save_and_ask)
    config = TrainConfig(model=tiny_model, epochs=50, batch_size=20, augment=AugmentConfig.off())
    events: list[TrainingEvent] = []
    finished = fit(config, demo, events.append, lambda: stop, run_dir=tmp_path)
    assert finished.stopped
    assert finished.epochs_done == 1
    assert [type(event).__name__ for event in events[-2:]] == ["EpochFinished", "TrainingFinished"]
    assert not (tmp_path / runs.ONNX).exists()
    run = runs.load_run(tmp_path)
    assert run.can_resume
    assert run.weights_path is not None


def test_a_checkpoint_never_speaks_of_a_best_epoch_that_was_not_saved(
    tiny_model: str, demo: ExpressionDataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The two files are written side by side; a full disk may let only one of them through."""

    def full(*args: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys.modules["trainer.training.run_files"], "save_weights", full)
    config = TrainConfig(model=tiny_model, epochs=2, batch_size=20, augment=AugmentConfig.off())
    with pytest.raises(TrainingError, match="No space left"):
        fit(config, demo, lambda event: None, lambda: False, run_dir=tmp_path)
    assert not (tmp_path / runs.CHECKPOINT).exists()
