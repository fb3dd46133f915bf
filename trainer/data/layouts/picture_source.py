"""Pictures in a folder as a source: what a layout plans is read here, whatever the layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainer.data.class_maps import chosen_map, class_indices, known_name
from trainer.data.draw import draw_validation, drawn_sentence
from trainer.data.fer2013 import MAX_PROBLEMS, RowProblem
from trainer.data.grow import Grower
from trainer.data.loaded import Loaded
from trainer.data.pictures import SIDE, FindFaces, read_grey, read_rgb
from trainer.data.source_info import KINDS, SourceInfo
from trainer.errors import DataError, OperationCancelled
from trainer.labels import CONTEMPT, SPLITS

_STEP = 32  # pictures between two looks at should_stop


@dataclass(frozen=True)
class Draw:
    """A validation split that has to be drawn from the training split.

    Attributes:
        share: Wanted share, 0..1.
        why: Beginning of the sentence that says so.
        by: What is kept whole, "" when the plan has no groups.
    """

    share: float
    why: str
    by: str = ""


@dataclass(frozen=True)
class Plan:
    """Pictures of a folder, and what the layout tells about each.

    Attributes:
        kind: A key of :data:`trainer.data.sources.KINDS`.
        files: Path of each picture, relative to the folder, with ``/``.
        labels: int64 (N,), index into ``names``; -1 for none.
        names: The source's own class names.
        splits: uint8 (N,), index into ``SPLITS``.
        class_map: Our name for each of ``names``, where nobody asks for another; None leaves
            the class out.
        draw: How to draw a validation split, or None.
        groups: int64 (N,), equal for pictures that must not be parted, or None.
        boxes: int64 (N, 4), left, top, right, bottom of the face in pixels, or None.
        votes: uint8 (N, 10) or None.
        keep_unlabelled: Pictures without a label are read too.
        photos: Faces have to be found in the pictures.
        numbered: The names are bare numbers whose meaning only the user knows.
        notes: Sentences on how the folder is understood.
        problems: Files that are named but missing, and the like.
    """

    kind: str
    files: tuple[str, ...]
    labels: npt.NDArray[np.int64]
    names: tuple[str, ...]
    splits: npt.NDArray[np.uint8]
    class_map: Mapping[str, str | None] = field(default_factory=dict)
    draw: Draw | None = None
    groups: npt.NDArray[np.int64] | None = None
    boxes: npt.NDArray[np.int64] | None = None
    votes: npt.NDArray[np.uint8] | None = None
    keep_unlabelled: bool = False
    photos: bool = False
    numbered: bool = False
    notes: tuple[str, ...] = ()
    problems: tuple[RowProblem, ...] = ()

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the number of labelled pictures by split and the source's class name."""
        table = np.zeros((len(SPLITS), len(self.names) + 1), np.int64)
        np.add.at(table, (self.splits, self.labels), 1)  # -1 is the last column
        return {
            split: dict(zip(self.names, table[row, :-1].tolist(), strict=True))
            for row, split in enumerate(SPLITS)
            if table[row].any()
        }


