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

from trainer.data.draw import FROM_ALL
from trainer.data.layouts.image_folder import plan_image_folder
from trainer.data.layouts.picture_source import Draw, Plan
from trainer.data.tree import Tree

KIND = "ckplus48"
_ENOUGH = 0.9  # share of the pictures that must be named so
_FRAME = re.compile(r"(?:^|/)(S\d{3})_\d{3}_\d{5,8}[^/]*$", re.IGNORECASE)


def plan_ckplus(tree: Tree, class_map: Mapping[str, str | None] | None) -> Plan | None:
    """Return what to read, or None when the pictures are not named as those of CK+."""
    matched = sum(_FRAME.search(name) is not None for name in tree.pictures)
    if not tree.pictures or matched < _ENOUGH * len(tree.pictures):
        return None
    plan = plan_image_folder(tree, class_map)
    if plan is None:
        return None
    people = [_person(name) for name in plan.files]
    _, groups = np.unique(people, return_inverse=True)
    splits, draw = plan.splits, plan.draw
    if len(set(zip(people, splits.tolist(), strict=True))) > len(set(people)):
        splits, draw = np.zeros_like(splits), Draw(FROM_ALL, "The folders' splits share people")
    return replace(
        plan,
        kind=KIND,
        splits=splits,
        groups=groups.astype(np.int64),
        draw=None if draw is None else replace(draw, by="person"),
    )


def _person(name: str) -> str:
    found = _FRAME.search(name)
    return name if found is None else found[1].upper()
