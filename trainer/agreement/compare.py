"""How far a person's coding and the model's labels agree, and where they do not.

Agreement beyond chance is Cohen's kappa (Cohen, Educational and Psychological Measurement 20,
1960): (p_o - p_e) / (1 - p_e), with p_o the share of frames with the same label and p_e the share
expected if both labelled independently with the frequencies they have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.agreement.coding import Segment, Tier, expression_of, left_out
from trainer.agreement.tracks import Codes, Floats, LabelTrack
from trainer.errors import DataError
from trainer.labels import EXPRESSIONS

_NEUTRAL = EXPRESSIONS.index("neutral")
_NOT_CODED = -1


@dataclass(frozen=True)
class Disagreement:
    """A stretch in which coder and model say different things.

    Attributes:
        start_ms: Time of its first frame.
        end_ms: When its last frame goes.
        coder: The coder's expression.
        model: The model's.
    """

    start_ms: float
    end_ms: float
    coder: str
    model: str


@dataclass(frozen=True)
class ClassAgreement:
    """One expression against all others.

    Attributes:
        name: The expression.
        kappa: Cohen's kappa of "it or not"; None where neither or both name nothing else.
        coder_s: Seconds the coder gives it.
        model_s: Seconds the model gives it.
        both_s: Seconds both give it.
    """

    name: str
    kappa: float | None
    coder_s: float
    model_s: float
    both_s: float


@dataclass(frozen=True)
class Agreement:
    """What a comparison gives.

    Attributes:
        kappa: Cohen's kappa over all expressions; None where only one occurs.
        share: Share of compared frames with the same label, 0..1.
        frames: Frames compared.
        seconds: How long they last.
        unsure_s: Coded seconds in which the model is unsure; not compared.
        uncoded_s: Seconds with a face that the coder left without a label; not compared.
        classes: By expression, only those that occur.
        confusion: Seconds, (7, 7): coder's expression by row, model's by column.
        disagreements: In order of time.
        notes: Sentences about what was left out.
        delay_ms: By how much the coding was moved earlier.
        coder: What the coder gives, in the video's time, delay taken off.
        model: What the model shows; without the unsure stretches.
    """

    kappa: float | None
    share: float
    frames: int
    seconds: float
    unsure_s: float
    uncoded_s: float
    classes: tuple[ClassAgreement, ...]
    confusion: Floats
    disagreements: tuple[Disagreement, ...]
    notes: tuple[str, ...]
    delay_ms: float
    coder: tuple[Segment, ...]
    model: tuple[Segment, ...]

    def seconds_of(self, coder: str, model: str) -> float:
        """Return the seconds that the coder calls one expression and the model another."""
        return float(self.confusion[EXPRESSIONS.index(coder), EXPRESSIONS.index(model)])

    def to_dict(self) -> dict[str, Any]:
        """Return everything for JSON, seconds and milliseconds as named."""
        return {
            "kappa": self.kappa,
            "agreement": self.share,
            "frames": self.frames,
            "seconds": round(self.seconds, 3),
            "unsure_s": round(self.unsure_s, 3),
            "uncoded_s": round(self.uncoded_s, 3),
            "delay_ms": self.delay_ms,
            "per_class": {
                entry.name: {
                    "kappa": entry.kappa,
                    "coder_s": round(entry.coder_s, 3),
                    "model_s": round(entry.model_s, 3),
                    "both_s": round(entry.both_s, 3),
                }
                for entry in self.classes
            },
            "classes": list(EXPRESSIONS),
            "confusion_s": np.round(self.confusion, 3).tolist(),
            "disagreements": [
                {
                    "start_ms": round(item.start_ms, 3),
                    "end_ms": round(item.end_ms, 3),
                    "coder": item.coder,
                    "model": item.model,
                }
                for item in self.disagreements
            ],
            "notes": list(self.notes),
        }


def kappa_of(counts: npt.NDArray[Any]) -> float | None:
    """Return Cohen's kappa of a square table of counts; None where it is not defined."""
    total = float(counts.sum())
    if total <= 0:
        return None
    observed = float(np.trace(counts)) / total
    expected = float(counts.sum(axis=0) @ counts.sum(axis=1)) / total**2
    return None if expected >= 1 - 1e-12 else (observed - expected) / (1 - expected)


def coder_codes(
    tier: Tier, track: LabelTrack, delay_ms: float = 0.0, *, gaps_are_neutral: bool = False
) -> Codes:
    """Return the coder's expression for every frame of a track, (N,); -1 where there is none.

    A frame belongs to the stretch that its middle lies in; where stretches overlap, to the one
    that began last.

    Args:
        tier: The coding.
        track: Gives the frames.
        delay_ms: The coder's reaction time: everything is taken so much earlier.
        gaps_are_neutral: What the coder left without a label counts as neutral.
    """
    middles = (track.start_ms + track.end_ms) / 2 + delay_ms
    codes = np.full(len(middles), _NEUTRAL if gaps_are_neutral else _NOT_CODED, np.int64)
    for segment in tier.segments:
        first, last = np.searchsorted(middles, (segment.start_ms, segment.end_ms))
        code = expression_of(segment.label)
        codes[first:last] = _NOT_CODED if code is None else code
    return codes


