"""The store of corrections: nothing is lost, nothing is kept that was removed."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.correction_parts import make_correction
from trainer.data.correction import Correction, parse_line
from trainer.data.correction_units import PEOPLE, VIDEOS, folds_of, judged_keys, unit_numbers
from trainer.data.corrections import CorrectionStore, write_fer2013_csv
from trainer.data.fer2013 import read_fer2013
from trainer.errors import DataError
from trainer.inference.correcting import Origin, cut_correction, faces_for
from trainer.inference.crop import crop_faces
from trainer.inference.types import Face, Frame
from trainer.labels import EXPRESSIONS
from trainer.preprocess import Preprocessing

_FACE = Preprocessing()
_LINE = make_correction(3, key="k", date="d").to_line()


@pytest.fixture
def store(tmp_path: Path) -> CorrectionStore:
    return CorrectionStore(tmp_path / "mine")


def same(a: Correction, b: Correction) -> bool:
    pixels = np.array_equal(a.face, b.face) and np.array_equal(a.wide, b.wide)
    return pixels and replace(a, face=b.face, wide=b.wide) == b


def test_what_is_added_comes_back(store: CorrectionStore) -> None:
    assert len(store.read()) == 0
    kept = [store.add(make_correction(number, source="名 é\n"))[0] for number in range(5)]
    found = store.read()
    assert not found.problems
    assert all(same(a, b) for a, b in zip(kept, found.items, strict=True))
    assert found.counts().tolist() == [1, 1, 1, 1, 1, 0, 0]


def test_the_same_face_gets_its_new_label_and_no_second_line(store: CorrectionStore) -> None:
    first, _ = store.add(make_correction(1))
    again, before = store.add(make_correction(1, label="neutral", box=(12.0, 22.0, 112.0, 140.0)))
    assert before is not None
    assert (before.label, again.key) == ("disgust", first.key)
    store.add(make_correction(1, box=(200.0, 20.0, 300.0, 140.0)))  # another face beside it
    assert [item.label for item in store.read().items] == ["neutral", "disgust"]


def test_removing_takes_the_picture_out_of_the_file(store: CorrectionStore) -> None:
    kept = [store.add(make_correction(number))[0] for number in range(3)]
    line = kept[1].to_line()
    gone = store.remove([kept[1].key])
    assert same(gone[0], kept[1])
    assert json.loads(line)["face"].encode() not in store.path.read_bytes()
    store.add(gone[0])  # undone
    assert [item.key for item in store.read().items] == [kept[0].key, kept[2].key, kept[1].key]


def test_taking_back_finds_the_face_by_where_it_is(store: CorrectionStore) -> None:
    there, beside = make_correction(1), make_correction(1, box=(200.0, 20.0, 300.0, 140.0))
    for item in (there, beside, make_correction(2)):
        store.add(item)
    assert [item.label for item in store.take_back(there.place, "fear")] == ["disgust"]
    assert [item.label for item in store.read().items] == ["fear", "disgust", "fear"]
    assert [item.label for item in store.take_back(there.place, None)] == ["fear"]
    assert store.take_back(there.place, None) == ()
    assert [item.place for item in store.read().items][0] == beside.place
    assert len(store.read()) == 2


def test_relabelling_leaves_all_else(store: CorrectionStore) -> None:
    kept = [store.add(make_correction(number))[0] for number in range(3)]
    assert store.relabel([kept[0].key, "unknown"], "fear") == 1
    found = store.read().items
    assert [item.label for item in found] == ["fear", "disgust", "fear"]
    assert same(replace(found[0], label="anger"), kept[0])


def test_a_torn_last_line_harms_no_other_and_is_kept(store: CorrectionStore) -> None:
    store.add(make_correction(0))
    with open(store.path, "ab") as file:
        file.write(make_correction(1).to_line().encode()[:700])
    store.add(make_correction(2))
    found = store.read()
    assert [item.label for item in found.items] == ["anger", "fear"]
    assert [line for line, _ in found.problems] == [2]
    torn = store.path.read_bytes().split(b"\n")[1]
    store.remove([found.items[0].key])
    assert torn in store.path.read_bytes()  # what cannot be read is not thrown away


@pytest.mark.parametrize("step", ["add", "relabel"])
def test_a_full_disk_changes_nothing(
    store: CorrectionStore, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    kept, _ = store.add(make_correction(0))
    before = store.path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    steps = {
        "add": lambda: store.add(make_correction(1)),
        "relabel": lambda: store.relabel([kept.key], "neutral"),
    }
    with pytest.raises(DataError, match="No space left"):
        steps[step]()
    assert store.path.read_bytes() == before


def test_a_file_in_the_folders_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("in the way")
    with pytest.raises(DataError, match="cannot be"):
        CorrectionStore(tmp_path / "mine").add(make_correction())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_read(line: bytes) -> None:
    with pytest.raises(ValueError, match="it"):
        parse_line(line)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_damage_to_a_line_is_told_from_a_good_one(data: st.DataObject) -> None:
    values = json.loads(_LINE)
    name = data.draw(st.sampled_from(sorted(values)))
    anything = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=40),
        st.lists(st.none()),
    )
    values[name] = data.draw(anything)
    try:
        read = parse_line(json.dumps(values).encode())
    except ValueError:
        return
    assert read.face.shape == (48, 48)
    assert read.wide.shape == (96, 96)
    assert read.label in EXPRESSIONS
    assert np.isfinite([read.timestamp_ms, *read.box]).all()


def test_the_csv_is_read_by_miens_own_reader(tmp_path: Path, store: CorrectionStore) -> None:
    for number in range(6):
        store.add(make_correction(number))
    items = store.read().items
    judged = judged_keys(items)
    write_fer2013_csv(items, tmp_path / "mine.csv", lambda item: item.key in judged)
    rows = read_fer2013(tmp_path / "mine.csv")
    assert np.array_equal(rows.images[:, 0], [item.face for item in items])
    assert rows.targets.tolist() == [item.target for item in items]
    assert {items[i].video for i in np.flatnonzero(rows.splits == 1)} == {"video0"}
    assert not rows.problems


def test_nothing_to_write_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no corrections yet"):
        write_fer2013_csv([], tmp_path / "mine.csv")


def test_frames_of_one_video_never_part() -> None:
    items = [make_correction(number, key=str(number)) for number in range(20)]
    units, kind = unit_numbers(items)
    assert kind == VIDEOS
    for numbers in (units, folds_of(units)):
        for video in {item.video for item in items}:
            inside = [
                n for n, item in zip(numbers.tolist(), items, strict=True) if item.video == video
            ]
            assert len(set(inside)) == 1
    assert folds_of(units).max() == 2


def test_one_video_is_parted_by_people() -> None:
    items = [make_correction(number, source_hash="one", key=str(number)) for number in range(6)]
    units, kind = unit_numbers(items)
    assert kind == PEOPLE
    assert units.tolist() == [0, 1, 0, 1, 0, 1]
    alone = [make_correction(n, source_hash="one", person=1, key=str(n)) for n in range(6)]
    assert unit_numbers(alone)[0].max() == 0
    assert not judged_keys(alone)


def test_a_face_is_cut_as_the_network_sees_it() -> None:
    across, down = np.meshgrid(np.arange(320), np.arange(240))
    waves = 128 + 60 * np.sin(across / 9) + 60 * np.cos(down / 13)
    image = np.repeat(waves.astype(np.uint8)[:, :, None], 3, axis=2)
    box = np.array([100, 60, 180, 160], np.float32)
    probs = np.full(7, 1 / 7, np.float32)
    face = Face(4, box, 0.9, probs, probs, "fear", 0.9)
    cut = cut_correction(Frame(image, 3, 120.0), face, "sadness", Origin("a.mp4", "hash", "m", "s"))
    seen = crop_faces(image, box[None], None, _FACE)[0, 0]
    assert np.array_equal(cut.face, seen)
    assert (cut.label, cut.model_label, cut.person) == ("sadness", "fear", 4)
    # Cut from the wide picture it is the same face, as far as 64 pixels tell.
    again = faces_for([cut], Preprocessing(input_size=64, source_size=48, crop_margin=1e-6))
    assert again.shape == (1, 1, 48, 48)
    assert np.abs(again[0, 0].astype(int) - seen).mean() < 6
    assert np.array_equal(faces_for([cut], _FACE)[0, 0], seen)
