"""Exports as other programs read them, and with names that try to break them."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pympi
import pytest
import webvtt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.recording_helpers import recording
from trainer.errors import VideoError
from trainer.export_results import FORMATS, check_formats, export
from trainer.export_results.tables import write_table
from trainer.inference.recording import Recording
from trainer.labels import EXPRESSIONS

NASTY = 'Zoë "the <b>" & \U0001f600 --> ü'
VIDEO = Path("/videos/clip ä.mp4")


TEXT_FORMATS = tuple(word for word in FORMATS if word != "parquet")


def text_of(word: str, made: Recording) -> str:
    content = FORMATS[word].content
    assert content is not None
    return content(made, VIDEO)


def csv_text(made: Recording) -> str:
    text = io.StringIO(newline="")
    write_table(made, VIDEO, text)
    return text.getvalue()


@pytest.fixture
def made() -> Recording:
    filled = recording(
        [("fear", "anger")] * 25 + [None] * 10 + ["sadness"] * 15 + ["unsure"] * 5,
        video_name=VIDEO.name,
        unsure_threshold=0.4,
    )
    filled.edits.rename(1, NASTY)
    filled.edits.mark(400, "event", "a <door> & more")
    return filled


def test_every_format_is_written_with_its_settings(made: Recording, tmp_path: Path) -> None:
    written = export(made, VIDEO, tmp_path, TEXT_FORMATS, bom=True)
    assert len(written) == len(TEXT_FORMATS) + 1
    assert all(path.stat().st_size > 100 for path in written)
    facts = json.loads(written[-1].read_text(encoding="utf-8"))
    assert facts["model"]["unsure_threshold"] == 0.4
    assert facts["persons"] == {"1": NASTY, "2": "P2"}
    with pytest.raises(ValueError, match="format must be one of"):
        export(made, VIDEO, tmp_path, ["odt"])
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(VideoError, match="choose another folder"):
        export(made, VIDEO, blocked / "sub", ["csv"])


def test_a_persons_own_files_are_left_alone(made: Recording, tmp_path: Path) -> None:
    own = {name: tmp_path / name for name in ("talk.eaf", "talk.mien.srt")}
    for path in own.values():
        path.write_text("hours of coding", encoding="utf-8")
    video = tmp_path / "talk.mp4"
    names = [path.name for path in export(made, video, tmp_path, ["eaf"])]
    assert names == ["talk.mien.eaf", "talk.mien.json"]
    assert [path.name for path in export(made, video, tmp_path, ["csv"])] == [
        "talk.csv",
        "talk.json",
    ]
    # Mien's own are replaced, under their name, and the settings go on knowing them all.
    names = [path.name for path in export(made, video, tmp_path, ["csv", "html"])]
    assert names == ["talk.csv", "talk.html", "talk.json"]
    export(made, video, tmp_path, ["vtt"])
    assert json.loads((tmp_path / "talk.json").read_text())["files"] == [
        "talk.csv",
        "talk.html",
        "talk.vtt",
    ]
    # The name is Mien's by now; the coding still is not.
    names = [path.name for path in export(made, video, tmp_path, ["eaf", "srt"])]
    assert names == ["talk.mien-2.eaf", "talk.mien-2.srt", "talk.mien-2.json"]
    assert all(path.read_text(encoding="utf-8") == "hours of coding" for path in own.values())


def test_results_of_an_older_version_are_replaced(made: Recording, tmp_path: Path) -> None:
    export(made, tmp_path / "talk.mp4", tmp_path, ["eaf"])
    settings_file = tmp_path / "talk.json"
    said = json.loads(settings_file.read_text())
    del said["files"]
    settings_file.write_text(json.dumps(said), encoding="utf-8")
    names = [path.name for path in export(made, tmp_path / "talk.mp4", tmp_path, ["eaf"])]
    assert names == ["talk.eaf", "talk.json"]
    settings_file.write_text('{"mine": 1}', encoding="utf-8")
    names = [path.name for path in export(made, tmp_path / "talk.mp4", tmp_path, ["csv"])]
    assert names == ["talk.mien.csv", "talk.mien.json"]


def test_pandas_reads_a_row_a_face_and_a_row_for_no_face(made: Recording) -> None:
    made.edits.correct(0.0, 2, "disgust")
    made.edits.exclude(1000, 1400)
    table = pd.read_csv(io.StringIO(csv_text(made)))
    assert len(table) == 25 * 2 + 10 + 20
    assert table["timestamp"].iloc[-1] == pytest.approx(54 * 0.04)
    assert table["Identity"].iloc[0] == NASTY
    assert table["label"].iloc[:3].tolist() == ["fear", "disgust", "fear"]
    empty = table[table["success"] == 0]
    assert len(empty) == 10
    assert set(empty["reason"]) == {"no face"}
    assert empty["happiness"].isna().all()
    assert table["excluded"].sum() == 10
    assert set(table[table["label"] == "unsure"]["reason"]) == {"low confidence"}
    for name in ("FaceRectX", "FaceScore", "frame", "face_id", "anger", "anger_raw"):
        assert name in table


def test_confidence_is_openfaces_and_probability_is_the_labels(made: Recording) -> None:
    table = pd.read_csv(io.StringIO(csv_text(made)))
    seen = table[table["success"] == 1]
    assert (seen["confidence"] == seen["FaceScore"]).all()
    assert (table[table["success"] == 0]["confidence"] == 0).all()
    assert seen["probability"].iloc[0] == pytest.approx(seen["fear"].iloc[0])
    assert (seen["face_id"] == seen["track_id"]).all()


def test_pandas_reads_the_same_from_parquet(made: Recording, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="needs the extra mien[parquet]")
    made.edits.rename(1, "007")
    path = export(made, VIDEO, tmp_path, ["parquet"])[0]
    table, expected = pd.read_parquet(path), pd.read_csv(io.StringIO(csv_text(made)))
    assert list(table.columns) == list(expected.columns)
    assert len(table) == len(expected)
    assert table["Identity"].iloc[0] == "007"  # a name stays text
    assert table["happiness"].dtype == "float32"
    assert table["happiness"].isna().sum() == 10
    assert table["timestamp"].tolist() == expected["timestamp"].tolist()
    assert table["track_id"].isna().sum() == 10
    assert (
        table["reason"].isna().sum()
        == (table["label"].notna() & (table["label"] != "unsure")).sum()
    )


def test_without_pyarrow_one_sentence_says_what_to_do(
    made: Recording, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(VideoError, match=r"pip install mien\[parquet\]"):
        check_formats(["csv", "parquet"])
    with pytest.raises(VideoError, match="or choose CSV"):
        export(made, VIDEO, tmp_path, ["parquet"])
    assert list(tmp_path.iterdir()) == []


def test_py_feat_reads_the_table(made: Recording, tmp_path: Path) -> None:
    reader = pytest.importorskip("feat.utils.io", reason="needs py-feat")
    fex = reader.read_feat(str(export(made, VIDEO, tmp_path, ["csv"])[0]))
    assert list(fex.emotions.columns) == list(EXPRESSIONS)
    assert fex.emotions["fear"].iloc[0] == pytest.approx(0.7)
    assert list(fex.faceboxes.iloc[0]) == [0, 10, 50, 50, pytest.approx(0.9)]


def test_webvtt_py_reads_the_subtitles(made: Recording) -> None:
    captions = webvtt.from_buffer(io.StringIO(text_of("vtt", made)))
    assert [caption.start for caption in captions] == ["00:00:00.000"] * 2 + ["00:00:01.400"]
    assert captions[0].text == "P2: anger 0.70"
    assert len(captions) == 3
    srt = text_of("srt", made).split("\n\n")
    assert srt[0] == "1\n00:00:00,000 --> 00:00:01,000\nP2: anger 0.70"


def test_pympi_reads_one_tier_a_person(made: Recording, tmp_path: Path) -> None:
    path = export(made, VIDEO, tmp_path, ["eaf"])[0]
    document = pympi.Elan.Eaf(str(path))
    assert set(document.get_tier_names()) == {NASTY, "P2", "markers"}
    spans = sorted(part[:3] for part in document.get_annotation_data_for_tier(NASTY))
    assert spans == [(0, 1000, "fear"), (1400, 2000, "sadness")]
    assert document.get_annotation_data_for_tier("markers")[0][2] == "event: a <door> & more"


def test_pympi_reads_the_textgrid_without_holes(made: Recording, tmp_path: Path) -> None:
    path = export(made, VIDEO, tmp_path, ["textgrid"])[0]
    grid = pympi.Praat.TextGrid(str(path))
    spans = list(grid.get_tier(1).get_all_intervals())
    assert [label for _, _, label in spans] == ["fear", "", "sadness", ""]
    assert spans[0][0] == 0
    assert [part[1] for part in spans[:-1]] == [part[0] for part in spans[1:]]
    assert spans[-1][1] == pytest.approx(2.2)


def test_boris_gets_starts_and_stops(made: Recording) -> None:
    table = pd.read_csv(io.StringIO(text_of("boris", made)), sep="\t")
    assert table["Behavior type"].value_counts().to_dict() == {"START": 3, "STOP": 3, "POINT": 1}
    assert table["Time"].is_monotonic_increasing


def test_the_report_is_one_page_without_links(made: Recording) -> None:
    page = text_of("html", made)
    assert "<svg" in page
    assert "&lt;b&gt;" in page
    for foreign in ("<b>", "<script", "http://", "https://", "src="):
        assert foreign not in page


def test_nobody_and_nothing_can_be_exported(tmp_path: Path) -> None:
    for number, empty in enumerate((recording([]), recording([None] * 3))):
        assert (
            len(export(empty, VIDEO, tmp_path / str(number), TEXT_FORMATS)) == len(TEXT_FORMATS) + 1
        )
        assert pympi.Elan.Eaf(str(tmp_path / str(number) / "clip ä.eaf"))
        assert pympi.Praat.TextGrid(str(tmp_path / str(number) / "clip ä.TextGrid"))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=st.text(max_size=12), second=st.text(max_size=12), note=st.text(max_size=12))
def test_any_name_survives(tmp_path: Path, first: str, second: str, note: str) -> None:
    made = recording([("fear", "anger")] * 4)
    made.edits.rename(1, first)
    made.edits.rename(2, second)
    made.edits.mark(40, note or "event", note)
    made.edits.mark(40, "event", second)
    export(made, VIDEO, tmp_path, TEXT_FORMATS)
    root = ElementTree.parse(tmp_path / "clip ä.eaf").getroot()
    names = [tier.get("TIER_ID") for tier in root.iter("TIER")]
    assert len(set(names)) == 3
    document = pympi.Elan.Eaf(str(tmp_path / "clip ä.eaf"))
    assert set(document.get_tier_names()) == set(names)
    grid = pympi.Praat.TextGrid(str(tmp_path / "clip ä.TextGrid"))
    assert [name for _, name in grid.get_tier_name_num()] == names[:2]
    captions = webvtt.from_buffer(io.StringIO(text_of("vtt", made)))
    assert len(captions) == 2
    assert len(pd.read_csv(tmp_path / "clip ä.csv")) == 8
    assert len(pd.read_csv(tmp_path / "clip ä.boris.tsv", sep="\t")) == 6
