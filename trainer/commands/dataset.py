"""``dataset``: what is in a data set."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.files import write_text
from trainer.labels import SPLITS

if TYPE_CHECKING:
    from trainer.data.dataset import ExpressionDataset
    from trainer.data.summary import DatasetSummary

HELP = "count a data set's classes, repeated images and leaks between its splits"

_SHOWN_PROBLEMS = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("--data", type=Path, required=True, help="FER2013 CSV, plain, .gz or .zip")
    parser.add_argument("--json", type=Path, metavar="F", help="also write the facts to a file")


def run(args: argparse.Namespace) -> int:
    """Print the facts as text."""
    from trainer.data import load_dataset
    from trainer.data.summary import summarize

    dataset = load_dataset(args.data)
    summary = summarize(dataset)
    print(_report(summary, dataset))
    if args.json is not None:
        facts = summary.to_dict()
        facts["problems"] = [
            {"line": problem.line, "reason": problem.reason} for problem in dataset.problems
        ]
        write_text(args.json, json.dumps(facts, indent=1) + "\n")
    return 0


def _report(summary: DatasetSummary, dataset: ExpressionDataset) -> str:
    lines = [f"{summary.name}: {len(dataset):,} images, content {summary.content_hash[:12]}", ""]
    lines.append(f"{'':12}" + "".join(f"{split:>9}" for split in SPLITS))
    for name, row in zip(summary.class_names, summary.counts, strict=True):
        lines.append(f"{name:12}" + "".join(f"{count:>9,}" for count in row))
    lines.append(f"{'all':12}" + "".join(f"{count:>9,}" for count in summary.counts.sum(axis=0)))
    lines.append("")
    if summary.smallest_class and summary.imbalance_ratio > 1:
        lines.append(
            f"{summary.smallest_class} is {summary.smallest_share:.1%} of the training images, "
            f"{summary.imbalance_ratio:.1f} times fewer than {summary.largest_class}."
        )
    lines.append(
        "Exact repeats: "
        + ", ".join(f"{count:,} in {split}" for split, count in summary.duplicates.items())
        + f"; {summary.conflicting_duplicates:,} with another label."
    )
    lines.append(
        "Leaks: "
        + ", ".join(f"{count:,} {pair}" for pair, count in summary.leaks.items())
        + " (images of the second split that also stand in the first)."
    )
    if dataset.problems:
        lines.append(f"Left out: {len(dataset.problems):,} bad rows.")
        for problem in dataset.problems[:_SHOWN_PROBLEMS]:
            lines.append(f"  line {problem.line}: {problem.reason}")
        if len(dataset.problems) > _SHOWN_PROBLEMS:
            lines.append(f"  ... and {len(dataset.problems) - _SHOWN_PROBLEMS:,} more")
    return "\n".join(lines)
