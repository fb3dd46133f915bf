"""A coding against the model's labels: names, kappa, delay, disagreements, the command."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from trainer.agreement.coding import Coding, Segment, Tier, expression_of, left_out
from trainer.agreement.compare import Agreement, best_delay, coder_codes, compare, kappa_of
from trainer.agreement.pairing import choose_tier, choose_track
from trainer.agreement.reading import read_coding
from trainer.agreement.tracks import LabelTrack, read_tracks, tracks_of
from trainer.cli import main
from trainer.errors import DataError
from trainer.export_results import export
from trainer.inference.recording import Recording
from trainer.inference.recording_tables import RecordingInfo
from trainer.inference.types import Face, FrameResult
from trainer.labels import EXPRESSIONS

HAPPY, SAD, NEUTRAL = (EXPRESSIONS.index(name) for name in ("happiness", "sadness", "neutral"))
FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def write(tmp_path: Path, text: str, name: str = "coding.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding=encoding)
    return path


def track_of(codes: list[int], frame_ms: float = 40.0) -> LabelTrack:
    starts = np.arange(len(codes)) * frame_ms
    return LabelTrack("P1", starts, starts + frame_ms, np.array(codes, np.int64))


def tier_of(codes: list[int], frame_ms: float = 40.0) -> Tier:
    return Tier(
        "coder",
        tuple(
            Segment(n * frame_ms, (n + 1) * frame_ms, EXPRESSIONS[code])
            for n, code in enumerate(codes)
            if code >= 0
        ),
    )


# -- labels ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "name"),
    [("Happy", "happiness"), (" 1_sad ", "sadness"), ("高兴", "happiness"), ("Scared", "fear"),
     ("contempt", None), ("talking", None), ("", None)],
)  # fmt: skip
def test_labels_map_by_name(label: str, name: str | None) -> None:
    assert expression_of(label) == (None if name is None else EXPRESSIONS.index(name))


def test_what_is_left_out_is_named_with_its_length() -> None:
    sentence = left_out(
        [Segment(0, 1500, "talking"), Segment(0, 500, "AU12"), Segment(0, 9, "sad")]
    )
    assert "“talking”, “AU12” (2.0 s)" in sentence
    assert left_out([Segment(0, 1, "happy")]) == ""


# -- agreement -------------------------------------------------------------------------------

CODES = st.lists(st.integers(-1, 6), min_size=30, max_size=30)


@FUZZ
@given(coder=CODES, model=CODES)
def test_kappa_is_scikit_learns(coder: list[int], model: list[int]) -> None:
    pairs = [(c, m) for c, m in zip(coder, model, strict=True) if c >= 0 and m >= 0]
    if not pairs:
        with pytest.raises(DataError, match="no labelled frame in common"):
            compare(tier_of(coder), track_of(model))
        return
    found = compare(tier_of(coder), track_of(model))
    assert found.frames == len(pairs)
    assert found.share == pytest.approx(np.mean([c == m for c, m in pairs]))
    ours, theirs = zip(*pairs, strict=True)
    names = {entry.name: entry.kappa for entry in found.classes}
    checked = [(found.kappa, ours, theirs)]
    for code, name in enumerate(EXPRESSIONS):
        if name in names:
            checked.append((names[name], [c == code for c in ours], [m == code for m in theirs]))
    for kappa, first, second in checked:
        if kappa is None:
            assert len(set(first) | set(second)) == 1
        else:
            assert kappa == pytest.approx(cohen_kappa_score(first, second))
    differing = sum(d.end_ms - d.start_ms for d in found.disagreements) / 40
    assert differing == pytest.approx(sum(c != m for c, m in pairs))


def test_perfect_and_opposite() -> None:
    codes = [HAPPY] * 10 + [SAD] * 10
    assert compare(tier_of(codes), track_of(codes)).kappa == 1.0
    assert compare(tier_of(codes), track_of(codes[::-1])).kappa == -1.0
    assert kappa_of(np.diag([5, 0])) is None


def test_disagreements_are_stretches_with_their_times() -> None:
    coder = [HAPPY] * 10 + [SAD] * 5 + [HAPPY] * 5
    model = [HAPPY] * 10 + [NEUTRAL] * 3 + [-1] * 2 + [SAD] * 5
    found = compare(tier_of(coder), track_of(model))
    assert [(d.start_ms, d.end_ms, d.coder, d.model) for d in found.disagreements] == [
        (400, 520, "sadness", "neutral"),
        (600, 800, "happiness", "sadness"),
    ]
    assert found.unsure_s == pytest.approx(0.08)
    assert found.confusion[SAD, NEUTRAL] == pytest.approx(0.12)


def test_a_delay_moves_the_coding_earlier_and_can_be_found() -> None:
    model = [HAPPY] * 50 + [SAD] * 50
    late = Tier("", (Segment(600, 2600, "happy"), Segment(2600, 5000, "sad")))
    before, after = compare(late, track_of(model)), compare(late, track_of(model), 600.0)
    assert before.kappa is not None
    assert after.kappa == 1.0 > before.kappa
    assert best_delay(late, track_of(model)) == 600.0


def test_what_is_not_coded_is_not_compared_unless_it_is_neutral() -> None:
    model = [HAPPY] * 10 + [NEUTRAL] * 10
    coder = tier_of([HAPPY] * 10)
    assert compare(coder, track_of(model)).uncoded_s == pytest.approx(0.4)
    whole = compare(coder, track_of(model), gaps_are_neutral=True)
    assert (whole.frames, whole.kappa) == (20, 1.0)
    talking = Tier("", (*coder.segments, Segment(400, 800, "talking")))
    left = compare(talking, track_of(model), gaps_are_neutral=True)
    assert left.frames == 10
    assert "talking" in left.notes[0]


def test_an_overlap_belongs_to_what_began_last() -> None:
    tier = Tier("", (Segment(0, 800, "happy"), Segment(200, 400, "sad")))
    codes = coder_codes(tier, track_of([0] * 20))
    assert codes.tolist() == [HAPPY] * 5 + [SAD] * 5 + [HAPPY] * 10


def test_tier_and_person_are_paired_by_name_or_length() -> None:
    short, long = Tier("P2", tier_of([HAPPY]).segments), Tier("coder", tier_of([SAD] * 5).segments)
    coding = Coding(Path("a.eaf"), "elan", (short, long))
    first, second = track_of([0] * 9), replace(track_of([0]), name="P2")
    assert choose_tier(coding) is long
    assert choose_tier(coding, "p2") is short
    assert choose_track([first, second], None, short) is second
    assert choose_track([first, second], None, long) is first
    assert choose_track([first, second], "2") is second
    with pytest.raises(DataError, match="'nobody'"):
        choose_track([first], "nobody")
    with pytest.raises(DataError, match="'none'"):
        choose_tier(coding, "none")


# -- the command -----------------------------------------------------------------------------


def table(tmp_path: Path, labels: list[str], quality: str = "ok") -> Path:
    lines = ["input,frame,timestamp,track_id,label,quality"]
    lines += [f"a,{n},{n * 0.04:.6f},1,{label},{quality}" for n, label in enumerate(labels)]
    lines.append(f"a,{len(labels)},{len(labels) * 0.04:.6f},,,")
    return write(tmp_path, "\n".join(lines) + "\n", "result.csv")


def test_the_command_prints_and_writes_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = table(tmp_path, ["happiness"] * 25 + ["sadness"] * 20 + ["unsure"] * 5)
    coding = write(tmp_path, "start,end,label\n0,1,Happy\n1,2,Sad\n", "coder.csv")
    target = tmp_path / "agreement.json"
    assert main(["agreement", str(results), str(coding), "--json", str(target)]) == 0
    assert "Cohen's kappa 1.000, same label in 100.0% of 45 frames" in capsys.readouterr().out
    facts = json.loads(target.read_text())
    assert (facts["kappa"], facts["person"], facts["unsure_s"]) == (1.0, "P1", 0.2)
    assert facts["per_class"]["sadness"]["both_s"] == pytest.approx(0.8)


@pytest.mark.parametrize("word", ["eaf", "boris"])
def test_what_mien_exports_agrees_with_itself(tmp_path: Path, word: str) -> None:
    info = RecordingInfo(EXPRESSIONS, 64, 48, 4000.0, 25.0, "a.mp4", unsure_threshold=0.1)
    recording = Recording(info)
    probs = np.full(7, 0.05, np.float32)
    for number in range(100):
        label = EXPRESSIONS[3 if number < 40 else 4]
        face = Face(1, np.array([1, 1, 40, 40], np.float32), 0.9, probs, probs, label, 0.9)
        recording.add(FrameResult(number, number * 40.0, (face,), EXPRESSIONS))
    files = export(recording, tmp_path / "a.mp4", tmp_path, [word])
    coding = read_coding(files[0])
    (track,) = tracks_of(recording)
    found = compare(choose_tier(coding), track)
    assert (found.kappa, found.frames) == (1.0, 100)


@pytest.mark.parametrize("which", ["no coding", "no result", "other table", "nothing common"])
def test_wrong_input_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], which: str
) -> None:
    results = table(tmp_path, ["happiness"] * 5)
    coding = write(tmp_path, "start,end,label\n0,1,Happy\n", "coder.csv")
    far = write(tmp_path, "start,end,label\n50,51,Happy\n", "far.csv")
    arguments = {
        "no coding": [results, tmp_path / "none.eaf"],
        "no result": [tmp_path / "none.csv", coding],
        "other table": [coding, coding],
        "nothing common": [results, far],
    }[which]
    assert main(["agreement", *map(str, arguments)]) == 2
    errors = capsys.readouterr().err.strip().splitlines()
    assert len(errors) == 1
    assert errors[0].startswith("error: ")


def test_faces_of_poor_quality_are_not_compared(tmp_path: Path) -> None:
    (track,) = read_tracks(table(tmp_path, ["happiness"] * 5, quality="dark"))
    assert track.codes.tolist() == [-1] * 5
    assert isinstance(track.name, str)


def test_rows_that_the_user_excluded_are_left_out(tmp_path: Path) -> None:
    lines = ["timestamp,track_id,label,excluded"]
    lines += [f"{n * 0.04},1,sadness,{int(n < 3)}" for n in range(10)]
    (track,) = read_tracks(write(tmp_path, "\n".join(lines), "result.csv"))
    assert len(track.codes) == 7


def test_json_has_every_figure() -> None:
    found: Agreement = compare(tier_of([HAPPY, SAD]), track_of([HAPPY, HAPPY]))
    facts = json.loads(json.dumps(found.to_dict()))
    assert len(facts["confusion_s"]) == len(facts["classes"]) == 7
    assert facts["disagreements"][0] == {
        "start_ms": 40.0, "end_ms": 80.0, "coder": "sadness", "model": "happiness",
    }  # fmt: skip