@dataclass(frozen=True)
class PictureSource:
    """A folder of pictures.

    Attributes:
        path: The folder.
        plan: What lies in it.
    """

    path: Path
    plan: Plan

    def inspect(self) -> SourceInfo:
        """Tell what reading it would give."""
        plan = self.plan
        notes = list(plan.notes)
        if plan.numbered:
            notes.append(_numbers_sentence(plan.names))
        elif plan.names:
            notes += self._left_out(plan.class_map)
        if plan.draw is not None:
            notes.append(drawn_sentence(plan.draw.why, plan.draw.share, plan.draw.by))
        return SourceInfo(
            path=self.path,
            kind=plan.kind,
            title=KINDS[plan.kind],
            class_map=plan.class_map,
            counts=plan.counts(),
            total=len(plan.files),
            notes=tuple(notes),
            labelled=bool(plan.names),
        )

    def read(
        self,
        class_map: Mapping[str, str | None] | None,
        find_faces: FindFaces | None,
        on_progress: Callable[[float], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> Loaded:
        """Read all pictures that have a class of ours; the unreadable are listed.

        Raises:
            DataError: No picture can be read, or what its classes are is not known.
            OperationCancelled: ``should_stop`` said so.
        """
        plan = self.plan
        chosen = chosen_map(plan.class_map, class_map)
        if plan.numbered and not any(chosen[name] for name in plan.names):
            raise DataError(f"{self.path.name}: {_numbers_sentence(plan.names)}")
        names, indices = class_indices(chosen)
        lookup = np.array([indices[name] for name in plan.names] + [-1], np.int64)
        targets = lookup[plan.labels]
        wanted = targets >= 0
        if plan.keep_unlabelled:
            wanted |= plan.labels < 0
        if not wanted.any():
            known = ", ".join(plan.names[:12]) or "no names"
            raise DataError(
                f"None of the classes of {self.path.name} ({known}) is known; say which "
                "expression each of them is."
            )
        if plan.photos and find_faces is None:
            raise DataError(
                f"{self.path.name} holds photos without labels; open it in the Dataset tab, "
                "which finds the faces in them."
            )
        kept = np.flatnonzero(wanted)
        origin, images, problems = self._read_pictures(kept, find_faces, on_progress, should_stop)
        if not len(origin):
            first = f" ({problems[0]})" if problems else ""
            what = "no face was found in the photos" if plan.photos else "no picture can be read"
            raise DataError(f"{self.path.name} holds no usable image: {what}{first}.")
        splits, notes = plan.splits[origin], list(plan.notes)
        groups = None if plan.groups is None else plan.groups[origin]
        if plan.names:
            notes += self._left_out(chosen)
        if plan.draw is not None:
            train = np.flatnonzero(splits == SPLITS.index("train"))
            drawn = draw_validation(
                targets[origin][train],
                [plan.files[index] for index in origin[train].tolist()],
                plan.draw.share,
                None if groups is None else groups[train],
            )
            splits[train[drawn]] = SPLITS.index("val")
            notes.append(drawn_sentence(plan.draw.why, plan.draw.share, plan.draw.by))
        return Loaded(
            images=images,
            targets=targets[origin],
            splits=splits,
            source_rows=origin + 1,
            kind=plan.kind,
            class_names=names,
            files=tuple(plan.files[index] for index in origin.tolist()),
            votes=None if plan.votes is None else plan.votes[origin],
            groups=groups,
            problems=(*plan.problems, *problems)[:MAX_PROBLEMS],
            notes=tuple(notes),
        )

    def _read_pictures(
        self,
        kept: npt.NDArray[np.int64],
        find_faces: FindFaces | None,
        on_progress: Callable[[float], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8], list[RowProblem]]:
        """Return for each image the index of its file, the images, and the problems."""
        images, origin = Grower((1, SIDE, SIDE), np.uint8), Grower((), np.int64)
        problems: list[RowProblem] = []
        for step, index in enumerate(kept.tolist()):
            if step % _STEP == 0 or self.plan.photos:
                if should_stop is not None and should_stop():
                    raise OperationCancelled
                if on_progress is not None:
                    on_progress(step / len(kept))
            name = self.plan.files[index]
            try:
                faces = self._faces(index, find_faces)
            except DataError as error:
                problems.append(RowProblem(0, f"{name}: {error}", name))
                continue
            images.add(faces)
            origin.add(np.full(len(faces), index, np.int64))
        if on_progress is not None:
            on_progress(1.0)
        return origin.take(), images.take(), problems

    def _faces(self, index: int, find_faces: FindFaces | None) -> npt.NDArray[np.uint8]:
        """Return the images of one file, uint8 (M, 1, 48, 48); DataError when there is none."""
        plan = self.plan
        path = self.path / plan.files[index]
        if not plan.photos:
            box = None if plan.boxes is None else tuple(plan.boxes[index].tolist())
            return read_grey(path, box)[None, None]
        photo = read_rgb(path)
        faces = np.zeros((0, SIDE, SIDE), np.uint8) if find_faces is None else find_faces(photo)
        if not len(faces):
            raise DataError("no face was found")
        return faces[:, None]

    def _left_out(self, chosen: Mapping[str, str | None]) -> list[str]:
        """Return a sentence on each class that is left out."""
        labels = self.plan.labels
        counts = np.bincount(labels[labels >= 0], minlength=len(self.plan.names)).tolist()
        return [
            f"The class '{name}' ({count:,} pictures) is left out"
            + (", as Mien's seven classes have no contempt." if _is_contempt(name) else ".")
            for name, count in zip(self.plan.names, counts, strict=True)
            if chosen[name] is None and count
        ]


def _is_contempt(name: str) -> bool:
    return known_name(name) == CONTEMPT


def _numbers_sentence(names: tuple[str, ...]) -> str:
    return (
        f"Its classes are numbers ({', '.join(names)}), which every data set means differently; "
        "say which expression each of them is."
    )
