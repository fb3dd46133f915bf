"""A run's predictions laid over the data set that it was trained on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainer import runs
from trainer.errors import DataError
from trainer.files import DAMAGED_ARCHIVE


def run_probs(
    run_dir: Path, content_hash: str, class_names: Sequence[str], count: int
) -> npt.NDArray[np.float32]:
    """Return a run's probabilities float32 (N, C); NaN for images that it did not judge.

    A run judges its validation split, which it has not learnt from (exact leaks are left out
    of training; near repeats are not).

    Args:
        run_dir: The run's folder.
        content_hash: The data set, as it is without corrections.
        class_names: Its classes.
        count: Its number of images.

    Raises:
        DataError: There are no predictions, they are damaged, or belong to other data.
        MienError: It is no run folder.
    """
    run = runs.load_run(run_dir)
    if run.predictions_path is None:
        raise DataError(f"The run {run.name} has no predictions; it needs one finished epoch.")
    if run.data.get("content_hash") != content_hash:
        raise DataError(
            f"The run {run.name} was trained on other data ({run.dataset_name}); choose a run "
            "of this data set."
        )
    probs = np.full((count, len(class_names)), np.nan, np.float32)
    try:
        with np.load(run.predictions_path, allow_pickle=False) as content:
            values, indices = content["probs"], content["indices"].astype(np.int64)
            names = [str(name) for name in content["class_names"]]
        if values.shape != (len(indices), len(names)) or sorted(names) != sorted(class_names):
            raise ValueError("its classes differ")
        if len(indices) and not 0 <= int(indices.min()) <= int(indices.max()) < count:
            raise ValueError("it names images that are not there")
        probs[indices] = values[:, [names.index(name) for name in class_names]]
    except (OSError, *DAMAGED_ARCHIVE) as error:
        raise DataError(
            f"The predictions of the run {run.name} are damaged ({error}); choose another run."
        ) from error
    return probs
