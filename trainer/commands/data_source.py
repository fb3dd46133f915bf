"""``--data`` and what belongs to it, the same for every command."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.data.class_maps import NUMBERINGS
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
        f"the name of a numbering: {', '.join(NUMBERINGS)} [as it was opened last in the window]",
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


def open_data(
    path: Path,
    *,
    class_map: list[str] | None = None,
    votes: Path | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ExpressionDataset:
    """Load the data set of a command.

    Without a class map it is read as the window read it last, so that both mean the same data.

    Args:
        path: The ``--data`` option.
        class_map: The ``--class-map`` option.
        votes: The ``--votes`` option, where a command has one.
        should_stop: Asked now and then, where a command can be stopped.

    Raises:
        DataError: The data set cannot be read.
        OperationCancelled: ``should_stop`` said so.
    """
    from trainer.data import load_dataset
    from trainer.photo_faces import make_face_finder

    chosen: Mapping[str, str | None] | None = parse_class_map(class_map)
    if chosen is None:
        from trainer.data.library import Library

        entry = Library().find(path)
        chosen = entry.class_map or None if entry is not None else None
    return load_dataset(
        path,
        votes=votes,
        class_map=chosen,
        find_faces=make_face_finder(),
        should_stop=should_stop,
    )
