"""Made-up recordings for the tests of what is built on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from trainer.inference.recording import Recording, RecordingInfo
from trainer.inference.types import UNSURE, Face, FrameResult
from trainer.labels import EXPRESSIONS


def probs(label: str, value: float = 0.7) -> np.ndarray:
    """Return float32 (7,) with ``value`` for one class and the rest shared by the others."""
    row = np.full(7, (1 - value) / 6, np.float32)
    row[EXPRESSIONS.index(label)] = value
    return row


def face(
    track: int,
    label: str = "happiness",
    *,
    left: float = 0.0,
    value: float = 0.7,
    raw: str | None = None,
    quality: str = "ok",
    score: float = 0.9,
) -> Face:
    """Return a face of 50 pixels at ``left``; ``"unsure"`` is a flat neutral."""
    winner = "neutral" if label == UNSURE else label
    steady = probs(winner, value)
    return Face(
        tracker_id=track,
        xyxy=np.array([left, 10, left + 50, 60], np.float32),
        score=score,
        probs=steady,
        probs_raw=probs(raw or winner, value),
        expression=label,
        confidence=float(steady.max()),
        quality=quality,
    )


def result(index: int, *faces: Face, ms: float = 40.0) -> FrameResult:
    """Return frame ``index`` at ``index * ms`` milliseconds."""
    return FrameResult(index, index * ms, faces, EXPRESSIONS)


def recording(
    labels: Iterable[Sequence[str] | str | None], *, fps: float = 25.0, **info: object
) -> Recording:
    """Return a recording with one frame for each entry.

    An entry is the label of person 1, the labels of persons 1, 2, ..., or None for no face.
    """
    made = Recording(RecordingInfo(EXPRESSIONS, 640, 480, fps=fps, **info))  # type: ignore[arg-type]
    for index, entry in enumerate(labels):
        names = () if entry is None else (entry,) if isinstance(entry, str) else entry
        faces = [face(n + 1, name, left=100.0 * n) for n, name in enumerate(names)]
        made.add(result(index, *faces, ms=1000 / fps))
    return made
