"""From a source's class names to ours.

Names are mapped by name. Numbers are mapped only where a data set's own layout says which one
it is, or the user does: FER2013, RAF-DB and AffectNet number the same classes differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from trainer.errors import DataError
from trainer.labels import CONTEMPT, EXPRESSIONS, canonical_name

FER2013_NUMBERS: dict[str, str] = {str(index): name for index, name in enumerate(EXPRESSIONS)}
"""0 anger ... 6 neutral."""

RAF_DB_NUMBERS: dict[str, str] = {
    "1": "surprise",
    "2": "fear",
    "3": "disgust",
    "4": "happiness",
    "5": "sadness",
    "6": "anger",
    "7": "neutral",
}
"""RAF-DB's basic classes (Li et al., "Reliable Crowdsourcing and Deep Locality-Preserving
Learning for Expression Recognition in the Wild", 2017)."""

AFFECTNET_NUMBERS: dict[str, str | None] = {
    "0": "neutral",
    "1": "happiness",
    "2": "sadness",
    "3": "surprise",
    "4": "fear",
    "5": "disgust",
    "6": "anger",
    "7": None,  # contempt
    "8": None,  # none
    "9": None,  # uncertain
    "10": None,  # no face
}
"""AffectNet's classes (Mollahosseini et al., "AffectNet", 2017); 7 is contempt."""

NUMBERINGS: dict[str, Mapping[str, str | None]] = {
    "fer2013": FER2013_NUMBERS,
    "raf-db": RAF_DB_NUMBERS,
    "affectnet": AFFECTNET_NUMBERS,
}
"""Numberings that a user can name instead of writing a class map."""

_AROUND = re.compile(r"^\d+[\s._-]+|[\s._-]+(?:\d+|faces?|images?)$", re.IGNORECASE)


def known_name(text: str) -> str | None:
    """Return our name of a class as a folder is called (``"0_Angry"``), contempt too, or None."""
    plain = _AROUND.sub("", text.strip()).strip().lower()
    return CONTEMPT if plain == CONTEMPT else canonical_name(plain)


def default_map(names: Iterable[str]) -> dict[str, str | None]:
    """Map names by name; contempt, numbers and unknown names get None."""
    found = {name: known_name(name) for name in names}
    return {name: None if ours == CONTEMPT else ours for name, ours in found.items()}


def chosen_map(
    default: Mapping[str, str | None], asked: Mapping[str, str | None] | None
) -> dict[str, str | None]:
    """Return the default with what the user asked for put over it.

    Raises:
        DataError: A class was asked for that Mien does not have.
    """
    chosen = dict(default)
    for theirs, wanted in (asked or {}).items():
        ours = None if wanted is None else known_name(wanted)
        if wanted is not None and ours is None:
            raise DataError(
                f"'{theirs}' cannot become '{wanted}': Mien's classes are "
                f"{', '.join(EXPRESSIONS)} and {CONTEMPT}."
            )
        chosen[theirs] = ours
    return chosen


def class_indices(chosen: Mapping[str, str | None]) -> tuple[tuple[str, ...], dict[str, int]]:
    """Return our class names, and the index of each of *their* names, -1 for those left out.

    Contempt comes last, and only when something is mapped to it.
    """
    names = (*EXPRESSIONS, CONTEMPT) if CONTEMPT in chosen.values() else EXPRESSIONS
    return names, {
        theirs: -1 if ours is None else names.index(ours) for theirs, ours in chosen.items()
    }
