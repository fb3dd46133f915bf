"""What a check of a data set found: repeats, leaks, poor images, doubtful labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.data import quality, vote_statistics
from trainer.data.fingerprint import BITS, Whitening, digests, first_equal
from trainer.data.flags import Flag
from trainer.data.label_errors import LabelErrors
from trainer.data.repeats import find_near, repeat_flags
from trainer.errors import OperationCancelled

FindFaces = Callable[[npt.NDArray[np.uint8]], npt.NDArray[np.bool_]]
"""From uint8 (M, H, W) images to bool (M,): there is a face."""

_BATCH = 2048
_FACE_BATCH = 256


@dataclass(frozen=True)
class Findings:
    """Remarks on every image of a data set.

    Attributes:
        flags: uint32 (N,), bits of :class:`trainer.data.flags.Flag`.
        pairs: int64 (P, 2), first < second. Of k equal images each later one is paired
            with the first, so there are never more than a few pairs an image.
        pair_distance: float32 (P,), 0 for identical pixels; else how far apart the two
            are, see :mod:`trainer.data.repeats`.
        pair_across: bool (P,), the two stand in different splits.
        pair_conflict: bool (P,), the two carry different labels.
        brightness: float32 (N,), mean grey value, 0..255.
        contrast: float32 (N,), standard deviation of the grey values.
        sharpness: float32 (N,), fine detail relative to contrast
            (see :mod:`trainer.data.quality`).
        agreement: float32 (N,), share of the votes on the most voted answer; NaN without
            votes.
        entropy: float32 (N,), spread of the votes in bits; NaN without votes.
        label_errors: Suspected label errors, or None when nobody looked for them.
    """

    flags: npt.NDArray[np.uint32]
    pairs: npt.NDArray[np.int64]
    pair_distance: npt.NDArray[np.float32]
    pair_across: npt.NDArray[np.bool_]
    pair_conflict: npt.NDArray[np.bool_]
    brightness: npt.NDArray[np.float32]
    contrast: npt.NDArray[np.float32]
    sharpness: npt.NDArray[np.float32]
    agreement: npt.NDArray[np.float32]
    entropy: npt.NDArray[np.float32]
    label_errors: LabelErrors | None = None

    def __len__(self) -> int:
        return len(self.flags)

    def with_label_errors(self, errors: LabelErrors | None) -> Findings:
        """Return a copy that holds these suspected label errors, flags included."""
        flags = self.flags & ~np.uint32(Flag.SUSPECTED)
        if errors is not None:
            flags[errors.order] |= np.uint32(Flag.SUSPECTED)
        return replace(self, flags=flags, label_errors=errors)

    def counts(self) -> dict[Flag, int]:
        """Return the number of images for every flag, 0 included."""
        return {flag: int(np.count_nonzero(self.flags & np.uint32(flag))) for flag in Flag}

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-able counts (not the arrays)."""
        exact = self.pair_distance == 0
        return {
            "flags": {(flag.name or "").lower(): n for flag, n in self.counts().items()},
            "pairs": {
                "exact": int(exact.sum()),
                "near": int((~exact).sum()),
                "exact_across_splits": int((exact & self.pair_across).sum()),
                "near_across_splits": int((~exact & self.pair_across).sum()),
                "exact_with_other_label": int((exact & self.pair_conflict).sum()),
                "near_with_other_label": int((~exact & self.pair_conflict).sum()),
            },
            "label_errors": None
            if self.label_errors is None
            else {
                "source": self.label_errors.source,
                "suspected": len(self.label_errors.order),
                "judged": int(np.isfinite(self.label_errors.given_prob).sum()),
            },
        }


def check_images(
    images: npt.NDArray[np.uint8],
    targets: npt.NDArray[np.int64],
    splits: npt.NDArray[np.uint8],
    *,
    votes: npt.NDArray[np.uint8] | None = None,
    find_faces: FindFaces | None = None,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Findings:
    """Look for everything that :class:`trainer.data.findings.Findings` tells.

    Args:
        images: uint8 (N, H, W).
        targets: int64 (N,), -1 where an image has no label.
        splits: uint8 (N,), index into :data:`trainer.labels.SPLITS`.
        votes: uint8 (N, 10), columns of :data:`trainer.data.votes.VOTE_COLUMNS`.
        find_faces: Says which images show a face; without it nobody looks.
        on_progress: Called with 0..1.
        should_stop: Asked every few thousand images.

    Raises:
        OperationCancelled: ``should_stop`` said so.
    """
    count = len(images)
    for name, values in (("targets", targets), ("splits", splits)):
        if values.shape != (count,):
            raise ValueError(f"expected {name} ({count},), got {values.shape}")

    end_of_pixels, end_of_repeats = (0.1, 0.3) if find_faces is not None else (0.3, 1.0)

    def report(fraction: float) -> None:
        if should_stop is not None and should_stop():
            raise OperationCancelled
        if on_progress is not None:
            on_progress(fraction)

    measures = [quality.measure(images[:0])]
    digest = np.empty((count, 2), np.uint64)
    plain = np.empty((count, BITS), np.float16)
    mirrored = np.empty((count, BITS), np.float16)
    report(0.0)
    whitening = Whitening.of(images)
    for start in range(0, count, _BATCH):
        batch = images[start : start + _BATCH]
        part = slice(start, start + len(batch))
        measures.append(quality.measure(batch))
        digest[part] = digests(batch)
        plain[part], mirrored[part] = whitening.describe(batch)
        report(end_of_pixels * (start + len(batch)) / count)
    measured = quality.join(measures)
    flags = measured.flags()

    first = first_equal(digest)
    # A blank image is near to every other blank one: that is no repeat worth telling.
    unique = np.flatnonzero((first == np.arange(count)) & (flags & np.uint32(Flag.BLANK) == 0))
    near, near_distance = find_near(
        images,
        plain,
        mirrored,
        unique,
        on_progress=lambda part: report(end_of_pixels + (end_of_repeats - end_of_pixels) * part),
        should_stop=should_stop,
    )
    flags |= repeat_flags(first, near, splits)
    if votes is not None:
        flags[vote_statistics.no_majority(votes)] |= np.uint32(Flag.NO_MAJORITY)
        flags[vote_statistics.ties(votes)] |= np.uint32(Flag.TIE)
    if find_faces is not None:
        for start in range(0, count, _FACE_BATCH):
            seen = find_faces(images[start : start + _FACE_BATCH])
            flags[start : start + _FACE_BATCH][~seen] |= np.uint32(Flag.NO_FACE)
            report(end_of_repeats + (1 - end_of_repeats) * start / count)
    report(1.0)

    later = np.flatnonzero(first != np.arange(count))
    pairs = np.concatenate([np.stack([first[later], later], axis=1), near])
    unvoted = np.full(count, np.nan, np.float32)
    labelled = (targets[pairs] >= 0).all(axis=1)
    return Findings(
        flags=flags,
        pairs=pairs,
        pair_distance=np.concatenate(
            # Only identical pixels have the distance 0.
            [np.zeros(len(later), np.float32), np.maximum(near_distance, np.float32(1e-6))]
        ),
        pair_across=splits[pairs[:, 0]] != splits[pairs[:, 1]],
        pair_conflict=labelled & (targets[pairs[:, 0]] != targets[pairs[:, 1]]),
        brightness=measured.brightness,
        contrast=measured.contrast,
        sharpness=measured.sharpness,
        agreement=unvoted if votes is None else vote_statistics.agreement(votes),
        entropy=unvoted if votes is None else vote_statistics.entropy(votes),
    )
