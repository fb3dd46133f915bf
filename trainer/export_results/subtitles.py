"""WebVTT (W3C) and SubRip: an episode a cue, ``P1: happiness 0.91``."""

from __future__ import annotations

import html
from pathlib import Path

from trainer.export_results.stretches import tiers, whole_ms
from trainer.inference.recording import Recording

_Cue = tuple[int, int, str]


def webvtt(recording: Recording, video: Path) -> str:
    """Return WebVTT; players and browsers show it as subtitles."""
    lines = ["WEBVTT", ""]
    for start, end, text in _cues(recording):
        lines += [f"{_clock(start, '.')} --> {_clock(end, '.')}", html.escape(text, False), ""]
    return "\n".join(lines)


def srt(recording: Recording, video: Path) -> str:
    """Return SubRip: numbered cues, a comma before the milliseconds."""
    lines = []
    for number, (start, end, text) in enumerate(_cues(recording), 1):
        # A name must not be taken for the arrow between two times.
        text = text.replace("-->", "->")
        lines += [str(number), f"{_clock(start, ',')} --> {_clock(end, ',')}", text, ""]
    return "\n".join(lines)


def _cues(recording: Recording) -> list[_Cue]:
    cues = []
    for name, _person, found in tiers(recording):
        for episode in found:
            start, end = whole_ms(episode)
            if end > start:
                cues.append((start, end, f"{name}: {episode.label} {episode.confidence:.2f}"))
    return sorted(cues)


def _clock(milliseconds: int, point: str) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{point}{rest:03d}"
