"""ELAN's annotation format (EAF 3.0): one tier a person, times in whole milliseconds."""

from __future__ import annotations

import mimetypes
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from trainer.export_results.stretches import clean, file_ms, tiers, whole_ms
from trainer.inference.recording import Recording

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"


def eaf(recording: Recording, video: Path) -> str:
    """Return the document; markers of the user stand in a tier of their own."""
    root = ElementTree.Element(
        "ANNOTATION_DOCUMENT",
        {
            "AUTHOR": "Mien",
            "DATE": datetime.now(UTC).isoformat(timespec="seconds"),
            "FORMAT": "3.0",
            "VERSION": "3.0",
            "xmlns:xsi": _XSI,
            "xsi:noNamespaceSchemaLocation": _SCHEMA,
        },
    )
    header = ElementTree.SubElement(
        root, "HEADER", {"MEDIA_FILE": "", "TIME_UNITS": "milliseconds"}
    )
    kind = mimetypes.guess_type(video.name)[0] or "video/mp4"
    media = {
        "MEDIA_URL": clean(_uri(video)),
        "MIME_TYPE": kind,
        "RELATIVE_MEDIA_URL": clean(f"./{video.name}"),
    }
    ElementTree.SubElement(header, "MEDIA_DESCRIPTOR", media)
    spans = _spans(recording)
    order = ElementTree.SubElement(root, "TIME_ORDER")
    slots: list[int] = []
    for _name, _participant, found in spans:
        slots += [time for start, end, _text in found for time in (start, end)]
    for number, time in enumerate(slots, 1):
        slot = {"TIME_SLOT_ID": f"ts{number}", "TIME_VALUE": str(time)}
        ElementTree.SubElement(order, "TIME_SLOT", slot)
    annotation = 0
    for name, participant, found in spans:
        attributes = {"LINGUISTIC_TYPE_REF": "expression", "TIER_ID": name}
        if participant:
            attributes["PARTICIPANT"] = participant
        tier = ElementTree.SubElement(root, "TIER", attributes)
        for _start, _end, text in found:
            annotation += 1
            outer = ElementTree.SubElement(tier, "ANNOTATION")
            marks = {
                "ANNOTATION_ID": f"a{annotation}",
                "TIME_SLOT_REF1": f"ts{2 * annotation - 1}",
                "TIME_SLOT_REF2": f"ts{2 * annotation}",
            }
            inner = ElementTree.SubElement(outer, "ALIGNABLE_ANNOTATION", marks)
            ElementTree.SubElement(inner, "ANNOTATION_VALUE").text = text
    ElementTree.SubElement(
        root,
        "LINGUISTIC_TYPE",
        {
            "GRAPHIC_REFERENCES": "false",
            "LINGUISTIC_TYPE_ID": "expression",
            "TIME_ALIGNABLE": "true",
        },
    )
    ElementTree.indent(root)
    return ElementTree.tostring(root, "unicode", xml_declaration=False).join(
        ['<?xml version="1.0" encoding="UTF-8"?>\n', "\n"]
    )


def _spans(recording: Recording) -> list[tuple[str, str, list[tuple[int, int, str]]]]:
    found = []
    names = set()
    for name, _person, stretches in tiers(recording):
        spans = [(*whole_ms(episode), episode.label) for episode in stretches]
        found.append((name, name, [span for span in spans if span[1] > span[0]]))
        names.add(name)
    markers = recording.edits.markers
    if markers:
        spans = []
        for number, marker in enumerate(markers):
            start = max(0, round(file_ms(recording, marker.timestamp_ms)))
            if spans and start <= spans[-1][0]:
                start = spans[-1][0] + 1  # no two at one time inside a tier
            end = start + 500
            if number + 1 < len(markers):
                later = file_ms(recording, markers[number + 1].timestamp_ms)
                end = max(start + 1, min(end, round(later)))
            spans.append((start, end, clean(f"{marker.kind}: {marker.text}")))
        title = "markers"
        while title in names:
            title += "_"
        found.append((title, "", spans))
    return found


def _uri(video: Path) -> str:
    return video.absolute().as_uri()
