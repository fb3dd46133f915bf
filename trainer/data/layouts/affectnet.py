"""AffectNet: annotations as small arrays beside the pictures, or as one table.

Mollahosseini et al., "AffectNet: A Database for Facial Expression, Valence, and Arousal Computing
in the Wild", 2017. The newer form is ``{train_set,val_set}/images/N.jpg`` with
``annotations/N_exp.npy``; the older one ``training.csv`` and ``validation.csv``, which name a
picture, the box of its face and the class. The numbers are AffectNet's own: 0 neutral to
7 contempt, and 8 none, 9 uncertain, 10 no face. Its test split was never published.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from trainer.data.class_maps import AFFECTNET_NUMBERS
from trainer.data.fer2013 import RowProblem
from trainer.data.layouts.image_folder import split_of_folder
from trainer.data.layouts.plan import Plan
from trainer.data.tree import Tree
from trainer.errors import DataError, OperationCancelled
from trainer.labels import SPLITS

KIND = "affectnet"
_NAMES = tuple(AFFECTNET_NUMBERS)
_NOTE = "The classes are numbered as AffectNet numbers them: 0 neutral to 7 contempt."
_PICTURE = re.compile(r"^(?P<base>(?:.*/)?(?P<split>[^/]+)/)images/(?P<stem>[^/]+)\.[^./]+$")
_TABLE = re.compile(r"^(?:.*_)?(training|validation)\.csv$", re.IGNORECASE)
_PATH, _CLASS = "subdirectory_filepath", "expression"
_BOX = ("face_x", "face_y", "face_width", "face_height")
_MAX_ARRAY_BYTES = 4096
_STEP = 256


def plan_affectnet(
    tree: Tree,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Plan | None:
    """Return what to read, or None when it is not AffectNet.

    Args:
        tree: What the folder holds.
        on_progress: Called with 0..1; there are 290,000 arrays to be read.
        should_stop: Asked now and then.
    """
    if any(name.endswith("_exp.npy") for name in tree.others):
        return _from_arrays(tree, on_progress, should_stop)
    tables = [name for name in tree.others if _TABLE.match(name.rpartition("/")[2])]
    tables = [name for name in tables if _is_table(tree.root / name)]
    return _from_tables(tree, tables, should_stop) if tables else None


class _Rows:
    """Collects what becomes a plan."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.rows: list[tuple[str, int, int, tuple[int, ...]]] = []
        self.problems: list[RowProblem] = []

    def complain(self, file: str, reason: str) -> None:
        self.problems.append(RowProblem(0, f"{file}: {reason}", file))

    def plan(self, with_boxes: bool) -> Plan:
        rows = sorted(self.rows)
        return Plan(
            kind=KIND,
            root=self.root,
            files=tuple(row[0] for row in rows),
            labels=tuple(_NAMES[row[1]] for row in rows),
            splits=np.array([row[2] for row in rows], np.uint8),
            class_map=AFFECTNET_NUMBERS,
            boxes=np.array([row[3] for row in rows], np.int64) if with_boxes else None,
            notes=(_NOTE,),
            problems=tuple(self.problems),
        )


def _from_arrays(
    tree: Tree,
    on_progress: Callable[[float], None] | None,
    should_stop: Callable[[], bool] | None,
) -> Plan | None:
    others, rows = set(tree.others), _Rows(tree.root)
    for step, name in enumerate(tree.pictures):
        if step % _STEP == 0:
            _announce(step / len(tree.pictures), on_progress, should_stop)
        match = _PICTURE.match(name)
        split = None if match is None else split_of_folder(match["split"])
        if match is None or split is None:
            continue
        array = f"{match['base']}annotations/{match['stem']}_exp.npy"
        if array not in others:
            rows.complain(name, "its annotation is missing")
            continue
        label = _read_class(tree.root / array)
        if label is None:
            rows.complain(name, "its annotation is damaged")
            continue
        rows.rows.append((name, label, SPLITS.index(split), ()))
    return rows.plan(False) if rows.rows else None


def _read_class(path: Path) -> int | None:
    """Return the class number in a file, which holds text or a number; None for any other."""
    try:
        if path.stat().st_size > _MAX_ARRAY_BYTES:
            return None
        value = int(float(str(np.load(path, allow_pickle=False).reshape(-1)[0])))
    except (OSError, ValueError, EOFError, IndexError, OverflowError, SyntaxError):
        return None
    return value if 0 <= value < len(_NAMES) else None


def _columns(path: Path) -> list[str]:
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as stream:
        return [part.strip().lower() for part in next(csv.reader([stream.readline(4096)]), [])]


def _is_table(path: Path) -> bool:
    try:
        return {_PATH, _CLASS} <= set(_columns(path))
    except (OSError, csv.Error):
        return False


def _from_tables(
    tree: Tree, tables: list[str], should_stop: Callable[[], bool] | None
) -> Plan | None:
    # A picture is named by its last folder and its own name, wherever that folder lies.
    pictures = {"/".join(name.split("/")[-2:]).lower(): name for name in tree.pictures}
    rows = _Rows(tree.root)
    with_boxes = all(set(_BOX) <= set(_columns(tree.root / table)) for table in tables)
    for table in tables:
        validation = "validation" in table.rpartition("/")[2].lower()
        split = SPLITS.index("val" if validation else "train")
        for step, row in enumerate(_read_table(tree.root / table)):
            if step % _STEP == 0:
                _announce(0.0, None, should_stop)
            named = (row.get(_PATH) or "").strip()
            file = pictures.get(named.replace("\\", "/").lower())
            if file is None:
                rows.complain(named[:80], f"named in {table}: there is no such picture")
                continue
            try:
                label = int(row[_CLASS])
                x, y, width, height = (
                    (int(float(row[name])) for name in _BOX) if with_boxes else (0, 0, 0, 0)
                )
            except (ValueError, KeyError, TypeError, OverflowError):
                rows.complain(file, f"its row in {table} cannot be understood")
                continue
            if 0 <= label < len(_NAMES):
                rows.rows.append((file, label, split, (x, y, x + width, y + height)))
            else:
                rows.complain(file, f"its class {label} in {table} is unknown")
    return rows.plan(with_boxes) if rows.rows else None


def _read_table(path: Path) -> Iterator[dict[str, str]]:
    try:
        with open(path, encoding="utf-8-sig", errors="replace", newline="") as stream:
            names = [part.strip().lower() for part in next(csv.reader(stream), [])]
            yield from csv.DictReader(stream, fieldnames=names, restval="")
    except OSError as error:
        raise DataError(f"Cannot read {path}: {error.strerror or error}.") from error
    except csv.Error as error:
        raise DataError(f"{path.name} is no CSV file ({error}).") from error


def _announce(
    share: float,
    on_progress: Callable[[float], None] | None,
    should_stop: Callable[[], bool] | None,
) -> None:
    if should_stop is not None and should_stop():
        raise OperationCancelled
    if on_progress is not None:
        on_progress(share)
