"""How accuracy falls when faces get worse: blur, darkness, noise, JPEG, shift, size, occlusion.

The idea is that of Hendrycks and Dietterich, "Benchmarking Neural Network Robustness to Common
Corruptions and Perturbations" (ICLR 2019): the same labelled images, changed in steps. The changes
are those of a face crop of 48 x 48 pixels; ``tools/measure_robustness.py`` uses them too, on faces
from real clips.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from trainer.compare.kept import keep, key_of, read_kept
from trainer.compare.models import Candidate
from trainer.compare.scoring import file_hash, onnx_file
from trainer.compare.statistics import Interval, share_interval
from trainer.errors import DataError
from trainer.paths import cache_dir as default_cache_dir

if TYPE_CHECKING:
    from trainer.data.dataset import ExpressionDataset

Image = npt.NDArray[np.uint8]
Change = Callable[[Image], Image]

IMAGES = 600
"""Judged images unless asked otherwise: 22 passes over a whole split would take too long."""


def darkened(factor: float) -> Change:
    """Return a change of a crop's light."""
    return lambda crop: np.clip(crop.astype(np.float32) * factor, 0, 255).astype(np.uint8)


def blurred(sigma: float) -> Change:
    """Return a Gaussian blur; ``sigma`` in pixels of the crop."""
    from trainer._cv2 import cv2

    return lambda crop: np.asarray(cv2.GaussianBlur(crop, (0, 0), sigma), np.uint8)


def noisy(sigma: float) -> Change:
    """Return added noise, another for each crop; ``sigma`` in grey levels."""
    random = np.random.default_rng(0)
    return lambda crop: np.clip(crop + random.normal(0, sigma, crop.shape), 0, 255).astype(np.uint8)


def compressed(quality: int) -> Change:
    """Return JPEG's losses."""
    from trainer._cv2 import cv2

    def change(crop: Image) -> Image:
        done, data = cv2.imencode(".jpg", crop, [cv2.IMWRITE_JPEG_QUALITY, quality])
        assert done
        return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)

    return change


def shifted(share: float) -> Change:
    """Return a shift by a share of the side in a direction that differs by crop.

    Edges repeat outwards, since a crop does not know what was beside it.
    """
    from trainer._cv2 import cv2

    random = np.random.default_rng(0)

    def change(crop: Image) -> Image:
        angle = random.uniform(0, 2 * math.pi)
        side = crop.shape[0] * share
        matrix = np.array([[1, 0, side * math.cos(angle)], [0, 1, side * math.sin(angle)]])
        size = (crop.shape[1], crop.shape[0])
        moved = cv2.warpAffine(crop, matrix, size, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(moved, np.uint8)

    return change


def shrunk(pixels: int) -> Change:
    """Return what is left of a face that was so many pixels wide in the frame."""
    from trainer._cv2 import cv2

    def change(crop: Image) -> Image:
        small = cv2.resize(crop, (pixels, pixels), interpolation=cv2.INTER_AREA)
        size = (crop.shape[1], crop.shape[0])
        return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR), np.uint8)

    return change


def occluded(share: float) -> Change:
    """Return a grey square over a share of the crop, somewhere else in each crop."""
    random = np.random.default_rng(0)

    def change(crop: Image) -> Image:
        height, width = crop.shape
        side = max(1, round(math.sqrt(share * height * width)))
        top = int(random.integers(0, max(1, height - side + 1)))
        left = int(random.integers(0, max(1, width - side + 1)))
        covered = crop.copy()
        covered[top : top + side, left : left + side] = round(float(crop.mean()))
        return covered

    return change


@dataclass(frozen=True)
class Kind:
    """One way in which faces get worse.

    Attributes:
        name: English name; the windows translate it.
        unit: What the levels count.
        levels: From mild to strong.
        make: Gives the change of a level.
    """

    name: str
    unit: str
    levels: tuple[float, ...]
    make: Callable[[float], Change]


KINDS: tuple[Kind, ...] = (
    Kind("blur", "sigma in pixels of 48", (0.5, 1.0, 2.0), blurred),
    Kind("darkness", "share of the light", (0.5, 0.25, 0.1), darkened),
    Kind("noise", "sigma in grey levels of 255", (5.0, 10.0, 20.0), noisy),
    Kind("JPEG", "quality", (50, 30, 10), lambda level: compressed(int(level))),
    Kind("shift", "share of the side", (0.05, 0.1, 0.2), shifted),
    Kind("small face", "pixels in the frame", (32, 24, 16), lambda level: shrunk(int(level))),
    Kind("occlusion", "share covered", (0.05, 0.1, 0.25), occluded),
)


