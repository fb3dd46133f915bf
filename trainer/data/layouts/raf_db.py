"""RAF-DB's basic expressions, as they are handed out and as mirrors pack them.

Li et al., "Reliable Crowdsourcing and Deep Locality-Preserving Learning for Expression
Recognition in the Wild", 2017. ``EmoLabel/list_patition_label.txt`` (sic) holds lines such as
``train_00001.jpg 5``, the aligned pictures lie in ``Image/aligned/train_00001_aligned.jpg``.
Mirrors have folders ``train/1`` ... ``test/7`` with the same file names. The numbers are RAF-DB's
own; there is no validation split, so it is drawn from the training split.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from trainer.data.class_maps import RAF_DB_NUMBERS
from trainer.data.draw import FROM_TRAINING, drawn_sentence
from trainer.data.fer2013 import RowProblem
from trainer.data.layouts.image_folder import find_class_folders, plan_of
from trainer.data.layouts.plan import Plan, with_validation
from trainer.data.tree import Tree
from trainer.errors import DataError
from trainer.labels import SPLITS

KIND = "raf-db"
_LISTS = ("list_patition_label.txt", "list_partition_label.txt")
_PICTURE = re.compile(r"^(train|test)_\d{3,6}(_aligned)?\.(?:jpe?g|png)$", re.IGNORECASE)
_NOTE = "The classes are numbered as RAF-DB numbers them: 1 surprise to 7 neutral."
_ENOUGH = 0.9
_MAX_LIST_BYTES = 32 << 20


def plan_raf_db(tree: Tree, class_map: Mapping[str, str | None] | None) -> Plan | None:
    """Return what to read, or None when it is not RAF-DB."""
    lists = [name for name in tree.others if name.rpartition("/")[2].lower() in _LISTS]
    if lists:
        return _from_list(tree, lists[0])
    named = sum(_PICTURE.match(name.rpartition("/")[2]) is not None for name in tree.pictures)
    if not tree.pictures or named < _ENOUGH * len(tree.pictures):
        return None
    found = find_class_folders(tree, class_map)
    if found is None or not set(found.classes) <= RAF_DB_NUMBERS.keys():
        return None
    plan = plan_of(found, tree, kind=KIND)
    chosen = {name: RAF_DB_NUMBERS[name] for name in plan.class_map}
    return replace(plan, class_map=chosen, notes=(*plan.notes, _NOTE))


def _from_list(tree: Tree, list_name: str) -> Plan:
    pictures = _by_stem(tree)
    files: list[str] = []
    labels: list[str] = []
    splits: list[int] = []
    problems: list[RowProblem] = []
    for line, text in enumerate(_lines(tree.root / list_name), 1):
        parts = text.split()
        if not parts:
            continue
        match = _PICTURE.match(parts[0])
        if match is None or len(parts) != 2 or parts[1] not in RAF_DB_NUMBERS:
            reason = "is not a picture's name and a number from 1 to 7"
            problems.append(RowProblem(0, f"{list_name}, line {line} {reason}", list_name))
            continue
        file = pictures.get(parts[0].rpartition(".")[0].lower())
        if file is None:
            reason = f"{parts[0]}: there is no such picture in the folder"
            problems.append(RowProblem(0, reason, parts[0]))
            continue
        files.append(file)
        labels.append(parts[1])
        splits.append(SPLITS.index(match[1].lower()))
    if not files:
        raise DataError(
            f"None of the pictures named in {list_name} lies in {tree.root.name}; RAF-DB's "
            "pictures (Image/aligned) are missing."
        )
    order = sorted(range(len(files)), key=files.__getitem__)
    files = [files[index] for index in order]
    labels = [labels[index] for index in order]
    codes, notes = np.array(splits, np.uint8)[order], [_NOTE]
    if SPLITS.index("train") in splits:
        codes = with_validation(codes, labels, files, FROM_TRAINING)
        notes.append(drawn_sentence("RAF-DB has no validation split", FROM_TRAINING))
    return Plan(
        kind=KIND,
        root=tree.root,
        files=tuple(files),
        labels=tuple(labels),
        splits=codes,
        class_map=RAF_DB_NUMBERS,
        notes=tuple(notes),
        problems=tuple(problems),
    )


def _by_stem(tree: Tree) -> dict[str, str]:
    """Return the picture for each name in the list without its ending; aligned ones win."""
    found: dict[str, str] = {}
    for name in tree.pictures:
        base = name.rpartition("/")[2]
        match = _PICTURE.match(base)
        if match is None:
            continue
        stem = base.rpartition(".")[0].lower()
        if match[2]:
            found[stem.removesuffix("_aligned")] = name
        else:
            found.setdefault(stem, name)
    return found


def _lines(path: Path) -> list[str]:
    try:
        if path.stat().st_size > _MAX_LIST_BYTES:
            raise DataError(f"{path.name} is larger than any list of RAF-DB.")
        return path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError as error:
        raise DataError(f"Cannot read {path}: {error.strerror or error}.") from error
