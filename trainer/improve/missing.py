"""What must be corrected before a model can be improved and judged."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.data.correction import Correction
from trainer.data.correction_units import VIDEOS, unit_numbers

FEWEST = 12
"""Corrections that are needed."""


def what_is_missing(items: Sequence[Correction]) -> str:
    """Return in one sentence what must be corrected before it is worth it; "" when nothing."""
    if len(items) < FEWEST:
        return (
            f"There are {len(items)} corrections; at least {FEWEST} from two videos or people are "
            "needed, so that some can be held out."
        )
    units, kind = unit_numbers(items)
    if kind != VIDEOS and int(units.max()) == 0:
        return (
            "All corrections are of one person in one video, and its frames are too alike to judge "
            "by; correct faces of a second video or person."
        )
    return ""
