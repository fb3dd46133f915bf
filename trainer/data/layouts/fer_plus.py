"""FERPlus's folders: ``FER2013Train``, ``FER2013Valid``, ``FER2013Test``, each with ``label.csv``.

Barsoum et al., "Training Deep Networks for Facial Expression Recognition with Crowd-Sourced Label
Distribution", 2016. There are only votes: the answer that more than half of them name is the
label. Without one, or where it is *unknown* or *not a face*, an image is unlabelled.
"""

from __future__ import annotations

import numpy as np

from trainer.data.class_maps import default_map
from trainer.data.fer2013 import RowProblem
from trainer.data.layouts.plan import Plan
from trainer.data.tree import Tree
from trainer.data.votes import LABEL_FOLDERS, Votes, read_votes, vote_targets
from trainer.errors import DataError
from trainer.labels import CONTEMPT, EXPRESSIONS, SPLITS

KIND = "fer-plus folders"
_NAMES = (*EXPRESSIONS, CONTEMPT)


def plan_fer_plus(tree: Tree) -> Plan | None:
    """Return what to read, or None when there is no such folder with pictures in it."""
    folders = {}
    for name in tree.others:
        folder, _, file = name.rpartition("/")
        # The folder that was opened may itself be one of the three.
        own = folder.rpartition("/")[2] if folder else tree.root.name
        if file.lower() == "label.csv" and own.lower() in LABEL_FOLDERS:
            folders[folder] = (name, LABEL_FOLDERS[own.lower()])
    pictures = set(tree.pictures)
    prefixes = {folder: f"{folder}/" if folder else "" for folder in folders}
    if not any(name.startswith(tuple(prefixes.values())) for name in pictures if folders):
        return None
    files: list[str] = []
    votes: list[np.ndarray] = []
    splits: list[int] = []
    problems: list[RowProblem] = []
    for folder in sorted(folders):
        label_file, split = folders[folder]
        read = read_votes(tree.root / label_file)
        for name, row in _rows(read):
            file = prefixes[folder] + name
            if file in pictures:
                files.append(file)
                votes.append(row)
                splits.append(SPLITS.index(split))
            else:
                problems.append(RowProblem(0, f"{file}: there is no such picture", file))
    if not files:
        raise DataError(
            f"None of the pictures named in label.csv lies in {tree.root.name}; write them with "
            "FERPlus's generate_training_data.py first."
        )
    order = sorted(range(len(files)), key=files.__getitem__)
    joined = np.stack(votes)[order]
    targets = vote_targets(joined, _NAMES).tolist()
    labels = tuple(_NAMES[target] if target >= 0 else None for target in targets)
    return Plan(
        kind=KIND,
        root=tree.root,
        files=tuple(files[index] for index in order),
        labels=labels,
        splits=np.array(splits, np.uint8)[order],
        class_map=default_map(_NAMES),
        votes=joined,
        notes=(
            "The label is the answer that more than half of the votes name; "
            f"{labels.count(None):,} pictures have no such expression and are unlabelled.",
        ),
        problems=tuple(problems),
    )


def _rows(votes: Votes) -> list[tuple[str, np.ndarray]]:
    """Return file name and votes of the rows that name a picture, each name once."""
    rows = {name: row for name, row in zip(votes.names, votes.votes, strict=True) if name}
    return list(rows.items())
