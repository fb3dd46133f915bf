"""A thin parser over the functions that the windows use too."""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence

from trainer import __version__
from trainer.errors import MienError, OperationCancelled

COMMANDS: tuple[str, ...] = (
    "train",
    "evaluate",
    "compare",
    "predict",
    "agreement",
    "refine",
    "improve",
    "export",
    "benchmark",
    "dataset",
    "demo",
)

_EXAMPLES = """\
examples:
  {program} demo faces.csv
  {program} train --data faces.csv --epochs 5
  {program} evaluate --data fer2013.csv.gz --split val
  {program} predict holiday.mp4 --out results --video

'{program} COMMAND --help' describes a command. Without --weights the default
model that ships with Mien is used. Exit code 0: done; 2: wrong input, in one line.
"""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with every command."""
    # The packaged program has no Python to call.
    program = "mien-cli" if getattr(sys, "frozen", False) else "python -m trainer"
    parser = argparse.ArgumentParser(
        prog=program,
        description="Mien's core: train, judge and use networks that read facial expressions.",
        epilog=_EXAMPLES.format(program=program),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Mien {__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = importlib.import_module(f"trainer.commands.{name}")
        sub = subparsers.add_parser(
            name, help=module.HELP, description=module.HELP[0].upper() + module.HELP[1:] + "."
        )
        module.add_arguments(sub)
        sub.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; wrong input is one line on stderr and exit code 2."""
    # A limit on the handler, not the logger: a run's own log file wants more than the terminal.
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.WARNING)
    logging.basicConfig(format="%(levelname)s: %(message)s", handlers=[terminal])
    args = build_parser().parse_args(argv)
    try:
        code: int = args.run(args)
        return code
    except MienError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output went away (``| head``): nothing to report to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        # A full disk, a folder that may not be written, a file in a folder's place.
        where = f" ({error.filename})" if error.filename else ""
        print(f"error: {error.strerror or error}{where}", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, OperationCancelled):
        print("cancelled", file=sys.stderr)
        return 130
