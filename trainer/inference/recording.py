"""All results of one video in flat arrays, in whatever order its frames were looked at.

What is read out of a recording stands beside it: :mod:`trainer.inference.recording_views`
(curves, episodes, changes), :mod:`trainer.inference.recording_file` (session files) and
:mod:`trainer.inference.steadiness` (other smoothing afterwards).
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.inference.columns import Columns
from trainer.inference.pieces import Pieces
from trainer.inference.quality import QUALITIES
from trainer.inference.recording_edits import RecordingEdits, time_key
from trainer.inference.recording_tables import (
    CLASSIFIED,
    DETECTED,
    FRAME_SPEC,
    RecordingInfo,
    face_spec,
)
from trainer.inference.types import UNSURE, Face, FrameResult

__all__ = [
    "CLASSIFIED",
    "DETECTED",
    "FRAME_SPEC",
    "Floats",
    "Recording",
    "RecordingInfo",
    "Rows",
    "face_spec",
]

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_SAME_TIME_MS = 1.0


class Recording:
    """Results by frame; frames may come in any order, each is kept once. Not thread-safe.

    Attributes:
        info: What it belongs to.
        frames: ``FRAME_SPEC``, in the order of arrival.
        faces: ``face_spec``; the faces of one frame stand together.
        edits: What the user says about it.
        video_times: When every frame of the video is shown, float64 (N,), ms, sorted, also of
            those that were not looked at; None where it is not known.
        renamed: Tracks that proved to be others: {former number: present number}.
    """

    def __init__(self, info: RecordingInfo) -> None:
        self.info = info
        self.frames = Columns(FRAME_SPEC)
        self.faces = Columns(face_spec(len(info.class_names)))
        self.edits = RecordingEdits()
        self.video_times: Floats | None = None
        self.renamed: dict[int, int] = {}
        self._row_by_time: dict[int, int] = {}
        self._rows_by_track: dict[int, array[int]] = {}
        self._pieces = Pieces()
        self._in_order = True
        self._changes = 0
        self._cache: dict[Any, Any] = {}
        self._cache_key: tuple[int, ...] = ()

    # Filling -----------------------------------------------------------------------------

    def begin_piece(self) -> None:
        """Say that the next frames follow a seek: their ids started anew.

        Their faces get numbers of their own, unless they stand where a face of a frame
        already recorded close by in time stands.
        """
        self._pieces.begin()

    def add(self, result: FrameResult) -> FrameResult:
        """Take one frame's result; return it with this recording's track numbers.

        A frame already there is kept, unless only now the detector ran on it.
        """
        if result.class_names != self.info.class_names:
            raise ValueError(f"expected {self.info.class_names}, got {result.class_names}")
        key = time_key(result.timestamp_ms)
        known = self._row_by_time.get(key)
        result = self._pieces.joined(self, result, known)
        if known is None:
            self._row_by_time[key] = self._append_frame(result)
            result = self._united(result)
        elif result.detector_ran and not self.frames["detector_ran"][known]:
            self.faces["frame"][self._faces_in(known)] = -1
            self._append_faces(known, result)
            self._changes += 1
        return result

    def _united(self, result: FrameResult) -> FrameResult:
        """Let faces keep one number where their piece meets what was recorded before."""
        for here, there in self._pieces.met(self, result).items():
            if here != there and (kept := self._unite(here, there)) != here:
                faces = [
                    replace(face, tracker_id=kept) if face.tracker_id == here else face
                    for face in result.faces
                ]
                result = replace(result, faces=tuple(faces))
        return result

    def _unite(self, one: int, other: int) -> int:
        """Make two tracks one; return what ``one`` is called then.

        Not if they were seen side by side, or if the user spoke of both.
        """
        frames = [self.faces["frame"][np.array(self._rows_by_track[t])] for t in (one, other)]
        if np.intersect1d(frames[0], frames[1]).max(initial=-1) >= 0:
            return one
        kept, gone = sorted((one, other))
        if self.edits.mentions(gone):
            kept, gone = gone, kept
        if self.edits.mentions(gone):
            return one
        rows = self._rows_by_track.pop(gone)
        self.faces["track"][np.array(rows, np.int64)] = kept
        self._rows_by_track[kept].extend(rows)
        self._pieces.rename(gone, kept)
        self.renamed[gone] = kept
        for former, present in self.renamed.items():
            if present == gone:
                self.renamed[former] = kept
        self._changes += 1
        return kept

    def _append_frame(self, result: FrameResult) -> int:
        if len(self.frames) and result.timestamp_ms < self.frames["timestamp_ms"][-1]:
            self._in_order = False
        row = self.frames.append(
            frame_index=self._number_of(result),
            timestamp_ms=result.timestamp_ms,
            first_face=0,
            face_count=0,
            detector_ran=result.detector_ran,
        )
        self._append_faces(row, result)
        return row

    def _append_faces(self, row: int, result: FrameResult) -> None:
        self.frames["first_face"][row] = len(self.faces)
        self.frames["face_count"][row] = len(result.faces)
        self.frames["detector_ran"][row] = result.detector_ran
        for face in result.faces:
            shown = face.expression
            number = self.faces.append(
                frame=row,
                track=face.tracker_id,
                xyxy=face.xyxy,
                score=face.score,
                raw=face.probs_raw,
                steady=face.probs,
                label=-1 if shown == UNSURE else self.info.class_names.index(shown),
                quality=QUALITIES.index(face.quality),
                flags=DETECTED * face.detected + CLASSIFIED * face.classified,
            )
            self._rows_by_track.setdefault(face.tracker_id, array("q")).append(number)

    def know_times(self, times: Floats) -> None:
        """Number the frames, also those that follow, by the times of all frames of the video.

        A source that jumped in a video of variable rate only guesses the number. Times that are
        not those of the frames found so far are not used: they come from another clock.

        Args:
            times: See ``video_times``.
        """
        numbers = _numbers(times, self.frames["timestamp_ms"])
        if numbers is None:
            return
        self.video_times = times
        if (numbers != self.frames["frame_index"]).any():
            self.frames["frame_index"][:] = numbers
            self._changes += 1

    def _number_of(self, result: FrameResult) -> int:
        if self.video_times is not None:
            numbers = _numbers(self.video_times, np.array([result.timestamp_ms]))
            if numbers is not None:
                return int(numbers[0])
            self.video_times = None
        return result.frame_index

    def relabelled(self) -> None:
        """Say that ``steady`` or ``label`` were written to from outside."""
        self._changes += 1

    # Frames ------------------------------------------------------------------------------

    def __len__(self) -> int:
        """Number of frames."""
        return len(self.frames)

    @property
    def version(self) -> tuple[int, ...]:
        """Equal as long as nothing was added, changed or edited."""
        return len(self.frames), len(self.faces), self._changes, self.edits.revision

    @property
    def frame_ms(self) -> float:
        """How long a frame is shown, on average, milliseconds."""
        if self.info.fps > 0:
            return 1000 / self.info.fps
        times = self.frame_times()
        return float(np.median(np.diff(times))) if len(times) > 1 else 40.0

    @property
    def gap_ms(self) -> float:
        """Samples further apart than this do not belong together, milliseconds."""
        return max(4 * self.frame_ms, 200.0)

    @property
    def duration_ms(self) -> float:
        """The video's length, or the end of the last frame where that is later."""
        times = self.frame_times()
        return max(self.info.duration_ms, float(times[-1]) + self.frame_ms if len(times) else 0.0)

    def frame_order(self) -> Rows:
        """Return the rows of ``frames`` in order of time."""
        if self._in_order:  # sorting anew for every frame of a long video would be felt
            return np.arange(len(self.frames), dtype=np.int64)
        return self.cached("order", lambda: np.argsort(self.frames["timestamp_ms"], kind="stable"))

    def frame_times(self) -> npt.NDArray[np.float64]:
        """Return the times of all frames, sorted, milliseconds."""
        times: npt.NDArray[np.float64] = self.frames["timestamp_ms"]
        return times if self._in_order else self.cached("times", lambda: times[self.frame_order()])

    def row_at(self, timestamp_ms: float) -> int | None:
        """Return the row of the frame shown at a time; None where none was analysed."""
        times = self.frame_times()
        place = int(np.searchsorted(times, timestamp_ms + 0.5, side="right")) - 1
        if place < 0 or timestamp_ms - times[place] > self.gap_ms:
            return None
        return int(self.frame_order()[place])

    def row_of(self, timestamp_ms: float) -> int | None:
        """Return the row of exactly this frame; None when it was not analysed."""
        return self._row_by_time.get(time_key(timestamp_ms))

    def result_at(self, timestamp_ms: float) -> FrameResult | None:
        """Return what was found in the frame shown at a time, as it was measured."""
        row = self.row_at(timestamp_ms)
        return None if row is None else self.result(row)

    def result(self, row: int) -> FrameResult:
        """Return what was found in one frame, by its row in ``frames``."""
        frames = self.frames
        return FrameResult(
            frame_index=int(frames["frame_index"][row]),
            timestamp_ms=float(frames["timestamp_ms"][row]),
            faces=tuple(self._face(number) for number in self._faces_in(row)),
            class_names=self.info.class_names,
            detector_ran=bool(frames["detector_ran"][row]),
        )

    def _faces_in(self, row: int) -> range:
        first = int(self.frames["first_face"][row])
        return range(first, first + int(self.frames["face_count"][row]))

    def _face(self, number: int) -> Face:
        values = {name: self.faces[name][number] for name in self.faces.names}
        label, steady = int(values["label"]), values["steady"].copy()
        return Face(
            tracker_id=int(values["track"]),
            xyxy=values["xyxy"].copy(),
            score=float(values["score"]),
            probs=steady,
            probs_raw=values["raw"].copy(),
            expression=UNSURE if label < 0 else self.info.class_names[label],
            confidence=float(steady.max() if label < 0 else steady[label]),
            detected=bool(values["flags"] & DETECTED),
            quality=QUALITIES[int(values["quality"])],
            classified=bool(values["flags"] & CLASSIFIED),
        )

    # Faces -------------------------------------------------------------------------------

    @property
    def tracks(self) -> tuple[int, ...]:
        """Every track number, in the order of first arrival."""
        return tuple(self._rows_by_track)

    def rows_of_track(self, track: int) -> Rows:
        """Return the rows of ``faces`` of one track in order of time."""
        rows = np.array(self._rows_by_track.get(track, ()), np.int64)
        rows = rows[self.faces["frame"][rows] >= 0]
        times = self.times_of(rows)
        return rows if (np.diff(times) > 0).all() else rows[np.argsort(times, kind="stable")]

    def times_of(self, rows: Rows) -> npt.NDArray[np.float64]:
        """Return the times (N,) of rows of ``faces``, milliseconds."""
        times: npt.NDArray[np.float64] = self.frames["timestamp_ms"][self.faces["frame"][rows]]
        return times

    def cached(self, name: Any, make: Any) -> Any:
        """Return ``make()``, made once for one state of the recording."""
        if self._cache_key != self.version:
            self._cache, self._cache_key = {}, self.version
        if name not in self._cache:
            self._cache[name] = make()
        return self._cache[name]

    def shown_codes(self) -> npt.NDArray[np.int64]:
        """Return int64 (faces,): the class shown for every face, -1 where unsure."""
        codes: npt.NDArray[np.int64] = self.cached("shown", self._shown_codes)
        return codes

    def _shown_codes(self) -> npt.NDArray[np.int64]:
        poor = self.faces["quality"] != QUALITIES.index("ok")
        codes = np.where(poor, -1, self.faces["label"]).astype(np.int64)
        names = self.info.class_names
        for (key, track), label in self.edits.labels.items():
            row = self._row_by_time.get(key)
            for number in () if row is None else self._faces_in(row):
                if self.faces["track"][number] == track:
                    codes[number] = names.index(label) if label in names else -1
        return codes

    # Copies ------------------------------------------------------------------------------

    def snapshot(self) -> Recording:
        """Return an independent copy, e.g. to be saved on another thread."""
        return Recording.of(self.info, self.frames.copy(), self.faces.copy(), self.edits.copy())

    @classmethod
    def of(
        cls, info: RecordingInfo, frames: Columns, faces: Columns, edits: RecordingEdits
    ) -> Recording:
        """Make a recording from whole tables, which it keeps."""
        recording = cls(replace(info))
        recording.frames, recording.faces, recording.edits = frames, faces, edits
        times = np.round(frames["timestamp_ms"] * 1000).astype(np.int64)
        recording._row_by_time = {int(key): row for row, key in enumerate(times)}
        tracks = faces["track"]
        numbers, firsts = np.unique(tracks, return_index=True)
        for track in numbers[np.argsort(firsts)]:
            rows = np.flatnonzero(tracks == track).astype(np.int64)
            recording._rows_by_track[int(track)] = array("q", rows.tobytes())
        recording._in_order = bool((np.diff(times) >= 0).all())
        recording._pieces.begin()
        return recording


def _numbers(times: Floats, moments: Floats) -> Rows | None:
    """Return the numbers (M,) of the frames shown at moments (M,); None where one is none's."""
    if not len(times):
        return None
    numbers = np.searchsorted(times, moments + _SAME_TIME_MS, side="right") - 1
    fits = (np.abs(times[numbers] - moments) <= _SAME_TIME_MS).all()
    return numbers.astype(np.int64) if fits else None
