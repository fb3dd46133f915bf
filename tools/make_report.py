"""Write docs/report.md, the report's tables again, from run folders: one command.

    python -m tools.make_report runs/report_* --out docs/report.md

Everything in it comes from the runs, or is measured while it is written (faces a second). Beside
it a picture of the curves, ``report.svg``. Networks without a run are named as not run.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.report_curves import Curve, curves_svg
from tools.report_text import (
    OVERFIT,
    accuracy_at,
    balancing_table,
    expected_names,
    explain,
    other_settings,
    published,
    val_images,
)
from trainer.compare.models import load_candidate
from trainer.compare.speed import BATCH, Speed, machine_text, measure_speed
from trainer.errors import MienError
from trainer.files import write_text
from trainer.models import model_info
from trainer.runs import Run, load_run

_LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Row:
    """A run with its speed and the title that stands in every table."""

    title: str
    run: Run
    speed: Speed


def read_row(folder: Path, seconds: float) -> Row:
    """Read a run and measure its network.

    Raises:
        MienError: It is no run, has no finished epoch, or its network cannot be used.
    """
    run = load_run(folder)
    if not run.history:
        raise MienError(f"{folder} has no finished epoch yet; leave it out.")
    title = model_info(run.config.model).title
    if run.config.balance:
        factors = ", ".join(f"{name} x{count}" for name, count in run.config.balance.items())
        title += f", balanced ({factors})"
    return Row(title, run, measure_speed(load_candidate(folder), seconds=seconds))


def report(rows: Sequence[Row], command: str, picture: str) -> str:
    """Return the whole text as Markdown."""
    sections = [
        "# The report's experiments again",
        "Mien grew out of a project report that compared networks on FER2013. This page repeats "
        "its tables with networks trained by Mien. Written by one command:",
        f"    {command}",
        _setting(rows),
        "## Results",
        _table(rows),
        f"![Accuracy over epochs of every run]({picture})",
        "## Where ours differ, and why",
        "What we know of the report names no number of epochs, and its code was another, so part "
        "of every difference may lie there. What our own curves say:",
        "\n".join(f"- **{row.title}**: {explain(row.run)}" for row in rows),
        *_resnet(rows),
        *_balancing(rows),
        "## Settings",
        "The Report preset of `trainer/presets.py`, which says what the report itself gives and "
        "what is our choice. Otherwise:",
        "\n".join(f"- **{row.title}**: {_settings(row)}" for row in rows),
        *_not_run(rows),
    ]
    return "\n\n".join(sections) + "\n"


def _setting(rows: Sequence[Row]) -> str:
    totals = {val_images(row.run)[0] for row in rows}
    learnt = {row.run.environment.get("dataset", {}).get("train_used", 0) for row in rows}
    versions = {row.run.environment.get("torch", "?") for row in rows}
    return (
        f"Learnt: FER2013's Training images ({_numbers(learnt)} of them). Judged: PublicTest "
        f"({_numbers(totals)} images), which also chose the best epoch, so those figures are a "
        f"little too good; the last epoch's are not chosen. One seed each. PyTorch "
        f"{', '.join(sorted(versions))}. Speed: ONNX Runtime, float32, in batches of {BATCH}, on "
        f"{machine_text()}, while this page was written and other work may have run."
    )


def _numbers(values: set[int]) -> str:
    return " or ".join(f"{value:,}" for value in sorted(values))


def _table(rows: Sequence[Row]) -> str:
    lines = [
        "| network | training loss | training accuracy | PublicTest, best epoch | PublicTest, "
        "last epoch | the report | MB | faces/s | ms a face | epochs |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        best, last, reference = row.run.best_epoch, row.run.history[-1], published(row.run.config)
        assert best is not None
        lines.append(
            f"| {row.title} | {last.train_loss:.3f} | {last.train_accuracy:.1%} "
            f"| {best.val_accuracy:.1%} (epoch {best.epoch + 1}) | {last.val_accuracy:.1%} "
            f"| {reference.accuracy_text if reference else '-'} | {row.speed.megabytes:.1f} "
            f"| {row.speed.faces_per_second:.0f} | {row.speed.median_ms:.1f} "
            f"| {len(row.run.history)} of {row.run.config.epochs} |"
        )
    lines.append(
        "\nLoss and training accuracy are the last epoch's. MB is the size of the ONNX file. "
        f"Faces a second with {rows[0].speed.threads} threads; milliseconds for one face with one."
    )
    return "\n".join(lines)


def _resnet(rows: Sequence[Row]) -> list[str]:
    """Compare what PublicTest had when training had reached the same accuracy."""
    if len(rows) < 2 or not any(row.run.config.model == "resnet11" for row in rows):
        return []
    reached = [
        level
        for level in _LEVELS
        if any(accuracy_at(row.run.history, level) is not None for row in rows)
    ]
    lines = [
        "| network | " + " | ".join(f"{level:.0%} of training" for level in reached) + " |",
        "|---|" + "---|" * len(reached),
    ]
    for row in rows:
        cells = []
        for level in reached:
            value = accuracy_at(row.run.history, level)
            cells.append("-" if value is None else f"{value:.1%}")
        lines.append(f"| {row.title} | " + " | ".join(cells) + " |")
    history = next(row.run.history for row in rows if row.run.config.model == "resnet11")
    gap = history[-1].train_accuracy - history[-1].val_accuracy
    seen = (
        f"After {len(history)} epochs, ResNet-11 is right for {100 * gap:.1f} points more of the "
        "images it learns than of PublicTest"
    )
    if gap > OVERFIT:
        seen += (
            ": it overfits. By its construction it halves a face of 48 pixels twice before its "
            "first block and ends on 2 x 2 cells, with batch norm after every convolution and no "
            "dropout: it fits the training images quickly, and nothing in it, nor in the Report "
            "preset (no augmentation, no weight decay), holds it back."
        )
    else:
        seen += ": the overfitting that the report saw does not show so early."
    return [
        "## Does ResNet-11 overfit?",
        seen,
        "PublicTest's accuracy at the moment when a network had come to know a share of its "
        "training images, interpolated between epochs ('-': never reached, or within the first "
        "epoch). A lower figure in the same column means that what was learnt holds less for "
        "other faces.",
        "\n".join(lines),
    ]


def _balancing(rows: Sequence[Row]) -> list[str]:
    table = balancing_table([row.run for row in rows])
    if not table:
        return []
    return [
        "## What balancing does",
        "The same network with the same seed, with and without more images of the rare class "
        "(made of training images only), after the same number of epochs. An epoch with them is "
        "longer. PublicTest has 56 images of disgust: one of them is 1.8 points of recall.",
        table,
    ]


def _settings(row: Row) -> str:
    others = other_settings(row.run.config)
    if not others:
        return "as the preset has it."
    return ", ".join(f"{name} {value}" for name, value in others.items()) + "."


def _not_run(rows: Sequence[Row]) -> list[str]:
    run = {reference.name for row in rows if (reference := published(row.run.config)) is not None}
    missing = [name for name in expected_names() if name not in run]
    if not missing:
        return []
    return ["## Not run", "No run was given for: " + "; ".join(missing) + "."]


def main(argv: Sequence[str] | None = None) -> int:
    """Write the page and the picture; a fault of the input is one line and exit code 2."""
    parser = argparse.ArgumentParser(description="Write the report's tables from run folders.")
    parser.add_argument("runs", type=Path, nargs="+", help="run folders")
    parser.add_argument("--out", type=Path, default=Path("docs/report.md"))
    parser.add_argument("--seconds", type=float, default=3.0, help="to measure a speed [3]")
    args = parser.parse_args(argv)
    try:
        rows = [read_row(folder, args.seconds) for folder in args.runs]
    except MienError as error:
        print(error, file=sys.stderr)
        return 2
    picture = args.out.with_suffix(".svg")
    names = " ".join("/".join(folder.parts[-2:]) for folder in args.runs)
    command = f"python -m tools.make_report {names} --out {'/'.join(args.out.parts[-2:])}"
    write_text(args.out, report(rows, command, picture.name))
    curves = [
        Curve(
            row.title,
            row.run.history,
            reference.accuracy if (reference := published(row.run.config)) else None,
        )
        for row in rows
    ]
    write_text(picture, curves_svg(curves))
    print(f"{args.out} and {picture}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
