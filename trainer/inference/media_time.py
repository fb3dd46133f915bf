"""Two clocks of a video: Mien counts from the first picture, others from the start of the file.

A file's sound may begin before its first picture (a picture track put late by an edit list, a
transport stream cut in the middle). Media players take the start of the file, that of its
earliest track, as time 0: mpv moves it to 00:00:00 unless told otherwise
(``--rebase-start-time``), and so does BORIS, which plays through mpv; browsers and VLC, through
which ELAN plays, count from there too. Praat has only the sound, which begins there. Subtitles
and codings are in their time: what is written for these programs is moved later by
:func:`picture_start_ms`, and a coding that they wrote is moved earlier by as much when it is read.
What Mien shows and its own tables stay in the time of the pictures.
"""

from __future__ import annotations

_NOTHING_MS = 0.5
_MOST_MS = 86_400_000.0  # a day: more is a damaged header


def picture_start_ms(source: object) -> float:
    """Return when media players show the first picture, milliseconds from their time 0.

    Args:
        source: What reads a video; its ``start_s`` is when the first picture is shown and its
            ``file_start_s`` when the earliest track begins, seconds on the file's own clock.
            Photos have neither.
    """
    start_s, file_start_s = (getattr(source, name, None) for name in ("start_s", "file_start_s"))
    if start_s is None or file_start_s is None:
        return 0.0
    late: float = 1000 * (float(start_s) - float(file_start_s))
    return late if _NOTHING_MS <= late <= _MOST_MS else 0.0
