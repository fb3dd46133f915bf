"""What can be read out of a recording: people, curves, episodes, changes, gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from trainer.inference.boxes import iou
from trainer.inference.quality import QUALITIES
from trainer.inference.recording import CLASSIFIED, Recording, Rows
from trainer.inference.recording_edits import RecordingEdits, time_key
from trainer.inference.types import LOW_CONFIDENCE, UNSURE, Face, FrameResult

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

OK = QUALITIES.index("ok")


@dataclass(frozen=True)
class Person:
    """One person of a video, after merging.

    Attributes:
        number: Number of the track the others were merged into; names the person in edits.
        name: Given by the user, else ``"P1"``, ``"P2"``, ...
        tracks: Numbers of all tracks that belong to the person.
        faces: Frames in which the person was seen.
        first_ms: Time of the first of them.
        last_ms: Time of the last of them.
        deleted: Whether the user left the person out.
    """

    number: int
    name: str
    tracks: tuple[int, ...]
    faces: int
    first_ms: float
    last_ms: float
    deleted: bool


@dataclass(frozen=True)
class Episode:
    """A stretch of time in which one person's label stays the same.

    Attributes:
        person: The person's number.
        start_ms: Time of its first frame.
        end_ms: When the last frame of it goes.
        label: A class name or ``"unsure"``.
        confidence: Mean steady probability of the label (of the winner when unsure), 0..1.
        frames: Number of frames.
        reason: Why it is unsure (the most frequent reason), else "".
    """

    person: int
    start_ms: float
    end_ms: float
    label: str
    confidence: float
    frames: int
    reason: str = ""


def persons(recording: Recording, *, with_deleted: bool = False) -> tuple[Person, ...]:
    """Return everybody in the order of their numbers."""
    found: tuple[Person, ...] = recording.cached("persons", lambda: _persons(recording))
    return found if with_deleted else tuple(person for person in found if not person.deleted)


def _persons(recording: Recording) -> tuple[Person, ...]:
    edits = recording.edits
    groups: dict[int, list[int]] = {}
    for track in recording.tracks:
        groups.setdefault(edits.person_of(track), []).append(track)
    result = []
    for number in sorted(groups):
        times = recording.times_of(rows_of(recording, number))
        if len(times):
            result.append(
                Person(
                    number,
                    edits.name_of(number),
                    tuple(sorted(groups[number])),
                    len(times),
                    float(times[0]),
                    float(times[-1]),
                    edits.is_deleted(number),
                )
            )
    return tuple(result)


def rows_of(recording: Recording, person: int) -> Rows:
    """Return the rows of ``faces`` of a person in order of time, one a frame."""
    rows: Rows = recording.cached(("rows", person), lambda: _rows_of(recording, person))
    return rows


def _rows_of(recording: Recording, person: int) -> Rows:
    edits = recording.edits
    tracks = [track for track in recording.tracks if edits.person_of(track) == person]
    if len(tracks) == 1:
        return recording.rows_of_track(tracks[0])
    if not tracks:
        return np.zeros(0, np.int64)
    rows = np.concatenate([recording.rows_of_track(track) for track in tracks])
    times, scores = recording.times_of(rows), recording.faces["score"][rows]
    rows = rows[np.lexsort((-scores, times))]
    times = recording.times_of(rows)
    first = np.r_[True, times[1:] > times[:-1]]  # the surer one where two were merged
    return np.asarray(rows[first], np.int64)


def frames_side_by_side(recording: Recording, one: int, other: int) -> int:
    """Return in how many frames two people are seen in different places.

    Boxes that lie over each other (more than a third of their union in common) are one face
    that was found twice, and do not count.
    """
    faces = recording.faces
    rows, others = rows_of(recording, one), rows_of(recording, other)
    _frames, here, there = np.intersect1d(
        faces["frame"][rows], faces["frame"][others], return_indices=True
    )
    boxes, rivals = faces["xyxy"][rows[here]], faces["xyxy"][others[there]]
    return int((iou(boxes, rivals) <= 1 / 3).sum())


def labels_of(recording: Recording, rows: Rows) -> Codes:
    """Return what is shown for rows of ``faces``: indices (N,) of classes, -1 unsure.

    A face of poor quality is unsure; a label that the user gave stands above everything.
    """
    return recording.shown_codes()[rows]


def reasons_of(recording: Recording, rows: Rows) -> list[str]:
    """Return why rows of ``faces`` are unsure; "" where they are not."""
    labels, qualities = labels_of(recording, rows), recording.faces["quality"][rows]
    return [
        "" if label >= 0 else (QUALITIES[quality] if quality != OK else LOW_CONFIDENCE)
        for label, quality in zip(labels.tolist(), qualities.tolist(), strict=True)
    ]


def edited(result: FrameResult, edits: RecordingEdits) -> FrameResult:
    """Return a frame's result as the user wants it seen.

    Faces carry the number of their person, deleted people are left out, and a corrected
    face shows the given label.
    """
    faces = []
    for face in result.faces:
        person = edits.person_of(face.tracker_id)
        if edits.is_deleted(person):
            continue
        label = edits.labels.get((time_key(result.timestamp_ms), face.tracker_id))
        if label is not None:
            face = _corrected(face, label, result.class_names)
        faces.append(replace(face, tracker_id=person))
    return replace(result, faces=tuple(faces))


def _corrected(face: Face, label: str, class_names: tuple[str, ...]) -> Face:
    if label not in class_names:
        return replace(face, expression=UNSURE, quality="ok", corrected=True)
    confidence = float(face.probs[class_names.index(label)])
    return replace(face, expression=label, confidence=confidence, quality="ok", corrected=True)


def episodes(
    recording: Recording, person: int, *, min_ms: float = 0.0, with_excluded: bool = False
) -> list[Episode]:
    """Return a person's stretches of one label, in order of time.

    A stretch ends where the label changes, the person is not seen for ``gap_ms``, or an
    excluded range begins.

    Args:
        recording: Where to look.
        person: The person's number.
        min_ms: Shorter ones are left out.
        with_excluded: Also look inside the ranges that the user excluded.
    """
    rows = rows_of(recording, person)
    times = recording.times_of(rows)
    if not with_excluded:
        kept = ~in_ranges(times, recording.edits.excluded)
        rows, times = rows[kept], times[kept]
    found = [
        _episode(recording, person, rows[run], times, run)
        for run in _runs(recording, labels_of(recording, rows), times)
    ]
    return [episode for episode in found if episode.end_ms - episode.start_ms >= min_ms]


def _runs(recording: Recording, labels: Codes, times: Floats) -> Iterator[slice]:
    if not len(labels):
        return
    apart = np.diff(times) > recording.gap_ms
    for low, high in recording.edits.excluded:  # also one so short that no frame lies in it
        apart |= (times[:-1] < high) & (times[1:] >= low)
    breaks = np.flatnonzero((np.diff(labels) != 0) | apart) + 1
    edges = [0, *breaks.tolist(), len(labels)]
    for start, stop in zip(edges[:-1], edges[1:], strict=True):
        yield slice(start, stop)


def _episode(recording: Recording, person: int, rows: Rows, times: Floats, run: slice) -> Episode:
    steady = recording.faces["steady"][rows]
    code = int(labels_of(recording, rows[:1])[0])
    last = float(times[run.stop - 1])
    end = last + recording.frame_ms
    if run.stop < len(times) and times[run.stop] - last <= recording.gap_ms:
        end = float(times[run.stop])
    for low, _high in recording.edits.excluded:
        if last < low < end:
            end = low
    reason = ""
    if code < 0:
        reason = Counter(reasons_of(recording, rows)).most_common(1)[0][0]
    return Episode(
        person,
        float(times[run.start]),
        end,
        UNSURE if code < 0 else recording.info.class_names[code],
        float((steady.max(axis=1) if code < 0 else steady[:, code]).mean()),
        len(rows),
        reason,
    )


def time_shares(recording: Recording, person: int) -> dict[str, float]:
    """Return milliseconds by label, every class and ``"unsure"`` included."""
    shares = dict.fromkeys([*recording.info.class_names, UNSURE], 0.0)
    for episode in episodes(recording, person):
        shares[episode.label] += episode.end_ms - episode.start_ms
    return shares


def transitions(recording: Recording, person: int) -> Codes:
    """Return int64 (C, C): how often the label in the row was followed by that in the column.

    Unsure frames between are passed over; nothing is counted across a gap.
    """
    names = recording.info.class_names
    counts = np.zeros((len(names), len(names)), np.int64)
    before, end = -1, 0.0
    for episode in episodes(recording, person):
        if episode.start_ms - end > 0.5 * recording.frame_ms:
            before = -1
        end = episode.end_ms
        if episode.label == UNSURE:
            continue
        code = names.index(episode.label)
        if before not in (-1, code):
            counts[before, code] += 1
        before = code
    return counts


def next_change(
    recording: Recording, timestamp_ms: float, person: int | None = None
) -> Episode | None:
    """Return the first episode that begins after a time with another expression."""
    later = [e for e in _changes(recording, person) if e.start_ms > timestamp_ms + 0.5]
    return min(later, key=lambda episode: episode.start_ms, default=None)


def previous_change(
    recording: Recording, timestamp_ms: float, person: int | None = None
) -> Episode | None:
    """Return the last episode that begins before a time with another expression."""
    earlier = [e for e in _changes(recording, person) if e.start_ms < timestamp_ms - 0.5]
    return max(earlier, key=lambda episode: episode.start_ms, default=None)


def _changes(recording: Recording, person: int | None) -> list[Episode]:
    numbers = [p.number for p in persons(recording)] if person is None else [person]
    return [e for number in numbers for e in _changes_of(recording, number)]


def _changes_of(recording: Recording, person: int) -> list[Episode]:
    def make() -> list[Episode]:
        before, found = "", []
        for episode in episodes(recording, person):
            if episode.label not in (UNSURE, before):
                found.append(episode)
                before = episode.label
        return found

    changes: list[Episode] = recording.cached(("changes", person), make)
    return changes


def in_ranges(times: Floats, ranges: tuple[tuple[float, float], ...]) -> npt.NDArray[np.bool_]:
    """Return bool (N,): the time lies in one of the ranges, its end not included."""
    inside = np.zeros(len(times), np.bool_)
    for low, high in ranges:
        inside |= (times >= low) & (times < high)
    return inside


def classified(recording: Recording, rows: Rows) -> npt.NDArray[np.bool_]:
    """Return bool (N,): the network looked at the face in that frame."""
    return np.asarray(recording.faces["flags"][rows] & CLASSIFIED, np.bool_)
