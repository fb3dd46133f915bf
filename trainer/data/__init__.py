"""Data sets: every source becomes one :class:`ExpressionDataset`.

Importing this package does not import torch, so that windows can use its array-only modules;
:func:`load_dataset` does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.data.fer2013 import RowProblem
from trainer.errors import DataError
from trainer.paths import cache_dir as default_cache_dir

if TYPE_CHECKING:
    from trainer.data.dataset import ExpressionDataset
    from trainer.data.pictures import FindFaces

__all__ = ["RowProblem", "load_dataset"]


def load_dataset(
    source: Path,
    *,
    votes: Path | None = None,
    labels_from_votes: bool = False,
    class_map: Mapping[str, str | None] | None = None,
    find_faces: FindFaces | None = None,
    cache_dir: Path | None = None,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ExpressionDataset:
    """Load a data set, from its cache where that is fresh and sound.

    Args:
        source: A FER2013 CSV, plain, .gz, .zip or .tar.gz, or a folder
            (:func:`trainer.data.sources.inspect_source` says what is recognised).
        votes: File or folder with FER+ votes of the same rows.
        labels_from_votes: Take the answer that more than half of the votes name as the label;
            images without one become unlabelled (-1).
        class_map: Class names of the source and ours, over what is mapped by name; None leaves
            a class out.
        find_faces: Cuts the faces out of a photo; needed for a folder of photos only.
        cache_dir: Folder of the cache; None takes the user's cache folder.
        on_progress: Called with 0..1 while reading.
        should_stop: Asked now and then.

    Raises:
        DataError: The source cannot be read; the message says why.
        OperationCancelled: ``should_stop`` said so.
    """
    from trainer.data.cache import DatasetCache
    from trainer.data.class_maps import chosen_map
    from trainer.data.dataset import from_loaded
    from trainer.data.sources import open_source

    source = Path(source).expanduser()
    if not source.exists():
        raise DataError(f"There is no data set at {source}; check the path.")
    if labels_from_votes and votes is None and not source.is_dir():
        raise DataError("Labels from votes need a file with FER+ votes; name it.")
    progress = _Share(on_progress)
    tree = None
    if source.is_dir():
        from trainer.data.tree import scan

        tree = scan(source, on_progress=progress.part(0.0, 0.05), should_stop=should_stop)
    folder = (cache_dir or default_cache_dir()) / "datasets"
    cache = DatasetCache(folder, source, tree, class_map)
    cached = cache.load()
    if cached is None:
        opened = open_source(
            source,
            tree=tree,
            class_map=class_map,
            on_progress=progress.part(0.05, 0.2),
            should_stop=should_stop,
        )
        start = 0.0 if tree is None else 0.2
        loaded = opened.read(class_map, find_faces, progress.part(start, 1.0), should_stop)
        identity = cache.store(loaded)
    else:
        loaded, identity = cached
    dataset = from_loaded(loaded, identity, source)
    dataset = replace(dataset, class_map=chosen_map({}, class_map))
    if votes is not None or labels_from_votes:
        from trainer.data.joined import with_votes

        dataset = with_votes(dataset, loaded, votes, labels_from_votes)
    if on_progress is not None:
        on_progress(1.0)
    return dataset


class _Share:
    """Parts of one progress."""

    def __init__(self, on_progress: Callable[[float], None] | None) -> None:
        self._on_progress = on_progress

    def part(self, start: float, end: float) -> Callable[[float], None] | None:
        """Return a function that takes 0..1 and announces ``start``..``end``."""
        announce = self._on_progress
        if announce is None:
            return None
        return lambda value: announce(start + (end - start) * value)
