"""Reading ELAN's annotation files (EAF, an XML format of the Max Planck Institute Nijmegen)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from trainer.agreement.coding import Segment, Tier, tiers_of
from trainer.errors import DataError

_LONGEST_MS = 1e9  # eleven days


class _NoDoctype(ET.TreeBuilder):
    """Refuses document types: with them a small file can grow to gigabytes or read others."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise ValueError("it has a document type declaration")


def read_elan(data: bytes, name: str) -> tuple[Tier, ...]:
    """Return the tiers of an ``.eaf`` file that have annotations.

    Annotations of dependent tiers take the time of the one they refer to; slots without a time
    share the stretch between their neighbours evenly.

    Raises:
        DataError: It is damaged, or no ELAN file.
    """
    try:
        root = ET.fromstring(data, parser=ET.XMLParser(target=_NoDoctype()))  # noqa: S314
        if root.tag != "ANNOTATION_DOCUMENT":
            raise ValueError(f"it begins with {root.tag[:40]}")
        slots = _slots(root)
        times = _annotation_times(root, slots)
        return tiers_of(_rows(root, times))
    except (ET.ParseError, ValueError, KeyError, RecursionError, LookupError) as error:
        raise DataError(
            f"{name} is not a readable ELAN file ({_short(error)}); save it again in ELAN."
        ) from error


def _slots(root: ET.Element) -> dict[str, float]:
    """Return the time of every slot, milliseconds."""
    names: list[str] = []
    values: list[float | None] = []
    for slot in root.iterfind("TIME_ORDER/TIME_SLOT"):
        text = slot.get("TIME_VALUE")
        value = None if text is None else float(text)
        if value is not None and not 0 <= value < _LONGEST_MS:
            raise ValueError(f"a time is {text}")
        names.append(slot.attrib["TIME_SLOT_ID"])
        values.append(value)
    return dict(zip(names, _filled(values), strict=True))


def _filled(values: list[float | None]) -> list[float]:
    """Put times between their known neighbours at even distances."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if not known:
        return [0.0] * len(values)
    filled = [known[0][1]] * known[0][0]
    for (place, value), (next_place, next_value) in zip(
        known, [*known[1:], known[-1]], strict=True
    ):
        steps = max(1, next_place - place)
        filled += [value + (next_value - value) * step / steps for step in range(steps)]
    return filled + [known[-1][1]] * (len(values) - len(filled))


def _annotation_times(root: ET.Element, slots: dict[str, float]) -> dict[str, tuple[float, float]]:
    times = {
        item.attrib["ANNOTATION_ID"]: (
            slots[item.attrib["TIME_SLOT_REF1"]],
            slots[item.attrib["TIME_SLOT_REF2"]],
        )
        for item in root.iter("ALIGNABLE_ANNOTATION")
    }
    parents = {
        item.attrib["ANNOTATION_ID"]: item.attrib["ANNOTATION_REF"]
        for item in root.iter("REF_ANNOTATION")
    }
    for name in parents:
        seen, parent = {name}, name
        while parent in parents and parents[parent] not in seen:
            parent = parents[parent]
            seen.add(parent)
        if parent in times:
            times[name] = times[parent]
    return times


def _rows(root: ET.Element, times: dict[str, tuple[float, float]]) -> Iterator[tuple[str, Segment]]:
    for tier in root.iterfind("TIER"):
        name = tier.get("TIER_ID", "")
        for annotation in tier.iterfind("ANNOTATION/*"):
            start, end = times.get(annotation.get("ANNOTATION_ID", ""), (0.0, 0.0))
            label = annotation.findtext("ANNOTATION_VALUE") or ""
            if label.strip():
                yield name, Segment(start, end, label.strip())


def _short(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0][:100] if lines else type(error).__name__
