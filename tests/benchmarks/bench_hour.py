"""Memory while an hour of video is analysed, made here so that it costs little.

    python -m tests.benchmarks.bench_hour [--minutes 60] [--fps 10]

Prints JSON: resident memory (MB) after the first minute of video, after ten, at the highest, and at
the end. The results of all frames are kept for the session, so a little growth is expected.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from resources import resource_path
from trainer._cv2 import cv2
from trainer.inference.batch import BatchOptions, analyse
from trainer.inference.pipeline import PipelineSettings, build_pipeline
from trainer.inference.video import FileSource


def resident_mb() -> float:
    """Resident memory of this process, MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def write_hour(path: Path, minutes: float, fps: int) -> int:
    """Write the bundled clip's faces, small, over and over; return the number of frames."""
    with FileSource(resource_path("media", "sample.mp4")) as source:
        images = []
        while len(images) < 40 and (frame := source.read()) is not None:
            images.append(cv2.resize(frame.image, (320, 180), interpolation=cv2.INTER_AREA))
    frames = int(minutes * 60 * fps)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=fps)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        stream.options = {"preset": "ultrafast", "crf": "30", "g": "100"}
        for number in range(frames):
            image = np.roll(images[number % len(images)], number % 7, axis=1)
            picture = av.VideoFrame.from_ndarray(image, format="bgr24")
            picture.pts, picture.time_base = number, Fraction(1, fps)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return frames


def measure(clip: Path, out: Path, fps: int) -> dict[str, float]:
    """Analyse the clip; return the memory on the way."""
    pipeline = build_pipeline(None, PipelineSettings(detect_every=5))
    samples: list[float] = []

    def on_progress(frames: int, _share: float) -> None:
        if frames % (60 * fps) == 0:
            samples.append(resident_mb())

    began = time.perf_counter()
    options = BatchOptions(out, formats=("csv", "session"))
    found = analyse(clip, pipeline, options, on_progress=on_progress)
    return {
        "frames": found.frames,
        "rows": found.rows,
        "frames_per_second": round(found.frames / (time.perf_counter() - began), 1),
        "after_a_minute_mb": round(samples[0], 1),
        "after_ten_minutes_mb": round(samples[min(9, len(samples) - 1)], 1),
        "highest_mb": round(max(samples), 1),
        "at_the_end_mb": round(samples[-1], 1),
    }


def main() -> int:
    """Make the clip, analyse it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--fps", type=int, default=10)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["MIEN_HOME"] = str(Path(name, "home"))
        clip = Path(name, "hour.mp4")
        write_hour(clip, args.minutes, args.fps)
        figures = measure(clip, Path(name, "out"), args.fps)
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
