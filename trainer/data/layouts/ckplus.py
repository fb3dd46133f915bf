"""CK+48: ``root/{anger,...}/S###_###_########.png``, three frames of each recorded sequence.

Lucey et al., "The Extended Cohn-Kanade Dataset (CK+)", 2010. The name begins with the person's
number; the frames of a sequence differ by a few pixels, so that a split by picture would put the
same smile on both sides. People are never parted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from trainer.data.layouts.image_folder import find_class_folders, plan_of
from trainer.data.layouts.plan import Plan
from trainer.data.tree import Tree

KIND = "ckplus48"
_ENOUGH = 0.9  # share of the pictures that must be named so
_FRAME = re.compile(r"(?:^|/)(S\d{3})_\d{3}_\d{5,8}[^/]*$", re.IGNORECASE)


def plan_ckplus(tree: Tree, class_map: Mapping[str, str | None] | None) -> Plan | None:
    """Return what to read, or None when the pictures are not named as those of CK+."""
    matched = sum(_FRAME.search(name) is not None for name in tree.pictures)
    if not tree.pictures or matched < _ENOUGH * len(tree.pictures):
        return None
    found = find_class_folders(tree, class_map)
    if found is None:
        return None
    people = [_person(name) for name in found.files]
    if len(set(zip(people, found.splits, strict=True))) > len(set(people)):
        # Folders for splits that share people are of no use.
        found = replace(found, splits=["train"] * len(people), has_splits=False)
    _, groups = np.unique(people, return_inverse=True)
    return plan_of(found, tree, kind=KIND, groups=groups.astype(np.int64), by="person")


def _person(name: str) -> str:
    found = _FRAME.search(name)
    return name if found is None else found[1].upper()
