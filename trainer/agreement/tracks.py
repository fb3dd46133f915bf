"""The model's labels of one person over time, out of a table or a session."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainer.errors import DataError
from trainer.inference.recording import Recording
from trainer.inference.recording_file import load_recording
from trainer.inference.recording_views import in_ranges, labels_of, persons, rows_of
from trainer.labels import EXPRESSIONS, canonical_name

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

_MAX_ROWS = 20_000_000


@dataclass(frozen=True)
class LabelTrack:
    """What the model shows for one person, frame by frame.

    Attributes:
        name: The person.
        start_ms: When each frame begins, (N,), rising.
        end_ms: When it goes: the next frame's beginning, or a frame later before a gap.
        codes: Places in ``EXPRESSIONS``, (N,); -1 where the model is unsure or names none of them.
    """

    name: str
    start_ms: Floats
    end_ms: Floats
    codes: Codes


def tracks_of(recording: Recording) -> list[LabelTrack]:
    """Return everybody in a recording with the labels shown (steady, corrected by the user).

    Who was seen longest comes first; what the user excluded or deleted is left out.
    """
    names = [canonical_name(name) for name in recording.info.class_names]
    places = np.array([EXPRESSIONS.index(name) if name else -1 for name in names] + [-1], np.int64)
    found = []
    for person in sorted(persons(recording), key=lambda person: -person.faces):
        rows = rows_of(recording, person.number)
        times = recording.times_of(rows)
        kept = ~in_ranges(times, recording.edits.excluded)
        codes = places[labels_of(recording, rows[kept])]
        found.append(_track(person.name, times[kept], codes))
    return found


def read_start_ms(path: Path) -> float:
    """Return when other programs show the first picture, of the results in a file.

    A table does not say so itself: the settings written beside it do (``NAME.json``).

    Raises:
        DataError: A session is damaged.
    """
    try:
        with path.open("rb") as file:
            if file.read(2) == b"PK":
                return load_recording(path).info.start_ms
        facts = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        start_ms = 1000 * float(facts["first_picture_s"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0.0
    return start_ms if 0 <= start_ms < 1e9 else 0.0


def read_tracks(path: Path) -> list[LabelTrack]:
    """Read the results of ``predict`` (CSV) or a session of the Player.

    Raises:
        DataError: It is neither, or is damaged.
    """
    try:
        with path.open("rb") as file:
            begin = file.read(4)
        if begin[:2] == b"PK":
            tracks = tracks_of(load_recording(path))
        else:
            tracks = _read_csv(path)
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror or error}).") from error
    tracks = [track for track in tracks if len(track.codes)]
    if not tracks:
        raise DataError(f"There is no face in {path.name}.")
    return tracks


def _read_csv(path: Path) -> list[LabelTrack]:
    times: dict[str, list[float]] = {}
    codes: dict[str, list[int]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = {"timestamp", "track_id", "label"} - set(reader.fieldnames or ())
            if missing:
                raise DataError(
                    f"{path.name} lacks the columns {', '.join(sorted(missing))}; give a table "
                    "that 'python -m trainer predict' or the Player wrote."
                )
            for number, row in enumerate(reader):
                if number >= _MAX_ROWS:
                    raise DataError(f"{path.name} has too many rows.")
                who, label = row["track_id"], canonical_name(row["label"] or "")
                if not who or row.get("excluded") == "1":
                    continue
                good = (row.get("quality") or "ok") == "ok" and label is not None
                times.setdefault(who, []).append(float(row["timestamp"] or "") * 1000)
                codes.setdefault(who, []).append(EXPRESSIONS.index(label) if good and label else -1)
    except (UnicodeDecodeError, csv.Error, ValueError) as error:
        raise DataError(f"{path.name} is damaged ({error}); write it again.") from error
    found = []
    for who in sorted(times, key=lambda who: -len(times[who])):
        moments = np.array(times[who])
        if not np.isfinite(moments).all():
            raise DataError(f"{path.name} is damaged (a time is no number); write it again.")
        order = np.argsort(moments, kind="stable")
        found.append(_track(f"P{who}", moments[order], np.array(codes[who], np.int64)[order]))
    return found


def _track(name: str, times: Floats, codes: Codes) -> LabelTrack:
    """Make a track; a frame lasts until the next, but not through a gap."""
    if not len(times):
        return LabelTrack(name, times, times.copy(), codes)
    steps = np.diff(times)
    usual = float(np.median(steps[steps > 0])) if (steps > 0).any() else 40.0
    longest = max(4 * usual, 200.0)
    ends = np.append(np.where(steps <= longest, times[1:], times[:-1] + usual), times[-1] + usual)
    return LabelTrack(name, times, ends, codes)
