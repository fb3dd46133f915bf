"""What a check of a data set found, as windows pass it around."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from trainer.data.findings import Findings
from trainer.data.flags import Flag
from trainer.data.label_errors import LabelErrors

Probs = npt.NDArray[np.float32]


class Check(enum.Enum):
    """One thing to look for."""

    EXACT = "exact"
    NEAR = "near"
    LEAK = "leak"
    CONFLICT = "conflict"
    BLANK = "blank"
    DARK = "dark"
    BLURRED = "blurred"
    NO_FACE = "no_face"
    SUSPECTED = "suspected"
    AGAINST_VOTES = "against_votes"
    NO_MAJORITY = "no_majority"
    TIE = "tie"
    LOW_AGREEMENT = "low_agreement"


PAIR_CHECKS = (Check.EXACT, Check.NEAR, Check.LEAK, Check.CONFLICT)
VOTE_CHECKS = (Check.AGAINST_VOTES, Check.NO_MAJORITY, Check.TIE, Check.LOW_AGREEMENT)


@dataclass(frozen=True)
class CheckResult:
    """What was found in one data set, and how.

    Attributes:
        findings: What was found.
        faces_checked: Somebody looked for images without a face.
        probs: float32 (N, classes), the probabilities behind the suspected label errors, NaN
            rows where an image was not judged; None before anybody looked.
        labels_version: Version of the corrections with which they were looked for.
    """

    findings: Findings
    faces_checked: bool = False
    probs: Probs | None = None
    labels_version: str = ""

    def with_label_errors(self, errors: LabelErrors, probs: Probs, version: str) -> CheckResult:
        """Return a copy with these suspected label errors."""
        found = self.findings.with_label_errors(errors)
        return replace(self, findings=found, probs=probs, labels_version=version)

    def with_faces(self, seen: npt.NDArray[np.bool_]) -> CheckResult:
        """Return a copy that knows which images show a face, bool (N,)."""
        flags = self.findings.flags & ~np.uint32(Flag.NO_FACE)
        flags[~seen] |= np.uint32(Flag.NO_FACE)
        return replace(self, findings=replace(self.findings, flags=flags), faces_checked=True)


@dataclass(frozen=True)
class CheckRow:
    """A line of the list of checks.

    Attributes:
        check: What is looked for.
        open: Images (pairs of them for repeats) that are not excluded; None before anybody
            looked, or when it cannot be looked for.
        settled: Those of which an image is excluded.
        available: The data set holds what the check needs.
    """

    check: Check
    open: int | None
    settled: int = 0
    available: bool = True


@dataclass(frozen=True)
class Suggestion:
    """Another label for an image.

    Attributes:
        target: Class.
        share: Probability or share of the votes, 0..1.
        from_votes: People said so, not a network.
    """

    target: int
    share: float
    from_votes: bool


@dataclass(frozen=True)
class ReviewScore:
    """How a review stands.

    Attributes:
        total: Images to review.
        reviewed: Those looked at.
        judged: Reviewed images with a suggestion.
        agreed: Those that carry the suggested label now.
    """

    total: int
    reviewed: int
    judged: int
    agreed: int
