"""The report's parts on what was measured beside the scores: confidence, people, speed, others."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.compare import html_parts as html
from trainer.compare.comparison import COVERAGES, Comparison, Entry
from trainer.compare.literature import REFERENCES
from trainer.compare.pictures import FRAME_RATES, frame_budget_ms
from trainer.compare.svg import Line, chart

_FEW = 10  # images in a bin, below which its accuracy says nothing


def confidence(comparison: Comparison) -> list[str]:
    """Return calibration before and after, and accuracy against faces answered."""
    parts = ["<h2>Confidence</h2>"]
    rows, diagrams = [], []
    for entry in comparison.entries:
        found = entry.calibration
        if found is None:
            continue
        rows.append(
            [
                entry.candidate.name,
                str(entry.scores.temperature),
                html.percent(found.error_before),
                str(found.temperature),
                html.percent(found.error_after),
                html.percent(found.error_by_chance),
            ]
        )
        sides = (("as it is", found.before), ("temperature fitted", found.after))
        diagrams.append(
            chart(
                f"Reliability of {entry.candidate.name}",
                [
                    Line(
                        name,
                        [part.confidence for part in bins if part.count >= _FEW],
                        [part.accuracy.value for part in bins if part.count >= _FEW],
                    )
                    for name, bins in sides
                ],
                f"confidence of {entry.candidate.name}",
                "accuracy",
                percent=True,
                diagonal=True,
                x_range=(0.0, 1.0),
                y_range=(0.0, 1.0),
            )
        )
    if rows:
        header = [
            "model",
            "temperature",
            "calibration error",
            "fitted temperature",
            "error with it",
            "by chance",
        ]
        note = (
            "Expected calibration error over 15 bins; the error with the fitted temperature is "
            "judged on images it was not fitted on; by chance is what a perfectly calibrated "
            f"network would show on so many images. Bins of fewer than {_FEW} images are not drawn."
        )
        parts += [html.table(header, rows), html.paragraph(note, "soft")]
        parts.append(f'<div class="grid2">{"".join(diagrams)}</div>')
    coverage = [_coverage_line(entry) for entry in comparison.entries]
    parts += [
        "<h3>Answering only the surest faces</h3>",
        chart(
            "Accuracy by share of faces answered",
            coverage,
            "share of faces answered",
            "accuracy of these",
            percent=True,
            x_range=(0.0, 1.0),
        ),
        html.table(
            ["model", *(f"{100 * share:.0f} % answered" for share in COVERAGES)],
            [
                [
                    entry.candidate.name,
                    *(html.percent(entry.coverage.at_coverage(share)[2]) for share in COVERAGES),
                ]
                for entry in comparison.entries
            ],
        ),
    ]
    return parts


def people(entries: Sequence[Entry]) -> list[str]:
    """Return accuracy by how many people agreed; nothing without votes."""
    rows = [
        [
            entry.candidate.name,
            part.name,
            f"{part.images:,}",
            html.with_interval(part.accuracy.value, part.accuracy.low, part.accuracy.high),
            html.percent(part.voter_accuracy),
            html.percent(part.majority_accuracy),
            html.percent(part.soft_accuracy),
            html.percent(part.best_soft_accuracy),
        ]
        for entry in entries
        for part in entry.slices
    ]
    if not rows:
        return []
    header = [
        "model",
        "of ten people agree",
        "images",
        "accuracy",
        "one person",
        "their majority",
        "share of people who agree",
        "most possible",
    ]
    return [
        "<h2>People</h2>",
        html.paragraph(
            "FER+ asked ten people about every image. Accuracy, one person and their majority are "
            "against the data's label; the last two columns are against the ten people.",
            "soft",
        ),
        html.table(header, rows, text_columns=(0, 1)),
    ]


def speed(entries: Sequence[Entry]) -> list[str]:
    """Return the speed of those that were measured."""
    measured = [entry for entry in entries if entry.speed is not None]
    if not measured:
        return []
    rows, points = [], []
    for entry in measured:
        found = entry.speed
        assert found is not None
        rows.append(
            [
                entry.candidate.name,
                html.number(found.median_ms),
                html.number(found.p95_ms),
                f"{html.number(found.faces_per_second, 0)} ({found.threads} threads)",
                html.number(found.megabytes, 1),
                found.machine,
            ]
        )
        accuracy = float(entry.scores.metrics["top1_accuracy"])
        points.append(Line(entry.candidate.name, [found.median_ms], [accuracy], dots=True))
    slowest = max(entry.speed.median_ms for entry in measured if entry.speed is not None)
    marks = [
        (frame_budget_ms(rate), f"{rate}/s")
        for rate in FRAME_RATES
        if frame_budget_ms(rate) <= max(2 * slowest, frame_budget_ms(FRAME_RATES[-1]))
    ]
    header = ["model", "ms a face", "p95", "faces/s", "MB", "machine"]
    return [
        "<h2>Speed</h2>",
        html.paragraph(
            "One face on one thread after a warm-up; faces/s in batches. Upright lines: one face a "
            "frame at that frame rate, the detector not counted.",
            "soft",
        ),
        html.table(header, rows, text_columns=(0, 5)),
        chart(
            "Accuracy by milliseconds a face",
            points,
            "ms a face (median)",
            "accuracy",
            percent=True,
            marks=marks,
        ),
    ]


def references() -> list[str]:
    """Return the figures of others."""
    rows = [[row.name, row.accuracy_text, row.source, row.protocol] for row in REFERENCES]
    return [
        "<h2>Figures of others</h2>",
        html.paragraph("They stand apart: other images, other training.", "soft"),
        html.table(["network", "accuracy", "source", "protocol"], rows, text_columns=(0, 2, 3)),
    ]


def _coverage_line(entry: Entry) -> Line:
    """Return a curve of a hundred points; the very surest faces are too few to say much."""
    found = [entry.coverage.at_coverage(share / 100) for share in range(5, 101)]
    return Line(entry.candidate.name, [part[1] for part in found], [part[2] for part in found])
