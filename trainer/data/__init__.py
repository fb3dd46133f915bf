"""Data sets: every source becomes one :class:`ExpressionDataset`.

Importing this package does not import torch, so that windows can use its array-only modules;
:func:`load_dataset` does.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.data.fer2013 import RowProblem, read_fer2013
from trainer.errors import DataError
from trainer.paths import cache_dir as default_cache_dir

if TYPE_CHECKING:
    from trainer.data.dataset import ExpressionDataset

__all__ = ["RowProblem", "load_dataset"]


def load_dataset(
    source: Path,
    *,
    cache_dir: Path | None = None,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ExpressionDataset:
    """Load a data set, from its cache where that is fresh and sound.

    Args:
        source: A FER2013 CSV, plain, .gz or .zip.
        cache_dir: Folder of the cache; None takes the user's cache folder.
        on_progress: Called with 0..1 while parsing.
        should_stop: Asked now and then.

    Raises:
        DataError: The source cannot be read; the message says why.
        OperationCancelled: ``should_stop`` said so.
    """
    import torch

    from trainer.data import cache
    from trainer.data.dataset import ExpressionDataset, content_hash

    source = Path(source).expanduser()
    if not source.exists():
        raise DataError(f"There is no data set at {source}; check the path.")
    if not source.is_file():
        raise DataError(f"{source} is a folder; pick a FER2013 CSV file (.csv, .csv.gz or .zip).")
    folder = (cache_dir or default_cache_dir()) / "datasets"
    cached = cache.load_cached(folder, source)
    if cached is not None:
        if on_progress is not None:
            on_progress(1.0)
        return cached
    rows = read_fer2013(source, on_progress=on_progress, should_stop=should_stop)
    images = torch.from_numpy(rows.images)
    targets = torch.from_numpy(rows.targets)
    splits = torch.from_numpy(rows.splits)
    dataset = ExpressionDataset(
        images=images,
        targets=targets,
        splits=splits,
        source_rows=torch.from_numpy(rows.lines),
        name=source.name,
        source=str(source),
        content_hash=content_hash(images, targets, splits),
        problems=tuple(rows.problems),
    )
    cache.store(folder, source, dataset)
    return dataset
