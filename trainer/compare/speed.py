"""How fast a network is on this computer: one face at a time, and many at once."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainer.compare.models import Candidate
from trainer.compare.scoring import onnx_file, usable_cores
from trainer.errors import OperationCancelled
from trainer.model_files import count_parameters
from trainer.preprocess import batch_within_memory

WARM_UP = 10
RUNS = 200
SECONDS = 3.0
BATCH = 64


@dataclass(frozen=True)
class Speed:
    """What was measured, normalisation of the face included.

    Attributes:
        median_ms: One face, one thread, batch 1: the median.
        p95_ms: The same: 95 of 100 were at most this slow.
        runs: How many faces that was measured on, after the warm-up.
        faces_per_second: In batches of :data:`BATCH`, fewer of large inputs.
        threads: Threads of the batches.
        parameters: Trained numbers of the network.
        megabytes: Size of the file that runs, in 10^6 bytes.
        machine: Processor and system, for whoever reads it elsewhere.
        file: Name of the file that ran.
    """

    median_ms: float
    p95_ms: float
    runs: int
    faces_per_second: float
    threads: int
    parameters: int
    megabytes: float
    machine: str
    file: str


def measure_speed(
    candidate: Candidate,
    should_stop: Callable[[], bool] | None = None,
    on_progress: Callable[[float], None] | None = None,
    *,
    runs: int = RUNS,
    seconds: float = SECONDS,
    threads: int = 0,
    cache_dir: Path | None = None,
) -> Speed:
    """Time a network as the Player runs it; other work of the machine makes it look slower.

    Args:
        candidate: The model.
        should_stop: Asked after every face and batch.
        on_progress: Called with 0..1.
        runs: Single faces at most, after :data:`WARM_UP` that do not count.
        seconds: For the single faces at most, and for the batches.
        threads: Of the batches; 0 takes all cores that the process may use.
        cache_dir: Where a model without ONNX is exported to.

    Raises:
        WeightsError: The model cannot be used.
        OperationCancelled: ``should_stop`` said so.
    """
    from trainer.inference.classifier import OnnxClassifier

    path = onnx_file(candidate, cache_dir=cache_dir)
    classifier = OnnxClassifier(path, threads=1)
    preprocessing = classifier.metadata.preprocessing
    faces = _faces(preprocessing.image_side, min(BATCH, batch_within_memory(preprocessing)))

    def checked(share: float) -> None:
        if should_stop is not None and should_stop():
            raise OperationCancelled
        if on_progress is not None:
            on_progress(min(1.0, share))

    for number in range(WARM_UP):
        checked(0.0)
        classifier.predict(faces[number % len(faces)][None])
    times: list[float] = []
    begin = time.perf_counter()
    while len(times) < runs and (not times or time.perf_counter() - begin < seconds):
        place = len(times) % len(faces)
        started = time.perf_counter()
        classifier.predict(faces[place : place + 1])
        times.append(1000 * (time.perf_counter() - started))
        share = max(len(times) / runs, (time.perf_counter() - begin) / max(seconds, 1e-9))
        checked(0.5 * min(1.0, share))

    threads = threads or usable_cores()
    if threads != 1:
        classifier = OnnxClassifier(path, threads=threads)
    classifier.predict(faces)
    done, begin = 0, time.perf_counter()
    while not done or time.perf_counter() - begin < seconds:
        classifier.predict(faces)
        done += len(faces)
        checked(0.5 + 0.5 * (time.perf_counter() - begin) / max(seconds, 1e-9))
    rate = done / (time.perf_counter() - begin)
    checked(1.0)
    return Speed(
        median_ms=float(np.median(times)),
        p95_ms=float(np.percentile(times, 95)),
        runs=len(times),
        faces_per_second=rate,
        threads=threads,
        parameters=candidate.parameters or count_parameters(candidate.weights_path or path),
        megabytes=path.stat().st_size / 1e6,
        machine=machine_text(),
        file=path.name,
    )


def _faces(size: int, count: int) -> npt.NDArray[np.uint8]:
    """Return smooth noise, uint8 (count, 1, S, S): what stands in an image changes no time."""
    coarse = np.random.default_rng(0).integers(0, 256, (count, 1, size // 4 + 1, size // 4 + 1))
    fine = coarse.repeat(4, axis=2).repeat(4, axis=3)[:, :, :size, :size]
    return np.ascontiguousarray(fine, np.uint8)


def machine_text() -> str:
    """Return processor, cores and system in one line."""
    name = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as stream:
            names = [line.partition(":")[2].strip() for line in stream if "model name" in line]
        name = names[0] if names else name
    except OSError:
        pass  # not Linux: the platform module knows the processor there
    return f"{name}, {os.cpu_count() or 1} cores, {platform.system()}"
