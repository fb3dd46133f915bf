"""Reading codings that are tables: BORIS's exports, and plain CSV with start, end and label."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Sequence

from trainer.agreement.coding import Segment, Tier, tiers_of
from trainer.errors import DataError

_DELIMITERS = ("\t", ",", ";")
_HEADER_WITHIN = 60  # BORIS's older exports begin with lines about the observation
_LONGEST_S = 1e6
_CLOCK = re.compile(r"(?:(?P<h>\d+):)?(?P<m>\d{1,3}):(?P<s>\d{1,2}(?:[.,]\d+)?)")

_START = ("start", "begin", "onset", "from", "start time", "begin time", "starttime", "t0")
_END = ("end", "stop", "offset", "to", "end time", "stop time", "endtime", "t1")
_LABEL = (
    "label", "expression", "emotion", "code", "behavior", "behaviour", "annotation", "value",
    "class",
)  # fmt: skip
_TIER = ("tier", "person", "subject", "coder", "identity")

Rows = list[list[str]]


def read_table(data: bytes, name: str) -> tuple[str, tuple[Tier, ...], list[str]]:
    """Return the kind (``"boris"`` or ``"csv"``), the tiers and notes of a table.

    Raises:
        DataError: It is no such table, or a time in it is none.
    """
    text = _decoded(data)
    for delimiter in _by_likelihood(text):
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        rows = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
        for number, row in enumerate(rows[:_HEADER_WITHIN]):
            heads = [cell.casefold() for cell in row]
            if "behavior" in heads and ("time" in heads or "start (s)" in heads):
                tiers, notes = _boris(heads, rows[number + 1 :], name)
                return "boris", tiers, notes
        plain = _plain(rows, name)
        if plain is not None:
            return "csv", plain, []
    raise DataError(
        f"{name} is no coding that Mien knows; give an ELAN file (.eaf), a BORIS export of events "
        "(tabular or aggregated, as CSV or TSV), or a CSV with the columns start, end and label."
    )


def _decoded(data: bytes) -> str:
    for encoding in (
        ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",)
    ):
        try:
            return data.decode(encoding).replace("\0", "").lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1").replace("\0", "")


def _by_likelihood(text: str) -> list[str]:
    return sorted(_DELIMITERS, key=lambda sign: -text[:20_000].count(sign))


# BORIS -----------------------------------------------------------------------------------


def _boris(heads: list[str], rows: Rows, name: str) -> tuple[tuple[Tier, ...], list[str]]:
    table = _Table(heads, rows, name)
    several = len({row_obs for row_obs in table.column("observation id") if row_obs}) > 1
    found: list[tuple[str, Segment]] = []
    open_since: dict[tuple[str, str], float] = {}
    points = unpaired = 0
    for number in range(len(rows)):
        behaviour = table.cell(number, "behavior")
        if not behaviour:
            continue
        tier = table.cell(number, "subject")
        tier = "" if tier.casefold() in ("no focal subject", "") else tier
        if several:
            tier = " · ".join(part for part in (table.cell(number, "observation id"), tier) if part)
        if "start (s)" in heads:
            start = table.seconds(number, "start (s)")
            end = table.seconds(number, "stop (s)")
            if start is not None and end is not None and end > start:
                found.append((tier, _segment(start, end, behaviour)))
            else:
                points += 1
            continue
        kind = (table.cell(number, "behavior type") or table.cell(number, "status")).casefold()
        moment = table.seconds(number, "time")
        if moment is None or kind not in ("start", "stop"):
            points += 1
        elif kind == "start":
            unpaired += (tier, behaviour) in open_since
            open_since[tier, behaviour] = moment
        elif (tier, behaviour) in open_since:
            found.append((tier, _segment(open_since.pop((tier, behaviour)), moment, behaviour)))
        else:
            unpaired += 1
    notes = []
    if points:
        notes.append(f"{points} events without a duration are left out.")
    if unpaired + len(open_since):
        notes.append(
            f"{unpaired + len(open_since)} events lack their start or stop and are left out."
        )
    return tiers_of(found), notes


class _Table:
    """Cells by row number and column title."""

    def __init__(self, heads: list[str], rows: Rows, name: str) -> None:
        self._places = {head: place for place, head in reversed(list(enumerate(heads)))}
        self._rows = rows
        self._name = name

    def column(self, head: str) -> list[str]:
        return [self.cell(number, head) for number in range(len(self._rows))]

    def cell(self, number: int, head: str) -> str:
        place, row = self._places.get(head), self._rows[number]
        return row[place] if place is not None and place < len(row) else ""

    def seconds(self, number: int, head: str) -> float | None:
        text = self.cell(number, head)
        if text.casefold() in ("", "na", "nan", "none"):
            return None
        return _seconds(text, 1.0, self._name)


# Plain -----------------------------------------------------------------------------------


def _plain(rows: Rows, name: str) -> tuple[Tier, ...] | None:
    """Return the tiers of a table with start, end and label; None when it is not one."""
    if not rows:
        return None
    heads = [cell.casefold().replace("_", " ") for cell in rows[0]]
    start, start_scale = _find(heads, _START)
    end, end_scale = _find(heads, _END)
    length, length_scale = _find(heads, ("duration", "length"))
    label, _ = _find(heads, _LABEL)
    tier, _ = _find(heads, _TIER)
    body = rows[1:]
    if start is None and len(rows[0]) == 3 and _is_number(rows[0][0]) and _is_number(rows[0][1]):
        start, end, label, start_scale, end_scale, body = 0, 1, 2, 1.0, 1.0, rows
    if start is None or label is None or (end is None and length is None):
        return None
    found = []
    for row in body:
        places = [place for place in (start, end, length, label) if place is not None]
        if len(row) <= max(places) or not row[start]:
            continue
        begins = _seconds(row[start], start_scale, name)
        if end is not None:
            ends = _seconds(row[end], end_scale, name)
        else:
            assert length is not None
            ends = begins + _seconds(row[length], length_scale, name)
        who = row[tier] if tier is not None and tier < len(row) else ""
        if row[label]:
            found.append((who, _segment(begins, ends, row[label])))
    return tiers_of(found)


def _find(heads: Sequence[str], wanted: Sequence[str]) -> tuple[int | None, float]:
    """Return the place of the first wanted title, and what one of its units is in seconds."""
    for title in wanted:
        for place, head in enumerate(heads):
            bare = re.sub(r"\s*[\[(]?\b(ms|msec|milliseconds|s|sec|seconds)\b[\])]?$", "", head)
            if bare.strip() == title:
                return place, 0.001 if re.search(r"\b(ms|msec|milliseconds)\b", head) else 1.0
    return None, 1.0


def _is_number(text: str) -> bool:
    try:
        _seconds(text, 1.0, "")
    except DataError:
        return False
    return True


def _seconds(text: str, scale: float, name: str) -> float:
    """Read ``12.5``, ``12,5``, ``1:02.5`` or ``0:01:02.500``."""
    clock = _CLOCK.fullmatch(text)
    try:
        if clock is not None:
            hours, minutes = int(clock["h"] or 0), int(clock["m"])
            value = 3600 * hours + 60 * minutes + float(clock["s"].replace(",", "."))
        else:
            value = float(text.replace(",", ".")) * scale
    except ValueError:
        value = math.nan
    if not -_LONGEST_S < value < _LONGEST_S:
        raise DataError(
            f"“{text[:40]}” in {name} is no time; write seconds, or hours:minutes:seconds."
        )
    return value


def _segment(start_s: float, end_s: float, label: str) -> Segment:
    return Segment(start_s * 1000, end_s * 1000, label)