def compare(
    tier: Tier, track: LabelTrack, delay_ms: float = 0.0, *, gaps_are_neutral: bool = False
) -> Agreement:
    """Compare a coding with the model's labels of one person, frame by frame.

    Args:
        tier: The coding.
        track: The person.
        delay_ms: See :func:`coder_codes`.
        gaps_are_neutral: See :func:`coder_codes`.

    Raises:
        DataError: There is no frame that both have labelled.
    """
    coder = coder_codes(tier, track, delay_ms, gaps_are_neutral=gaps_are_neutral)
    model = track.codes
    lasting = (track.end_ms - track.start_ms) / 1000
    both = (coder >= 0) & (model >= 0)
    sentence = left_out(tier.segments)
    if not both.any():
        raise DataError(
            "Coder and model have no labelled frame in common; check that the coding belongs to "
            "this video, the delay, and how its labels are called."
            + (f" {sentence}" if sentence else "")
        )
    size = len(EXPRESSIONS)
    counts = np.zeros((size, size), np.int64)
    np.add.at(counts, (coder[both], model[both]), 1)
    confusion = np.zeros((size, size), np.float64)
    np.add.at(confusion, (coder[both], model[both]), lasting[both])
    return Agreement(
        kappa=kappa_of(counts),
        share=float(np.trace(counts) / counts.sum()),
        frames=int(counts.sum()),
        seconds=float(lasting[both].sum()),
        unsure_s=float(lasting[(coder >= 0) & (model < 0)].sum()),
        uncoded_s=float(lasting[coder < 0].sum()),
        classes=_by_class(counts, confusion),
        confusion=confusion,
        disagreements=_disagreements(track, coder),
        notes=(sentence,) if sentence else (),
        delay_ms=delay_ms,
        coder=_stretches(track, coder),
        model=_stretches(track, model),
    )


def best_delay(
    tier: Tier,
    track: LabelTrack,
    *,
    gaps_are_neutral: bool = False,
    most_ms: float = 3000.0,
    step_ms: float = 50.0,
) -> float:
    """Return the delay (ms, 0 to ``most_ms``) with the highest kappa; the shortest of equals.

    The figure is a help for setting the delay. Kappa at a delay chosen this way is too kind.
    """
    best, found = -np.inf, 0.0
    for delay in np.arange(0.0, most_ms + step_ms / 2, step_ms):
        coder = coder_codes(tier, track, float(delay), gaps_are_neutral=gaps_are_neutral)
        both = (coder >= 0) & (track.codes >= 0)
        counts = np.zeros((len(EXPRESSIONS), len(EXPRESSIONS)), np.int64)
        np.add.at(counts, (coder[both], track.codes[both]), 1)
        kappa = kappa_of(counts)
        if kappa is not None and kappa > best + 1e-9:
            best, found = kappa, float(delay)
    return found


def _by_class(counts: npt.NDArray[np.int64], confusion: Floats) -> tuple[ClassAgreement, ...]:
    found = []
    total = int(counts.sum())
    for code, name in enumerate(EXPRESSIONS):
        hits, coder, model = counts[code, code], counts[code].sum(), counts[:, code].sum()
        if coder + model == 0:
            continue
        rest = total - coder - model + hits
        table = np.array([[hits, coder - hits], [model - hits, rest]])
        found.append(
            ClassAgreement(
                name,
                kappa_of(table),
                float(confusion[code].sum()),
                float(confusion[:, code].sum()),
                float(confusion[code, code]),
            )
        )
    return tuple(found)


def _stretches(track: LabelTrack, codes: Codes) -> tuple[Segment, ...]:
    return tuple(
        Segment(start, end, EXPRESSIONS[codes[first]]) for start, end, first in _runs(track, codes)
    )


def _disagreements(track: LabelTrack, coder: Codes) -> tuple[Disagreement, ...]:
    model, size = track.codes, len(EXPRESSIONS)
    differ = (coder >= 0) & (model >= 0) & (coder != model)
    return tuple(
        Disagreement(start, end, EXPRESSIONS[coder[first]], EXPRESSIONS[model[first]])
        for start, end, first in _runs(track, np.where(differ, coder * size + model, -1))
    )


def _runs(track: LabelTrack, codes: Codes) -> list[tuple[float, float, int]]:
    """Return start, end and first frame of every stretch of one code; codes below 0 are none."""
    places = np.flatnonzero(codes >= 0)
    if not len(places):
        return []
    same = (
        (np.diff(places) == 1)
        & (np.diff(codes[places]) == 0)
        & (track.start_ms[places[1:]] <= track.end_ms[places[:-1]] + 0.5)
    )
    edges = [0, *(np.flatnonzero(~same) + 1).tolist(), len(places)]
    return [
        (float(track.start_ms[places[i]]), float(track.end_ms[places[k - 1]]), int(places[i]))
        for i, k in zip(edges[:-1], edges[1:], strict=True)
    ]
