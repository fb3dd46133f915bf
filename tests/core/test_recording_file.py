"""Session files: whole or not at all, found again, and never trusted."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.recording_helpers import recording
from trainer.errors import DataError, MienError
from trainer.inference.recording import Recording
from trainer.inference.recording_edits import RecordingEdits
from trainer.inference.recording_file import (
    find_session,
    load_recording,
    save_recording,
    save_session,
    session_path,
)
from trainer.inference.recording_views import episodes, persons
from trainer.inference.video_hash import video_hash


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIEN_HOME", str(tmp_path / "home"))


@pytest.fixture
def video(tmp_path: Path) -> Path:
    path = tmp_path / "videos" / "a.mp4"
    path.parent.mkdir()
    path.write_bytes(b"some content" * 100)
    return path


def made(video: Path) -> Recording:
    filled = recording(
        [("fear", "anger")] * 5 + [None] * 3 + ["unsure"] * 2, video_hash=video_hash(video)
    )
    filled.edits.rename(1, "Zoë \U0001f600 <&\"'>")
    filled.edits.correct(40.0, 2, "sadness")
    filled.edits.mark(80, "note", "line\nline")
    filled.edits.exclude(120, 160)
    filled.edits.undo()
    return filled


def test_what_was_saved_comes_back(video: Path) -> None:
    before = made(video)
    path = save_session(before, video)
    assert path == session_path(video)
    after = load_recording(path)
    assert after.info == before.info
    assert persons(after) == persons(before)
    assert [episodes(after, n) for n in (1, 2)] == [episodes(before, n) for n in (1, 2)]
    for name in before.faces.names:
        np.testing.assert_array_equal(after.faces[name], before.faces[name])
    assert after.edits.markers == before.edits.markers
    assert after.edits.redo() == "exclude"
    assert after.edits.excluded == ((120, 160),)


def test_it_is_found_by_content_when_the_video_moved(video: Path, tmp_path: Path) -> None:
    content = video_hash(video)
    assert find_session(video, content) is None
    saved = save_session(made(video), video)
    moved = tmp_path / "elsewhere" / "b.mp4"
    moved.parent.mkdir()
    shutil.move(video, moved)
    assert video_hash(moved) == content
    assert find_session(moved, content) == saved
    moved.write_bytes(b"another video of that name")
    assert find_session(moved, video_hash(moved)) is None


def test_it_goes_to_the_users_folder_when_it_cannot_lie_beside(
    video: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = save_recording

    def refuse(recording: Recording, path: Path) -> None:
        if path.parent == video.parent:
            raise PermissionError(13, "Permission denied")
        real(recording, path)

    monkeypatch.setattr("trainer.inference.recording_file.save_recording", refuse)
    saved = save_session(made(video), video)
    assert "sessions" in saved.parts
    assert find_session(video, video_hash(video)) == saved
    assert list(video.parent.iterdir()) == [video]


def test_the_hash_sees_size_begin_middle_and_end(tmp_path: Path) -> None:
    path = tmp_path / "large.mp4"
    data = bytearray(3_000_000)
    path.write_bytes(data)
    hashes = {video_hash(path)}
    for place in (0, 1_500_000, len(data) - 1):
        changed = data.copy()
        changed[place] = 1
        path.write_bytes(changed)
        hashes.add(video_hash(path))
    path.write_bytes(data[:-1])
    assert len(hashes | {video_hash(path)}) >= 4
    with pytest.raises(MienError, match="cannot be read"):
        video_hash(tmp_path / "none")


def damaged(video: Path, name: str, data: bytes) -> Path:
    """Return a session in which one entry is replaced."""
    path = save_session(made(video), video)
    with zipfile.ZipFile(path) as file:
        entries = {entry: file.read(entry) for entry in file.namelist()}
    entries[name] = data
    with zipfile.ZipFile(path, "w") as file:
        for entry, content in entries.items():
            file.writestr(entry, content)
    return path


def npy(values: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, values)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("faces/score.npy", npy(np.zeros(3, np.float32))),
        ("faces/raw.npy", npy(np.full((12, 7), np.nan, np.float32))),
        ("faces/label.npy", npy(np.full(12, 9, np.int8))),
        ("faces/frame.npy", npy(np.zeros(12, np.int32))),
        ("faces/frame.npy", npy(np.full(12, 1_000, np.int32))),
        ("faces/track.npy", npy(np.array([{}] * 12, object))),
        ("frames/first_face.npy", npy(np.full(10, 1 << 60))),
        ("frames/timestamp_ms.npy", npy(np.full(10, np.inf))),
        ("frames/timestamp_ms.npy", b"\x93NUMPY"),
        ("session.json", b"{"),
        ("session.json", b"[]"),
        ("session.json", json.dumps({"format": 1, "info": {}, "edits": {}}).encode()),
        ("session.json", b"[" * 100_000),
    ],
)
def test_a_damaged_session_is_refused_with_a_sentence(video: Path, name: str, data: bytes) -> None:
    with pytest.raises(DataError, match="is damaged"):
        load_recording(damaged(video, name, data))


def test_a_promise_of_gigabytes_costs_nothing(video: Path) -> None:
    head = io.BytesIO()
    described = {"descr": "<f4", "fortran_order": False, "shape": (1 << 40,)}
    np.lib.format.write_array_header_1_0(head, described)
    with pytest.raises(DataError, match="is damaged"):
        load_recording(damaged(video, "faces/score.npy", head.getvalue()))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_byte_may_be_wrong(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "fuzz.mien-session"
    save_recording(recording([("fear", "anger")] * 3), path)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        load_recording(path)
    except DataError as error:
        message = str(error)
    else:
        return
    assert message.endswith(".")
    assert "\n" not in message


JSON = st.sampled_from([None, True, 1, -3, 1.5, float("nan"), "x", [], {}, [1], {"a": 1}])
STEP = st.fixed_dictionaries(
    {"what": st.sampled_from(["merge", "rename", "mark", "exclude", "correct", "none"])},
    optional=dict.fromkeys(
        ("person", "into", "name", "number", "time_ms", "kind", "text", "start_ms"), JSON
    ),
)


@settings(max_examples=60, deadline=None)
@given(
    st.fixed_dictionaries(
        {"done": st.lists(JSON | STEP, max_size=4), "undone": st.lists(STEP, max_size=2)}
    )
)
def test_edits_of_any_form_are_taken_or_refused(values: object) -> None:
    try:
        edits = RecordingEdits.from_dict(values)
    except ValueError:
        return
    assert RecordingEdits.from_dict(json.loads(json.dumps(edits.to_dict()))).markers == (
        edits.markers
    )
