"""What can be said against a single image, as bits that a table can filter by."""

from __future__ import annotations

import enum


class Flag(enum.IntFlag):
    """Remarks on an image; several may hold at once.

    They are remarks on pictures and labels, never on the people shown.

    Attributes:
        EXACT_REPEAT: Pixel for pixel the same as an earlier image of its split.
        NEAR_REPEAT: Almost the same as an earlier image of its split (compressed again,
            brightened, mirrored), but not pixel for pixel.
        LEAK: The same or almost the same picture also stands in another split.
        BLANK: Nothing to see: all pixels have nearly one value.
        DARK: Very dark.
        BLURRED: Hardly any fine detail for its contrast.
        NO_FACE: The face detector found no face; it also misses some faces.
        NO_MAJORITY: No answer got more than half of the human votes.
        TIE: Two or more answers share the most human votes.
        SUSPECTED: The label may be wrong, by predictions of a network that had not seen
            the image.
        RELABELLED: The user gave it another label.
        EXCLUDED: The user left it out.
    """

    EXACT_REPEAT = 1 << 0
    NEAR_REPEAT = 1 << 1
    LEAK = 1 << 2
    BLANK = 1 << 3
    DARK = 1 << 4
    BLURRED = 1 << 5
    NO_FACE = 1 << 6
    NO_MAJORITY = 1 << 7
    TIE = 1 << 8
    SUSPECTED = 1 << 9
    RELABELLED = 1 << 10
    EXCLUDED = 1 << 11


FLAG_TEXTS: dict[Flag, str] = {
    Flag.EXACT_REPEAT: "exact repeat",
    Flag.NEAR_REPEAT: "near repeat",
    Flag.LEAK: "also in another split",
    Flag.BLANK: "blank",
    Flag.DARK: "very dark",
    Flag.BLURRED: "blurred",
    Flag.NO_FACE: "no face found by the detector",
    Flag.NO_MAJORITY: "no majority among the votes",
    Flag.TIE: "tied votes",
    Flag.SUSPECTED: "suspected label error",
    Flag.RELABELLED: "relabelled",
    Flag.EXCLUDED: "excluded",
}
"""Short English text of every flag, for the command line."""
