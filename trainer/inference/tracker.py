"""Who is who: boxes joined over time by overlap and constant velocity."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from trainer.inference.boxes import areas, iou
from trainer.inference.types import Detections, FloatArray

_MIN_AFFINITY = 0.2
_CENTRE_WEIGHT = 0.5
_VELOCITY_GAIN = 0.5
_MAX_SPEED = 0.004  # box sides a millisecond: 4 sides a second, a head thrown around
_SIZE_RATIO = 2.0
# How far from where it was a face may be found again, in sides: at once, and per millisecond.
_REACH, _REACH_MS, _MOST_REACH = 0.9, 0.004, 1.6
_REACH_RATIO = 1.7


@dataclass(frozen=True)
class TrackerSettings:
    """How long a face is remembered.

    Attributes:
        memory_ms: A person not found for longer gets a new id.
        hold_ms: A face that the detector missed is shown this long at its predicted place.
        carry_ms: The same for frames on which the detector did not run.
        confirm_hits: Detections before a face is held or carried; a flicker is not.
    """

    memory_ms: float = 1000.0
    hold_ms: float = 150.0
    carry_ms: float = 400.0
    confirm_hits: int = 2


@dataclass(frozen=True)
class TrackedFace:
    """One face of a frame.

    Attributes:
        tracker_id: From 1, never used twice until ``reset()``.
        xyxy: float32 (4,), pixels.
        score: The detector's confidence when it last saw the face.
        landmarks: float32 (5, 2) in pixels, or None; moved along with a carried box.
        detected: False when the box was predicted.
    """

    tracker_id: int
    xyxy: FloatArray
    score: float
    landmarks: FloatArray | None
    detected: bool


@dataclass
class _Track:
    tracker_id: int
    xyxy: FloatArray
    score: float
    landmarks: FloatArray | None
    seen_ms: float
    hits: int = 1
    velocity: FloatArray = field(default_factory=lambda: np.zeros(2, np.float32))

    def shift_at(self, timestamp_ms: float) -> FloatArray:
        """Return float32 (2,): how far the centre has moved since it was last seen."""
        gap_ms = max(0.0, timestamp_ms - self.seen_ms)
        return np.asarray(self.velocity * np.float32(gap_ms), np.float32)

    def box_at(self, timestamp_ms: float) -> FloatArray:
        return np.asarray(self.xyxy + np.tile(self.shift_at(timestamp_ms), 2), np.float32)


class Tracker:
    """Gives faces stable ids; the same input always gives the same ids.

    A face is shown from its first detection on. When the detector misses it or does not
    run, its box goes on at constant velocity for a short time; the id is kept longer.
    """

    def __init__(self, settings: TrackerSettings | None = None) -> None:
        self.settings = settings or TrackerSettings()
        self._tracks: list[_Track] = []
        self._next_id = 1

    def reset(self, *, keep_numbering: bool = False) -> None:
        """Forget everybody.

        Args:
            keep_numbering: Go on with fresh ids (after a cut) instead of starting at 1.
        """
        self._tracks = []
        if not keep_numbering:
            self._next_id = 1

    def update(self, detections: Detections | None, timestamp_ms: float) -> list[TrackedFace]:
        """Take one frame's detections and return its faces, in the order of their ids.

        Args:
            detections: Faces of the frame, or None when the detector did not run.
            timestamp_ms: The frame's time; frames come in order of time.
        """
        memory_ms = self.settings.memory_ms
        self._tracks = [
            track for track in self._tracks if timestamp_ms - track.seen_ms <= memory_ms
        ]
        seen: set[int] = set()
        if detections is not None and len(detections):
            seen = self._join(detections, timestamp_ms)
        ran = detections is not None
        faces = []
        for track in self._tracks:
            if track.tracker_id in seen:
                face = TrackedFace(track.tracker_id, track.xyxy, track.score, track.landmarks, True)
            elif self._is_shown(track, timestamp_ms, ran):
                face = _predicted(track, timestamp_ms)
            else:
                continue
            faces.append(face)
        return faces

    def _is_shown(self, track: _Track, timestamp_ms: float, detector_ran: bool) -> bool:
        gap_ms = timestamp_ms - track.seen_ms
        if not detector_ran:
            return gap_ms <= self.settings.carry_ms
        return track.hits >= self.settings.confirm_hits and gap_ms <= self.settings.hold_ms

    def _join(self, detections: Detections, timestamp_ms: float) -> set[int]:
        boxes = np.array([track.box_at(timestamp_ms) for track in self._tracks], np.float32)
        boxes = boxes.reshape(-1, 4)
        pairs = _match(boxes, detections.xyxy)
        self._find_again(boxes, detections.xyxy, pairs, timestamp_ms)
        seen: set[int] = set()
        for number in range(len(detections)):
            xyxy = detections.xyxy[number]
            score = float(detections.scores[number])
            landmarks = None if detections.landmarks is None else detections.landmarks[number]
            if number in pairs:
                track = self._tracks[pairs[number]]
                _observe(track, xyxy, score, landmarks, timestamp_ms)
            else:
                track = _Track(self._next_id, xyxy, score, landmarks, timestamp_ms)
                self._next_id += 1
                self._tracks.append(track)
            seen.add(track.tracker_id)
        return seen

    def _find_again(
        self, boxes: FloatArray, found: FloatArray, pairs: dict[int, int], timestamp_ms: float
    ) -> None:
        """Join what is left over: who was missed for a while or moves fast is further away.

        A face comes back near to where it was seen last or to where it was heading, with
        nobody else claiming it, and about as large as before.
        """
        taken = set(pairs.values())
        tracks = [number for number in range(len(self._tracks)) if number not in taken]
        free = [number for number in range(len(found)) if number not in pairs]
        candidates = []
        for number in tracks:
            track = self._tracks[number]
            gap_ms = timestamp_ms - track.seen_ms
            reach = min(_MOST_REACH, _REACH + _REACH_MS * gap_ms)
            for face in free:
                distance, ratio = _apart((track.xyxy, boxes[number]), found[face])
                if distance <= reach and ratio <= _REACH_RATIO:
                    candidates.append((distance / reach, number, face))
        for _distance, number, face in sorted(candidates):
            if number not in taken and face not in pairs:
                taken.add(number)
                pairs[face] = number


def _apart(places: tuple[FloatArray, ...], box: FloatArray) -> tuple[float, float]:
    """Return the distance of a box from the nearest of places, in sides, and the sizes' ratio."""
    side = float(np.sqrt(np.prod(box[2:] - box[:2])))
    before = float(np.sqrt(np.prod(places[0][2:] - places[0][:2])))
    centre = (box[:2] + box[2:]) / 2
    nearest = min(float(np.linalg.norm((place[:2] + place[2:]) / 2 - centre)) for place in places)
    large, small = max(side, before), max(min(side, before), 1e-6)
    return nearest / small, large / small