@dataclass(frozen=True)
class Curve:
    """Accuracy against the strength of one change.

    Attributes:
        name: Of the :class:`Kind`.
        unit: What the levels count.
        levels: From mild to strong.
        accuracy: At each level, with its interval (Wilson).
    """

    name: str
    unit: str
    levels: tuple[float, ...]
    accuracy: tuple[Interval, ...]


@dataclass(frozen=True)
class Robustness:
    """All curves of a model.

    Attributes:
        images: How many images were judged; the same ones for every model and level.
        plain: Accuracy on them unchanged.
        curves: One a kind of change.
    """

    images: int
    plain: Interval
    curves: tuple[Curve, ...]


def measure_robustness(
    candidate: Candidate,
    dataset: ExpressionDataset,
    split: str,
    should_stop: Callable[[], bool] | None = None,
    on_progress: Callable[[float], None] | None = None,
    *,
    images: int = IMAGES,
    threads: int = 1,
    kinds: tuple[Kind, ...] = KINDS,
    cache_dir: Path | None = None,
) -> Robustness:
    """Judge a model on the same images, changed in steps; what was measured before is kept.

    Args:
        candidate: The model.
        dataset: The data.
        split: ``"train"``, ``"val"`` or ``"test"``.
        should_stop: Asked after every 128 images.
        on_progress: Called with 0..1.
        images: At most so many, drawn once and for all; 0 takes all.
        threads: Of ONNX Runtime.
        kinds: Which changes.
        cache_dir: The user's cache folder when None.

    Raises:
        WeightsError: The model cannot be used.
        DataError: The split is empty or does not fit.
        OperationCancelled: ``should_stop`` said so.
    """
    import torch

    from trainer.evaluation import predict_split
    from trainer.inference.classifier import OnnxClassifier

    path = onnx_file(candidate, cache_dir=cache_dir)
    where = _kept_file(path, dataset.content_hash, split, images, kinds, cache_dir)
    known = _from_json(read_kept(where))
    if known is not None:
        if on_progress is not None:
            on_progress(1.0)
        return known
    classifier = OnnxClassifier(path, threads=threads)
    chosen = dataset.indices(split).numpy()
    if len(chosen) == 0:
        raise DataError(f"{dataset.name} has no images in its {split} split.")
    if images and len(chosen) > images:
        chosen = np.sort(np.random.default_rng(0).permutation(chosen)[:images])
    part = _only(dataset, chosen)
    pixels: Image = part.images.numpy()
    passes = 1 + sum(len(kind.levels) for kind in kinds)
    done = 0

    def judge(change: Change | None) -> Interval:
        nonlocal done
        judged = part
        if change is not None:
            crops = np.stack([change(crop[0])[None] for crop in pixels])
            judged = replace(part, images=torch.from_numpy(crops))
        probs, targets, _ = predict_split(classifier, judged, split, should_stop=should_stop)
        done += 1
        if on_progress is not None:
            on_progress(done / passes)
        right = int((probs.argmax(axis=1) == targets).sum())
        return share_interval(right, len(targets))

    plain = judge(None)
    curves = tuple(
        Curve(
            kind.name,
            kind.unit,
            kind.levels,
            tuple(judge(kind.make(level)) for level in kind.levels),
        )
        for kind in kinds
    )
    found = Robustness(len(pixels), plain, curves)
    if file_hash(path) == classifier.sha256:
        keep(where, asdict(found))
    return found


def _kept_file(
    path: Path,
    dataset_hash: str,
    split: str,
    images: int,
    kinds: tuple[Kind, ...],
    cache_dir: Path | None,
) -> Path:
    levels = [(kind.name, kind.levels) for kind in kinds]
    key = key_of("robustness", file_hash(path), dataset_hash, split, images, levels)
    return (cache_dir or default_cache_dir()) / "scores" / f"{key}.json"


def _from_json(values: Any) -> Robustness | None:
    """Rebuild what was kept; None where it does not fit."""
    try:
        curves = tuple(
            Curve(
                str(curve["name"]),
                str(curve["unit"]),
                tuple(float(level) for level in curve["levels"]),
                tuple(Interval(**accuracy) for accuracy in curve["accuracy"]),
            )
            for curve in values["curves"]
        )
        return Robustness(int(values["images"]), Interval(**values["plain"]), curves)
    except (KeyError, TypeError, ValueError):
        return None


def _only(dataset: ExpressionDataset, chosen: npt.NDArray[np.int64]) -> ExpressionDataset:
    """Return some images of a data set as one."""
    return replace(
        dataset,
        images=dataset.images[chosen],
        targets=dataset.targets[chosen],
        splits=dataset.splits[chosen],
        source_rows=dataset.source_rows[chosen],
        files=(),
        votes=None,
        groups=None,
    )
