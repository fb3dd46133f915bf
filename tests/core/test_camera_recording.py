"""A camera kept on disk: every frame at its time, results with the video's frame numbers."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import av
import numpy as np
import pytest

from tests.core.inference_helpers import number_of, picture
from trainer.errors import VideoError
from trainer.inference import camera_recording
from trainer.inference.camera_recording import CameraRecording
from trainer.inference.types import Face, Frame, FrameResult
from trainer.labels import EXPRESSIONS

TIMES = (5000.0, 5033.0, 5100.0, 5400.0, 5433.0)


def record(folder: Path, name: str = "camera") -> CameraRecording:
    return CameraRecording(folder, name, camera="Lens", model="tiny")


def result(index: int, time_ms: float) -> FrameResult:
    probs = np.full(7, 1 / 7, np.float32)
    box = np.array([1, 2, 30, 40], np.float32)
    face = Face(1, box, 0.9, probs, probs, "happiness", float(probs[0]))
    return FrameResult(index, time_ms, (face,), EXPRESSIONS)


def test_video_and_table_have_the_same_frames_and_times(tmp_path: Path) -> None:
    recording = record(tmp_path / "new" / "folder")
    for number, time_ms in enumerate(TIMES):
        recording.put(Frame(picture(number), 100 + number, time_ms))
    recording.add(result(101, TIMES[1]))
    recording.add(result(99, 1.0))  # looked at before the recording began
    recording.add(result(104, TIMES[4]))
    files = recording.finish()
    assert (files.frames, files.note) == (5, "")
    with av.open(str(files.video)) as container:
        frames = list(container.decode(video=0))
    assert [frame.time * 1000 for frame in frames] == pytest.approx(
        [time_ms - TIMES[0] for time_ms in TIMES], abs=1
    )
    assert [number_of(frame.to_ndarray(format="bgr24")) for frame in frames] == list(range(5))
    with files.table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["frame"], row["timestamp"]) for row in rows] == [
        ("1", "0.033000"), ("4", "0.433000"),
    ]  # fmt: skip
    facts = json.loads(files.video.with_suffix(".json").read_text())
    assert (facts["camera"], facts["frames"], facts["frames_left_out"]) == ("Lens", 5, 0)
    assert {path.suffix for path in files.video.parent.iterdir()} == {".mp4", ".csv", ".json"}


def test_nothing_is_written_over(tmp_path: Path) -> None:
    names = []
    for _ in range(2):
        recording = record(tmp_path)
        recording.put(Frame(picture(0), 0, 0.0))
        names.append(recording.finish().video.name)
    assert names == ["camera.mp4", "camera 2.mp4"]


def test_what_was_recorded_before_a_crash_can_be_played(tmp_path: Path) -> None:
    recording = record(tmp_path)
    for number in range(200):  # beyond two key frames
        while recording._waiting.full():
            pass
        recording.put(Frame(picture(number), number, 33.0 * number))
    while not recording._waiting.empty():
        pass
    unfinished = tmp_path / "camera.unfinished.mp4"
    left = tmp_path / "left.mp4"
    left.write_bytes(unfinished.read_bytes())  # as a killed program leaves it
    with av.open(str(left)) as container:
        assert len(list(container.decode(video=0))) >= 60
    recording.finish()


def test_an_odd_size_and_another_size_in_between(tmp_path: Path) -> None:
    recording = record(tmp_path)
    for number, (width, height) in enumerate(((97, 63), (97, 63), (64, 48))):
        recording.put(Frame(picture(number, width, height), number, 40.0 * number))
    files = recording.finish()
    with av.open(str(files.video)) as container:
        assert {(f.width, f.height) for f in container.decode(video=0)} == {(98, 64)}


def test_a_folder_that_cannot_be_written_to_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(VideoError, match="choose another folder"):
        record(tmp_path / "file")


def test_without_a_picture_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(VideoError, match="no picture"):
        record(tmp_path).finish()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_ends_the_recording_and_not_the_camera(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(CameraRecording, "_mux", fail)
    recording = record(tmp_path)
    for number in range(300):
        recording.put(Frame(picture(number), number, 33.0 * number))
    recording._thread.join(20)
    recording.put(Frame(picture(0), 400, 20_000.0))
    assert "No space left on device" in recording.error
    with pytest.raises(VideoError, match="No space left"):
        recording.finish()


def test_frames_that_the_computer_is_too_busy_for_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    go = threading.Event()
    encode = CameraRecording._encode
    monkeypatch.setattr(CameraRecording, "_encode", lambda *a: (go.wait(20), encode(*a))[1])
    recording = record(tmp_path)
    for number in range(camera_recording._WAITING + 20):
        recording.put(Frame(picture(number), number, 33.0 * number))
    go.set()
    files = recording.finish()
    assert "left out" in files.note
    with av.open(str(files.video)) as container:
        assert len(list(container.decode(video=0))) == files.frames