def _predicted(track: _Track, timestamp_ms: float) -> TrackedFace:
    shift = track.shift_at(timestamp_ms)
    landmarks = None if track.landmarks is None else track.landmarks + shift
    return TrackedFace(track.tracker_id, track.box_at(timestamp_ms), track.score, landmarks, False)


def _observe(
    track: _Track,
    xyxy: FloatArray,
    score: float,
    landmarks: FloatArray | None,
    timestamp_ms: float,
) -> None:
    gap_ms = timestamp_ms - track.seen_ms
    if gap_ms > 0:
        moved = (xyxy[:2] + xyxy[2:] - track.xyxy[:2] - track.xyxy[2:]) / 2
        speed = moved / np.float32(gap_ms)
        limit = _MAX_SPEED * float(max(xyxy[2] - xyxy[0], xyxy[3] - xyxy[1]))
        velocity = track.velocity + np.float32(_VELOCITY_GAIN) * (speed - track.velocity)
        track.velocity = np.clip(velocity, -limit, limit).astype(np.float32)
    track.xyxy, track.score, track.landmarks = xyxy, score, landmarks
    track.seen_ms = timestamp_ms
    track.hits += 1


def _match(tracks: FloatArray, boxes: FloatArray) -> dict[int, int]:
    """Pair detections with tracks, the most alike first: {detection: track}."""
    if not len(tracks):
        return {}
    affinity = _affinity(tracks, boxes)
    order = np.argsort(-affinity, axis=None, kind="stable")
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for flat in order:
        row, column = (int(value) for value in np.unravel_index(flat, affinity.shape))
        if affinity[row, column] < _MIN_AFFINITY:
            break
        if row in taken or column in pairs:
            continue
        taken.add(row)
        pairs[column] = row
    return pairs


def _affinity(tracks: FloatArray, boxes: FloatArray) -> npt.NDArray[np.float64]:
    """Return (T, D) in 0..1.5: overlap, plus nearness so that fast small faces still join."""
    a, b = tracks[:, None].astype(float), boxes[None].astype(float)
    area_a, area_b = areas(a), areas(b)
    centres = (a[..., :2] + a[..., 2:] - b[..., :2] - b[..., 2:]) / 2
    side = np.maximum(np.sqrt(np.minimum(area_a, area_b)), 1e-6)
    near = np.clip(1 - np.linalg.norm(centres, axis=-1) / side, 0, 1)
    ratio = np.maximum(area_a, area_b) / np.maximum(np.minimum(area_a, area_b), 1e-6)
    alike = np.where(ratio <= _SIZE_RATIO**2, 1.0, 0.0)
    return np.asarray((iou(a, b) + _CENTRE_WEIGHT * near) * alike)
