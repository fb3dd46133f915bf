"""Does an exported network say what the trained one says, and is its 8-bit form worth it?

Apart from :mod:`trainer.export`, which training uses: this module knows inference too, and
training and inference must not know each other.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from trainer.data.dataset import ExpressionDataset
from trainer.data.demo import draw_face
from trainer.device import place
from trainer.evaluation import predict_logits, predict_split
from trainer.inference.classifier import OnnxClassifier
from trainer.labels import EXPRESSIONS
from trainer.metadata import ModelMetadata, val_metrics
from trainer.metrics import classification_metrics

IMAGES = 100
LARGEST_DIFFERENCE = 1e-3
"""Of a probability; rounding alone makes about a thousandth of it."""
LARGEST_LOSS = 0.005
"""What 8 bits may cost in accuracy: half a point."""
_ROUNDS, _FACES = 5, 40

Images = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Parity:
    """PyTorch against ONNX Runtime on the same images.

    Attributes:
        images: How many.
        drawn: The images are drawn faces, for want of a data set.
        largest_difference: Of any probability.
        same_label: Images with the same most likely class.
    """

    images: int
    drawn: bool
    largest_difference: float
    same_label: int

    @property
    def agrees(self) -> bool:
        """Whether the two differ by rounding only."""
        return self.largest_difference <= LARGEST_DIFFERENCE

    def sentence(self) -> str:
        """Say it in English."""
        what = "drawn faces" if self.drawn else "images of the data set"
        return (
            f"PyTorch and ONNX agree on {self.same_label} of {self.images} {what}; no probability "
            f"differs by more than {self.largest_difference:.1e}"
        )


@dataclass(frozen=True)
class Int8Report:
    """An 8-bit network against the same one in float32, both on ONNX Runtime.

    Attributes:
        n: Validation images.
        accuracy: Of the 8-bit network on them, a fraction.
        full_accuracy: Of the float32 network.
        face_ms: Milliseconds for one face on one thread, 8 bits; the median, here and now.
        full_face_ms: The same in float32.
        megabytes: Size of the 8-bit file.
        full_megabytes: Size of the float32 file.
        metrics: Scores of the 8-bit network as a weights file keeps them.
    """

    n: int
    accuracy: float
    full_accuracy: float
    face_ms: float
    full_face_ms: float
    megabytes: float
    full_megabytes: float
    metrics: Mapping[str, float]

    @property
    def loss(self) -> float:
        """Accuracy lost, a fraction; negative when 8 bits happen to do better."""
        return self.full_accuracy - self.accuracy

    @property
    def worth_it(self) -> bool:
        """Faster here, and at most half a point worse."""
        return self.face_ms < self.full_face_ms and self.loss <= LARGEST_LOSS

    def sentence(self) -> str:
        """Say it in English."""
        points = 100 * (self.accuracy - self.full_accuracy)
        return (
            f"8 bits: val accuracy {self.accuracy:.2%} against {self.full_accuracy:.2%} in float32 "
            f"({points:+.2f} points, {self.n:,} images), {self.face_ms:.2f} ms a face "
            f"against {self.full_face_ms:.2f} ms on one thread here, {self.megabytes:.1f} MB "
            f"against {self.full_megabytes:.1f} MB"
        )

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-able values."""
        return {**asdict(self), "loss": self.loss, "worth_it": self.worth_it}


def compare_onnx(
    model: nn.Module, metadata: ModelMetadata, path: Path, dataset: ExpressionDataset | None
) -> Parity:
    """Run a network in PyTorch and its export in ONNX Runtime on the same images.

    Args:
        model: What was exported.
        metadata: As it was written into ``path``.
        path: The ONNX file.
        dataset: Gives validation images, or others where it has none; None draws faces.
    """
    size = metadata.preprocessing.input_size
    fits = dataset is not None and dataset.images.shape[-2:] == (size, size)
    images = _sample(dataset) if dataset is not None and fits else _drawn(size)
    logits = predict_logits(place(model), torch.from_numpy(images), metadata.preprocessing)
    wanted = metadata.temperature.probabilities(logits)
    given = OnnxClassifier(path).predict(images)
    return Parity(
        images=len(images),
        drawn=not fits,
        largest_difference=float(np.abs(wanted - given).max()),
        same_label=int((wanted.argmax(axis=1) == given.argmax(axis=1)).sum()),
    )


def compare_int8(full: Path, quantized: Path, dataset: ExpressionDataset) -> Int8Report:
    """Judge both on the validation split and time them in turns, one face at a time.

    Raises:
        DataError: The data set has no validation images or does not fit.
    """
    one, other = OnnxClassifier(full), OnnxClassifier(quantized)
    found = []
    for classifier in (one, other):
        probs, targets, _ = predict_split(classifier, dataset, "val")
        found.append(classification_metrics(probs, targets, dataset.class_names))
    faces = dataset.images[dataset.indices("val")[:_FACES]].numpy()
    milliseconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(_ROUNDS):
        for classifier, times in zip((one, other), milliseconds, strict=True):
            for index in range(len(faces)):
                started = time.perf_counter()
                classifier.predict(faces[index : index + 1])
                times.append(1000 * (time.perf_counter() - started))
    return Int8Report(
        n=len(dataset.indices("val")),
        accuracy=found[1]["top1_accuracy"],
        full_accuracy=found[0]["top1_accuracy"],
        face_ms=statistics.median(milliseconds[1]),
        full_face_ms=statistics.median(milliseconds[0]),
        megabytes=quantized.stat().st_size / 1e6,
        full_megabytes=full.stat().st_size / 1e6,
        metrics=val_metrics(found[1]),
    )


def _sample(dataset: ExpressionDataset) -> Images:
    indices = dataset.indices("val")
    if not len(indices):
        indices = torch.arange(len(dataset))
    order = torch.randperm(len(indices), generator=torch.Generator().manual_seed(0))
    chosen: Images = dataset.images[indices[order[:IMAGES]]].numpy()
    return chosen


def _drawn(size: int) -> Images:
    random = np.random.default_rng(0)
    names = [EXPRESSIONS[index % len(EXPRESSIONS)] for index in range(IMAGES)]
    return np.stack([draw_face(name, random, size)[None] for name in names]).astype(np.uint8)
