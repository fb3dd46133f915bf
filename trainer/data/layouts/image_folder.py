"""Folders of pictures by class, with or without folders for the splits: torchvision's ImageFolder.

``root/{train,val,test}/class/*.png``, ``root/{train,test}/class/*.png`` as on Kaggle, or
``root/class/*.png``. A folder around them does not matter. Where a validation split is missing it
is drawn from the training split, never from the test split.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.data.class_maps import default_map, known_name
from trainer.data.draw import FROM_ALL, FROM_TRAINING, drawn_sentence
from trainer.data.layouts.plan import Plan, with_validation
from trainer.data.tree import Tree
from trainer.labels import SPLITS

KIND = "image-folder"

_NUMBER = re.compile(r"^(?:0?\d|10)$")
_SPLIT_NAMES: dict[str, tuple[str, ...]] = {
    "train": ("train", "training", "trainset"),
    "val": ("val", "valid", "validation", "valset", "validset", "dev", "eval", "publictest"),
    "test": ("test", "testing", "testset", "privatetest"),
}
_SPLIT_OF = {name: split for split, names in _SPLIT_NAMES.items() for name in names}
_DEEPEST = 6


@dataclass(frozen=True)
class ClassFolders:
    """Pictures that lie in class folders.

    Attributes:
        files: Their paths, relative to the folder that was opened.
        classes: Name of the class folder of each.
        splits: Split of each, ``"train"`` where there are no folders for splits.
        has_splits: Whether there are.
        outside: How many pictures lie elsewhere.
    """

    files: list[str]
    classes: list[str]
    splits: list[str]
    has_splits: bool
    outside: int


def split_of_folder(name: str) -> str | None:
    """Return the split that a folder's name (``"train_set"``) stands for, or None."""
    return _SPLIT_OF.get(re.sub(r"[\s_-]", "", name.lower()))


def bases(pictures: Sequence[str]) -> Iterator[str]:
    """Yield ``""``, then the only folder with pictures in it, then the only one in that, ..."""
    base = ""
    for _ in range(_DEEPEST):
        yield base
        first = pictures[0][len(base) :].split("/", 1) if pictures else [""]
        if len(first) < 2:
            return
        base += first[0] + "/"
        if not all(name.startswith(base) for name in pictures):
            return


def plan_image_folder(tree: Tree, class_map: Mapping[str, str | None] | None) -> Plan | None:
    """Return what to read, or None when the folders do not look like classes.

    Args:
        tree: What the folder holds.
        class_map: The user's; its names are taken for classes whatever they are.
    """
    found = find_class_folders(tree, class_map)
    return None if found is None else plan_of(found, tree)


def find_class_folders(
    tree: Tree, class_map: Mapping[str, str | None] | None
) -> ClassFolders | None:
    """Return the pictures in class folders, or None."""
    asked = frozenset(class_map or ())
    for base in bases(tree.pictures):
        found = _by_split(tree.pictures, base, asked) or _by_class(tree.pictures, base, asked)
        if found is not None:
            return found
    return None


def _is_class(name: str, asked: frozenset[str]) -> bool:
    return name in asked or known_name(name) is not None


def _by_split(pictures: Sequence[str], base: str, asked: frozenset[str]) -> ClassFolders | None:
    files, classes, splits = [], [], []
    for name in pictures:
        parts = name[len(base) :].split("/")
        split = split_of_folder(parts[0]) if len(parts) > 2 else None
        if split is not None:
            files.append(name)
            classes.append(parts[1])
            splits.append(split)
    names = set(classes)
    if not any(_is_class(name, asked) or _NUMBER.match(name) for name in names):
        return None
    return ClassFolders(files, classes, splits, True, len(pictures) - len(files))


def _by_class(pictures: Sequence[str], base: str, asked: frozenset[str]) -> ClassFolders | None:
    parted = [(name, name[len(base) :].split("/")) for name in pictures]
    files = [name for name, parts in parted if len(parts) > 1]
    classes = [parts[0] for _, parts in parted if len(parts) > 1]
    names = set(classes)
    known = sum(_is_class(name, asked) for name in names)
    numbers = sum(_NUMBER.match(name) is not None for name in names)
    # One known name alone may be a person's: Joy.
    if known < 2 and not (numbers >= 2 and numbers == len(names)) and not names & asked:
        return None
    return ClassFolders(files, classes, ["train"] * len(files), False, len(pictures) - len(files))


def plan_of(
    found: ClassFolders,
    tree: Tree,
    *,
    kind: str = KIND,
    groups: npt.NDArray[np.int64] | None = None,
    by: str = "",
) -> Plan:
    """Return the plan for class folders, a validation split drawn where there is none.

    Args:
        found: The pictures.
        tree: The folder they are in.
        kind: Kind of the source.
        groups: int64 (N,), pictures that are not parted by the draw, or None.
        by: What a group is, ``"person"``.
    """
    code = {split: index for index, split in enumerate(SPLITS)}
    splits = np.array([code[split] for split in found.splits], np.uint8)
    present, notes, share = set(found.splits), [], 0.0
    if found.outside:
        notes.append(f"{found.outside:,} pictures outside the class folders are left out.")
    if not found.has_splits:
        share, why = FROM_ALL, "There are no folders for splits"
    elif present == {"train"}:
        share, why = FROM_ALL, "There is a training folder only"
    elif "val" not in present and "train" in present:
        share, why = FROM_TRAINING, "There is no folder for validation"
    elif "train" not in present:
        notes.append("There is no training folder: it can be judged on, not learnt from.")
    if share:
        splits = with_validation(splits, found.classes, found.files, share, groups)
        notes.append(drawn_sentence(why, share, by))
    return Plan(
        kind=kind,
        root=tree.root,
        files=tuple(found.files),
        labels=tuple(found.classes),
        splits=splits,
        class_map=default_map(sorted(set(found.classes))),
        groups=groups,
        notes=tuple(notes),
    )
