"""``predict``: write the expressions in videos and photos to CSV and other formats."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.errors import MienError
from trainer.inference.finding import FindingSettings

if TYPE_CHECKING:
    from trainer.inference.queue_file import QueueItem

HELP = "write the expression of every face in videos and photos to CSV"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument(
        "inputs", type=Path, nargs="+", metavar="INPUT", help="video, photo, or folder of them"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of results")
    parser.add_argument("--weights", type=Path, metavar="W", help="ONNX network (default: shipped)")
    parser.add_argument(
        "--export",
        type=formats,
        default=("csv",),
        metavar="F,F",
        help="what to write: csv, vtt, srt, eaf, textgrid, boris, html, parquet (default: csv)",
    )
    parser.add_argument("--video", action="store_true", help="also write a copy with marked faces")
    parser.add_argument(
        "--blur-faces",
        action="store_true",
        help="make faces in that copy unrecognisable (writes it also without --video)",
    )
    parser.add_argument("--frames", type=positive, metavar="N", help="only the first N frames")
    parser.add_argument(
        "--detect-every",
        type=positive,
        default=1,
        metavar="N",
        help="look for faces in every N-th frame and follow them between (default: 1)",
    )
    parser.add_argument("--detector", choices=("yunet", "haar"), default="yunet")
    usual = FindingSettings()
    parser.add_argument(
        "--score-threshold",
        type=float,
        default=usual.score_threshold,
        metavar="P",
        help=f"leave out faces the detector is less sure of (default: {usual.score_threshold})",
    )
    parser.add_argument(
        "--min-face",
        type=float,
        default=usual.min_face,
        metavar="PX",
        help=f"leave out faces whose longer side has fewer pixels (default: {usual.min_face:.0f})",
    )
    parser.add_argument("--bom", action="store_true", help="mark the CSV as UTF-8 for Excel")
    parser.add_argument(
        "--session",
        action="store_true",
        help="also keep the results for the Player, which then opens the video without analysing",
    )
    parser.add_argument(
        "--jobs",
        type=positive,
        default=1,
        metavar="N",
        help="analyse N files at once, each in a process of its own (default: 1)",
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="analyse also what was done before with the same network and settings",
    )


def positive(text: str) -> int:
    """Parse a whole number above 0."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be 1 or more, got {value}")
    return value


def formats(text: str) -> tuple[str, ...]:
    """Parse formats parted by commas."""
    from trainer.export_results import parse_formats

    try:
        found = parse_formats(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if not found:
        raise argparse.ArgumentTypeError("name at least one format")
    return found


def run(args: argparse.Namespace) -> int:
    """Analyse every input; one that fails does not stop the others (exit code 2 at the end)."""
    from trainer.export_results import check_formats
    from trainer.inference.batch import BatchOptions, expand_inputs
    from trainer.inference.batch_recording import SESSION
    from trainer.inference.pipeline import PipelineSettings
    from trainer.inference.queue import QueueRun
    from trainer.inference.queue_file import QueueFile

    try:
        finding = FindingSettings(args.score_threshold, args.min_face)
    except ValueError as error:
        raise MienError(f"--score-threshold or --min-face: {error}.") from error
    check_formats(args.export)
    inputs = expand_inputs(args.inputs)
    if not inputs:
        raise MienError("There is no video or photo in the given folders.")
    queue = QueueFile(args.out)
    queue.add(inputs)
    report = _Report(len(inputs))
    QueueRun(
        queue,
        args.weights,
        PipelineSettings(args.detector, args.detect_every, finding),
        BatchOptions(
            args.out,
            args.video or args.blur_faces,
            args.frames,
            args.bom,
            (*args.export, SESSION) if args.session else args.export,
            args.blur_faces,
        ),
        jobs=min(args.jobs, len(inputs)),
        again=args.again,
        on_changed=report.changed,
        on_moved=report.moved,
    ).run(inputs)
    return 2 if report.failed else 0


class _Report:
    """A line for every file that is over, and one on a terminal that is written over."""

    _EVERY_S = 0.2

    def __init__(self, total: int) -> None:
        self.failed = 0
        self._total = total
        self._over = 0
        self._running: dict[str, tuple[int, float]] = {}
        self._active = sys.stderr.isatty()
        self._last = 0.0
        self._width = 0

    def changed(self, item: QueueItem) -> None:
        """Tell about a file that ended."""
        from trainer.inference.queue_file import DONE, FAILED

        self._running.pop(item.name, None)
        if item.state not in (DONE, FAILED):
            return
        self._clear()
        self._over += 1
        if item.state == FAILED:
            self.failed += 1
            print(f"error: {item.path.name}: {item.reason}", file=sys.stderr)
            return
        if item.known:
            print(f"{item.path.name}: done already -> {item.outputs[0]} (--again does it anew)")
            return
        rate = item.frames / max(item.seconds, 1e-6)
        print(
            f"{item.path.name}: {item.frames} frames, {item.persons} persons, "
            f"{rate:.1f} frames/s -> {item.outputs[0]}"
        )
        for note in item.notes:
            print(f"note: {item.path.name}: {note}", file=sys.stderr)

    def moved(self, item: QueueItem, frames: int, share: float) -> None:
        """Show how far a file is."""
        self._running[item.name] = (frames, share)
        now = time.monotonic()
        if not self._active or now - self._last < self._EVERY_S:
            return
        self._last = now
        parts = [f"{name}: {done} frames, {part:.0%}" for name, (done, part) in self._parts()]
        text = f"{self._over + 1} of {self._total}  " + "  ".join(parts)
        self._width = max(self._width, len(text))
        print(f"\r{text:{self._width}}", end="", file=sys.stderr, flush=True)

    def _parts(self) -> list[tuple[str, tuple[int, float]]]:
        return sorted(self._running.items())[:2]  # more does not fit a line

    def _clear(self) -> None:
        if self._width:
            print(f"\r{'':{self._width}}\r", end="", file=sys.stderr, flush=True)
            self._width = 0
