"""The result of a whole video as CSV: a row for every face, and for every empty frame."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from typing import TextIO

from trainer.inference.types import Face, FrameResult
from trainer.labels import canonical_name


def column_names(class_names: Sequence[str]) -> list[str]:
    """Return the header, with the names of Py-Feat and OpenFace where they have one.

    ``label`` is what is shown (``unsure`` with a ``reason``), ``label_raw`` the network's
    first choice in that frame alone, ``probability`` the steady one of the label.
    ``face_id``, ``confidence`` (of the face, not of the label) and ``success`` are
    OpenFace's words and mean what they mean there.
    """
    names = [canonical_name(name) or name for name in class_names]
    return [
        "input",
        "frame",
        "timestamp",
        "approx_time",
        "track_id",
        "Identity",
        "FaceRectX",
        "FaceRectY",
        "FaceRectWidth",
        "FaceRectHeight",
        "FaceScore",
        *names,
        *(f"{name}_raw" for name in names),
        "label",
        "label_raw",
        "probability",
        "quality",
        "FrameHeight",
        "FrameWidth",
        "detected",
        "reason",
        "face_id",
        "confidence",
        "success",
        "excluded",
    ]


class TableWriter:
    """Streams results as CSV: ``.`` decimals, one header line, empty cells for no face.

    Attributes:
        rows: Rows written so far, without the header.
        input_name: What the column ``input`` says; may change between frames.
    """

    def __init__(
        self,
        file: TextIO,
        *,
        input_name: str,
        class_names: Sequence[str],
        size: tuple[int, int],
        name_of: Callable[[int], str] | None = None,
    ) -> None:
        """Write the header.

        Args:
            file: Opened with ``newline=""``.
            input_name: Value of the column ``input``.
            class_names: Classes in the order of every ``probs``.
            size: Width and height of the frames, pixels.
            name_of: Gives ``Identity`` by ``track_id``; ``P1``, ... when None.
        """
        self.rows = 0
        self._writer = csv.writer(file, lineterminator="\n")
        self.input_name = input_name
        self._classes = len(class_names)
        self._names = [canonical_name(name) or name for name in class_names]
        self._size = [size[1], size[0]]
        self._name_of = name_of or (lambda number: f"P{number}")
        self._writer.writerow(column_names(class_names))

    def write(self, result: FrameResult, *, excluded: bool = False) -> None:
        """Write one frame: a row a face from left to right, or one row without values."""
        out = int(excluded)
        head = [
            self.input_name,
            result.frame_index,
            f"{result.timestamp_ms / 1000:.6f}",
            approx_time(result.timestamp_ms),
        ]
        if not result.faces:
            blank = [""] * (7 + 2 * self._classes + 4)
            self._write_row([*head, *blank, *self._size, 0, "no face", "", 0, 0, out])
        for face in result.faces:
            score = f"{face.score:.4f}"
            tail = [int(face.detected), face.reason, face.tracker_id, score, 1, out]
            self._write_row([*head, *self._face_cells(face), *self._size, *tail])

    def _write_row(self, cells: list[object]) -> None:
        self._writer.writerow(cells)
        self.rows += 1

    def _face_cells(self, face: Face) -> list[object]:
        left, top, right, bottom = (float(value) for value in face.xyxy)
        expression = canonical_name(face.label) or face.label
        return [
            face.tracker_id,
            self._name_of(face.tracker_id),
            f"{left:.2f}",
            f"{top:.2f}",
            f"{right - left:.2f}",
            f"{bottom - top:.2f}",
            f"{face.score:.4f}",
            *(f"{value:.6f}" for value in face.probs),
            *(f"{value:.6f}" for value in face.probs_raw),
            expression,
            self._names[int(face.probs_raw.argmax())],
            f"{face.confidence:.6f}",
            face.quality,
        ]


def approx_time(timestamp_ms: float) -> str:
    """Return ``MM:SS`` as Py-Feat writes it; minutes go on beyond 59."""
    seconds = int(timestamp_ms / 1000)
    return f"{seconds // 60:02d}:{seconds % 60:02d}"
