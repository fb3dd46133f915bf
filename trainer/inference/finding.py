"""Which of the places that a detector offers count as faces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FindingSettings:
    """What has to be true of a face.

    Attributes:
        score_threshold: The detector is at least so sure of it, between 0 and 1.
        min_face: Its longer side has at least so many pixels of the frame.
    """

    score_threshold: float = 0.6
    min_face: float = 16.0

    def __post_init__(self) -> None:
        if not 0 < self.score_threshold < 1:
            raise ValueError(f"score_threshold must lie in 0..1, got {self.score_threshold}")
        if not 0 <= self.min_face < float("inf"):
            raise ValueError(f"min_face must be 0 or more, got {self.min_face}")
