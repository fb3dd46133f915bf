"""Corrections in, a new network and the truth about it out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainer.data.correction import Correction
from trainer.data.correction_units import folds_of, unit_numbers
from trainer.data.corrections import Corrections
from trainer.errors import DataError, MienError, OperationCancelled
from trainer.improve.head import Change, fit_within
from trainer.improve.missing import what_is_missing
from trainer.improve.network import HeadNetwork
from trainer.improve.outcome import (
    BETTER,
    FORGETS,
    NOT_BETTER,
    UNCLEAR,
    BeforeAfter,
    Outcome,
    measure,
)
from trainer.improve.replay import Replay
from trainer.inference.correcting import faces_for
from trainer.labels import EXPRESSIONS, canonical_indices
from trainer.metadata import ModelMetadata

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

MakeReplay = Callable[[HeadNetwork, Callable[[float], None]], Replay]


def improve(
    corrections: Corrections,
    network: HeadNetwork,
    make_replay: MakeReplay,
    out: Path,
    *,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Outcome:
    """Fit the last layer to corrections and write a new network if it is worth it.

    Every correction is judged once by a last layer that was fitted without its video, and the base
    split is judged on a half that chose nothing.

    Args:
        corrections: What the user said.
        network: The network in use.
        make_replay: Returns what is replayed; given the network and where to announce 0..1.
        out: A ``.onnx`` file that does not exist yet; nothing is written unless it is better.
        on_progress: Called with 0..1.
        should_stop: Asked often.

    Raises:
        DataError: There are too few corrections, or the replayed data does not fit.
        MienError: The file is there already or cannot be written.
        OperationCancelled: ``should_stop`` said so; nothing was written.
    """
    started = time.monotonic()
    items = corrections.items
    missing = what_is_missing(items)
    if missing:
        raise DataError(missing)
    if out.exists():
        raise MienError(f"{out} is there already; choose another name.")
    announce = on_progress if on_progress is not None else _ignore
    columns = np.array(canonical_indices(network.metadata.class_names), np.int64)
    targets = columns[corrections.targets()]
    features, logits = network.features(
        faces_for(items, network.metadata.preprocessing),
        on_progress=lambda share: announce(0.1 * share),
        should_stop=should_stop,
    )
    replay = make_replay(network, lambda share: announce(0.1 + 0.6 * share))
    places = replay.place(features)
    guard = np.random.default_rng(0).permutation(len(replay.base_targets)) % 2 == 0
    units, kind = unit_numbers(items)
    folds = folds_of(units)
    count = int(folds.max()) + 1

    def outcome(
        verdict: str,
        held_out: BeforeAfter | None = None,
        base: BeforeAfter | None = None,
        change: Change | None = None,
        path: Path | None = None,
    ) -> Outcome:
        return Outcome(
            verdict,
            len(items),
            corrections.content_hash(),
            int(units.max()) + 1,
            kind,
            count,
            held_out,
            base,
            replay.name,
            0.0 if change is None else change.strength,
            network.path.name,
            network.sha256,
            path,
            time.monotonic() - started,
        )

    right = np.zeros(len(items), np.bool_)
    for fold in range(count):
        announce(0.7 + 0.25 * fold / count)
        rest, out_of = folds != fold, folds == fold
        change = fit_within(places[rest], logits[rest], targets[rest], replay, guard, should_stop)
        # No change that holds the base split: the old network answers.
        answers = (
            logits[out_of] if change is None else change.logits(places[out_of], logits[out_of])
        )
        right[out_of] = answers.argmax(axis=1) == targets[out_of]
    final = fit_within(places, logits, targets, replay, guard, should_stop)
    announce(0.95)
    if final is None:
        return outcome(FORGETS)
    held_out = measure(logits.argmax(axis=1) == targets, right, _people(items))
    base = _base(replay, final, ~guard)
    verdict = _verdict(held_out)
    if verdict == NOT_BETTER:
        return outcome(verdict, held_out, base, final)
    if should_stop is not None and should_stop():
        raise OperationCancelled
    weight, bias = final.head(replay, network.weight, network.bias)
    metadata = _described(network, corrections, held_out, base, replay, verdict)
    try:
        network.save_with_head(weight, bias, metadata, out)
    except OSError as error:
        raise MienError(
            f"The new model cannot be written to {out} ({error.strerror or error}); make room or "
            "choose another folder."
        ) from error
    announce(1.0)
    return outcome(verdict, held_out, base, final, out)


def free_name(folder: Path, parent: str) -> Path:
    """Return where a network made from ``parent`` can be put."""
    stem = Path(parent).stem.split(" corrected ")[0][:60]
    day = datetime.now().strftime("%Y-%m-%d")
    for number in range(1, 1000):
        extra = "" if number == 1 else f" {number}"
        path = folder / f"{stem} corrected {day}{extra}.onnx"
        if not path.exists():
            return path
    raise MienError(f"There is no free name in {folder}; remove some of its models.")


def _verdict(held_out: BeforeAfter) -> str:
    if held_out.difference.value <= 0:
        return NOT_BETTER
    return BETTER if held_out.difference.low > 0 else UNCLEAR


def _people(items: Sequence[Correction]) -> Ints:
    keys = [(item.video, item.person) for item in items]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[key] for key in keys], np.int64)


def _base(replay: Replay, change: Change, judged: Bools) -> BeforeAfter:
    targets, logits = replay.base_targets[judged], replay.base_logits[judged]
    after = change.logits(replay.base_places[judged], logits)
    return measure(logits.argmax(axis=1) == targets, after.argmax(axis=1) == targets)


def _described(
    network: HeadNetwork,
    corrections: Corrections,
    held_out: BeforeAfter,
    base: BeforeAfter,
    replay: Replay,
    verdict: str,
) -> ModelMetadata:
    old = network.metadata
    counts = dict(zip(EXPRESSIONS, corrections.counts().tolist(), strict=True))
    return replace(
        old,
        # The parent's own figures say nothing about this network.
        metrics={
            "held_out_before": held_out.before.value,
            "held_out_after": held_out.after.value,
            "held_out_difference_low": held_out.difference.low,
            "held_out_difference_high": held_out.difference.high,
            "base_before": base.before.value,
            "base_after": base.after.value,
            "base_difference_low": base.difference.low,
            "base_difference_high": base.difference.high,
        },
        extra={
            **old.extra,
            "improved_from": network.path.name,
            "parent_sha256": network.sha256,
            "corrections_sha256": corrections.content_hash(),
            "corrections": ", ".join(f"{name} {number}" for name, number in counts.items()),
            "replayed": replay.name,
            "verdict": verdict,
            "improved": datetime.now(UTC).isoformat(timespec="seconds"),
        },
    )


def _ignore(_share: float) -> None:
    """Announce nothing."""
