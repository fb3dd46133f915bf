"""``evaluate``: score weights on a labelled split."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from trainer.commands.data_source import DATA_HELP, add_class_map, open_data, run_on
from trainer.files import write_text

HELP = "score weights on a split and print JSON"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("--data", type=Path, required=True, help=DATA_HELP)
    add_class_map(parser)
    parser.add_argument("--weights", type=Path, help=".safetensors or .onnx [the default model]")
    parser.add_argument("--split", choices=("train", "val", "test"), default="val", help="[val]")
    parser.add_argument(
        "--edits", action="store_true", help="judge on the data with your saved corrections"
    )
    parser.add_argument("--json", type=Path, metavar="F", help="also write the scores to a file")


def run(args: argparse.Namespace) -> int:
    """Print ``top1_accuracy``, ``macro_f1``, ``per_class``, ``n`` and more as JSON."""
    from trainer.inference.shipped import default_model_path
    from trainer.scoring import evaluate_weights

    weights = args.weights or default_model_path()
    trained = run_on(args.data, weights.parent)
    dataset = open_data(args.data, class_map=args.class_map, trained=trained)
    if dataset.problems:
        print(f"{len(dataset.problems)} bad rows were left out", file=sys.stderr)
    if args.edits:
        from trainer.data.edited import edit, saved_edits

        edited = edit(dataset, saved_edits(dataset))
        print(edited.sentence() or "There are no corrections of this data set.", file=sys.stderr)
        dataset = edited.dataset
    scores = evaluate_weights(weights, dataset, args.split)
    text = json.dumps(scores, indent=1)
    print(text)
    if args.json is not None:
        write_text(args.json, text + "\n")
    return 0
