"""Faces in a frame: YuNet by default, OpenCV's Haar cascade as the classic choice."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from trainer._cv2 import cv2
from trainer.errors import WeightsError
from trainer.inference.types import Detections
from trainer.inference.yunet import YuNet

Image = npt.NDArray[np.uint8]

DETECTORS: tuple[str, ...] = ("yunet", "haar")
"""Names for :func:`create_detector`."""

SMALL_SOURCE_SIDE = 1280
"""Frames up to this longest side are searched at ``SMALL_LONG_SIDE``, larger ones at
``LARGE_LONG_SIDE``. Measured on a 1080p clip with up to 8 faces, mean faces found (ms, one
thread, OpenCV): 320: 3.4 (3), 480: 5.2 (7), 640: 6.4 (12), 800: 7.0 (19), 960: 7.7 (27),
1024: 7.8 (30), 1280: 7.8 (49)."""
SMALL_LONG_SIDE = 640
LARGE_LONG_SIDE = 960

SECOND_LOOK_SIDE = 384
"""A frame without a face is searched again this small (1.7 ms): a face that fills a large
picture is missed at the sizes above."""


class Detector(Protocol):
    """Finds faces in one frame."""

    name: str

    def detect(self, frame_bgr: Image) -> Detections:
        """Return the faces of a BGR uint8 (H, W, 3) frame, boxes in its pixels."""


def create_detector(
    name: str = "yunet", *, score_threshold: float = 0.6, threads: int = 1
) -> Detector:
    """Return a detector by its name in ``DETECTORS``; ValueError for another name."""
    if name == "yunet":
        return YuNetDetector(score_threshold=score_threshold, threads=threads)
    if name == "haar":
        return HaarDetector()
    raise ValueError(f"the detector must be one of {', '.join(DETECTORS)}, got {name!r}")


def shrink(image: Image, long_side: int) -> tuple[Image, float]:
    """Scale ``image`` down so that its longer side is ``long_side``; never up.

    Whole factors by area (OpenCV is ten times faster at them), the rest linearly.

    Returns:
        The image and the factor from its pixels to those of the original.
    """
    height, width = image.shape[:2]
    longest = max(height, width)
    if longest <= long_side:
        return image, 1.0
    whole = longest // long_side
    if whole > 1:
        size = (max(1, width // whole), max(1, height // whole))
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    scale = longest / long_side
    size = (max(1, round(width / scale)), max(1, round(height / scale)))
    if (image.shape[1], image.shape[0]) != size:
        image = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)
    return image, scale


class YuNetDetector:
    """YuNet with the frame scaled down first.

    Attributes:
        score_threshold: Boxes below this confidence (0..1) are left out.
        long_side: Pixels the longer side is scaled to, or None for the policy above.
    """

    name = "yunet"

    def __init__(
        self,
        *,
        score_threshold: float = 0.6,
        long_side: int | None = None,
        weights: Path | None = None,
        threads: int = 1,
    ) -> None:
        """Load the network; WeightsError when its file is missing or damaged."""
        self.score_threshold = score_threshold
        self.long_side = long_side
        self._network = YuNet(weights, threads=threads)

    def detect(self, frame_bgr: Image) -> Detections:
        """Return the faces of a BGR uint8 (H, W, 3) frame, boxes in its pixels."""
        longest = max(frame_bgr.shape[:2])
        policy = SMALL_LONG_SIDE if longest <= SMALL_SOURCE_SIDE else LARGE_LONG_SIDE
        found, scale = self._search(frame_bgr, self.long_side or policy)
        if not len(found) and max(frame_bgr.shape[:2]) > SECOND_LOOK_SIDE:
            found, scale = self._search(frame_bgr, SECOND_LOOK_SIDE)
        if scale == 1.0 or not len(found):
            return found
        factor = np.float32(scale)
        landmarks = None if found.landmarks is None else found.landmarks * factor
        return Detections(found.xyxy * factor, found.scores, landmarks)

    def _search(self, frame_bgr: Image, long_side: int) -> tuple[Detections, float]:
        small, scale = shrink(frame_bgr, long_side)
        return self._network.detect(small, self.score_threshold), scale


class HaarDetector:
    """Viola and Jones's cascade of 2001: frontal faces, many misses, no landmarks.

    Its square reaches from the brows to the chin. On 194 faces that both detectors found
    in the test clips, YuNet's box was 0.815 wide and 1.165 high (in sides of the square)
    and its centre lay 0.036 lower; boxes are given in that form so that everything after
    the detector sees the same framing.
    """

    name = "haar"
    long_side = 640
    _WIDTH, _HEIGHT, _SHIFT_Y = 0.815, 1.165, 0.036
    _FULL_WEIGHT = 8.0  # the cascade's weight of a clear face (median of hits: 6.8)

    def __init__(self, *, min_side: int = 24) -> None:
        """Load OpenCV's own cascade file; WeightsError when the installation lacks it."""
        self._min_side = min_side
        path = Path(cv2.data.haarcascades) / "haarcascade_frontalface_default.xml"
        self._cascade = cv2.CascadeClassifier()
        try:
            # By content: OpenCV cannot open every path on Windows.
            storage = cv2.FileStorage(
                path.read_text(encoding="utf-8"),
                cv2.FILE_STORAGE_READ | cv2.FILE_STORAGE_MEMORY,
            )
            loaded = self._cascade.read(storage.getFirstTopLevelNode())
        except (OSError, cv2.error):
            loaded = False
        if not loaded:
            raise WeightsError(
                f"The Haar cascade {path} is missing; install opencv-python 4 again."
            )

    def detect(self, frame_bgr: Image) -> Detections:
        """Return the faces of a BGR uint8 (H, W, 3) frame, boxes in its pixels."""
        small, scale = shrink(frame_bgr, self.long_side)
        grey = cv2.equalizeHist(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY))
        side = self._min_side
        squares, _, weights = self._cascade.detectMultiScale3(
            grey, 1.15, 5, minSize=(side, side), outputRejectLevels=True
        )
        if not len(squares):
            return Detections.empty()
        boxes = np.asarray(squares, np.float32)
        sides = boxes[:, 2:3]
        shift = np.array([[0.0, self._SHIFT_Y]], np.float32)
        centre = boxes[:, :2] + boxes[:, 2:] / 2 + sides * shift
        half = sides * np.array([[self._WIDTH / 2, self._HEIGHT / 2]], np.float32)
        xyxy = np.concatenate([centre - half, centre + half], axis=1) * np.float32(scale)
        scores = np.clip(np.ravel(weights) / self._FULL_WEIGHT, 0.05, 1.0).astype(np.float32)
        return Detections(xyxy, scores)
