"""``benchmark``: how fast this computer analyses a clip."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from trainer.commands.predict import positive
from trainer.files import write_text

HELP = "time decoding, detection, tracking and classification of a clip"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("--input", type=Path, required=True, metavar="CLIP", help="video or photo")
    parser.add_argument("--weights", type=Path, metavar="W", help="ONNX network (default: shipped)")
    parser.add_argument("--frames", type=positive, metavar="N", help="only the first N frames")
    parser.add_argument("--detect-every", type=positive, default=1, metavar="N")
    parser.add_argument("--threads", type=positive, default=1, metavar="N", help="of each network")
    parser.add_argument("--json", type=Path, metavar="F", help="also write the figures to a file")


def run(args: argparse.Namespace) -> int:
    """Print the table."""
    from trainer.inference.benchmark import run_benchmark
    from trainer.inference.pipeline import PipelineSettings, build_pipeline

    settings = PipelineSettings(detect_every=args.detect_every)
    pipeline = build_pipeline(args.weights, settings, threads=args.threads)
    report = run_benchmark(args.input, pipeline, max_frames=args.frames, threads=args.threads)
    print(report.text())
    if args.json is not None:
        write_text(args.json, json.dumps(report.facts, indent=1) + "\n")
    return 0
