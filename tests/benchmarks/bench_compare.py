"""Scoring and listing of the Compare tab against their budgets.

    python -m tests.benchmarks.bench_compare [--data fer2013.csv.gz] [--weights W.onnx]
        [--images 3589] [--rounds 3]

Scoring runs by turns with a bare ONNX Runtime loop over inputs that lie ready in memory, and the
ratio is what counts: times of a busy machine are upper bounds. Without --data the images are
noise; without --weights a VGG-9 with random weights is written. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import torch

from trainer import runs
from trainer._onnxruntime import onnxruntime
from trainer.compare.models import list_candidates, load_candidate
from trainer.compare.scoring import score
from trainer.config import TrainConfig
from trainer.data import load_dataset
from trainer.data.dataset import ExpressionDataset
from trainer.events import EpochFinished
from trainer.export import export_onnx
from trainer.metadata import ModelMetadata
from trainer.models import create_model
from trainer.preprocess import normalize
from trainer.weights import save_weights

RUN_FOLDERS = 200


def noise(count: int) -> ExpressionDataset:
    """Return a data set of noise, all of it validation images."""
    generator = torch.Generator().manual_seed(0)
    return ExpressionDataset(
        images=torch.randint(0, 256, (count, 1, 48, 48), generator=generator, dtype=torch.uint8),
        targets=torch.randint(0, 7, (count,), generator=generator),
        splits=torch.ones(count, dtype=torch.uint8),
        source_rows=torch.arange(count),
        name="noise",
        source="noise",
        content_hash="0" * 64,
    )


def measure_scoring(weights: Path, dataset: ExpressionDataset, rounds: int) -> dict[str, object]:
    """Return images a second of both, and their ratio."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    candidate = load_candidate(weights)
    assert candidate.metadata is not None
    pixels = dataset.images[dataset.indices("val")].numpy()
    ready = normalize(pixels, candidate.metadata.preprocessing)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = cores
    bare = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])

    def bare_loop() -> None:
        for start in range(0, len(ready), 128):
            bare.run(["logits"], {"input": ready[start : start + 128]})

    bare.run(["logits"], {"input": ready[:128]})
    seconds: dict[str, list[float]] = {"bare": [], "mien": []}
    for _ in range(rounds):
        started = time.perf_counter()
        bare_loop()
        seconds["bare"].append(time.perf_counter() - started)
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            scores = score(candidate, dataset, "val", cache_dir=Path(folder))
            assert scores.metrics["n"] == len(pixels)
            seconds["mien"].append(time.perf_counter() - started)
    one, other = (len(pixels) / statistics.median(seconds[name]) for name in ("bare", "mien"))
    return {
        "images": len(pixels),
        "bare_images_per_second": round(one, 1),
        "mien_images_per_second": round(other, 1),
        "ratio": round(other / one, 3),
        "budget": 0.9,
        "threads": cores,
    }


def measure_listing(folder: Path) -> dict[str, object]:
    """Return how long 200 run folders take, each with weights of a real network's form."""
    first = folder / "runs" / "run-000"
    first.mkdir(parents=True)
    TrainConfig(model="vgg9").save(first / runs.CONFIG)
    row = EpochFinished(0, 1.0, 0.5, 1.0, 0.5, 0.4, 0.01, 80.0, 300.0, True)
    runs.write_results(first / runs.RESULTS, [row] * 30)
    state = create_model("vgg9").state_dict()
    # The header is what is read: one value a tensor keeps 200 copies small.
    small = {name: value.flatten()[:1].clone() for name, value in state.items()}
    save_weights(first / runs.WEIGHTS, small, ModelMetadata("vgg9", dataset_hash="0" * 64))
    (first / runs.METRICS).write_text(json.dumps({"state": "finished"}))
    (first / runs.ENVIRONMENT).write_text(json.dumps({"dataset": {"name": "faces"}}))
    for number in range(1, RUN_FOLDERS):
        shutil.copytree(first, folder / "runs" / f"run-{number:03}")
    started = time.perf_counter()
    found = list_candidates(folder / "runs", folder / "models")
    seconds = time.perf_counter() - started
    assert sum(candidate.kind == "run" for candidate in found) == RUN_FOLDERS
    assert not any(candidate.damage for candidate in found)
    return {"run_folders": RUN_FOLDERS, "seconds": round(seconds, 3), "budget": 2.0}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--images", type=int, default=3589)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    dataset = load_dataset(args.data) if args.data is not None else noise(args.images)
    with tempfile.TemporaryDirectory() as folder:
        listing = measure_listing(Path(folder))
        weights = args.weights
        if weights is None:
            weights = Path(folder) / "vgg9.onnx"
            export_onnx(create_model("vgg9"), ModelMetadata("vgg9"), weights)
        scoring = measure_scoring(weights, dataset, args.rounds)
    print(json.dumps({"listing": listing, "scoring": scoring}, indent=1))


if __name__ == "__main__":
    main()
