"""Numbers of faces across pieces of a video that were looked at one by one."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from trainer.inference.types import FloatArray, FrameResult

if TYPE_CHECKING:
    from trainer.inference.recording import Recording

_NEAR_MS = 700.0  # as long as the tracker remembers a face
_SAME_IOU = 0.3
_MET_IOU = 0.5  # both numbers are in use already: that they mean one face must be clear


class Pieces:
    """Gives the ids of a piece, which start at 1, numbers that are free in the recording."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] | None = None  # None: the ids are taken as they come
        self._began = False
        self._ahead_ms: float | None = None  # of the recorded frame that comes next in time

    def begin(self) -> None:
        """A new piece follows."""
        self._numbers = {}
        self._began = True
        self._ahead_ms = None

    def met(self, recording: Recording, result: FrameResult) -> dict[int, int]:
        """Pair faces where a piece comes to what was recorded before: {number here: number there}.

        Args:
            recording: With the frame.
            result: The frame with the recording's numbers.
        """
        if self._ahead_ms is None or self._ahead_ms <= result.timestamp_ms:
            times = recording.frame_times()
            place = int(np.searchsorted(times, result.timestamp_ms, side="right"))
            self._ahead_ms = float(times[place]) if place < len(times) else math.inf
        if self._ahead_ms - result.timestamp_ms > recording.gap_ms:
            return {}
        row = recording.row_of(self._ahead_ms)
        near = None if row is None else recording.result(row)
        pairs = _alike(result, near, _MET_IOU).items()
        return {result.faces[index].tracker_id: number for index, number in pairs}

    def rename(self, old: int, new: int) -> None:
        """A number stands for another one from now on."""
        if self._numbers is not None:
            self._numbers = {
                its: new if number == old else number for its, number in self._numbers.items()
            }

    def joined(self, recording: Recording, result: FrameResult, known: int | None) -> FrameResult:
        """Return a frame's result with the recording's numbers.

        Args:
            recording: As it is before the frame is added.
            result: The frame with the pipeline's ids.
            known: Row of the frame when it was recorded before.
        """
        if not recording.tracks and self._numbers is not None and not self._numbers:
            self._numbers = None  # the first faces of all keep their ids
        numbers = self._numbers
        if numbers is None:
            return result
        near: FrameResult | None = None
        if known is not None:
            near = recording.result(known)
        elif self._began:
            near = _nearest(recording, result.timestamp_ms)
        self._began = False
        for index, number in _alike(result, near).items():
            taken = [other for other, its in numbers.items() if its == number]
            for other in taken:  # two faces of one frame never share a number
                del numbers[other]
            numbers[result.faces[index].tracker_id] = number
        free = max(recording.tracks, default=0)
        for number in numbers.values():
            free = max(free, number)
        for face in result.faces:
            if face.tracker_id not in numbers:
                free += 1
                numbers[face.tracker_id] = free
        faces = tuple(replace(face, tracker_id=numbers[face.tracker_id]) for face in result.faces)
        return replace(result, faces=faces)


def _nearest(recording: Recording, timestamp_ms: float) -> FrameResult | None:
    """Return the recorded frame next in time, when it is near."""
    times = recording.frame_times()
    if not len(times):
        return None
    place = int(np.abs(times - timestamp_ms).argmin())
    if abs(times[place] - timestamp_ms) > _NEAR_MS:
        return None
    return recording.result(int(recording.frame_order()[place]))


def _alike(
    result: FrameResult, near: FrameResult | None, least: float = _SAME_IOU
) -> dict[int, int]:
    """Pair faces by overlap, the best first: {place in ``result``: number of the other}."""
    if near is None:
        return {}
    pairs = [
        (_iou(face.xyxy, other.xyxy), index, other.tracker_id)
        for index, face in enumerate(result.faces)
        for other in near.faces
    ]
    found: dict[int, int] = {}
    for overlap, index, number in sorted(pairs, reverse=True):
        if overlap >= least and index not in found and number not in found.values():
            found[index] = number
    return found


def _iou(a: FloatArray, b: FloatArray) -> float:
    sides = np.clip(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0, None)
    shared = float(sides.prod())
    areas = float((a[2:] - a[:2]).prod() + (b[2:] - b[:2]).prod())
    return shared / max(areas - shared, 1e-6)
