"""What subtitles and coding programs are given: named people and their episodes."""

from __future__ import annotations

import re
from dataclasses import replace

from trainer.inference.recording import Recording
from trainer.inference.recording_views import Episode, Person, episodes, persons
from trainer.inference.types import UNSURE

# XML 1.0 allows no other control characters, and none of the formats needs them.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def shown_episodes(recording: Recording, person: int) -> list[Episode]:
    """Return the person's episodes with an expression; unsure ones are left out."""
    return [episode for episode in episodes(recording, person) if episode.label != UNSURE]


def tiers(recording: Recording) -> list[tuple[str, Person, list[Episode]]]:
    """Return everybody under a name of their own, with their episodes in the file's time."""
    taken: set[str] = set()
    found = []
    for person in persons(recording):
        name = wanted = clean(person.name) or f"P{person.number}"
        number = 1
        while name in taken:
            number += 1
            name = f"{wanted} ({number})"
        taken.add(name)
        stretches = [
            replace(
                episode,
                start_ms=file_ms(recording, episode.start_ms),
                end_ms=file_ms(recording, episode.end_ms),
            )
            for episode in shown_episodes(recording, person.number)
        ]
        found.append((name, person, stretches))
    return found


def file_ms(recording: Recording, timestamp_ms: float) -> float:
    """Return when other programs show a moment (:mod:`trainer.inference.media_time`)."""
    return timestamp_ms + recording.info.start_ms


def clean(text: str) -> str:
    """Return text on one line without characters that no file format holds."""
    return " ".join(_CONTROL.sub("", text).split())


def whole_ms(episode: Episode) -> tuple[int, int]:
    """Return begin and end in whole milliseconds; neighbours touch and never overlap."""
    start = max(0, round(episode.start_ms))
    return start, max(start, round(episode.end_ms))
