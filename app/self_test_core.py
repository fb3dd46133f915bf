"""The self-test's checks of data, training, evaluation, export and the command line's work."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from resources import resource_path
from trainer.errors import MienError

if TYPE_CHECKING:
    from trainer.data.dataset import ExpressionDataset

_PER_CLASS = {"train_per_class": 14, "val_per_class": 6, "test_per_class": 2}
_FRAMES = 12
_SAME = 1e-3  # probabilities of one network in two runtimes; float16 and order of sums
_CLOSE = 0.15  # mean difference of probabilities that 8 bits may make


class CoreChecks:
    """Each check returns what it found and raises what is wrong; later ones use earlier ones'.

    Args:
        folder: Everything is written here.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._dataset: ExpressionDataset | None = None
        self._run: Path | None = None
        self._exported: Path | None = None

    def weights(self) -> str:
        """The shipped networks are there."""
        found = sorted(resource_path("weights").glob("*.onnx"))
        if len(found) < 2:
            raise MienError(f"{resource_path('weights')} lacks weights; install Mien again.")
        return ", ".join(f"{path.name} sha256 {_digest(path)[:16]}" for path in found)

    def detector(self) -> str:
        """YuNet runs."""
        from trainer.inference.detector import YuNetDetector

        faces = YuNetDetector().detect(np.zeros((240, 320, 3), np.uint8))
        if len(faces):
            raise MienError(f"YuNet finds {len(faces)} faces in a black picture.")
        return "YuNet runs and finds nothing in a black picture"

    def classifier(self) -> str:
        """The shipped network runs."""
        from trainer.inference.classifier import OnnxClassifier

        classifier = OnnxClassifier()
        probs = classifier.predict(np.zeros((1, 1, 48, 48), np.uint8))
        return f"{classifier.metadata.architecture} gives {probs.shape[1]} probabilities"

    def predict(self) -> str:
        """The bundled clip becomes a table and a marked copy, as ``predict --video`` does."""
        from trainer.inference.batch import BatchOptions, analyse
        from trainer.inference.pipeline import build_pipeline

        options = BatchOptions(self._folder / "predict", annotated=True, max_frames=_FRAMES)
        done = analyse(resource_path("media", "sample.mp4"), build_pipeline(), options)
        with open(done.table, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if done.frames != _FRAMES or not rows or len(rows) != done.rows:
            raise MienError(f"{done.frames} frames of {_FRAMES} gave {len(rows)} rows.")
        if done.annotated is None or done.annotated.stat().st_size == 0:
            raise MienError("No marked copy of the clip was written.")
        return f"{done.frames} frames, {len(rows)} rows of CSV, a marked copy"

    def dataset(self) -> str:
        """The drawn data set is written, read, read from its cache, and looked through."""
        from trainer.data import load_dataset
        from trainer.data.demo import generate_demo
        from trainer.data.summary import summarize

        path = generate_demo(self._folder / "demo.csv", **_PER_CLASS)
        dataset = load_dataset(path)
        again = load_dataset(path)
        if again.content_hash != dataset.content_hash:
            raise MienError("The cache gives other data than the file.")
        wanted = sum(_PER_CLASS.values()) * 7
        if len(dataset.targets) != wanted:
            raise MienError(f"{len(dataset.targets)} of {wanted} drawn faces were read.")
        counts = summarize(dataset).counts.sum(axis=0).tolist()
        self._dataset = dataset
        return f"{' + '.join(map(str, counts))} drawn faces for train, val and test"

    def training(self) -> str:
        """One epoch, as the Train tab does it."""
        import torch

        from trainer.config import TrainConfig
        from trainer.events import EpochFinished, TrainingEvent
        from trainer.models import available_models
        from trainer.paths import runs_dir
        from trainer.runs import new_run_dir
        from trainer.training import fit

        dataset = self.need_dataset()
        model = "vgg9_bn" if "vgg9_bn" in available_models() else available_models()[0]
        # One thread: several wait for each other where other programs are busy.
        config = TrainConfig(model=model, epochs=1, batch_size=32, threads=1)
        run_dir = new_run_dir(runs_dir(), model)
        epochs: list[EpochFinished] = []

        def on_event(event: TrainingEvent) -> None:
            if isinstance(event, EpochFinished):
                epochs.append(event)

        fit(config, dataset, on_event, lambda: False, run_dir=run_dir)
        if len(epochs) != 1 or not np.isfinite(epochs[0].train_loss):
            raise MienError(f"The training gave {epochs}.")
        self._run = run_dir
        return (
            f"PyTorch {torch.__version__}, an epoch of {model}, loss {epochs[0].train_loss:.2f}, "
            f"{epochs[0].images_per_second:.0f} images/s"
        )

    def evaluation(self) -> str:
        """The trained network is scored, as ``evaluate`` does."""
        from trainer.runs import WEIGHTS
        from trainer.scoring import evaluate_weights

        dataset = self.need_dataset()
        scores = evaluate_weights(self._need_run() / WEIGHTS, dataset, "val")
        if scores["n"] != len(dataset.indices("val")):
            raise MienError(f"{scores['n']} images were scored.")
        accuracy = scores["top1_accuracy"]
        return f"{accuracy:.0%} of {scores['n']} images after one epoch (chance is 14 %)"

    def comparison(self) -> str:
        """The run is listed and scored, as Compare does."""
        from app.workers.scoring import RunsWorker
        from trainer.compare.models import models_dir
        from trainer.compare.scoring import score
        from trainer.paths import runs_dir
        from ui.tables.run_row import RunRow

        run, dataset = self._need_run(), self.need_dataset()
        listed: list[RunRow] = []
        worker = RunsWorker(runs_dir(), models_dir())
        worker.listed.connect(listed.extend)
        worker.work()
        rows = {row.name: row for row in listed}
        if run.name not in rows:
            raise MienError(f"The run {run.name} is not listed among {sorted(rows)}.")
        row = rows[run.name]
        if row.state != "finished" or row.onnx_path is None or row.candidate is None:
            raise MienError(f"The run {run.name} is listed as {row}.")
        number = len(score(row.candidate, dataset, "val"))
        return f"{len(listed)} rows listed, {number} predictions scored"

    def export(self) -> str:
        """The shipped weights, exported as ONNX, say what PyTorch says."""
        from trainer.evaluation import TorchPredictor
        from trainer.export import export_onnx
        from trainer.inference.classifier import OnnxClassifier

        predictor = TorchPredictor(_shipped_weights())
        path = self._folder / "export.onnx"
        export_onnx(predictor.model, predictor.metadata, path)
        images = self._val_images()
        gap = _largest_gap(predictor.predict(images), OnnxClassifier(path).predict(images))
        if gap > _SAME:
            raise MienError(f"ONNX differs from PyTorch by {gap:.4f}.")
        self._exported = path
        return f"ONNX equals PyTorch within {gap:.1e}"

    def int8(self) -> str:
        """The same network in 8 bits is close to it."""
        from trainer.inference.classifier import OnnxClassifier
        from trainer.quantize import quantize_onnx
        from trainer.weights import load_weights

        if self._exported is None:
            raise MienError("Not checked, because the export failed.")
        model, metadata = load_weights(_shipped_weights())
        path = self._folder / "int8.onnx"
        quantize_onnx(model, metadata, self.need_dataset(), path)
        images = self._val_images()
        full, small = _probs(self._exported, images), _probs(path, images)
        gap = float(np.abs(full - small).mean())
        agree = float((full.argmax(axis=1) == small.argmax(axis=1)).mean())
        if gap > _CLOSE or path.stat().st_size > 0.5 * self._exported.stat().st_size:
            raise MienError(f"8 bits differ by {gap:.3f} in {path.stat().st_size} bytes.")
        if OnnxClassifier(path).metadata != metadata:
            raise MienError("The 8-bit network does not carry its metadata.")
        return f"8 bits differ by {gap:.3f} on average, {agree:.0%} of the answers are the same"

    def need_dataset(self) -> ExpressionDataset:
        """Return the drawn data set.

        Raises:
            MienError: Its own check failed.
        """
        if self._dataset is None:
            raise MienError("Not checked, because the data set failed.")
        return self._dataset

    def _need_run(self) -> Path:
        if self._run is None:
            raise MienError("Not checked, because the training failed.")
        return self._run

    def _val_images(self) -> np.ndarray:
        dataset = self.need_dataset()
        images: np.ndarray = dataset.images[dataset.indices("val")].numpy()
        return images


def _shipped_weights() -> Path:
    return resource_path("weights", "vgg9_bn.safetensors")


def _probs(path: Path, images: np.ndarray) -> np.ndarray:
    from trainer.inference.classifier import OnnxClassifier

    return OnnxClassifier(path).predict(images)


def _largest_gap(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one - other).max())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
