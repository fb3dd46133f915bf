"""A comparison as JSON can hold it."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from trainer.compare.comparison import COVERAGES, Comparison, Entry
from trainer.labels import SPLITS

_COVERAGE_KEYS = ("threshold", "coverage", "accuracy")


def to_dict(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON can hold it; what is not a number is None."""
    plain = {
        "dataset": comparison.dataset_name,
        "dataset_hash": comparison.dataset_hash,
        "split": comparison.split,
        "counts": {
            name: dict(zip(SPLITS, row, strict=True))
            for name, row in zip(comparison.class_names, comparison.counts, strict=True)
        },
        "baseline": comparison.entries[comparison.baseline].candidate.name,
        "models": [_entry_dict(entry) for entry in comparison.entries],
        "differences_from_baseline": {
            comparison.entries[number].candidate.name: {
                name: {
                    "verdict": verdict.kind,
                    **asdict(verdict.difference),
                    "sentence": verdict.sentence(
                        comparison.entries[number].candidate.name,
                        comparison.entries[comparison.baseline].candidate.name,
                    ),
                    "mcnemar": asdict(verdict.test) if name == "top1_accuracy" else None,
                }
                for name, verdict in verdicts.items()
            }
            for number, verdicts in comparison.verdicts.items()
        },
        "seeds": [
            {"models": list(names), **asdict(spread)} for names, spread in comparison.spreads
        ],
        "date": comparison.date.isoformat(timespec="seconds"),
        "versions": comparison.versions,
    }
    return {key: _without_nan(value) for key, value in plain.items()}


def _entry_dict(entry: Entry) -> dict[str, Any]:
    candidate = entry.candidate
    found: dict[str, Any] = {
        "name": candidate.name,
        "kind": candidate.kind,
        "path": candidate.key,
        "parameters": candidate.parameters,
        "model_hash": entry.scores.model_hash,
        "scores": entry.scores.report(),
        "intervals": {name: [value.low, value.high] for name, value in entry.intervals.items()},
        "flags": [{"code": flag.code, "text": flag.text} for flag in entry.flags],
        "coverage": [
            dict(zip(_COVERAGE_KEYS, entry.coverage.at_coverage(share), strict=True))
            for share in COVERAGES
        ],
        "human_agreement": [asdict(part) for part in entry.slices],
        "speed": asdict(entry.speed) if entry.speed is not None else None,
        "calibration": None,
    }
    if entry.calibration is not None:
        values = asdict(entry.calibration)
        found["calibration"] = {
            key: value for key, value in values.items() if key not in ("before", "after")
        }
    return found


def _without_nan(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _without_nan(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(entry) for entry in value]
    return value
