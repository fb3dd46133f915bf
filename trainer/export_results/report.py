"""One page about a video: who was seen how long with which expression. No script, no link."""

from __future__ import annotations

import html
from pathlib import Path

import numpy as np

from trainer import __version__
from trainer.export_results.stretches import clean
from trainer.inference.recording import Recording
from trainer.inference.recording_curves import analysed_share, curve
from trainer.inference.recording_views import (
    Person,
    episodes,
    persons,
    time_shares,
    transitions,
)
from trainer.inference.steadiness import flicker

_COLORS = ("#d55e00", "#009e73", "#cc79a7", "#b8a800", "#0072b2", "#e69f00", "#56b4e9", "#777777")
_DASHES = ("", "6 2", "2 2", "8 3 2 3", "", "6 2", "2 2", "8 3 2 3")
_WIDTH, _HEIGHT = 900, 140
_MOST_EPISODES = 200

_STYLE = """body{font:15px/1.45 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222;
background:#fff}table{border-collapse:collapse;margin:.6em 0}th,td{border:1px solid #bbb;
padding:.2em .6em;text-align:right}th:first-child,td:first-child{text-align:left}
svg{max-width:100%;height:auto}details{margin:.5em 0}.note{color:#555}"""


def report(recording: Recording, video: Path) -> str:
    """Return a self-contained HTML page with plots as inline SVG."""
    info = recording.info
    title = html.escape(clean(video.name))
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>Expressions in {title}</title>',
        f"<style>{_STYLE}</style></head><body>",
        f"<h1>Expressions in {title}</h1>",
        "<p class='note'>Labels name what a face shows, not what a person feels, and single "
        "labels are often wrong. For consenting people only; not for judging anybody at work or "
        "in class.</p>",
        _facts(recording),
    ]
    people = persons(recording)
    if not people:
        parts.append("<p>No face was found.</p>")
    for person in people:
        parts.append(_person(recording, person))
    if recording.edits.markers:
        cells = [
            [_time(m.timestamp_ms), html.escape(clean(m.kind)), html.escape(clean(m.text))]
            for m in recording.edits.markers
        ]
        parts += ["<h2>Markers</h2>", _table(["time", "kind", "text"], cells)]
    model = html.escape(clean(info.model) or "not stated")
    parts.append(
        f"<p class='note'>Mien {__version__}; network {model}, sha256 "
        f"{html.escape(info.model_sha256[:12])}; unsure below {info.unsure_threshold:.2f}; "
        f"video {html.escape(info.video_hash[:12])}.</p></body></html>"
    )
    return "\n".join(parts) + "\n"


def _facts(recording: Recording) -> str:
    info = recording.info
    excluded = sum(high - low for low, high in recording.edits.excluded)
    rows = [
        ["length", _time(recording.duration_ms)],
        ["picture", f"{info.width} x {info.height}, {info.fps:.2f} frames/s"],
        ["analysed", f"{analysed_share(recording):.0%}, {len(recording)} frames"],
        ["excluded by the user", _time(excluded)],
        ["faces corrected by the user", str(len(recording.edits.labels))],
    ]
    return _table(["", ""], rows)


def _person(recording: Recording, person: Person) -> str:
    shares = time_shares(recording, person.number)
    total = max(sum(shares.values()), 1e-9)
    restless = flicker(recording, person.number)
    found = episodes(recording, person.number)
    rows = [
        [
            html.escape(name),
            f"{value / 1000:.1f} s",
            f"{value / total:.1%}",
            str(sum(episode.label == name for episode in found)),
        ]
        for name, value in shares.items()
    ]
    delay = "" if restless.delay_ms is None else f", {restless.delay_ms:.0f} ms behind the raw ones"
    shown = found[:_MOST_EPISODES]
    cells = [
        [
            _time(e.start_ms),
            _time(e.end_ms),
            html.escape(e.label) + (f" ({html.escape(e.reason)})" if e.reason else ""),
            f"{e.confidence:.2f}",
        ]
        for e in shown
    ]
    more = f"<p>{len(found) - len(shown)} more are left out.</p>" if len(found) > len(shown) else ""
    return "\n".join(
        [
            f"<h2>{html.escape(clean(person.name))}</h2>",
            f"<p>Seen in {person.faces} frames from {_time(person.first_ms)} to "
            f"{_time(person.last_ms)}. The label changes {restless.steady_per_minute:.1f} times a "
            f"minute, unsmoothed {restless.raw_per_minute:.1f} times{delay}.</p>",
            _plot(recording, person),
            _table(["expression", "time", "share", "episodes"], rows),
            _transitions(recording, person.number),
            f"<details><summary>{len(found)} episodes</summary>",
            _table(["from", "to", "label", "mean probability"], cells),
            f"{more}</details>",
        ]
    )


def _plot(recording: Recording, person: Person) -> str:
    lines = curve(recording, person.number, _WIDTH // 2)
    scale = _WIDTH / max(recording.duration_ms, 1e-6)
    body = []
    for index, name in enumerate(recording.info.class_names):
        values = lines.probs[:, index]
        drawn, pen = [], "M"
        for time, value in zip(lines.times.tolist(), values.tolist(), strict=True):
            if np.isnan(value):
                pen = "M"
                continue
            drawn.append(f"{pen}{time * scale:.1f} {_HEIGHT * (1 - value):.1f}")
            pen = "L"
        style = f'stroke="{_COLORS[index % 8]}" stroke-dasharray="{_DASHES[index % 8]}"'
        label = html.escape(name)
        body.append(f'<path d="{"".join(drawn)}" {style}><title>{label}</title></path>')
        x = 4 + 125 * index
        body.append(
            f'<path d="M{x} {_HEIGHT + 14}h22" {style}/><text x="{x + 26}" y="{_HEIGHT + 18}" '
            f'font-size="12" fill="#222" stroke="none">{label}</text>'
        )
    name = html.escape(clean(person.name))
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT + 26}" width="{_WIDTH}" role="img" '
        f'aria-label="Probabilities of {name} over time" fill="none" stroke-width="1.3">'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" stroke="#bbb"/>{"".join(body)}</svg>'
    )


def _transitions(recording: Recording, person: int) -> str:
    counts = transitions(recording, person)
    if not counts.any():
        return "<p>No change from one expression to another.</p>"
    names = [html.escape(name) for name in recording.info.class_names]
    rows = [
        [name, *(str(count) for count in row)]
        for name, row in zip(names, counts.tolist(), strict=True)
        if any(row)
    ]
    return "<p>Changes (from the row to the column):</p>" + _table(["", *names], rows)


def _table(head: list[str], rows: list[list[str]]) -> str:
    top = "".join(f"<th>{cell}</th>" for cell in head) if any(head) else ""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>" if top else f"<table>{body}</table>"


def _time(milliseconds: float) -> str:
    seconds = milliseconds / 1000
    return f"{int(seconds // 60)}:{seconds % 60:05.2f}"
