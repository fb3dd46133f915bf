"""``predict``: write the expressions in videos and photos to CSV."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from trainer.errors import MienError

HELP = "write the expression of every face in videos and photos to CSV"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument(
        "inputs", type=Path, nargs="+", metavar="INPUT", help="video, photo, or folder of them"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of results")
    parser.add_argument("--weights", type=Path, metavar="W", help="ONNX network (default: shipped)")
    parser.add_argument("--video", action="store_true", help="also write a copy with marked faces")
    parser.add_argument("--frames", type=positive, metavar="N", help="only the first N frames")
    parser.add_argument(
        "--detect-every",
        type=positive,
        default=1,
        metavar="N",
        help="look for faces in every N-th frame and follow them between (default: 1)",
    )
    parser.add_argument("--detector", choices=("yunet", "haar"), default="yunet")
    parser.add_argument("--bom", action="store_true", help="mark the CSV as UTF-8 for Excel")


def positive(text: str) -> int:
    """Parse a whole number above 0."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be 1 or more, got {value}")
    return value


def run(args: argparse.Namespace) -> int:
    """Analyse every input; one that fails does not stop the others (exit code 2 at the end)."""
    from trainer.inference.batch import BatchOptions, analyse, expand_inputs, output_names
    from trainer.inference.pipeline import PipelineSettings, build_pipeline

    settings = PipelineSettings(detector=args.detector, detect_every=args.detect_every)
    pipeline = build_pipeline(args.weights, settings)
    options = BatchOptions(args.out, args.video, args.frames, args.bom)
    inputs = expand_inputs(args.inputs)
    if not inputs:
        raise MienError("There is no video or photo in the given folders.")
    failed = 0
    for path, name in zip(inputs, output_names(inputs), strict=True):
        line = _ProgressLine(path.name)
        try:
            analysis = analyse(path, pipeline, options, name=name, on_progress=line.show)
        except MienError as error:
            line.clear()
            print(f"error: {path.name}: {error}", file=sys.stderr)
            failed += 1
            continue
        line.clear()
        rate = analysis.frames / max(analysis.seconds, 1e-6)
        print(
            f"{path.name}: {analysis.frames} frames, {analysis.persons} persons, "
            f"{rate:.1f} frames/s -> {analysis.table}"
        )
        for note in analysis.notes:
            print(f"note: {path.name}: {note}", file=sys.stderr)
    return 2 if failed else 0


class _ProgressLine:
    """One line on a terminal's stderr that is written over; nothing in a log file."""

    _EVERY_S = 0.2

    def __init__(self, name: str) -> None:
        self._name = name
        self._active = sys.stderr.isatty()
        self._last = 0.0
        self._width = 0

    def show(self, frames: int, share: float) -> None:
        now = time.monotonic()
        if not self._active or now - self._last < self._EVERY_S:
            return
        self._last = now
        text = f"{self._name}: {frames} frames, {share:.0%}"
        self._width = max(self._width, len(text))
        print(f"\r{text:{self._width}}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self._width:
            print(f"\r{'':{self._width}}\r", end="", file=sys.stderr, flush=True)
