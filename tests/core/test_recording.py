"""A recording: filling in any order, people, episodes, curves, memory."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.core.recording_helpers import face, recording, result
from trainer.inference.recording import Recording, RecordingInfo
from trainer.inference.recording_curves import (
    analysed_ranges,
    analysed_share,
    curve,
    gaps,
    missing_ranges,
)
from trainer.inference.recording_views import (
    edited,
    episodes,
    next_change,
    persons,
    previous_change,
    rows_of,
    time_shares,
    transitions,
)
from trainer.labels import EXPRESSIONS


def spans(made: Recording, person: int = 1) -> list[tuple[str, float, float]]:
    return [(e.label, e.start_ms, e.end_ms) for e in episodes(made, person)]


def test_a_frame_comes_back_as_it_was_put_in() -> None:
    made = Recording(RecordingInfo(EXPRESSIONS))
    put = result(3, face(1, "fear", raw="anger", quality="dark"), face(2, "unsure", left=90))
    made.add(result(0))
    made.add(put)
    got = made.result_at(125)
    assert got is not None
    assert (got.frame_index, got.timestamp_ms, len(got.faces)) == (3, 120.0, 2)
    for before, after in zip(put.faces, got.faces, strict=True):
        np.testing.assert_array_equal(before.probs_raw, after.probs_raw)
        np.testing.assert_array_equal(before.xyxy, after.xyxy)
        assert (before.expression, before.quality) == (after.expression, after.quality)
        assert before.confidence == pytest.approx(after.confidence)
    assert got.faces[0].label == "unsure"
    assert got.faces[0].reason == "dark"


def test_the_times_of_all_frames_number_them_and_tell_which_were_not_looked_at() -> None:
    dense = [20.0 * n for n in range(50)]
    times = np.array([*dense, *(1000.0 + 500.0 * n for n in range(10))])
    made = Recording(RecordingInfo(EXPRESSIONS, fps=10, duration_ms=6000))
    guesses = {0: 0, 20: 1, 40: 2, 120: 1, 140: 2, 3000: 30}  # as a source does that jumps

    def look_at(moment: float, guess: int) -> None:
        made.add(replace(result(guess), timestamp_ms=float(moment)))

    for moment, guess in guesses.items():
        look_at(moment, guess)
    made.know_times(times)
    look_at(3500, 31)
    assert made.frames["frame_index"].tolist() == [0, 1, 2, 6, 7, 54, 55]
    assert analysed_ranges(made) == [(0, 60), (120, 160), (3000, 4000)]
    assert missing_ranges(made) == [(60, 120), (160, 3000), (4000, 6000)]
    assert analysed_share(made) == pytest.approx(1100 / 6000)


def test_times_of_another_clock_are_not_believed() -> None:
    made = recording([None] * 5)
    made.know_times(np.arange(5) * 40.0 + 13)
    assert made.frames["frame_index"].tolist() == [0, 1, 2, 3, 4]
    assert analysed_ranges(made) == [(0, 200)]


def test_frames_may_come_in_any_order_and_twice() -> None:
    made = Recording(RecordingInfo(EXPRESSIONS, fps=25))
    for index in (15, 16, 17, 0, 1, 2, 16):
        made.add(result(index, face(1, "fear" if index > 4 else "anger")))
    assert len(made) == 6
    assert spans(made) == [("anger", 0, 120), ("fear", 600, 720)]
    assert analysed_ranges(made) == [(0, 120), (600, 720)]
    assert missing_ranges(made) == [(120, 600)]


def test_a_frame_is_replaced_only_when_the_detector_looked_later() -> None:
    made = Recording(RecordingInfo(EXPRESSIONS, fps=25))
    late = result(0, face(1, "fear"))
    made.add(replace(late, detector_ran=False))
    made.add(result(0, face(1, "anger"), face(2, "sadness", left=200)))
    made.add(result(0, face(1, "disgust")))
    assert spans(made, 1) == [("anger", 0, 40)]
    assert spans(made, 2) == [("sadness", 0, 40)]


def test_a_piece_after_a_seek_gets_numbers_of_its_own_unless_it_joins() -> None:
    made = Recording(RecordingInfo(EXPRESSIONS, fps=25))
    for index in range(3):
        made.add(result(index, face(1, left=0), face(2, left=200)))
    made.begin_piece()  # far away: nobody known
    far = made.add(result(500, face(1, left=0)))
    assert [f.tracker_id for f in far.faces] == [3]
    made.begin_piece()  # right after the first piece, and the pipeline's 1 is the former 2
    near = made.add(result(3, face(1, left=205), face(2, left=400)))
    assert [f.tracker_id for f in near.faces] == [2, 4]
    again = made.add(result(4, face(1, left=210)))
    assert [f.tracker_id for f in again.faces] == [2]
    made.begin_piece()
    known = made.add(result(1, face(7, left=200)))
    assert [f.tracker_id for f in known.faces] == [2]


def _two_pieces() -> Recording:
    """A face in the frames 0 to 2, and again in 6 to 8, where it got a number of its own."""
    made = Recording(RecordingInfo(EXPRESSIONS, fps=25))
    for first in (0, 20):
        for index in range(first, first + 3):
            made.add(result(index, face(1)))
        made.begin_piece()
    return made


def test_a_face_has_one_number_when_the_gap_between_two_pieces_is_filled() -> None:
    made = _two_pieces()
    assert made.tracks == (1, 2)
    numbers = [made.add(result(index, face(1))).faces[0].tracker_id for index in range(3, 20)]
    assert set(numbers) == {1}
    assert made.tracks == (1,)
    assert len(made.rows_of_track(1)) == 23
    assert {f.tracker_id for row in range(len(made)) for f in made.result(row).faces} == {1}
    made.begin_piece()
    assert made.add(result(23, face(5))).faces[0].tracker_id == 1


def test_a_name_survives_when_two_numbers_become_one() -> None:
    made = _two_pieces()
    made.edits.rename(2, "Ada")
    numbers = [made.add(result(index, face(1))).faces[0].tracker_id for index in range(3, 20)]
    assert numbers[-1] == 2
    assert made.tracks == (2,)
    both = _two_pieces()
    both.edits.rename(1, "Bob")
    both.edits.rename(2, "Ada")
    for index in range(3, 20):
        both.add(result(index, face(1)))
    assert both.tracks == (1, 2)  # the user says who is who


def _filled_by_two_who_change_places(made: Recording) -> list[int]:
    """Fill the frames 3 to 19 and return the numbers in the last one."""
    made.begin_piece()
    for index in range(3, 20):
        left, right = (0.0, 300.0) if index < 11 else (300.0, 0.0)
        filled = made.add(result(index, face(1, left=left), face(2, left=right)))
    return [f.tracker_id for f in filled.faces]


def test_two_who_change_places_between_two_pieces_keep_their_numbers() -> None:
    made = Recording(RecordingInfo(EXPRESSIONS, fps=25))
    for first in (0, 20):
        for index in range(first, first + 3):
            made.add(result(index, face(1), face(2, left=300)))
        made.begin_piece()
    assert made.tracks == (1, 2, 3, 4)
    assert _filled_by_two_who_change_places(made) == [1, 2]
    assert made.tracks == (1, 2)
    last = made.result_at(22 * 40)
    assert last is not None
    assert [(f.tracker_id, float(f.xyxy[0])) for f in last.faces] == [(2, 0.0), (1, 300.0)]


def test_two_people_seen_side_by_side_stay_two() -> None:
    made = Recording(RecordingInfo(EXPRESSIONS, fps=25))
    for index in (0, 1, 2, 20, 21, 22):
        made.add(result(index, face(1), face(2, left=300)))
    assert _filled_by_two_who_change_places(made) == [1, 2]
    assert made.tracks == (1, 2)
    assert len(made.rows_of_track(1)) == len(made.rows_of_track(2)) == 23


def test_episodes_end_at_changes_gaps_and_excluded_ranges() -> None:
    made = recording(["fear"] * 3 + ["anger"] * 2 + [None] * 10 + ["anger"] * 4 + ["unsure"])
    assert spans(made) == [
        ("fear", 0, 120),
        ("anger", 120, 200),
        ("anger", 600, 760),
        ("unsure", 760, 800),
    ]
    assert [e.reason for e in episodes(made, 1)][-1] == "low confidence"
    assert gaps(made, 1) == [(200, 600)]
    made.edits.exclude(40, 80)
    assert spans(made)[:2] == [("fear", 0, 40), ("fear", 80, 120)]
    assert [e.label for e in episodes(made, 1, min_ms=100)] == ["anger"]
    assert time_shares(made, 1)["fear"] == 80


def test_a_poor_face_shows_its_reason_not_a_guess() -> None:
    made = Recording(RecordingInfo(EXPRESSIONS, fps=25))
    made.add(result(0, face(1, "anger", quality="blurred")))
    (episode,) = episodes(made, 1)
    assert (episode.label, episode.reason) == ("unsure", "blurred")


def test_changes_and_transitions_pass_over_unsure_frames() -> None:
    made = recording(["fear"] * 2 + ["unsure"] * 2 + ["fear"] * 2 + ["unsure"] + ["anger"] * 2)
    following = next_change(made, 0)
    assert following is not None
    assert (following.label, following.start_ms) == ("anger", 280)
    assert next_change(made, 280) is None
    before = previous_change(made, 280)
    assert before is not None
    assert before.start_ms == 0
    counts = transitions(made, 1)
    assert counts.sum() == 1
    assert counts[EXPRESSIONS.index("fear"), EXPRESSIONS.index("anger")] == 1


def test_merge_rename_delete_correct_and_undo() -> None:
    made = recording([("fear", "anger")] * 2 + ["fear"] * 2)
    made.edits.rename(2, '  "Änne" <1>\n')
    made.edits.merge(2, 1)
    (person,) = persons(made)
    assert (person.number, person.tracks, person.name, person.faces) == (1, (1, 2), '"Änne" <1>', 4)
    assert made.edits.undo() == "merge"
    assert [p.name for p in persons(made)] == ["P1", '"Änne" <1>']
    made.edits.delete(2)
    assert [p.number for p in persons(made)] == [1]
    assert made.edits.undo() == "delete"
    assert made.edits.redo() == "delete"
    made.edits.correct(40.0, 1, "sadness")
    assert [s[0] for s in spans(made)] == ["fear", "sadness", "fear"]
    shown = made.result_at(40)
    assert shown is not None
    (seen,) = edited(shown, made.edits).faces
    assert (seen.label, shown.faces[0].label) == ("sadness", "fear")
    made.edits.correct(40.0, 1, None)
    assert [s[0] for s in spans(made)] == ["fear"]


def test_of_two_merged_faces_in_one_frame_the_surer_counts() -> None:
    made = Recording(RecordingInfo(EXPRESSIONS, fps=25))
    made.add(result(0, face(1, "fear", score=0.6), face(2, "anger", score=0.9)))
    made.edits.merge(2, 1)
    assert spans(made) == [("anger", 0, 40)]


def test_markers_and_ranges() -> None:
    edits = recording([]).edits
    first = edits.mark(500, "event", "door")
    edits.mark(100, "start")
    assert [m.timestamp_ms for m in edits.markers] == [100, 500]
    edits.remove_marker(first)
    assert len(edits.markers) == 1
    edits.exclude(300, 100)
    edits.exclude(200, 500)
    edits.include(150, 160)
    assert edits.excluded == ((100, 150), (160, 500))


def test_a_curve_is_thinned_but_keeps_gaps_and_peaks() -> None:
    labels: list[str | None] = ["fear"] * 4000
    labels[1000] = "anger"
    labels[2000:2100] = [None] * 100
    made = recording(labels)
    thin = curve(made, 1, 100)
    assert 90 < len(thin.times) < 115
    assert np.isnan(thin.probs[:, 0]).sum() == 1
    gap = float(thin.times[np.isnan(thin.probs[:, 0])][0])
    assert 80_000 < gap < 84_000
    anger, fear = EXPRESSIONS.index("anger"), EXPRESSIONS.index("fear")
    assert np.nanmax(thin.highs[:, anger]) == pytest.approx(0.7)
    assert np.nanmax(thin.probs[:, anger]) < 0.1
    np.testing.assert_allclose(np.nansum(thin.probs, axis=1)[:5], 1, rtol=1e-5)
    close = curve(made, 1, 100, start_ms=1000, end_ms=1400)
    assert close.times[0] == 960  # reaches the left edge
    assert close.times[-1] == 1440
    assert np.nanmin(close.probs[:, fear]) == pytest.approx(0.7)
    assert len(curve(made, 5, 100).times) == 0


def test_an_empty_recording_and_one_frame() -> None:
    made = Recording(RecordingInfo(EXPRESSIONS))
    assert (len(made), persons(made), made.duration_ms, analysed_share(made)) == (0, (), 0, 0)
    assert made.result_at(0) is None
    made.add(result(0, face(1)))
    assert analysed_ranges(made) == [(0, 40)]
    assert spans(made) == [("happiness", 0, 40)]


def test_an_hour_of_three_faces_stays_small() -> None:
    """30 fps: a tenth of it is filled, the rest follows from the room a row takes."""
    made = Recording(RecordingInfo(EXPRESSIONS, fps=30))
    faces = [face(n, left=80.0 * n) for n in (1, 2, 3)]
    count = 3600 * 30 // 10
    for index in range(count):
        made.add(result(index, *faces, ms=1000 / 30))
    room = made.faces.nbytes + made.frames.nbytes
    assert room * 10 < 60e6
    assert len(rows_of(made, 2)) == count
