"""Plain results of the inference pipeline: validated arrays, no drawing, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]

UNSURE = "unsure"
"""Shown instead of an expression whose confidence is below the model's threshold."""

LOW_CONFIDENCE = "low confidence"
"""``Face.reason`` of a face that can be seen well but whose expression is unsure."""


@dataclass(frozen=True)
class Detections:
    """Faces found in one frame.

    Attributes:
        xyxy: float32 (N, 4), left, top, right, bottom in pixels of the frame; may reach
            outside the frame where a face is cut off.
        scores: float32 (N,), the detector's confidence in 0..1.
        landmarks: float32 (N, 5, 2) in pixels (right eye, left eye, nose tip, right and
            left mouth corner, as YuNet orders them), or None when the detector has none.
    """

    xyxy: FloatArray
    scores: FloatArray
    landmarks: FloatArray | None = None

    def __post_init__(self) -> None:
        count = len(self.scores)
        if self.xyxy.shape != (count, 4):
            raise ValueError(f"expected xyxy ({count}, 4), got {self.xyxy.shape}")
        if self.landmarks is not None and self.landmarks.shape != (count, 5, 2):
            raise ValueError(f"expected landmarks ({count}, 5, 2), got {self.landmarks.shape}")

    def __len__(self) -> int:
        return len(self.scores)

    @classmethod
    def empty(cls) -> Detections:
        """No face."""
        return cls(np.zeros((0, 4), np.float32), np.zeros(0, np.float32))


@dataclass(frozen=True)
class Face:
    """One face of a frame with its expression.

    Attributes:
        tracker_id: Stable number of the person within a video, from 1.
        xyxy: float32 (4,), box in pixels of the frame.
        score: The detector's confidence in 0..1 (carried over while the tracker bridges).
        probs: float32 (C,), smoothed probabilities in the order of the class names.
        probs_raw: float32 (C,), the network's probabilities of this frame alone.
        expression: Name of the shown class (after hysteresis), or ``"unsure"``.
        confidence: Probability of the winning class in ``probs``.
        detected: False when the box was carried by the tracker, not found in this frame.
        quality: ``"ok"``, or why the face should not be trusted (``"small"``, ``"dark"``,
            ``"blurred"``, ``"turned"``, ``"cut off"``).
        classified: False when the network did not look at the face in this frame (hidden,
            or the caller was late): ``probs`` and ``probs_raw`` are those of before.
        corrected: The user said what it shows: ``expression`` is not the network's.
    """

    tracker_id: int
    xyxy: FloatArray
    score: float
    probs: FloatArray
    probs_raw: FloatArray
    expression: str
    confidence: float
    detected: bool = True
    quality: str = "ok"
    classified: bool = True
    corrected: bool = False

    @property
    def reason(self) -> str:
        """Why no expression is shown: the quality, ``LOW_CONFIDENCE``, or "" when one is."""
        if self.quality != "ok":
            return self.quality
        return LOW_CONFIDENCE if self.expression == UNSURE else ""

    @property
    def label(self) -> str:
        """The expression to show, ``UNSURE`` whenever there is a reason not to."""
        return UNSURE if self.reason else self.expression

    def __post_init__(self) -> None:
        if self.xyxy.shape != (4,):
            raise ValueError(f"expected xyxy (4,), got {self.xyxy.shape}")
        if self.probs.ndim != 1 or self.probs.shape != self.probs_raw.shape:
            raise ValueError(
                f"expected equal vectors, got {self.probs.shape} and {self.probs_raw.shape}"
            )


@dataclass(frozen=True)
class FrameResult:
    """Everything known about one frame.

    Attributes:
        frame_index: 0-based number of the frame in decoding order.
        timestamp_ms: Presentation time from the start of the video, milliseconds.
        faces: Faces from left to right; empty when there is none.
        class_names: Classes in the order of every ``probs``.
        detector_ran: False when this frame's boxes come from the tracker alone.
        latency_ms: Milliseconds by stage: ``detect``, ``track``, ``classify``, ``total``.
    """

    frame_index: int
    timestamp_ms: float
    faces: tuple[Face, ...]
    class_names: tuple[str, ...]
    detector_ran: bool = True
    latency_ms: dict[str, float] = field(default_factory=dict)

    @property
    def is_unsearched(self) -> bool:
        """Whether no face is known only because none was looked for."""
        return not self.faces and not self.detector_ran


@dataclass(frozen=True)
class Frame:
    """A decoded frame.

    Attributes:
        image: uint8 (H, W, 3), BGR, already turned upright by the file's rotation.
        frame_index: 0-based number in decoding order.
        timestamp_ms: Presentation time from the start of the video, milliseconds.
    """

    image: npt.NDArray[np.uint8]
    frame_index: int
    timestamp_ms: float
