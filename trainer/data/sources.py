"""Recognising what a file or folder is, by its content.

``inspect_source`` tells what would be read, before anything is; :func:`trainer.data.load_dataset`
reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from trainer.data.class_maps import chosen_map
from trainer.data.layouts.affectnet import plan_affectnet
from trainer.data.layouts.ckplus import plan_ckplus
from trainer.data.layouts.fer_csv import CsvSource, csv_in_folder
from trainer.data.layouts.fer_plus import plan_fer_plus
from trainer.data.layouts.image_folder import plan_image_folder
from trainer.data.layouts.numbered import plan_numbered
from trainer.data.layouts.photos import plan_photos
from trainer.data.layouts.picture_source import PictureSource
from trainer.data.layouts.plan import Plan
from trainer.data.layouts.raf_db import plan_raf_db
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
    tree = scan(path, on_progress=on_progress, should_stop=should_stop) if path.is_dir() else None
    source = open_source(path, tree=tree, class_map=class_map, should_stop=should_stop)
    if isinstance(source, CsvSource):
        info = source.inspect(on_progress, should_stop)
    else:
        info = source.inspect()
    if on_progress is not None:
        on_progress(1.0)
    return info


def open_source(
    path: Path,
    *,
    tree: Tree | None = None,
    class_map: Mapping[str, str | None] | None = None,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> CsvSource | PictureSource:
    """Return the source behind a path, ready to be read.

    Args:
        path: A file or folder.
        tree: What the folder holds, where it was already looked through.
        class_map: The user's, put over what is mapped by name.
        on_progress: Called with 0..1 where label files are read.
        should_stop: Asked now and then.

    Raises:
        DataError: It is not recognised.
        OperationCancelled: ``should_stop`` said so.
    """
    path = Path(path).expanduser()
    if not path.exists():
        raise DataError(f"There is no data set at {path}; check the path.")
    if not path.is_dir():
        if path.suffix.lower() in PICTURE_SUFFIXES:
            raise DataError(f"{path.name} is one picture; open the folder that it lies in.")
        return CsvSource(path, path)
    tree = tree if tree is not None else scan(path, should_stop=should_stop)
    plan = _plan_of_classes(tree, class_map, on_progress, should_stop) if tree.pictures else None
    if plan is None:
        csv = csv_in_folder(path, tree.others)
        if csv is not None:
            return CsvSource(path, csv)
        plan = plan_photos(tree)
    if plan is None:
        raise DataError(
            f"{path} holds neither a CSV in the FER2013 form nor pictures; pick the folder of a "
            "data set."
        )
    if tree.unreadable:
        note = f"{len(tree.unreadable):,} folders could not be looked into ({tree.unreadable[0]})."
        plan = replace(plan, notes=(*plan.notes, note))
    return PictureSource(replace(plan, class_map=chosen_map(plan.class_map, class_map)))


def _plan_of_classes(
    tree: Tree,
    class_map: Mapping[str, str | None] | None,
    on_progress: Callable[[float], None] | None,
    should_stop: Callable[[], bool] | None,
) -> Plan | None:
    """Return what the first layout that fits plans; the peculiar ones are asked first."""
    return (
        plan_fer_plus(tree)
        or plan_raf_db(tree, class_map)
        or plan_affectnet(tree, on_progress, should_stop)
        or plan_ckplus(tree, class_map)
        or plan_numbered(tree, class_map)
        or plan_image_folder(tree, class_map)
    )
