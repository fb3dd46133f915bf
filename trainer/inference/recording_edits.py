"""What a user says about a recording, kept apart from what was measured, with undo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MARKER_KINDS: tuple[str, ...] = ("event", "note", "start", "stop")
"""Usual kinds of markers; any other word is allowed."""

_MAX_TEXT = 2000


@dataclass(frozen=True)
class Marker:
    """A point in time that the user marked.

    Attributes:
        number: Names the marker within its recording.
        timestamp_ms: Where it stands.
        kind: One of ``MARKER_KINDS`` or the user's own word.
        text: What it says; may be empty.
    """

    number: int
    timestamp_ms: float
    kind: str
    text: str


@dataclass
class _State:
    into: dict[int, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    labels: dict[tuple[int, int], str] = field(default_factory=dict)
    markers: dict[int, Marker] = field(default_factory=dict)
    excluded: list[tuple[float, float]] = field(default_factory=list)


def time_key(timestamp_ms: float) -> int:
    """Return a frame's time in whole microseconds: equal for times that mean one frame."""
    return round(timestamp_ms * 1000)


class RecordingEdits:
    """Steps of the user; what holds is found by doing them one after another.

    A person is called by the number of the track that others were merged into.

    Attributes:
        revision: Changes with every step, undo and redo.
    """

    def __init__(self) -> None:
        self.revision = 0
        self._done: list[dict[str, Any]] = []
        self._undone: list[dict[str, Any]] = []
        self._state = _State()

    # Steps -------------------------------------------------------------------------------

    def merge(self, person: int, into: int) -> None:
        """Say that ``person`` is the same one as ``into``."""
        if self.person_of(person) != self.person_of(into):
            self._do({"what": "merge", "person": int(person), "into": int(into)})

    def split(self, track: int) -> None:
        """Take a track out of the person it was merged into."""
        self._do({"what": "split", "track": int(track)})

    def rename(self, person: int, name: str) -> None:
        """Give a person a name; an empty one takes it away."""
        self._do({"what": "rename", "person": int(person), "name": _one_line(name)})

    def delete(self, person: int) -> None:
        """Leave a person out of plots, summaries and exports."""
        self._do({"what": "delete", "person": int(person)})

    def restore(self, person: int) -> None:
        """Take a deleted person back in."""
        self._do({"what": "restore", "person": int(person)})

    def correct(self, timestamp_ms: float, track: int, label: str | None) -> None:
        """Say what one face in one frame shows; None takes the correction back."""
        step = {"what": "correct", "time_us": time_key(timestamp_ms), "track": int(track)}
        self._do({**step, "label": None if label is None else _one_line(label)})

    def mark(self, timestamp_ms: float, kind: str = "event", text: str = "") -> int:
        """Add a marker and return its number."""
        number = 1 + max((step.get("number", 0) for step in self._done + self._undone), default=0)
        step = {"what": "mark", "number": number, "time_ms": float(timestamp_ms)}
        self._do({**step, "kind": _one_line(kind), "text": text[:_MAX_TEXT]})
        return number

    def change_marker(self, number: int, timestamp_ms: float, kind: str, text: str) -> None:
        """Move a marker or name it otherwise, in one step."""
        step = {"what": "mark", "number": int(number), "time_ms": float(timestamp_ms)}
        self._do({**step, "kind": _one_line(kind), "text": text[:_MAX_TEXT]})

    def remove_marker(self, number: int) -> None:
        """Take a marker away."""
        self._do({"what": "unmark", "number": int(number)})

    def exclude(self, start_ms: float, end_ms: float) -> None:
        """Leave a range of time out of summaries and exports."""
        self._do(_range_step("exclude", start_ms, end_ms))

    def include(self, start_ms: float, end_ms: float) -> None:
        """Take a range of time back in."""
        self._do(_range_step("include", start_ms, end_ms))

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back and nothing was done since."""
        return bool(self._undone)

    @property
    def last_step(self) -> str:
        """What was done last (``"merge"``, ...), "" when nothing was."""
        return str(self._done[-1]["what"]) if self._done else ""

    @property
    def last_correction(self) -> tuple[int, int] | None:
        """(``time_key``, track) when the last step was a correction, else None."""
        step = self._done[-1] if self._done else {}
        return (step["time_us"], step["track"]) if step.get("what") == "correct" else None

    def undo(self, *, for_good: bool = False) -> str:
        """Take the last step back; return what it was (``"merge"``, ...), "" when none.

        Args:
            for_good: It cannot be done again, because more than this hung on it.
        """
        if not self._done:
            return ""
        step = self._done.pop()
        if not for_good:
            self._undone.append(step)
        self._state = _State()
        for earlier in self._done:
            _apply(self._state, earlier)
        self.revision += 1
        return str(step["what"])

    def redo(self) -> str:
        """Do again what was taken back last; return what it was, "" when nothing."""
        if not self._undone:
            return ""
        step = self._undone.pop()
        _apply(self._state, step)
        self._done.append(step)
        self.revision += 1
        return str(step["what"])

    def _do(self, step: dict[str, Any]) -> None:
        _apply(self._state, step)
        self._done.append(step)
        self._undone.clear()
        self.revision += 1

    # What holds now ----------------------------------------------------------------------

    def person_of(self, track: int) -> int:
        """Return the number of the person a track belongs to."""
        return _root(self._state, track)

    def name_of(self, person: int) -> str:
        """Return the person's name; ``"P3"`` when none was given."""
        return self._state.names.get(person) or f"P{person}"

    @property
    def names(self) -> Mapping[int, str]:
        """The names that the user gave, by number of the person."""
        return self._state.names

    def is_deleted(self, person: int) -> bool:
        """Say whether the person is left out."""
        return person in self._state.deleted

    def mentions(self, track: int) -> bool:
        """Say whether any step speaks of this number."""
        words = ("person", "into", "track")
        return any(step.get(word) == track for step in self._done for word in words)

    @property
    def labels(self) -> Mapping[tuple[int, int], str]:
        """Corrected labels by (``time_key``, track)."""
        return self._state.labels

    @property
    def markers(self) -> tuple[Marker, ...]:
        """Markers in order of time."""
        return tuple(sorted(self._state.markers.values(), key=lambda m: (m.timestamp_ms, m.number)))

    @property
    def excluded(self) -> tuple[tuple[float, float], ...]:
        """Ranges left out, (start, end) in milliseconds, sorted, without overlap."""
        return tuple(self._state.excluded)

    @property
    def concern_faces(self) -> bool:
        """Whether something was said of faces or people, which go with the results."""
        return any(step["what"] in _ABOUT_FACES for step in self._done)

    # For the file ------------------------------------------------------------------------

    def copy(self) -> RecordingEdits:
        """Return an independent copy."""
        return RecordingEdits.from_dict(self.to_dict())

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-able values."""
        return {"done": list(self._done), "undone": list(self._undone)}

    @classmethod
    def from_dict(cls, values: Any) -> RecordingEdits:
        """Check and take what :meth:`to_dict` gave; ValueError when it makes no sense."""
        edits = cls()
        if not isinstance(values, dict):
            raise ValueError("the edits are no table")
        try:
            edits._done = [_checked(step) for step in values["done"]]
            edits._undone = [_checked(step) for step in values["undone"]]
            for step in edits._done:
                _apply(edits._state, step)
        except (KeyError, TypeError, OverflowError) as error:
            raise ValueError(f"the edits make no sense ({error!r})") from error
        return edits


def _root(state: _State, track: int) -> int:
    while track in state.into:
        track = state.into[track]
    return track


def _apply(state: _State, step: Mapping[str, Any]) -> None:
    what = step["what"]
    if what == "merge":
        person, into = _root(state, step["person"]), _root(state, step["into"])
        if person != into:
            state.into[person] = into
            if person in state.names:
                state.names.setdefault(into, state.names[person])
    elif what == "split":
        state.into.pop(step["track"], None)
    elif what == "rename":
        state.names[_root(state, step["person"])] = step["name"]
    elif what == "delete":
        state.deleted.add(_root(state, step["person"]))
    elif what == "restore":
        state.deleted.discard(_root(state, step["person"]))
    elif what == "correct":
        key = (step["time_us"], step["track"])
        if step["label"] is None:
            state.labels.pop(key, None)
        else:
            state.labels[key] = step["label"]
    elif what == "mark":
        number = step["number"]
        state.markers[number] = Marker(number, step["time_ms"], step["kind"], step["text"])
    elif what == "unmark":
        state.markers.pop(step["number"], None)
    elif what == "exclude":
        state.excluded = _united([*state.excluded, (step["start_ms"], step["end_ms"])])
    elif what == "include":
        state.excluded = _without(state.excluded, step["start_ms"], step["end_ms"])


_ABOUT_FACES = ("merge", "split", "rename", "delete", "restore", "correct")

_FIELDS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "merge": {"person": int, "into": int},
    "split": {"track": int},
    "rename": {"person": int, "name": str},
    "delete": {"person": int},
    "restore": {"person": int},
    "correct": {"time_us": int, "track": int, "label": (str, type(None))},
    "mark": {"number": int, "time_ms": (int, float), "kind": str, "text": str},
    "unmark": {"number": int},
    "exclude": {"start_ms": (int, float), "end_ms": (int, float)},
    "include": {"start_ms": (int, float), "end_ms": (int, float)},
}


def _checked(step: Mapping[str, Any]) -> dict[str, Any]:
    fields = _FIELDS[step["what"]]
    for name, kind in fields.items():
        value = step[name]
        finite = not isinstance(value, float) or abs(value) < 1e12  # also refuses nan
        if not isinstance(value, kind) or isinstance(value, bool) or not finite:
            raise ValueError(f"{step['what']} with {name} {value!r}")
    return {"what": step["what"], **{name: step[name] for name in fields}}


def _range_step(what: str, start_ms: float, end_ms: float) -> dict[str, Any]:
    low, high = sorted((float(start_ms), float(end_ms)))
    return {"what": what, "start_ms": low, "end_ms": high}


def _united(ranges: list[tuple[float, float]]) -> list[tuple[float, float]]:
    result: list[tuple[float, float]] = []
    for start, end in sorted(ranges):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


def _without(
    ranges: list[tuple[float, float]], start_ms: float, end_ms: float
) -> list[tuple[float, float]]:
    result = []
    for low, high in ranges:
        parts = ((low, min(high, start_ms)), (max(low, end_ms), high))
        result += [part for part in parts if part[0] < part[1]]
    return result


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]
