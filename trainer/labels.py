"""Expression classes: one internal order, and the names other data sets use for them.

Order and spelling are those of FER2013 (Goodfellow et al., 2013) as Py-Feat writes them.
Classes are always mapped by name, never by number, because every data set numbers them
differently.
"""

from __future__ import annotations

from collections.abc import Sequence

EXPRESSIONS: tuple[str, ...] = (
    "anger",
    "disgust",
    "fear",
    "happiness",
    "sadness",
    "surprise",
    "neutral",
)
"""The seven classes in FER2013's order: index 0 is anger, 6 is neutral."""

SPLITS: tuple[str, ...] = ("train", "val", "test")
"""Split names in the order of their codes 0, 1, 2."""

FER2013_USAGE: dict[str, str] = {
    "training": "train",
    "publictest": "val",
    "privatetest": "test",
}
"""FER2013's ``Usage`` column, lower case, to our split names."""

CONTEMPT = "contempt"
"""The eighth class of FER+, CK+ and AffectNet: used only where it is asked for."""

_ALIASES: dict[str, str] = {
    "angry": "anger",
    "disgusted": "disgust",
    "afraid": "fear",
    "fearful": "fear",
    "scared": "fear",
    "happy": "happiness",
    "joy": "happiness",
    "sad": "sadness",
    "surprised": "surprise",
    "suprise": "surprise",
    "calm": "neutral",
    "neutrality": "neutral",
}


def canonical_name(name: str) -> str | None:
    """Return our name of a class (``"Happy"`` gives ``"happiness"``), or None if unknown."""
    key = name.strip().lower()
    if key in EXPRESSIONS:
        return key
    return _ALIASES.get(key)


def canonical_indices(
    class_names: Sequence[str], wanted: Sequence[str] = EXPRESSIONS
) -> list[int]:
    """Return for each of ``wanted`` its column in ``class_names``.

    Args:
        class_names: As a network or a table names them.
        wanted: Our names: the seven, or with contempt eight.

    Raises:
        ValueError: A class is missing or named twice.
    """
    found: dict[str, int] = {}
    for index, name in enumerate(class_names):
        canonical = CONTEMPT if name.strip().lower() == CONTEMPT else canonical_name(name)
        if canonical is None:
            continue
        if canonical in found:
            raise ValueError(f"class {canonical!r} is named twice in {list(class_names)}")
        found[canonical] = index
    missing = [name for name in wanted if name not in found]
    if missing:
        raise ValueError(f"classes {', '.join(missing)} are missing in {list(class_names)}")
    return [found[name] for name in wanted]
