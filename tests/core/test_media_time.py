"""Sound that begins before the picture: other programs count from there, in and out."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pympi
import pytest
import webvtt

from tests.core.inference_helpers import write_late
from tests.core.recording_helpers import recording
from trainer.__main__ import main
from trainer.agreement.compare import compare
from trainer.agreement.pairing import choose_tier
from trainer.agreement.reading import read_coding
from trainer.agreement.tracks import read_start_ms, tracks_of
from trainer.export_results import export
from trainer.inference.file_source import FileSource
from trainer.inference.media_time import picture_start_ms
from trainer.inference.recording import Recording
from trainer.inference.recording_file import load_recording, save_recording

LATE_MS = 400.0


@pytest.mark.parametrize("ending", ["mp4", "mkv", "mov", "ts"])
def test_time_0_is_the_start_of_the_file(tmp_path: Path, ending: str) -> None:
    for picture_ms, sound_ms, late_ms in ((400, 0, 400), (0, 0, 0), (0, 300, 0), (1400, 1000, 400)):
        path = write_late(tmp_path / f"a.{ending}", picture_ms=picture_ms, sound_ms=sound_ms)
        with FileSource(path) as source:
            assert source.read().timestamp_ms == 0.0  # type: ignore[union-attr]
            found = picture_start_ms(source)
        # Encoders of sound put up to two of their blocks before the first sample.
        assert found == pytest.approx(late_ms, abs=130)
        assert found == 0 or found >= late_ms - 1


@pytest.fixture
def made() -> Recording:
    labels = ["happiness"] * 40 + ["sadness"] * 60
    filled = recording(labels, video_name="a.mp4", duration_ms=4000.0, start_ms=LATE_MS)
    filled.edits.mark(1000, "event", "door")
    return filled


def test_exports_are_in_the_time_of_the_file(made: Recording, tmp_path: Path) -> None:
    words = ["vtt", "srt", "eaf", "textgrid", "boris"]
    vtt, srt, eaf, grid, boris, _facts = export(made, tmp_path / "a.mp4", tmp_path, words)
    assert [(cue.start, cue.end) for cue in webvtt.read(str(vtt))] == [
        ("00:00:00.400", "00:00:02.000"), ("00:00:02.000", "00:00:04.400"),
    ]  # fmt: skip
    assert "00:00:00,400 --> 00:00:02,000" in srt.read_text()
    elan = pympi.Elan.Eaf(str(eaf))
    assert elan.get_annotation_data_for_tier("P1") == [
        (400, 2000, "happiness"), (2000, 4400, "sadness"),
    ]  # fmt: skip
    assert elan.get_annotation_data_for_tier("markers")[0][:2] == (1400, 1900)
    spans = re.findall(r"xmin = (\S+)\s+xmax = (\S+)\s+text = (\S+)", grid.read_text())
    assert spans == [
        ("0.000", "0.400", '""'),
        ("0.400", "2.000", '"happiness"'),
        ("2.000", "4.400", '"sadness"'),
    ]
    rows = list(csv.DictReader(io.StringIO(boris.read_text()), dialect="excel-tab"))
    assert [row["Time"] for row in rows] == ["0.400", "1.400", "2.000", "2.000", "4.400"]
    assert rows[0]["Total length"] == "4.400"


@pytest.mark.parametrize("word", ["eaf", "boris"])
def test_what_is_exported_comes_back_at_its_place(
    made: Recording, tmp_path: Path, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    files = export(made, tmp_path / "a.mp4", tmp_path, ["csv", word])
    coding = read_coding(files[1]).moved(-made.info.start_ms)
    (track,) = tracks_of(made)
    found = compare(choose_tier(coding), track)
    assert (found.kappa, found.frames, found.uncoded_s) == (1.0, 100, 0.0)
    session = tmp_path / "a.mien-session"
    save_recording(made, session)
    assert load_recording(session).info.start_ms == LATE_MS
    for results in (session, files[0]):
        assert read_start_ms(results) == LATE_MS
        assert main(["agreement", str(results), str(files[1])]) == 0
        assert "Cohen's kappa 1.000, same label in 100.0% of 100" in capsys.readouterr().out
