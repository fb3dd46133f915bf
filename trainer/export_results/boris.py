"""A table of START and STOP events in the columns of BORIS's tabular export (TSV)."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from trainer.export_results.stretches import clean, file_ms, tiers, whole_ms
from trainer.inference.recording import Recording

COLUMNS = (
    "Observation id",
    "Media file name",
    "Total length",
    "FPS",
    "Subject",
    "Behavior",
    "Behavioral category",
    "Modifiers",
    "Comment",
    "Behavior type",
    "Time",
)


def boris_table(recording: Recording, video: Path) -> str:
    """Return tab-separated text, one event a line in order of time; markers are points."""
    events: list[tuple[float, int, list[str]]] = []
    for name, _person, found in tiers(recording):
        for episode in found:
            start, end = whole_ms(episode)
            comment = f"mean probability {episode.confidence:.3f}"
            events.append((start, 1, [name, episode.label, "expression", "", comment, "START"]))
            # At one moment the old state stops before the new one starts.
            events.append((end, 0, [name, episode.label, "expression", "", "", "STOP"]))
    for marker in recording.edits.markers:
        text = clean(marker.text)
        cells = ["No focal subject", clean(marker.kind), "marker", "", text, "POINT"]
        events.append((file_ms(recording, marker.timestamp_ms), 2, cells))
    text_file = io.StringIO(newline="")
    writer = csv.writer(text_file, dialect="excel-tab", lineterminator="\n")
    writer.writerow(COLUMNS)
    length = f"{file_ms(recording, recording.duration_ms) / 1000:.3f}"
    head = [clean(video.stem), clean(video.name), length, f"{recording.info.fps:.3f}"]
    for time_ms, _order, cells in sorted(events):
        writer.writerow([*head, *cells, f"{time_ms / 1000:.3f}"])
    return text_file.getvalue()
