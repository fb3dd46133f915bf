"""From a frame and a face in it to a :class:`Correction`, and from there to a network's input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.data.correction import SIDE, WIDE_FACTOR, WIDE_SIDE, Correction
from trainer.inference.crop import BOX_TO_CROP, crop_faces
from trainer.inference.types import Face, Frame
from trainer.preprocess import Preprocessing

_FACE = Preprocessing(input_size=SIDE)
_WIDE = Preprocessing(input_size=WIDE_SIDE, crop_margin=WIDE_FACTOR - 1.0)


@dataclass(frozen=True)
class Origin:
    """Where a frame comes from, and who showed what in it.

    Attributes:
        source: Name of the video, photo or camera.
        source_hash: Hash of its content; for a camera a text that names it and the day.
        model: File name of the network.
        model_sha256: Hash of its file.
    """

    source: str
    source_hash: str
    model: str = ""
    model_sha256: str = ""


def cut_correction(
    frame: Frame, face: Face, label: str, origin: Origin, *, person: int = 0
) -> Correction:
    """Cut a face out of a frame as the network sees it, and once more with its surroundings.

    Args:
        frame: The frame.
        face: A face in it.
        label: What it shows, one of ``EXPRESSIONS``.
        origin: Where the frame comes from.
        person: The person's number, where people were merged; 0 takes the face's.
    """
    box = np.asarray(face.xyxy, np.float32)[None]
    left, top, right, bottom = (float(value) for value in face.xyxy)
    return Correction(
        face=crop_faces(frame.image, box, None, _FACE)[0, 0],
        wide=crop_faces(frame.image, box, None, _WIDE)[0, 0],
        label=label,
        model_label=face.label,
        model=origin.model,
        model_sha256=origin.model_sha256,
        source=origin.source,
        source_hash=origin.source_hash,
        timestamp_ms=frame.timestamp_ms,
        person=person or face.tracker_id,
        box=(left, top, right, bottom),
    )


def faces_for(items: Sequence[Correction], preprocessing: Preprocessing) -> npt.NDArray[np.uint8]:
    """Return the faces as a network of this preset is given them by the Player.

    Args:
        items: The corrections.
        preprocessing: The network's preset; 48 pixels without a margin are the kept faces
            themselves, anything else is cut out of the wide pictures.

    Returns:
        uint8 (N, 1, S, S), S the preset's ``image_side``.
    """
    side = preprocessing.image_side
    if side == SIDE and preprocessing.crop_margin == 0.0:
        return np.stack([item.face for item in items])[:, None]
    # A box whose crop without a margin is the middle of the wide picture.
    half = WIDE_SIDE / WIDE_FACTOR / BOX_TO_CROP / 2
    middle = WIDE_SIDE / 2
    box = np.array([[middle - half] * 2 + [middle + half] * 2], np.float32)
    return np.concatenate([crop_faces(item.wide, box, None, preprocessing) for item in items])
