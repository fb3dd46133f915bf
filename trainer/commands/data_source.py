"""``--data`` and what belongs to it, the same for every command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from trainer import runs
from trainer.data.class_maps import NUMBERINGS, chosen_map
from trainer.errors import MienError

if TYPE_CHECKING:
    from trainer.data.dataset import ExpressionDataset

DATA_HELP = (
    "a FER2013 CSV (.csv, .gz, .zip), or a folder: pictures by class, CK+48, RAF-DB, AffectNet, "
    "FER+, photos"
)

_LEFT_OUT = "-"


def add_class_map(parser: argparse.ArgumentParser) -> None:
    """Describe ``--class-map``."""
    parser.add_argument(
        "--class-map",
        nargs="+",
        metavar="THEIRS=OURS",
        help="what the data's class names mean, e.g. 0=anger 7=contempt boredom=- (left out); or "
        f"the name of a numbering: {', '.join(NUMBERINGS)} [that of the run, where there is one; "
        "otherwise as it was opened last in the window]",
    )


def parse_class_map(texts: list[str] | None) -> dict[str, str | None] | None:
    """Return the map that ``--class-map`` gives; None without it.

    Raises:
        MienError: A part is neither THEIRS=OURS nor a numbering.
    """
    if texts is None:
        return None
    chosen: dict[str, str | None] = {}
    for text in texts:
        if text.lower() in NUMBERINGS:
            chosen.update(NUMBERINGS[text.lower()])
            continue
        theirs, equals, ours = text.rpartition("=")
        if not equals or not theirs or not ours:
            raise MienError(
                f"--class-map takes THEIRS=OURS or one of {', '.join(NUMBERINGS)}, got '{text}'."
            )
        chosen[theirs] = None if ours == _LEFT_OUT else ours
    return chosen


def run_on(data: Path, folder: Path) -> runs.Run | None:
    """Return the run in a folder; None where there is none, or it was trained on other data."""
    if not (folder / runs.CONFIG).is_file():
        return None
    try:
        run = runs.load_run(folder)
    except MienError:  # then nothing is known of it
        return None
    source = run.data.get("source")
    same = source and os.path.realpath(source) == os.path.realpath(data.expanduser())
    return run if same else None


def open_data(
    path: Path,
    *,
    class_map: list[str] | None = None,
    trained: runs.Run | None = None,
    votes: Path | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ExpressionDataset:
    """Load the data set of a command.

    Without a class map it is read as a run was trained with it, where there is one; otherwise as
    the window read it last, so that both mean the same data.

    Args:
        path: The ``--data`` option.
        class_map: The ``--class-map`` option.
        trained: The run that goes on, is judged or repeated. A class map that is not the run's is
            used, with a warning.
        votes: The ``--votes`` option, where a command has one.
        should_stop: Asked now and then, where a command can be stopped.

    Raises:
        DataError: The data set cannot be read.
        OperationCancelled: ``should_stop`` said so.
    """
    from trainer.data import load_dataset
    from trainer.photo_faces import make_face_finder

    chosen: Mapping[str, str | None] | None = parse_class_map(class_map)
    recorded = None if trained is None else trained.class_map
    if chosen is None and recorded is not None:
        chosen = recorded
    elif chosen is None:
        from trainer.data.library import Library

        entry = Library().find(path)
        chosen = entry.class_map or None if entry is not None else None
    elif trained is not None and recorded is not None and chosen_map({}, chosen) != recorded:
        parts = " ".join(f"{theirs}={ours or _LEFT_OUT}" for theirs, ours in recorded.items())
        print(
            f"warning: {trained.name} was trained "
            + (f"with --class-map {parts}" if parts else "without --class-map")
            + "; now its data are read otherwise.",
            file=sys.stderr,
        )
    return load_dataset(
        path,
        votes=votes,
        class_map=chosen,
        find_faces=make_face_finder(),
        should_stop=should_stop,
    )
