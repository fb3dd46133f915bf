"""Pictures without classes: photos whose faces are found, to be labelled by hand."""

from __future__ import annotations

import numpy as np

from trainer.data.draw import FROM_ALL, draw_validation
from trainer.data.layouts.plan import Plan
from trainer.data.tree import Tree
from trainer.labels import SPLITS


def plan_photos(tree: Tree) -> Plan | None:
    """Plan to read every picture below the folder; None where there is none."""
    count = len(tree.pictures)
    if not count:
        return None
    drawn = draw_validation(np.full(count, -1, np.int64), tree.pictures, FROM_ALL)
    return Plan(
        kind="photos",
        root=tree.root,
        files=tree.pictures,
        labels=(None,) * count,
        splits=np.where(drawn, SPLITS.index("val"), SPLITS.index("train")).astype(np.uint8),
        notes=(
            "The folders name no expressions, so faces are looked for in the photos; label them "
            "by hand.",
            f"{FROM_ALL:.0%} of the photos are set aside for validation, all faces of a photo "
            "together.",
        ),
    )
