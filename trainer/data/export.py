"""Writing a data set as a FER2013 CSV or as folders of pictures."""

from __future__ import annotations

import gzip
import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import numpy.typing as npt
from PIL import Image

from trainer.data.dataset import ExpressionDataset
from trainer.data.fer2013 import SIDE
from trainer.errors import DataError, OperationCancelled
from trainer.files import atomic_path
from trainer.labels import EXPRESSIONS, SPLITS

UNLABELLED = "unlabelled"
"""Class folder of images without a label; reading leaves it out."""

_USAGE = {"train": "Training", "val": "PublicTest", "test": "PrivateTest"}
_TEXT = [str(value).encode() for value in range(256)]
_STEP = 256
_LEVEL = 4  # of compression: twice as fast as the usual 9, a few per cent larger


def export_csv(
    dataset: ExpressionDataset,
    path: Path,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> int:
    """Write ``emotion,pixels,Usage``; reading it gives equal images, targets and splits.

    Args:
        dataset: What to write. Images without a label are left out, as the form has none.
            Contempt has no number in it and is written by name.
        path: The file; ``.gz`` and ``.zip`` are packed.
        on_progress: Called with 0..1.
        should_stop: Asked now and then.

    Returns:
        The number of images written.

    Raises:
        DataError: There is nothing to write, or it cannot be written there.
        OperationCancelled: ``should_stop`` said so; nothing is left behind.
    """
    labelled = np.flatnonzero(dataset.targets.numpy() >= 0)
    if not len(labelled):
        raise DataError(f"{dataset.name} has no labelled image that could be written.")
    if tuple(dataset.images.shape[2:]) != (SIDE, SIDE):
        raise DataError(f"A FER2013 CSV holds images of {SIDE} x {SIDE} pixels; write a folder.")
    labels = [_label(name) for name in dataset.class_names]
    usages = [_USAGE[split].encode() for split in SPLITS]
    images = dataset.images.numpy().reshape(len(dataset), -1)
    targets, splits = dataset.targets.tolist(), dataset.splits.tolist()
    with _writable(path), atomic_path(path) as temporary, _packed(temporary, path) as stream:
        stream.write(b"emotion,pixels,Usage\n")
        for step, index in enumerate(labelled.tolist()):
            if step % _STEP == 0:
                _announce(step / len(labelled), on_progress, should_stop)
            pixels = b" ".join([_TEXT[value] for value in images[index].tolist()])
            stream.write(b"%b,%b,%b\n" % (labels[targets[index]], pixels, usages[splits[index]]))
    _announce(1.0, on_progress, None)
    return len(labelled)


def export_image_folder(
    dataset: ExpressionDataset,
    folder: Path,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> int:
    """Write ``folder/split/class/name.png``, grey; reading it gives equal pixels.

    Images without a label go to a class folder of their own, :data:`UNLABELLED`.

    Args:
        dataset: What to write.
        folder: A new or empty folder.
        on_progress: Called with 0..1.
        should_stop: Asked now and then.

    Returns:
        The number of images written.

    Raises:
        DataError: The folder holds something, or cannot be written.
        OperationCancelled: ``should_stop`` said so; nothing is left behind.
    """
    if not len(dataset):
        raise DataError(f"{dataset.name} has no image that could be written.")
    folder = Path(folder)
    with _writable(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise DataError(f"{folder} already holds something; pick a new or empty folder.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        # All or nothing: a half-written folder would be opened as a whole data set.
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name[:60]}-", dir=folder.parent))
        try:
            _write_pictures(dataset, work, on_progress, should_stop)
            work.chmod(0o755)
            if folder.exists():
                folder.rmdir()
            work.rename(folder)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
    _announce(1.0, on_progress, None)
    return len(dataset)


def _write_pictures(
    dataset: ExpressionDataset,
    work: Path,
    on_progress: Callable[[float], None] | None,
    should_stop: Callable[[], bool] | None,
) -> None:
    images: npt.NDArray[np.uint8] = dataset.images.numpy()[:, 0]
    classes = [*dataset.class_names, UNLABELLED]  # -1 is the last one
    rows, targets, splits = (
        values.tolist() for values in (dataset.source_rows, dataset.targets, dataset.splits)
    )
    taken: set[tuple[str, str]] = set()
    for index in range(len(dataset)):
        if index % _STEP == 0:
            _announce(index / len(dataset), on_progress, should_stop)
        place = f"{SPLITS[splits[index]]}/{classes[targets[index]]}"
        stem = Path(dataset.files[index]).stem if dataset.files else f"{rows[index]:07}"
        name, number = stem, 1
        while (place, name.lower()) in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add((place, name.lower()))
        (work / place).mkdir(parents=True, exist_ok=True)
        Image.fromarray(images[index]).save(work / place / f"{name}.png")


def _label(name: str) -> bytes:
    return (str(EXPRESSIONS.index(name)) if name in EXPRESSIONS else name).encode()


@contextmanager
def _packed(temporary: Path, path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing, packed as the ending of ``path`` says."""
    suffix = path.suffix.lower()
    with open(temporary, "wb") as raw:
        if suffix == ".gz":
            with gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as stream:
                buffered = io.BufferedWriter(cast(io.RawIOBase, stream), 1 << 20)
                yield buffered
                buffered.flush()
                buffered.detach()
        elif suffix == ".zip":
            with (
                zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive,
                archive.open(f"{path.stem.removesuffix('.csv')}.csv", "w", force_zip64=True) as e,
            ):
                yield cast(BinaryIO, e)
        else:
            yield raw


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DataError(f"Cannot write {path}: {error.strerror or error}.") from error


def _announce(
    share: float,
    on_progress: Callable[[float], None] | None,
    should_stop: Callable[[], bool] | None,
) -> None:
    if should_stop is not None and should_stop():
        raise OperationCancelled
    if on_progress is not None:
        on_progress(share)
