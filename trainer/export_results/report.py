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
from trainer.inference.types import UNSURE
from trainer.labels import canonical_name

_COLORS = {
    "anger": "#d55e00",
    "disgust": "#009e73",
    "fear": "#cc79a7",
    "happiness": "#e69f00",
    "sadness": "#0072b2",
    "surprise": "#56b4e9",
    "neutral": "#8a8a8a",
}
_OTHERS = ("#b8a800", "#7b4fa3", "#4d4d4d")
_UNSURE = "url(#unsure)"  # hatched: nothing is said here
_DASHES = ("", "6 2", "2 2", "8 3 2 3", "", "6 2", "2 2", "8 3 2 3")
_WIDTH, _HEIGHT = 900, 140
_STRIP, _AXIS, _LEGEND = _HEIGHT + 6, _HEIGHT + 38, _HEIGHT + 58
_MOST_EPISODES = 200

_STYLE = """:root{color-scheme:light dark;--text:#222;--paper:#fff;--line:#bbb;--muted:#555}
@media(prefers-color-scheme:dark){:root{--text:#e4e6ea;--paper:#1b1d21;--line:#4a4e57;--muted:#a9adb5}}
body{font:15px/1.45 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:var(--text);
background:var(--paper)}table{border-collapse:collapse;margin:.6em 0}
th,td{border:1px solid var(--line);padding:.2em .6em;text-align:right}
th:first-child,td:first-child{text-align:left}svg{max-width:100%;height:auto;display:block}
text{fill:var(--text);stroke:none;font-size:12px}.frame{stroke:var(--line);fill:none}
.gap{fill:var(--line);fill-opacity:.25;stroke:none}details{margin:.5em 0}.note{color:var(--muted)}
summary{cursor:pointer}@media print{details>*{display:block}}"""


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
    else:
        parts += [_HATCH, "<h2>Everybody</h2>", _everybody(recording, people)]
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


_HATCH = (
    '<svg width="0" height="0" aria-hidden="true"><defs><pattern id="unsure" width="6" height="6" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" stroke="#999" '
    'stroke-width="2.5"/></pattern></defs></svg>'
)


def _color(recording: Recording, name: str) -> str:
    if name == UNSURE:
        return _UNSURE
    place = recording.info.class_names.index(name)
    return _COLORS.get(canonical_name(name) or name, _OTHERS[place % len(_OTHERS)])


def _everybody(recording: Recording, people: tuple[Person, ...]) -> str:
    """Return a table with a bar of time shares for each person."""
    rows = []
    for person in people:
        shares = {k: v for k, v in time_shares(recording, person.number).items() if v > 0}
        total = max(sum(shares.values()), 1e-9)
        at, bars = 0.0, []
        for name, value in shares.items():
            width = 300 * value / total
            bars.append(
                f'<rect x="{at:.1f}" width="{width:.1f}" height="16" '
                f'fill="{_color(recording, name)}"><title>{html.escape(name)} '
                f"{value / total:.0%}</title></rect>"
            )
            at += width
        most = sorted(shares.items(), key=lambda part: -part[1])[:3]
        words = ", ".join(f"{html.escape(name)} {value / total:.0%}" for name, value in most)
        name = html.escape(clean(person.name))
        bar = (
            f'<svg viewBox="0 0 300 16" width="300" height="16" role="img" '
            f'aria-label="{name}: {words}">{"".join(bars)}</svg>'
        )
        rows.append([name, f"{sum(shares.values()) / 1000:.1f} s", bar, words])
    return _table(["person", "seen", "time shares", "most"], rows)


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
        if value > 0
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
            f"<p>Seen in {_counted(person.faces, 'frame')} from {_time(person.first_ms)} to "
            f"{_time(person.last_ms)}. The label changes {restless.steady_per_minute:.1f} times a "
            f"minute, unsmoothed {restless.raw_per_minute:.1f} times{delay}.</p>",
            _plot(recording, person),
            _table(["expression", "time", "share", "episodes"], rows),
            _transitions(recording, person.number),
            f"<details><summary>{_counted(len(found), 'episode')}</summary>",
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
        style = (
            f'stroke="{_color(recording, name)}" stroke-dasharray="{_DASHES[index % len(_DASHES)]}"'
        )
        label = html.escape(name)
        body.append(f'<path d="{"".join(drawn)}" {style}><title>{label}</title></path>')
        x = 4 + 125 * index
        body.append(
            f'<path d="M{x} {_LEGEND}h22" {style}/>'
            f'<text x="{x + 26}" y="{_LEGEND + 4}">{label}</text>'
        )
    for episode in episodes(recording, person.number):
        width = max((episode.end_ms - episode.start_ms) * scale, 0.5)
        body.append(
            f'<rect x="{episode.start_ms * scale:.1f}" y="{_STRIP}" width="{width:.1f}" '
            f'height="14" fill="{_color(recording, episode.label)}"><title>'
            f"{_time(episode.start_ms)} {html.escape(episode.label)}</title></rect>"
        )
    for start, end in recording.edits.excluded:
        body.append(
            f'<rect class="gap" x="{start * scale:.1f}" width="{(end - start) * scale:.1f}" '
            f'height="{_HEIGHT}"><title>excluded</title></rect>'
        )
    for part in range(6):
        where, anchor = part * _WIDTH / 5, ("start", "middle", "end")[(part > 0) + (part == 5)]
        body.append(
            f'<text x="{where:.0f}" y="{_AXIS}" text-anchor="{anchor}">'
            f"{_time(part * recording.duration_ms / 5)}</text>"
        )
    name = html.escape(clean(person.name))
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_LEGEND + 8}" width="{_WIDTH}" role="img" '
        f'aria-label="Probabilities (0 to 1) of {name} over time; below, what is shown" '
        f'fill="none" stroke-width="1.3"><rect class="frame" width="{_WIDTH}" '
        f'height="{_HEIGHT}"/>{"".join(body)}</svg>'
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


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _time(milliseconds: float) -> str:
    seconds = milliseconds / 1000
    return f"{int(seconds // 60)}:{seconds % 60:05.2f}"
