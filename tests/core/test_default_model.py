"""The weights that ship: what they say of themselves, and what they see on real material."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.core.inference_helpers import media
from trainer.data import load_dataset
from trainer.evaluation import TorchPredictor
from trainer.inference.batch import BatchOptions, analyse
from trainer.inference.classifier import OnnxClassifier
from trainer.inference.pipeline import build_pipeline
from trainer.inference.shipped import (
    classic_model_path,
    default_model_path,
    light_model_path,
    shipped_model_paths,
)
from trainer.labels import EXPRESSIONS
from trainer.scoring import evaluate_weights
from trainer.weights import read_metadata

SHIPPED = pytest.mark.parametrize("path", shipped_model_paths(), ids=lambda path: path.stem)


@pytest.mark.parametrize(
    ("path", "architecture", "megabytes"),
    [
        (default_model_path(), "lightnet_columns", 8),
        (light_model_path(), "lightnet", 1),
        (classic_model_path(), "vgg9_bn", 20),
    ],
)
def test_both_files_describe_the_same_network(
    path: Path, architecture: str, megabytes: float
) -> None:
    onnx = OnnxClassifier(path).metadata
    tensors = read_metadata(path.with_suffix(".safetensors"))
    assert replace(onnx, metrics={}) == replace(tensors, metrics={})
    lost = tensors.metrics["val_top1_accuracy"] - onnx.metrics["val_top1_accuracy"]
    assert lost <= 0.003  # each tells its own scores
    assert onnx.architecture == architecture
    assert onnx.class_names == EXPRESSIONS
    assert onnx.dataset_hash
    assert 0 < onnx.unsure_threshold < 1
    assert path.stat().st_size < megabytes * 1e6
    assert path.with_suffix(".safetensors").stat().st_size < 40e6


@SHIPPED
def test_int8_and_float16_agree(path: Path) -> None:
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (64, 1, 6, 6)).astype(np.uint8)
    images = coarse.repeat(8, axis=2).repeat(8, axis=3)
    eight = OnnxClassifier(path).predict(images)
    half = TorchPredictor(path.with_suffix(".safetensors")).predict(images)
    assert (eight.argmax(axis=1) == half.argmax(axis=1)).mean() > 0.9
    assert np.abs(eight - half).mean() < 0.02


@pytest.mark.media
@SHIPPED
def test_accuracy_on_publictest(path: Path, shared_folder: Path, tmp_path: Path) -> None:
    source = shared_folder / "data" / "fer2013.csv.gz"
    if not source.is_file():
        pytest.skip(f"no FER2013 at {source}")
    dataset = load_dataset(source, cache_dir=tmp_path)
    scores = evaluate_weights(path, dataset, "val")
    assert scores["n"] == 3589
    assert scores["top1_accuracy"] >= 0.64
    claimed = OnnxClassifier(path).metadata.metrics["val_top1_accuracy"]
    assert scores["top1_accuracy"] == pytest.approx(claimed, abs=0.004)


@pytest.mark.media
def test_a_man_who_cries_and_then_laughs(tmp_path: Path) -> None:
    clip = media("videos", "pyfeat_WolfgangLanger_Pexels.mp4")
    found = analyse(clip, build_pipeline(), BatchOptions(tmp_path))
    with open(found.table, encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len({row["frame"] for row in rows}) == found.frames

    def labels(start: float, end: float) -> Counter[str]:
        return Counter(
            max(EXPRESSIONS, key=lambda name: float(row[name]))
            for row in rows
            if row["track_id"] and start <= float(row["timestamp"]) < end
        )

    crying, laughing = labels(0, 4), labels(10, 19)
    assert crying["sadness"] + crying["fear"] > crying.total() / 2
    assert laughing["happiness"] > laughing.total() / 2
