"""Where the labels of faces go, so that a crowd stays readable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QRectF

_MARGIN = 2.0


@dataclass(frozen=True)
class LabelChoice:
    """A wording of a label and its size in painter pixels."""

    text: str
    width: float
    height: float


@dataclass(frozen=True)
class PlacedLabel:
    """The wording chosen and where it is drawn."""

    text: str
    rect: QRectF


def label_rect(box: QRectF, width: float, height: float, frame: QRectF) -> QRectF:
    """Place a label above its box, else inside it, and always inside the frame."""
    top = box.top() - height - _MARGIN
    if top < frame.top():
        top = max(frame.top(), box.top() + _MARGIN)
    left = min(max(box.left(), frame.left()), max(frame.left(), frame.right() - width))
    top = min(top, max(frame.top(), frame.bottom() - height))
    return QRectF(left, top, width, height)


def place_labels(
    boxes: Sequence[QRectF], choices: Sequence[Sequence[LabelChoice]], frame: QRectF
) -> list[PlacedLabel]:
    """Find a place for each label that covers no other label and, if possible, no other face.

    Args:
        boxes: The faces; the first ones choose first.
        choices: For each face the wordings from long to short.
        frame: Where labels may be.
    """
    placed: list[PlacedLabel] = []
    for index, box in enumerate(boxes):
        others = [*boxes[:index], *boxes[index + 1 :]]
        placed.append(_place(box, choices[index], frame, others, [label.rect for label in placed]))
    return placed


def _place(
    box: QRectF,
    choices: Sequence[LabelChoice],
    frame: QRectF,
    faces: Sequence[QRectF],
    labels: Sequence[QRectF],
) -> PlacedLabel:
    candidates = [
        PlacedLabel(choice.text, rect)
        for choice in choices
        for rect in _places(box, choice.width, choice.height, frame)
    ]
    apart = [
        label for label in candidates if not any(label.rect.intersects(rect) for rect in labels)
    ]
    for label in apart:
        if not any(label.rect.intersects(face) for face in faces):
            return label
    # No free place: rather over a face than over a label, and then as short as can be.
    return apart[-1] if apart else candidates[-1]


def _places(box: QRectF, width: float, height: float, frame: QRectF) -> Iterator[QRectF]:
    """Yield places above, below and beside the box, the usual one first."""
    yield label_rect(box, width, height, frame)
    tops = (box.top() - height - _MARGIN, box.bottom() + _MARGIN)
    for left, top in (
        (box.right() - width, tops[0]),
        (box.left(), tops[1]),
        (box.right() - width, tops[1]),
        (box.right() + _MARGIN, box.center().y() - height / 2),
        (box.left() - width - _MARGIN, box.center().y() - height / 2),
    ):
        rect = QRectF(left, top, width, height)
        if frame.contains(rect):
            yield rect
