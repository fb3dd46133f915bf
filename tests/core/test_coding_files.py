"""Reading a coder's file: ELAN, BORIS's exports, plain CSV; damage and lies in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.agreement.coding import Tier
from trainer.agreement.reading import read_coding
from trainer.agreement.tracks import read_tracks
from trainer.errors import DataError, MienError

FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

ELAN = """<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-01-01T00:00:00+00:00" FORMAT="3.0" VERSION="3.0">
 <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>
 <TIME_ORDER>
  <TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="0"/>
  <TIME_SLOT TIME_SLOT_ID="ts2"/>
  <TIME_SLOT TIME_SLOT_ID="ts3" TIME_VALUE="2000"/>
  <TIME_SLOT TIME_SLOT_ID="ts4" TIME_VALUE="3000"/>
 </TIME_ORDER>
 <TIER TIER_ID="P1" LINGUISTIC_TYPE_REF="t">
  <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
   <ANNOTATION_VALUE>Happy</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
  <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts2" TIME_SLOT_REF2="ts3">
   <ANNOTATION_VALUE>悲伤</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
 </TIER>
 <TIER TIER_ID="note" PARENT_REF="P1" LINGUISTIC_TYPE_REF="n">
  <ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a3" ANNOTATION_REF="a2">
   <ANNOTATION_VALUE>talks</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
 </TIER>
 <TIER TIER_ID="empty" LINGUISTIC_TYPE_REF="t"/>
 <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="t" TIME_ALIGNABLE="true"/>
</ANNOTATION_DOCUMENT>
"""

BORIS_EVENTS = """Observation id\tObservation date\tFPS\tSubject\tBehavior\tBehavior type\tTime
obs\t2026-01-01\t25\tAnna\thappy\tSTART\t1.0
obs\t2026-01-01\t25\tBen\tsad\tSTART\t1.5
obs\t2026-01-01\t25\tAnna\thappy\tSTOP\t2.5
obs\t2026-01-01\t25\tAnna\tblink\tPOINT\t2.6
obs\t2026-01-01\t25\tBen\tsad\tSTOP\t3.0
obs\t2026-01-01\t25\tBen\tfear\tSTART\t3.5
"""

BORIS_OLD = """Observation id\tobs
Media file(s)

Time\tMedia file path\tTotal length\tFPS\tSubject\tBehavior\tBehavioral category\tComment\tStatus
1.0\ta.mp4\t60\t25\tNo focal subject\thappy\t\t\tSTART
2.5\ta.mp4\t60\t25\tNo focal subject\thappy\t\t\tSTOP
"""

BORIS_AGGREGATED = """Observation id,Subject,Behavior,Behavior type,Start (s),Stop (s),Duration (s)
one,Anna,happy,STATE,1.0,2.5,1.5
two,Anna,sad,STATE,0.5,1.0,0.5
two,Anna,blink,POINT,2.0,2.0,NA
"""


def write(tmp_path: Path, text: str, name: str = "coding.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding=encoding)
    return path


def plain(tier: Tier) -> list[tuple[float, float, str]]:
    return [(s.start_ms, s.end_ms, s.label) for s in tier.segments]


def test_elan_tiers_with_times_missing_and_referred_to(tmp_path: Path) -> None:
    coding = read_coding(write(tmp_path, ELAN, "a.eaf"))
    assert coding.kind == "elan"
    assert [tier.name for tier in coding.tiers] == ["P1", "note"]
    assert plain(coding.tiers[0]) == [(0, 1000, "Happy"), (1000, 2000, "悲伤")]
    assert plain(coding.tiers[1]) == [(1000, 2000, "talks")]


def test_elan_with_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    text = ELAN.replace("<ANNOTATION_DOCUMENT", bomb + "<ANNOTATION_DOCUMENT", 1)
    with pytest.raises(DataError, match="document type"):
        read_coding(write(tmp_path, text, "a.eaf"))


def test_boris_events_by_subject(tmp_path: Path) -> None:
    coding = read_coding(write(tmp_path, BORIS_EVENTS, "a.tsv"))
    assert coding.kind == "boris"
    assert {tier.name: plain(tier) for tier in coding.tiers} == {
        "Anna": [(1000, 2500, "happy")],
        "Ben": [(1500, 3000, "sad")],
    }
    assert len(coding.notes) == 2  # the blink; Ben's fear that never stops


def test_older_and_aggregated_boris_exports(tmp_path: Path) -> None:
    old = read_coding(write(tmp_path, BORIS_OLD, "a.tsv"))
    assert [(tier.name, plain(tier)) for tier in old.tiers] == [("", [(1000, 2500, "happy")])]
    new = read_coding(write(tmp_path, BORIS_AGGREGATED))
    assert {tier.name: plain(tier) for tier in new.tiers} == {
        "one · Anna": [(1000, 2500, "happy")],
        "two · Anna": [(500, 1000, "sad")],
    }


@pytest.mark.parametrize(
    "text",
    [
        "start,end,label\n1.0,2.5,happy\n",
        "Start (s);End (s);Expression\n1,0;2,5;happy\n",
        "start_ms\tend_ms\tcode\n1000\t2500\thappy\n",
        "onset,duration,emotion\n0:01,1.5,happy\n",
        "1.0,2.5,happy\n",
        "\ufeffBegin Time,End Time,Annotation\n00:00:01.000,00:00:02.500,happy\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_plain_tables(tmp_path: Path, text: str, encoding: str) -> None:
    coding = read_coding(write(tmp_path, text, encoding=encoding))
    assert plain(coding.tiers[0]) == [(1000, 2500, "happy")]


def test_a_table_with_coders_has_tiers(tmp_path: Path) -> None:
    text = "coder,start,end,label\nA,0,1,happy\nB,0,1,sad\nA,1,2,sad\n"
    coding = read_coding(write(tmp_path, text))
    assert [(tier.name, len(tier.segments)) for tier in coding.tiers] == [("A", 2), ("B", 1)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,age\nx,3\n", "no coding that Mien knows"),
        ("start,end,label\nsoon,2,happy\n", "“soon” in coding.csv is no time"),
        ("start,end,label\n2,1,happy\n", "codes nothing"),
        ("", "no coding that Mien knows"),
        ("<html></html>", "not a readable ELAN file"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(DataError, match=words):
        read_coding(write(tmp_path, text))


@FUZZ
@given(data=st.binary(max_size=400))
def test_random_bytes_are_refused_or_read(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    for reader in (read_coding, read_tracks):
        try:
            reader(path)
        except MienError:
            pass


@FUZZ
@given(
    at=st.integers(0, 3000),
    junk=st.sampled_from(["", "<", '"', "1e999", "ts9", "-5", "a2", "\t", ","]),
    length=st.integers(0, 30),
    source=st.sampled_from([ELAN, BORIS_EVENTS, BORIS_OLD, BORIS_AGGREGATED]),
)
def test_damaged_codings_never_raise_anything_else(
    tmp_path: Path, at: int, junk: str, length: int, source: str
) -> None:
    at %= len(source)
    path = write(tmp_path, source[:at] + junk + source[at + length :])
    try:
        for tier in read_coding(path).tiers:
            assert all(s.end_ms > s.start_ms for s in tier.segments)
    except MienError:
        pass
