"""``demo``: make the demo data set of drawn faces."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "make a small data set of drawn faces, to try Mien without FER2013"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("out", type=Path, help="CSV file to write")
    parser.add_argument("--seed", type=int, default=0, help="same seed, same faces [0]")
    parser.add_argument(
        "--per-class", type=int, default=60, metavar="N", help="training faces a class [60]"
    )


def run(args: argparse.Namespace) -> int:
    """Write the CSV and say what it is."""
    from trainer.data.demo import generate_demo

    path = generate_demo(args.out, seed=args.seed, train_per_class=args.per_class)
    print(f"{path}: drawn faces for trying things out, not a measure of anything real")
    return 0
