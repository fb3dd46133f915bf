"""Which tier of a coding belongs to which person of a video."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.agreement.coding import Coding, Tier, expression_of
from trainer.agreement.tracks import LabelTrack
from trainer.errors import DataError


def choose_tier(coding: Coding, name: str | None = None) -> Tier:
    """Return the tier of this name, or the one that codes expressions for longest.

    Raises:
        DataError: There is no such tier.
    """
    if name is None:
        return max(coding.tiers, key=_coded_ms)
    for tier in coding.tiers:
        if tier.name.casefold() == name.casefold():
            return tier
    names = ", ".join(repr(tier.name) for tier in coding.tiers)
    raise DataError(f"There is no tier {name!r} in {coding.path.name}; it has {names}.")


def choose_track(
    tracks: Sequence[LabelTrack], name: str | None = None, tier: Tier | None = None
) -> LabelTrack:
    """Return the person of this name, or of the tier's name, or who was seen longest.

    Raises:
        DataError: There is no such person.
    """
    by_name = {track.name.casefold(): track for track in tracks}
    if name is not None:
        found = by_name.get(name.casefold()) or by_name.get(f"p{name}".casefold())
        if found is None:
            names = ", ".join(track.name for track in tracks)
            raise DataError(f"There is no person {name!r} in the results; there are {names}.")
        return found
    if tier is not None and tier.name.casefold() in by_name:
        return by_name[tier.name.casefold()]
    return tracks[0]


def _coded_ms(tier: Tier) -> float:
    return sum(s.end_ms - s.start_ms for s in tier.segments if expression_of(s.label) is not None)
