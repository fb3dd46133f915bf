"""Recognising what a file or folder is, by its content.

``inspect_source`` tells what would be read, before anything is; :func:`trainer.data.load_dataset`
reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from trainer.data.layouts.ckplus import plan_ckplus
from trainer.data.layouts.fer_csv import CsvSource, csv_in_folder
from trainer.data.layouts.image_folder import plan_image_folder
from trainer.data.layouts.picture_source import PictureSource
from trainer.data.source_info import KINDS, SourceInfo
from trainer.data.tree import PICTURE_SUFFIXES, Tree, scan
from trainer.errors import DataError

__all__ = ["KINDS", "SourceInfo", "inspect_source", "open_source"]


def inspect_source(
    path: Path,
    *,
    class_map: Mapping[str, str | None] | None = None,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> SourceInfo:
    """Say what a file or folder is, and what reading it would give.

    Args:
        path: A FER2013 CSV, plain or packed, or a folder.
        class_map: What the user already said about its classes (their name to ours).
        on_progress: Called with 0..1.
        should_stop: Asked now and then.

    Raises:
        DataError: Nothing that can be read as a data set; the message says why.
        OperationCancelled: ``should_stop`` said so.
    """
    path = Path(path).expanduser()
    if not path.exists():
        raise DataError(f"There is no data set at {path}; check the path.")
    tree = None
    if path.is_dir():
        tree = scan(path, on_progress=on_progress, should_stop=should_stop)
    info = open_source(path, tree=tree, class_map=class_map, should_stop=should_stop).inspect()
    if on_progress is not None:
        on_progress(1.0)
    return info


def open_source(
    path: Path,
    *,
    tree: Tree | None,
    class_map: Mapping[str, str | None] | None = None,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> CsvSource | PictureSource:
    """Return the source behind a path, ready to be inspected or read.

    Args:
        path: A file or folder that exists.
        tree: What the folder holds; None for a file.
        class_map: What the user said about its classes.
        on_progress: Called with 0..1 where label files are read.
        should_stop: Asked where label files are read.

    Raises:
        DataError: Nothing that can be read as a data set.
        OperationCancelled: ``should_stop`` said so.
    """
    if tree is None:
        if path.suffix.lower() in PICTURE_SUFFIXES:
            raise DataError(f"{path.name} is one picture; open the folder that it lies in.")
        return CsvSource(path, path)
    if tree.pictures:
        for layout in (plan_ckplus, plan_image_folder):
            plan = layout(tree, class_map)
            if plan is not None:
                return PictureSource(path, plan)
    csv = csv_in_folder(path, tree.others)
    if csv is not None:
        return CsvSource(path, csv)
    raise DataError(
        f"The folder {path} holds neither a CSV in the FER2013 form nor pictures; pick another one."
    )
