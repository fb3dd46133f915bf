"""Run folders with real small networks in them, for the tests of the comparison."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from trainer import runs
from trainer.compare.scoring import Scores
from trainer.config import TrainConfig
from trainer.data.dataset import ExpressionDataset
from trainer.events import EpochFinished
from trainer.export import export_onnx
from trainer.labels import EXPRESSIONS
from trainer.metadata import ModelMetadata
from trainer.models import create_model
from trainer.temperature import Temperature
from trainer.weights import save_weights


def make_run(
    path: Path,
    dataset: ExpressionDataset,
    *,
    model: str = "tiny",
    seed: int = 0,
    onnx: bool = True,
    epochs: int = 2,
    lr: float = 0.01,
) -> Path:
    """Write a finished run of an untrained network."""
    path.mkdir(parents=True)
    torch.manual_seed(seed)
    network = create_model(model).eval()
    metadata = ModelMetadata(
        model,
        dataset_name=dataset.name,
        dataset_hash=dataset.content_hash,
        extra={"run": path.name},
    )
    save_weights(path / runs.WEIGHTS, network.state_dict(), metadata)
    if onnx:
        export_onnx(network, metadata, path / runs.ONNX)
    TrainConfig(model=model, seed=seed, lr=lr, epochs=epochs).save(path / runs.CONFIG)
    history = [
        EpochFinished(
            epoch=number,
            train_loss=1.5 - 0.1 * number,
            train_accuracy=0.4,
            val_loss=1.6,
            val_accuracy=0.3 + 0.01 * number,
            val_macro_f1=0.2,
            lr=lr,
            images_per_second=80.0,
            duration_s=2.0,
            is_best=True,
        )
        for number in range(epochs)
    ]
    runs.write_results(path / runs.RESULTS, history)
    (path / runs.METRICS).write_text(json.dumps({"state": "finished"}))
    about = {
        "name": dataset.name,
        "source": dataset.source,
        "content_hash": dataset.content_hash,
        "train_used": 100,
    }
    (path / runs.ENVIRONMENT).write_text(json.dumps({"mien": "0.1.0", "dataset": about}))
    return path


def make_scores(
    targets: Sequence[int],
    answers: Sequence[int],
    sure: Sequence[float],
    *,
    split: str = "val",
    name: str = "a.onnx",
) -> Scores:
    """Return scores of images 100, 101, ... with these answers and confidences."""
    count, classes = len(targets), len(EXPRESSIONS)
    confidence = np.array(sure, np.float32)[:, None]
    probs = np.repeat((1 - confidence) / (classes - 1), classes, axis=1)
    probs[np.arange(count), answers] = confidence[:, 0]
    return Scores(
        probs=probs,
        targets=np.array(targets, np.int64),
        indices=np.arange(100, 100 + count),
        class_names=EXPRESSIONS,
        split=split,
        dataset_name="faces.csv",
        dataset_hash="0" * 64,
        model_file=Path(name),
        model_hash="1" * 64,
        architecture="tiny",
        temperature=Temperature(),
        seconds=1.0,
    )
