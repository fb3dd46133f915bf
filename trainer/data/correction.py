"""One face that a user labelled, as a line of JSON with the picture inside."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.labels import EXPRESSIONS

SIDE = 48
"""Side of the face as the network saw it, pixels."""
WIDE_SIDE = 96
WIDE_FACTOR = 1.5
"""The wide picture shows this many times the face's side, so that it can be cut anew."""

_FORMAT = 1
_MOST_LINE = 1 << 20
_SAME_FACE = 0.5  # overlap of two boxes in one frame

Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Place:
    """Where a face is.

    Attributes:
        video: What tells its video from others (:attr:`Correction.video`).
        timestamp_ms: Time of the frame.
        box: Left, top, right, bottom, pixels of the frame.
    """

    video: str
    timestamp_ms: float
    box: tuple[float, float, float, float]

    def is_of(self, other: Place) -> bool:
        """Say whether both are of the same face in the same frame."""
        return (
            self.video == other.video
            and abs(self.timestamp_ms - other.timestamp_ms) < 0.5
            and _overlap(self.box, other.box) > _SAME_FACE
        )


@dataclass(frozen=True)
class Correction:
    """One face with the label a user gave it.

    Attributes:
        face: uint8 (48, 48), grey: the detector's box as the shipped network crops it.
        wide: uint8 (96, 96), grey, with a quarter of the side around it.
        label: One of ``EXPRESSIONS``.
        model_label: What the program showed before: an expression or ``"unsure"``.
        model: File name of the network that showed it.
        model_sha256: Hash of its file; "" when unknown.
        source: Name of the video, photo or camera.
        source_hash: Hash of its content (:func:`trainer.inference.video_hash.video_hash`); for a
            camera a text that names the camera and the day.
        timestamp_ms: Time of the frame.
        person: Number of the person in that video.
        box: Left, top, right, bottom, pixels of the frame.
        date: When it was labelled, UTC, ISO 8601, to the second.
        key: Names the line.
    """

    face: Grey
    wide: Grey
    label: str
    model_label: str = ""
    model: str = ""
    model_sha256: str = ""
    source: str = ""
    source_hash: str = ""
    timestamp_ms: float = 0.0
    person: int = 0
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    date: str = ""
    key: str = ""

    @property
    def video(self) -> str:
        """What tells its video from others."""
        return self.source_hash or self.source

    @property
    def target(self) -> int:
        """Index of the label."""
        return EXPRESSIONS.index(self.label)

    @property
    def place(self) -> Place:
        """Where it was found."""
        return Place(self.video, self.timestamp_ms, self.box)

    def to_line(self) -> str:
        """Return it as JSON without a line break.

        Raises:
            ValueError: A picture has another shape, or the label is unknown.
        """
        if self.label not in EXPRESSIONS:
            raise ValueError(f"expected one of {EXPRESSIONS}, got {self.label!r}")
        values: dict[str, Any] = {"format": _FORMAT, "key": self.key, "label": self.label}
        for name in _TEXTS:
            values[name] = getattr(self, name)
        values["timestamp_ms"] = round(float(self.timestamp_ms), 4)
        values["person"] = int(self.person)
        values["box"] = [round(float(side), 2) for side in self.box]
        values["face"] = _packed(self.face, SIDE)
        values["wide"] = _packed(self.wide, WIDE_SIDE)
        return json.dumps(values, ensure_ascii=False)


_TEXTS = ("model_label", "model", "model_sha256", "source", "source_hash", "date")


def parse_line(line: bytes) -> Correction:
    """Return what :meth:`Correction.to_line` wrote.

    Raises:
        ValueError: It is something else, or damaged; the text says what.
    """
    if len(line) > _MOST_LINE:
        raise ValueError("it is too long")
    try:
        values = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ValueError("it is no JSON") from None
    if not isinstance(values, dict) or values.get("format") != _FORMAT:
        raise ValueError("it is of another format")
    texts: dict[str, Any] = {name: values.get(name) for name in (*_TEXTS, "key", "label")}
    if not all(isinstance(text, str) and len(text) < 2000 for text in texts.values()):
        raise ValueError("a text is missing")
    if texts["label"] not in EXPRESSIONS:
        raise ValueError("its label is unknown")
    if not texts["key"]:
        raise ValueError("its key is missing")
    numbers = [values.get("timestamp_ms"), values.get("person"), *_list(values.get("box"))]
    if len(numbers) != 6 or not all(_is_number(number) for number in numbers):
        raise ValueError("a number is missing")
    return Correction(
        face=_unpacked(values.get("face"), SIDE),
        wide=_unpacked(values.get("wide"), WIDE_SIDE),
        timestamp_ms=float(numbers[0]),
        person=int(numbers[1]),
        box=(float(numbers[2]), float(numbers[3]), float(numbers[4]), float(numbers[5])),
        **texts,
    )


def _packed(picture: Grey, side: int) -> str:
    if picture.shape != (side, side) or picture.dtype != np.uint8:
        raise ValueError(f"expected uint8 ({side}, {side}), got {picture.dtype} {picture.shape}")
    from PIL import Image  # late: every start of the window would wait for it

    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, "PNG")
    return base64.b64encode(stream.getvalue()).decode()


def _unpacked(text: Any, side: int) -> Grey:
    if not isinstance(text, str):
        raise ValueError("its picture is missing")
    from PIL import Image

    try:
        with Image.open(io.BytesIO(base64.b64decode(text, validate=True)), formats=("PNG",)) as png:
            if png.size != (side, side) or png.mode != "L":
                raise ValueError("its picture has another size")
            return np.asarray(png, np.uint8).copy()
    except ValueError as error:
        raise ValueError(f"its picture is damaged ({error})") from None
    except Exception as error:  # Pillow's decoder raises nearly everything on damaged files
        raise ValueError(f"its picture is damaged ({type(error).__name__})") from None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_number(value: Any) -> bool:
    return (
        isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e12
    )  # also refuses nan


def _overlap(a: Sequence[float], b: Sequence[float]) -> float:
    """Return intersection over union of two boxes."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both
    return both / union if union > 0 else 0.0
