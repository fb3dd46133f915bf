"""How fast this computer analyses a clip, stage by stage."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from trainer import __version__
from trainer._cv2 import cv2
from trainer.inference.pipeline import Pipeline
from trainer.inference.read_ahead import ReadAhead
from trainer.inference.types import FrameResult
from trainer.inference.video import open_source

WARM_UP_FRAMES = 10
"""Left out of all figures, unless the clip has fewer than twice as many."""

STAGES: tuple[str, ...] = ("decode", "detect", "track", "classify", "total")


@dataclass(frozen=True)
class BenchmarkReport:
    """What was measured; times in milliseconds.

    Attributes:
        facts: JSON-able: clip, frames, ``frames_per_second``, ``faces_per_frame``, a pair
            ``median_ms`` and ``p95_ms`` for each of ``STAGES``, ``classify_ms_per_face``,
            versions, threads.
    """

    facts: dict[str, Any]

    def text(self) -> str:
        """Return a table for people."""
        facts = self.facts
        lines = [
            f"{facts['clip']}: {facts['width']} x {facts['height']}, {facts['frames']} frames, "
            f"{facts['faces_per_frame']:.2f} faces a frame",
            f"{facts['frames_per_second']:.1f} frames/s end to end",
            "",
            f"{'ms a frame':16}{'median':>9}{'p95':>9}",
        ]
        for stage in STAGES:
            times = facts["stages"][stage]
            lines.append(f"{stage:16}{times['median_ms']:>9.2f}{times['p95_ms']:>9.2f}")
        lines += [
            "",
            f"classify, one face: {facts['classify_ms_per_face']:.2f} ms",
            f"model {facts['model']}; {facts['cpu_count']} cores, {facts['threads']} thread(s)",
            ", ".join(f"{name} {version}" for name, version in facts["versions"].items()),
        ]
        return "\n".join(lines)


def run_benchmark(
    clip: Path, pipeline: Pipeline, *, max_frames: int | None = None, threads: int = 1
) -> BenchmarkReport:
    """Analyse a clip as ``predict`` does and time it.

    "total" is detection, tracking and classification; decoding runs beside it in a thread.

    Raises:
        VideoError: The clip cannot be read.
    """
    pipeline.reset()
    results: list[FrameResult] = []
    ends: list[float] = []
    with open_source(clip) as source:
        started = time.perf_counter()
        with ReadAhead(source, limit=max_frames) as frames:
            for frame in frames:
                results.append(pipeline.process(frame))
                ends.append(time.perf_counter())
        size = (source.width, source.height)
    skipped = WARM_UP_FRAMES if len(results) >= 2 * WARM_UP_FRAMES else 0
    begin = ends[skipped - 1] if skipped else started
    measured = results[skipped:]
    stages = {"decode": frames.decode_ms[skipped:]}
    for stage in STAGES[1:]:
        stages[stage] = [result.latency_ms[stage] for result in measured]
    faces = sum(len(result.faces) for result in measured)
    classify_ms = sum(result.latency_ms["classify"] for result in measured if result.faces)
    weights = getattr(pipeline.classifier, "path", None)
    facts = {
        "clip": clip.name,
        "width": size[0],
        "height": size[1],
        "frames": len(measured),
        "warm_up_frames": skipped,
        "frames_per_second": len(measured) / max(ends[-1] - begin, 1e-9),
        "faces_per_frame": faces / len(measured),
        "detector_share": sum(result.detector_ran for result in measured) / len(measured),
        "stages": {name: _summary(values) for name, values in stages.items()},
        "classify_ms_per_face": classify_ms / faces if faces else 0.0,
        "model": weights.name if isinstance(weights, Path) else "",
        "detector": pipeline.detector.name,
        "detect_every": pipeline.settings.detect_every,
        "threads": threads,
        "opencv_threads": cv2.getNumThreads(),
        "cpu_count": os.cpu_count() or 1,
        "machine": platform.machine(),
        "versions": _versions(),
    }
    return BenchmarkReport(facts)


def _summary(values: list[float]) -> dict[str, float]:
    return {
        "median_ms": float(np.median(values)),
        "p95_ms": float(np.percentile(values, 95)),
        "mean_ms": float(np.mean(values)),
    }


def _versions() -> dict[str, str]:
    import av

    from trainer._onnxruntime import onnxruntime

    return {
        "mien": __version__,
        "python": platform.python_version(),
        "opencv": str(cv2.__version__),
        "onnxruntime": str(onnxruntime.__version__),
        "av": str(av.__version__),
        "numpy": np.__version__,
    }
