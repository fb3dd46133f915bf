"""Faces of a photo, found and cut out as the Player does it, for data sets made of photos."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from trainer._cv2 import cv2
from trainer.inference.crop import crop_faces
from trainer.inference.detector import Detector, create_detector
from trainer.preprocess import Preprocessing

_SMALL_SIDE = 256
"""Photos below this longer side are enlarged to it: the detector was made for whole pictures."""

_MARGIN = 0.25
"""Grey edge around an enlarged photo, in its sides: small ones are often nothing but a face."""


def make_face_finder() -> PhotoFaces:
    """Return what :func:`trainer.data.load_dataset` takes as ``find_faces``."""
    return PhotoFaces()


class PhotoFaces:
    """Finds the faces of a photo; the detector is loaded when the first photo comes."""

    def __init__(self, preprocessing: Preprocessing | None = None) -> None:
        """Cut as for a network with this preprocessing, by default that of FER2013's size."""
        self._preprocessing = preprocessing or Preprocessing()
        self._detector: Detector | None = None

    def __call__(self, photo: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """Return the faces from left to right.

        Args:
            photo: uint8 (H, W, 3), BGR, upright.

        Returns:
            uint8 (M, 48, 48), grey.

        Raises:
            WeightsError: The detector's file is missing or damaged.
        """
        if self._detector is None:
            self._detector = create_detector()
        small = max(photo.shape[:2]) < _SMALL_SIDE
        frame = _enlarged(photo) if small else photo
        found = self._detector.detect(frame)
        boxes = found.xyxy[np.argsort(found.xyxy[:, 0], kind="stable")]
        return crop_faces(frame, boxes, None, self._preprocessing)[:, 0]


def _enlarged(frame: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    scale = _SMALL_SIDE / max(frame.shape[:2])
    size = (max(1, round(frame.shape[1] * scale)), max(1, round(frame.shape[0] * scale)))
    large = cv2.resize(frame, size, interpolation=cv2.INTER_CUBIC)
    edge = round(_SMALL_SIDE * _MARGIN)
    grey = [int(frame.mean())] * 3
    framed = cv2.copyMakeBorder(large, *[edge] * 4, cv2.BORDER_CONSTANT, value=grey)
    return np.asarray(framed, np.uint8)
