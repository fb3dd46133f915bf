"""A model card in Markdown (after Mitchell et al., "Model Cards for Model Reporting", 2019)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trainer.compare import html_parts as texts
from trainer.compare.comparison import COVERAGES, Comparison, Entry
from trainer.compare.limits import limits_of
from trainer.compare.pictures import class_rows, confusion_percent
from trainer.compare.recipes import flat_settings
from trainer.labels import SPLITS


def model_card(comparison: Comparison, place: int = 0) -> str:
    """Return the card of one model of a comparison.

    Args:
        comparison: Where it was judged.
        place: Which of its entries.
    """
    entry = comparison.entries[place]
    candidate, scores = entry.candidate, entry.scores
    parts = [f"# Model card: {_plain(candidate.name)}", "", *_what_it_is(entry)]
    parts += ["", "## Data", "", *_data(comparison, entry)]
    parts += ["", "## Recipe", ""]
    parts += _table(["setting", "value"], [list(item) for item in flat_settings(candidate).items()])
    parts += ["", "## How good it is", "", *_scores(comparison, entry)]
    parts += ["", "## How sure it is", "", *_confidence(entry)]
    if entry.speed is not None:
        speed = entry.speed
        parts += [
            "",
            "## Speed",
            "",
            f"{speed.median_ms:.2f} ms a face (median; 95 of 100 within {speed.p95_ms:.2f} ms) on "
            f"one thread; {speed.faces_per_second:.0f} faces/s in batches on {speed.threads} "
            f"threads; {_plain(speed.machine)}.",
        ]
    parts += ["", "## Limits", ""]
    parts += [f"- {_plain(sentence)}" for sentence in limits_of(comparison)]
    versions = ", ".join(f"{name} {version}" for name, version in comparison.versions.items())
    parts += ["", "## Versions", "", f"{_plain(versions)}. File {_plain(scores.model_file.name)},"]
    parts += [f"sha256 `{scores.model_hash}`. Written {comparison.date:%Y-%m-%d}.", ""]
    return "\n".join(parts)


def _what_it_is(entry: Entry) -> list[str]:
    candidate = entry.candidate
    size = f"{candidate.parameters:,} parameters" if candidate.parameters else "size not counted"
    lines = [f"Network {_plain(candidate.architecture)}, {size}."]
    if candidate.metadata is not None:
        preset = candidate.metadata.preprocessing
        names = ", ".join(candidate.metadata.class_names)
        lines += [
            "",
            f"It takes a face of {preset.image_side} x {preset.image_side} pixels "
            f"({preset.channels} channel{'s' if preset.channels > 1 else ''}) and gives "
            f"probabilities of {_plain(names)}.",
        ]
    if candidate.marks.note:
        lines += ["", _plain(candidate.marks.note)]
    return lines


def _data(comparison: Comparison, entry: Entry) -> list[str]:
    trained = entry.candidate.dataset_name or "not known"
    hashes = ", ".join(f"`{value[:12]}`" for value in sorted(entry.candidate.dataset_hashes))
    lines = [
        f"Trained on {_plain(trained)} {f'({hashes})' if hashes else ''}".rstrip() + ". Judged on "
        f"the {comparison.split} split of {_plain(comparison.dataset_name)} "
        f"(`{comparison.dataset_hash[:12]}`):",
        "",
    ]
    rows = [
        [name, *(f"{count:,}" for count in counts)]
        for name, counts in zip(comparison.class_names, comparison.counts, strict=True)
    ]
    lines += _table(["images", *SPLITS], rows)
    for flag in entry.flags:
        lines += ["", _plain(flag.text)]
    return lines


def _scores(comparison: Comparison, entry: Entry) -> list[str]:
    scores = entry.scores
    names = {"top1_accuracy": "Accuracy", "macro_f1": "macro-F1", "balanced_accuracy": "balanced"}
    sentence = ", ".join(
        f"{names[name]} {texts.with_interval(value.value, value.low, value.high)}"
        for name, value in entry.intervals.items()
    )
    lines = [f"{sentence}; loss {scores.metrics['log_loss']:.3f}; n = {len(scores):,}.", ""]
    rows = [
        [
            row.name,
            texts.number(row.precision),
            texts.number(row.recall.value) if row.support else "no images",
            texts.number(row.f1),
            f"{row.support:,}",
        ]
        for row in class_rows(scores)
    ]
    lines += _table(["expression", "precision", "recall", "F1", "images"], rows)
    shares = confusion_percent(scores)
    matrix = [
        [name, *(texts.number(share, 0) for share in shares[place])]
        for place, name in enumerate(comparison.class_names)
    ]
    lines += ["", *_table(["label, answered in %", *comparison.class_names], matrix)]
    if entry.slices:
        people = [
            [part.name, f"{part.images:,}", texts.percent(part.accuracy.value)]
            + [texts.percent(part.voter_accuracy)]
            for part in entry.slices
        ]
        header = ["of ten people agree", "images", "accuracy", "one person"]
        lines += ["", *_table(header, people)]
    return lines


def _confidence(entry: Entry) -> list[str]:
    lines = []
    found = entry.calibration
    if found is not None:
        lines += [
            f"Calibration error {texts.percent(found.error_before)} as it is, "
            f"{texts.percent(found.error_after)} with a temperature of {found.temperature:.2f} "
            f"(a perfectly calibrated network would show {texts.percent(found.error_by_chance)} "
            "on so many images).",
            "",
        ]
    rows = []
    for share in COVERAGES:
        threshold, coverage, accuracy = entry.coverage.at_coverage(share)
        rows.append([f"{threshold:.2f}", texts.percent(coverage, 0), texts.percent(accuracy)])
    header = ["answers from confidence", "faces answered", "accuracy of these"]
    return lines + _table(header, rows)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(_plain(text) for text in header) + " |"]
    lines.append("|---" * len(header) + "|")
    lines += ["| " + " | ".join(_plain(text) for text in row) + " |" for row in rows]
    return lines


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))
