"""``compare``: several models on the same images, with intervals and tests."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.commands.data_source import DATA_HELP, add_class_map, open_data
from trainer.errors import MienError
from trainer.files import write_text
from trainer.inference.shipped import classic_model_path, default_model_path, light_model_path

if TYPE_CHECKING:
    from trainer.compare.comparison import Comparison
    from trainer.compare.models import Candidate

HELP = "judge several models on the same images, with intervals, tests and a report"

_SHIPPED = {
    "default": default_model_path,
    "light": light_model_path,
    "classic": classic_model_path,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument(
        "runs",
        nargs="+",
        metavar="RUN",
        help="a run folder, a .safetensors or .onnx file, or one that comes with Mien: "
        f"{', '.join(_SHIPPED)}; the first is what the others are held against",
    )
    parser.add_argument("--data", type=Path, required=True, help=DATA_HELP)
    add_class_map(parser)
    parser.add_argument("--votes", type=Path, help="FER+ votes, for accuracy by human agreement")
    parser.add_argument("--split", choices=("train", "val", "test"), default="val", help="[val]")
    parser.add_argument("--speed", action="store_true", help="also measure ms a face and faces/s")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--html", type=Path, metavar="F", help="also write a report to open")
    parser.add_argument(
        "--card", type=Path, metavar="F", help="also write a model card of the first, Markdown"
    )


def run(args: argparse.Namespace) -> int:
    """Print scores with intervals and a sentence for each difference."""
    from trainer.compare.comparison import compare_models
    from trainer.compare.comparison_json import to_dict
    from trainer.compare.model_card import model_card
    from trainer.compare.report import write_report

    candidates = [_candidate(text) for text in args.runs]
    if len({candidate.key for candidate in candidates}) < len(candidates):
        raise MienError("A model is named twice; name each once.")
    dataset = open_data(args.data, class_map=args.class_map, votes=args.votes)
    if dataset.problems:
        print(f"{len(dataset.problems)} bad rows were left out", file=sys.stderr)
    comparison = compare_models(candidates, dataset, args.split, with_speed=args.speed)
    print(json.dumps(to_dict(comparison), indent=1) if args.json else _text(comparison))
    if args.html is not None:
        write_report(comparison, args.html)
    if args.card is not None:
        write_text(args.card, model_card(comparison))
    return 0


def _candidate(text: str) -> Candidate:
    from trainer.compare.models import is_run_folder, load_candidate, models_dir, shipped_candidate

    if text in _SHIPPED:
        shipped = shipped_candidate(models_dir(), _SHIPPED[text]())
        if shipped is None:
            raise MienError(f"Mien's {text} network is missing; install Mien again.")
        return shipped
    path = Path(text).expanduser()
    if not path.exists():
        raise MienError(f"There is no run or model at {path}; check the path.")
    if path.is_dir() and not is_run_folder(path):
        raise MienError(f"{path} is no run folder: it holds none of the files of a run.")
    candidate = load_candidate(path.resolve())
    if not candidate.can_score:
        raise MienError(candidate.damage or f"{path} has no weights yet; let it finish an epoch.")
    if candidate.damage:
        print(f"{candidate.name}: {candidate.damage}", file=sys.stderr)
    return candidate


def _text(comparison: Comparison) -> str:
    from trainer.compare.html_parts import number, percent, with_interval

    entries = comparison.entries
    lines = [
        f"{comparison.dataset_name}, {comparison.split}: {len(entries[0].scores):,} images, "
        f"data {comparison.dataset_hash[:12]}",
        "",
    ]
    width = max(5, *(len(entry.candidate.name) for entry in entries))
    header = ("accuracy (95 %)", "macro-F1", "balanced", "loss", "ECE", "ms a face")
    lines.append(f"{'model':{width}}" + "".join(f"  {text:>22}" for text in header[:3]))
    lines[-1] += "".join(f"  {text:>9}" for text in header[3:])
    for entry in entries:
        cells = [with_interval(v.value, v.low, v.high) for v in entry.intervals.values()]
        short = [
            number(entry.scores.metrics["log_loss"], 3),
            percent(entry.calibration.error_before) if entry.calibration is not None else "-",
            number(entry.speed.median_ms) if entry.speed is not None else "-",
        ]
        lines.append(
            f"{entry.candidate.name:{width}}"
            + "".join(f"  {text:>22}" for text in cells)
            + "".join(f"  {text:>9}" for text in short)
        )
    notes = [f"{e.candidate.name}: {flag.text}" for e in entries for flag in e.flags]
    baseline = entries[comparison.baseline].candidate.name
    for place, verdicts in comparison.verdicts.items():
        name = entries[place].candidate.name
        notes.append(f"{name} against {baseline}:")
        notes += list(dict.fromkeys(f"  {v.sentence(name, baseline)}" for v in verdicts.values()))
        test = next(iter(verdicts.values())).test
        notes.append(f"  McNemar: {test.only_a} to {test.only_b} images, p = {test.mid_p:.3g}.")
    notes += [f"{', '.join(names)}: {spread.sentence()}" for names, spread in comparison.spreads]
    return "\n".join([*lines, "", *notes]).rstrip()
