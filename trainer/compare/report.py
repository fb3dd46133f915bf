"""The report of a comparison: one HTML file that opens anywhere, without a network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trainer.compare import html_parts as html
from trainer.compare.comparison import Comparison, Entry
from trainer.compare.limits import limits_of
from trainer.compare.pictures import (
    class_rows,
    confusion_counts,
    confusion_percent,
    most_confused,
)
from trainer.compare.recipes import differs, settings_table
from trainer.compare.report_measures import confidence, people, references, speed
from trainer.compare.svg import Line, chart
from trainer.files import write_text
from trainer.labels import SPLITS


def write_report(comparison: Comparison, path: Path) -> None:
    """Write the report, atomically.

    Raises:
        OSError: It cannot be written.
    """
    write_text(path, to_html(comparison))


def to_html(comparison: Comparison) -> str:
    """Return the report as one page of HTML: no script, nothing to load, names escaped."""
    count = len(comparison.entries)
    title = f"{count} model{'s' if count != 1 else ''} on {comparison.dataset_name}"
    judged = len(comparison.entries[0].scores)
    body = [
        f"<h1>{html.escape(title)}</h1>",
        html.paragraph(
            f"{judged:,} images of the {comparison.split} split, data "
            f"{comparison.dataset_hash[:12]}, {comparison.date:%Y-%m-%d %H:%M}. Made by Mien.",
            "soft",
        ),
        *_results(comparison),
        *_differences(comparison),
        *_data(comparison),
        *_recipe(comparison.entries),
        *_curves(comparison.entries),
        *_classes(comparison),
        *confidence(comparison),
        *people(comparison.entries),
        *speed(comparison.entries),
        *references(),
        "<h2>Limits</h2>",
        html.bullets(limits_of(comparison)),
        "<h2>Versions</h2>",
        html.table(["program", "version"], list(comparison.versions.items()), text_columns=(0, 1)),
    ]
    return html.page(title, body)


def _results(comparison: Comparison) -> list[str]:
    rows = []
    for entry in comparison.entries:
        scores, candidate = entry.scores, entry.candidate
        rows.append(
            [
                candidate.name,
                candidate.architecture,
                *(
                    html.with_interval(value.value, value.low, value.high)
                    for value in entry.intervals.values()
                ),
                html.number(scores.metrics["log_loss"], 3),
                f"{candidate.parameters:,}" if candidate.parameters else "-",
                html.number(scores.model_file.stat().st_size / 1e6, 1)
                if scores.model_file.is_file()
                else "-",
                str(candidate.epochs or "-"),
            ]
        )
    header = [
        "model",
        "network",
        "accuracy (95 % interval)",
        "macro-F1",
        "balanced accuracy",
        "loss",
        "parameters",
        "MB",
        "epochs",
    ]
    parts = ["<h2>Results</h2>", html.table(header, rows, text_columns=(0, 1))]
    for entry in comparison.entries:
        for flag in entry.flags:
            parts.append(html.paragraph(f"{entry.candidate.name}: {flag.text}", "flag"))
        if entry.candidate.marks.note:
            parts.append(html.paragraph(f"{entry.candidate.name}: {entry.candidate.marks.note}"))
    return parts


def _differences(comparison: Comparison) -> list[str]:
    if not comparison.verdicts:
        return []
    baseline = comparison.entries[comparison.baseline].candidate.name
    parts = ["<h2>Differences</h2>", html.paragraph(f"Held against {baseline}.", "soft")]
    for place, verdicts in comparison.verdicts.items():
        name = comparison.entries[place].candidate.name
        parts.append(f"<h3>{html.escape(name)}</h3>")
        sentences = [verdict.sentence(name, baseline) for verdict in verdicts.values()]
        test = next(iter(verdicts.values())).test
        sentences.append(
            f"Right only in {name}: {test.only_a:,} images, only in {baseline}: {test.only_b:,}; "
            f"McNemar's test: p = {test.mid_p:.3g} (mid-p), {test.exact_p:.3g} (exact)."
        )
        parts.append(html.bullets(list(dict.fromkeys(sentences))))
    for names, spread in comparison.spreads:
        parts.append(html.paragraph(f"{', '.join(names)} (same settings): {spread.sentence()}"))
    return parts


def _data(comparison: Comparison) -> list[str]:
    rows = [
        [name, *(f"{count:,}" for count in counts)]
        for name, counts in zip(comparison.class_names, comparison.counts, strict=True)
    ]
    totals = [sum(column) for column in zip(*comparison.counts, strict=True)]
    rows.append(["all", *(f"{total:,}" for total in totals)])
    about = f"{comparison.dataset_name}, content hash {comparison.dataset_hash}"
    return [
        "<h2>Data</h2>",
        html.paragraph(about),
        html.table(["images", *SPLITS], rows),
    ]


def _recipe(entries: Sequence[Entry]) -> list[str]:
    candidates = [entry.candidate for entry in entries]
    rows = settings_table(candidates, only_differences=False)
    names = [candidate.name for candidate in candidates]
    marked = [
        [("≠ " if differs(candidates, values) else "") + setting, *values]
        for setting, values in rows
    ]
    columns = tuple(range(len(names) + 1))
    caption = "≠ marks settings in which the runs differ" if len(names) > 1 else ""
    return [
        "<h2>Recipe</h2>",
        html.table(["setting", *names], marked, caption=caption, text_columns=columns),
    ]


def _curves(entries: Sequence[Entry]) -> list[str]:
    runs = [entry.candidate for entry in entries if entry.candidate.run is not None]
    if not any(candidate.epochs for candidate in runs):
        return []
    accuracy, loss = [], []
    for candidate in runs:
        assert candidate.run is not None
        history = candidate.run.history
        epochs = [epoch.epoch + 1 for epoch in history]
        accuracy.append(Line(candidate.name, epochs, [epoch.val_accuracy for epoch in history]))
        loss.append(Line(candidate.name, epochs, [epoch.val_loss for epoch in history]))
    return [
        "<h2>Learning curves</h2>",
        html.paragraph(
            "On the validation split of each run, as its training measured them.", "soft"
        ),
        chart("Validation accuracy by epoch", accuracy, "epoch", "accuracy", percent=True),
        chart("Validation loss by epoch", loss, "epoch", "loss"),
    ]


def _classes(comparison: Comparison) -> list[str]:
    parts = ["<h2>Expressions</h2>"]
    names = comparison.class_names
    for entry in comparison.entries:
        scores = entry.scores
        rows = [
            [
                row.name,
                html.percent(row.precision),
                html.with_interval(row.recall.value, row.recall.low, row.recall.high)
                if row.support
                else "no images",
                html.number(row.f1),
                f"{row.support:,}",
            ]
            for row in class_rows(scores)
        ]
        parts += [
            f"<h3>{html.escape(entry.candidate.name)}</h3>",
            html.table(["expression", "precision", "recall (95 %)", "F1", "images"], rows),
            html.matrix(confusion_counts(scores), confusion_percent(scores), names),
        ]
        confused = [
            f"{names[target]} taken for {names[pred]}: {count:,} images"
            for target, pred, count in most_confused(scores, 3)
        ]
        parts.append(html.bullets(confused))
    return parts
