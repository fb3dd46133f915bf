"""Mirrors of RAF-DB and AffectNet that kept only numbered class folders.

``train/1`` ... ``test/7`` says nothing by itself: FER2013, RAF-DB and AffectNet all number the same
classes differently. Only where a folder is called after the data set are its numbers taken for
that data set's; otherwise the user is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from trainer.data.class_maps import AFFECTNET_NUMBERS, RAF_DB_NUMBERS
from trainer.data.layouts.image_folder import find_class_folders, plan_of
from trainer.data.layouts.plan import Plan
from trainer.data.source_info import KINDS
from trainer.data.tree import Tree

_NUMBERINGS: dict[str, tuple[re.Pattern[str], Mapping[str, str | None]]] = {
    "raf-db": (re.compile(r"(?:^|[^a-z])raf[\s_-]?db", re.IGNORECASE), RAF_DB_NUMBERS),
    "affectnet": (re.compile(r"affect[\s_-]?net", re.IGNORECASE), AFFECTNET_NUMBERS),
}
_LEVELS = 2  # the folder that was opened and the one around it


def plan_numbered(tree: Tree, class_map: Mapping[str, str | None] | None) -> Plan | None:
    """Return what to read, or None when no folder is named after such a data set.

    Args:
        tree: What the folder holds.
        class_map: The user's, which is put over these numbers.
    """
    found = find_class_folders(tree, class_map)
    if found is None:
        return None
    inside = {part for name in found.files[:1] for part in name.split("/")[:-2]}
    names = [*tree.root.resolve().parts[-_LEVELS:], *sorted(inside)]
    for kind, (pattern, numbers) in _NUMBERINGS.items():
        named = next((name for name in names if pattern.search(name)), None)
        if named is None or not set(found.classes) <= numbers.keys():
            continue
        plan = plan_of(found, tree, kind=kind)
        note = (
            f"The folder '{named}' is named after {KINDS[kind]}, so its numbered classes are taken "
            f"for {KINDS[kind]}'s: "
            + ", ".join(f"{number} {numbers[number] or '-'}" for number in plan.class_map)
            + "."
        )
        chosen = {number: numbers[number] for number in plan.class_map}
        return replace(plan, class_map=chosen, notes=(*plan.notes, note))
    return None
