"""Reading the pictures of a recognised folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainer.data.class_maps import class_indices
from trainer.data.fer2013 import MAX_PROBLEMS, SIDE, RowProblem
from trainer.data.grow import Grower
from trainer.data.layouts.plan import Plan
from trainer.data.loaded import Loaded
from trainer.data.pictures import FindFaces, UnreadablePicture, read_colour, read_grey
from trainer.data.source_info import SourceInfo
from trainer.errors import DataError, OperationCancelled
from trainer.labels import EXPRESSIONS

Images = npt.NDArray[np.uint8]

_BATCH = 64  # files between two looks at should_stop
_THREADS = 4
_CROP_SIDE = 64
"""A picture among photos that is no larger than this is a face already cut out."""


@dataclass(frozen=True)
class PictureSource:
    """A folder whose files are known.

    Attributes:
        plan: The files.
    """

    plan: Plan

    def inspect(self) -> SourceInfo:
        """Return the facts about it."""
        return self.plan.info()

    def read(
        self,
        class_map: Mapping[str, str | None] | None,
        find_faces: FindFaces | None,
        on_progress: Callable[[float], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> Loaded:
        """Read the pictures; those that cannot be read are listed and left out.

        Args:
            class_map: Already part of the plan.
            find_faces: For photos.
            on_progress: Called with 0..1.
            should_stop: Asked after every few files.

        Raises:
            DataError: There is nothing to read.
            OperationCancelled: ``should_stop`` said so.
        """
        plan = self.plan
        if plan.kind == "photos":
            return _read_photos(plan, find_faces, on_progress, should_stop)
        names, indices = class_indices(plan.class_map)
        targets = np.array(
            [-1 if label is None else indices[label] for label in plan.labels], np.int64
        )
        wanted = np.ones(len(targets), np.bool_)
        if not plan.keeps_unmapped:
            wanted = (targets >= 0) | np.array([label is None for label in plan.labels])
        if not wanted.any():
            raise DataError(_nothing_mapped(plan))
        chosen = np.flatnonzero(wanted)
        problems = list(plan.problems)
        images = Grower((SIDE, SIDE), np.uint8)
        kept: list[int] = []
        files = [plan.files[index] for index in chosen.tolist()]
        done = 0
        boxes = None if plan.boxes is None else plan.boxes[chosen].tolist()
        for batch in _batches(plan.root, files, boxes, on_progress, should_stop):
            for image in batch:
                if isinstance(image, UnreadablePicture):
                    _complain(problems, files[done], str(image))
                else:
                    images.add(image[np.newaxis])
                    kept.append(done)
                done += 1
        if not kept:
            raise DataError(f"None of {plan.root.name}'s pictures can be read: {problems[-1]}.")
        rows = chosen[np.array(kept, np.int64)]
        return Loaded(
            images=images.take()[:, np.newaxis],
            targets=targets[rows],
            splits=plan.splits[rows],
            source_rows=rows + 1,
            kind=plan.kind,
            class_names=names,
            files=tuple(plan.files[row] for row in rows.tolist()),
            votes=None if plan.votes is None else plan.votes[rows],
            groups=None if plan.groups is None else plan.groups[rows],
            problems=_sorted(problems),
            notes=(*plan.notes, *plan.left_out_notes()),
        )


def _sorted(problems: list[RowProblem]) -> tuple[RowProblem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.file)))


def _nothing_mapped(plan: Plan) -> str:
    theirs = sorted(plan.class_map)
    shown = ", ".join(theirs[:12])
    if theirs and all(name.isdigit() for name in theirs):
        return (
            f"The class folders of {plan.root.name} are numbers ({shown}), which every data set "
            f"uses differently; say what they mean with a class map, as in {theirs[0]}=happiness."
        )
    return f"None of the classes of {plan.root.name} ({shown}) is one of Mien's."


def _complain(problems: list[RowProblem], file: str, reason: str) -> None:
    if len(problems) < MAX_PROBLEMS:
        shown = file.encode("utf-8", "replace").decode("utf-8")
        problems.append(RowProblem(0, f"{shown}: {reason}", shown))


def _batches(
    root: Path,
    files: Sequence[str],
    boxes: Sequence[Sequence[int]] | None,
    on_progress: Callable[[float], None] | None,
    should_stop: Callable[[], bool] | None,
) -> Iterator[list[Images | UnreadablePicture]]:
    """Yield the pictures in order, some at a time; decoding runs on a few threads."""

    def attempt(index: int) -> Images | UnreadablePicture:
        try:
            return read_grey(root / files[index], None if boxes is None else boxes[index])
        except UnreadablePicture as error:
            return error
        except OSError as error:
            return UnreadablePicture(f"cannot be read ({error.strerror or error})")

    workers = min(_THREADS, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers, thread_name_prefix="pictures") as pool:
        for start in range(0, len(files), _BATCH):
            if should_stop is not None and should_stop():
                raise OperationCancelled
            yield list(pool.map(attempt, range(start, min(start + _BATCH, len(files)))))
            if on_progress is not None:
                on_progress(min(start + _BATCH, len(files)) / len(files))


def _read_photos(
    plan: Plan,
    find_faces: FindFaces | None,
    on_progress: Callable[[float], None] | None,
    should_stop: Callable[[], bool] | None,
) -> Loaded:
    if find_faces is None:
        raise DataError(
            f"{plan.root.name} holds photos without labels; open it in the Dataset tab, which "
            "finds the faces in them."
        )
    problems = list(plan.problems)
    images = Grower((SIDE, SIDE), np.uint8)
    rows: list[int] = []
    for index, file in enumerate(plan.files):
        if should_stop is not None and should_stop():
            raise OperationCancelled
        try:
            faces = _faces(plan.root / file, find_faces)
        except (UnreadablePicture, OSError) as error:
            _complain(problems, file, str(error))
            continue
        finally:
            if on_progress is not None:
                on_progress((index + 1) / len(plan.files))
        if not len(faces):
            _complain(problems, file, "no face was found")
            continue
        images.add(faces)
        rows += [index] * len(faces)
    if not rows:
        raise DataError(
            f"No face was found in the {len(plan.files):,} photos of {plan.root.name} "
            f"({problems[0]})."
        )
    row = np.array(rows, np.int64)
    return Loaded(
        images=images.take()[:, np.newaxis],
        targets=np.full(len(row), -1, np.int64),
        splits=plan.splits[row],
        source_rows=row + 1,
        kind=plan.kind,
        class_names=EXPRESSIONS,
        files=tuple(plan.files[index] for index in rows),
        groups=row,
        problems=_sorted(problems),
        notes=plan.notes,
    )


def _faces(path: Path, find_faces: FindFaces) -> Images:
    """Return the faces of one photo, uint8 (M, 48, 48)."""
    photo = read_colour(path)
    faces = find_faces(photo)
    if not len(faces) and max(photo.shape[:2]) <= _CROP_SIDE:
        return read_grey(path)[np.newaxis]
    return faces
