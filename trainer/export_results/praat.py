"""Praat's TextGrid (long text form): an interval tier a person over the whole duration."""

from __future__ import annotations

from pathlib import Path

from trainer.export_results.stretches import file_ms, tiers, whole_ms
from trainer.inference.recording import Recording


def textgrid(recording: Recording, video: Path) -> str:
    """Return the file's text; gaps and unsure stretches are intervals without text."""
    people = tiers(recording)
    ends = [whole_ms(episode)[1] for _name, _person, found in people for episode in found]
    length = max([round(file_ms(recording, recording.duration_ms)), 1, *ends])
    lines = [
        'File type = "ooTextFile"',
        'Object class = "TextGrid"',
        "",
        "xmin = 0",
        f"xmax = {_seconds(length)}",
        "tiers? <exists>",
        f"size = {max(len(people), 1)}",
        "item []:",
    ]
    names = [(name, [(*whole_ms(e), e.label) for e in found]) for name, _person, found in people]
    for number, (name, spans) in enumerate(names or [("nobody", [])], 1):
        intervals = _filled(spans, length)
        lines += [
            f"    item [{number}]:",
            '        class = "IntervalTier"',
            f"        name = {_quoted(name)}",
            "        xmin = 0",
            f"        xmax = {_seconds(length)}",
            f"        intervals: size = {len(intervals)}",
        ]
        for place, (start, end, label) in enumerate(intervals, 1):
            lines += [
                f"        intervals [{place}]:",
                f"            xmin = {_seconds(start)}",
                f"            xmax = {_seconds(end)}",
                f"            text = {_quoted(label)}",
            ]
    return "\n".join(lines) + "\n"


def _filled(spans: list[tuple[int, int, str]], length: int) -> list[tuple[int, int, str]]:
    found, at = [], 0
    for start, end, label in spans:
        start = max(start, at)
        if end <= start:
            continue
        if start > at:
            found.append((at, start, ""))
        found.append((start, end, label))
        at = end
    if at < length:
        found.append((at, length, ""))
    return found


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.3f}"


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
