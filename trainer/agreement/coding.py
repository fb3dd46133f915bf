"""What a person coded in a video: stretches of time with a label, tier by tier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from trainer.labels import EXPRESSIONS, canonical_name

_MORE_NAMES: dict[str, str] = {
    "an": "anger",
    "di": "disgust",
    "fe": "fear",
    "ha": "happiness",
    "sa": "sadness",
    "su": "surprise",
    "ne": "neutral",
    "happyness": "happiness",
    "joyful": "happiness",
    "smile": "happiness",
    "frightened": "fear",
    "neutral face": "neutral",
    "生气": "anger",
    "愤怒": "anger",
    "厌恶": "disgust",
    "恐惧": "fear",
    "害怕": "fear",
    "高兴": "happiness",
    "开心": "happiness",
    "快乐": "happiness",
    "悲伤": "sadness",
    "难过": "sadness",
    "惊讶": "surprise",
    "中性": "neutral",
    "平静": "neutral",
}


@dataclass(frozen=True)
class Segment:
    """One stretch.

    Attributes:
        start_ms: When it begins, milliseconds of the video.
        end_ms: When it ends, not included.
        label: As the coder wrote it.
    """

    start_ms: float
    end_ms: float
    label: str


@dataclass(frozen=True)
class Tier:
    """The stretches of one coder or one person, in order of time.

    Attributes:
        name: ELAN's tier, BORIS's subject, or "" where there is only one.
        segments: In order of their beginning.
    """

    name: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Coding:
    """A coding file.

    Attributes:
        path: Where it was read.
        kind: ``"elan"``, ``"boris"`` or ``"csv"``.
        tiers: At least one, each with at least one segment.
        notes: Sentences about what was left out while reading.
    """

    path: Path
    kind: str
    tiers: tuple[Tier, ...]
    notes: tuple[str, ...] = ()

    def moved(self, by_ms: float) -> Coding:
        """Return it with all stretches later by some milliseconds, from one clock to another."""
        return replace(
            self,
            tiers=tuple(
                Tier(
                    tier.name,
                    tuple(
                        Segment(part.start_ms + by_ms, part.end_ms + by_ms, part.label)
                        for part in tier.segments
                    ),
                )
                for tier in self.tiers
            ),
        )


def expression_of(label: str) -> int | None:
    """Return the place in ``EXPRESSIONS`` that a coder's word means, or None.

    Case, spaces around it and a number or sign before or behind do not matter
    (``"1 Happy"``, ``"sad_2"``).
    """
    word = label.strip().casefold().strip("0123456789_-.:;()[] \t")
    name = canonical_name(word) or _MORE_NAMES.get(word)
    return None if name is None else EXPRESSIONS.index(name)


def left_out(segments: Iterable[Segment]) -> str:
    """Return a sentence about labels that are none of the seven; "" when there are none."""
    seconds: dict[str, float] = {}
    for segment in segments:
        if expression_of(segment.label) is None:
            length = (segment.end_ms - segment.start_ms) / 1000
            seconds[segment.label] = seconds.get(segment.label, 0.0) + length
    if not seconds:
        return ""
    longest = sorted(seconds, key=lambda label: -seconds[label])
    names = ", ".join(f"“{label.strip() or ' '}”" for label in longest[:6])
    more = f" and {len(longest) - 6} more" if len(longest) > 6 else ""
    total = sum(seconds.values())
    what = "Labels that are none of the seven expressions are left out"
    return f"{what}: {names}{more} ({total:.1f} s)."


def tiers_of(rows: Iterable[tuple[str, Segment]]) -> tuple[Tier, ...]:
    """Gather segments by tier, in the order in which tiers appear; empty stretches are dropped."""
    found: dict[str, list[Segment]] = {}
    for name, segment in rows:
        if segment.end_ms > segment.start_ms:
            found.setdefault(name, []).append(segment)
    return tuple(
        Tier(name, tuple(sorted(segments, key=lambda s: (s.start_ms, s.end_ms))))
        for name, segments in found.items()
    )
