"""The columns of a recording, and what it says about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from trainer.inference.columns import Spec

FRAME_SPEC: Spec = {
    "frame_index": (np.int32, ()),
    "timestamp_ms": (np.float64, ()),
    "first_face": (np.int64, ()),
    "face_count": (np.int16, ()),
    "detector_ran": (np.bool_, ()),
}

DETECTED, CLASSIFIED = 1, 2
"""Bits of a face's ``flags``."""


def face_spec(classes: int) -> Spec:
    """Return the columns of the faces.

    ``frame`` is the row of the frame (-1: the face was replaced), ``raw`` and ``steady``
    are probabilities, ``label`` the shown class (-1: unsure), ``quality`` an index into
    ``QUALITIES``.
    """
    return {
        "frame": (np.int32, ()),
        "track": (np.int32, ()),
        "xyxy": (np.float32, (4,)),
        "score": (np.float32, ()),
        "raw": (np.float32, (classes,)),
        "steady": (np.float32, (classes,)),
        "label": (np.int8, ()),
        "quality": (np.uint8, ()),
        "flags": (np.uint8, ()),
    }


@dataclass(frozen=True)
class RecordingInfo:
    """What a recording belongs to and how it was made.

    Attributes:
        class_names: Classes in the order of every row of probabilities.
        width: Pixels of a frame, upright.
        height: Pixels of a frame, upright.
        duration_ms: Length of the video; 0.0 when unknown (camera, photo).
        fps: Average frames per second; 0.0 when unknown.
        video_name: File name of the video.
        video_hash: See :func:`trainer.inference.video_hash.video_hash`; "" for a camera.
        unsure_threshold: A confidence below it is shown as unsure.
        model: File name of the network.
        model_sha256: Hash of the network's file, hex.
        settings: JSON-able settings of the pipeline.
        start_ms: When other programs show the first picture, whose time is 0 here
            (:mod:`trainer.inference.media_time`).
    """

    class_names: tuple[str, ...]
    width: int = 0
    height: int = 0
    duration_ms: float = 0.0
    fps: float = 0.0
    video_name: str = ""
    video_hash: str = ""
    unsure_threshold: float = 0.0
    model: str = ""
    model_sha256: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    start_ms: float = 0.0
