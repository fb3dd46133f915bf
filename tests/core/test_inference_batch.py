"""Whole inputs to tables and marked copies, on the command line too; cameras."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from tests.core.inference_helpers import FixedDetector, media, write_clip, write_model
from trainer.cli import main
from trainer.errors import OperationCancelled, VideoError
from trainer.inference.batch import BatchOptions, analyse, output_names
from trainer.inference.camera_backend import CameraInfo, list_cameras
from trainer.inference.camera_source import CameraSource
from trainer.inference.classifier import OnnxClassifier
from trainer.inference.pipeline import Pipeline

TIMES = (0.0, 40.0, 50.0, 200.0, 500.0)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return write_model(tmp_path / "tiny.onnx")


def rows_of(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_table_has_a_row_a_face_and_a_row_for_no_face(tmp_path: Path, weights: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", TIMES)
    options = BatchOptions(tmp_path / "out")
    with_faces = Pipeline(FixedDetector((5, 5, 45, 55), (50, 5, 90, 55)), OnnxClassifier(weights))
    analysis = analyse(clip, with_faces, options)
    rows = rows_of(analysis.table)
    assert (analysis.frames, analysis.rows, len(rows)) == (5, 10, 10)
    assert [row["timestamp"] for row in rows[::2]] == [
        "0.000000", "0.040000", "0.050000", "0.200000", "0.500000",
    ]  # fmt: skip
    assert {row["Identity"] for row in rows} == {"P1", "P2"}
    assert (rows[0]["FaceRectX"], rows[0]["FaceRectWidth"]) == ("5.00", "40.00")
    assert sum(float(rows[0][name]) for name in with_faces.class_names) == pytest.approx(
        1, abs=0.01
    )
    facts = json.loads((tmp_path / "out" / "clip.json").read_text())
    assert (facts["frames"], facts["model"]["architecture"]) == (5, "tiny")

    analyse(clip, Pipeline(FixedDetector(), OnnxClassifier(weights)), options)
    rows = rows_of(analysis.table)
    assert len(rows) == 5
    assert {(row["track_id"], row["happiness"], row["detected"]) for row in rows} == {("", "", "0")}


def test_formats_and_hidden_faces_on_the_command_line(
    tmp_path: Path, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", TIMES)
    arguments = ["predict", str(clip), "--out", str(tmp_path / "out"), "--weights", str(weights)]
    assert main([*arguments, "--export", "vtt, EAF,html", "--blur-faces"]) == 0
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {name for name in written if not name.startswith(".")} == {
        "clip.vtt",
        "clip.eaf",
        "clip.html",
        "clip.json",
        "clip_annotated.mp4",
    }
    with pytest.raises(SystemExit, match="2"):
        main([*arguments, "--export", "csv,odt"])
    assert "one of csv, vtt" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_to_is_found_before_the_work(
    tmp_path: Path, weights: Path
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", TIMES)
    (tmp_path / "file").touch()
    under_test = Pipeline(FixedDetector(), OnnxClassifier(weights))
    frames: list[int] = []
    with pytest.raises(VideoError, match="cannot be written"):
        analyse(
            clip,
            under_test,
            BatchOptions(tmp_path / "file" / "out"),
            on_progress=lambda done, _share: frames.append(done),
        )
    assert frames == []


def test_cancelling_leaves_nothing_behind(tmp_path: Path, weights: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", TIMES)
    out = tmp_path / "out"
    under_test = Pipeline(FixedDetector(), OnnxClassifier(weights))
    with pytest.raises(OperationCancelled):
        analyse(clip, under_test, BatchOptions(out, annotated=True), should_stop=lambda: True)
    assert list(out.iterdir()) == []


def test_same_stems_get_different_names() -> None:
    inputs = [Path("a.mp4"), Path("b/A.mov"), Path("a.jpg"), Path("a_2.mp4")]
    names = output_names(inputs)
    assert names[:2] == ["a", "A_2"]
    assert len({name.casefold() for name in names}) == 4


def test_one_bad_input_does_not_stop_the_rest(
    tmp_path: Path, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", TIMES)
    bad = tmp_path / "bad.mp4"
    bad.write_text("nothing")
    out = tmp_path / "out"
    code = main(
        ["predict", str(bad), str(clip), "--out", str(out), "--weights", str(weights), "--bom"]
    )
    lines = capsys.readouterr().err.strip().splitlines()
    assert code == 2
    assert len(lines) == 1
    assert lines[0].startswith("error: bad.mp4: ")
    shown = [path.name for path in out.iterdir() if not path.name.startswith(".")]
    assert sorted(shown) == ["clip.csv", "clip.json"]
    assert (out / "clip.csv").read_bytes().startswith(b"\xef\xbb\xbfinput,")


def test_marked_video_keeps_times_and_odd_sizes(tmp_path: Path, weights: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", TIMES)
    out = tmp_path / "out"
    arguments = ["predict", str(clip), "--out", str(out), "--weights", str(weights), "--video"]
    assert main(arguments) == 0
    with av.open(str(out / "clip_annotated.mp4")) as container:
        times = [frame.time * 1000 for frame in container.decode(video=0)]
    assert times == pytest.approx(TIMES, abs=1)


def test_missing_weights_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["predict", "x.mp4", "--out", str(tmp_path), "--weights", str(tmp_path / "w.onnx")])
    assert code == 2
    assert "w.onnx does not exist" in capsys.readouterr().err


def test_benchmark_writes_its_figures(tmp_path: Path, weights: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4")
    target = tmp_path / "figures.json"
    arguments = ["benchmark", "--input", str(clip), "--weights", str(weights)]
    assert main([*arguments, "--json", str(target)]) == 0
    facts = json.loads(target.read_text())
    assert (facts["frames"], facts["warm_up_frames"]) == (10, 10)
    assert facts["frames_per_second"] > 0
    assert set(facts["stages"]) == {"decode", "detect", "track", "classify", "total"}


@pytest.mark.media
def test_marked_real_clip_keeps_its_sound(tmp_path: Path, weights: Path) -> None:
    clip = media("videos", "facerec_short_hamilton_clip.mp4")  # starts at 0.85 s
    arguments = ["predict", str(clip), "--out", str(tmp_path), "--weights", str(weights)]
    assert main([*arguments, "--video", "--frames", "40"]) == 0
    with av.open(str(tmp_path / "facerec_short_hamilton_clip_annotated.mp4")) as container:
        assert len(container.streams.audio) == 1
        assert len(list(container.decode(video=0))) == 40


# -- cameras ---------------------------------------------------------------------------


class FakeCamera:
    """Gives frames until ``good`` of them were read, advancing its own clock."""

    def __init__(self, good: int = 1000, level: int = 120, step_s: float = 0.04) -> None:
        self.good, self.level, self.step_s = good, level, step_s
        self.now, self.reads, self.released = 0.0, 0, False
        self.opens = True

    def open(self, index: int, width: int, height: int) -> FakeCamera | None:
        return self if self.opens else None

    def reason(self, index: int) -> str:
        return "it is used by another program."

    def clock(self) -> float:
        return self.now

    def read(self) -> tuple[bool, Any]:
        self.now += self.step_s
        self.reads += 1
        if self.reads > self.good:
            return False, None
        return True, np.full((48, 64, 3), self.level, np.uint8)

    def release(self) -> None:
        self.released = True


def open_fake(camera: FakeCamera) -> CameraSource:
    return CameraSource(0, name="Lens", backend=camera, clock=camera.clock)


def test_camera_times_come_from_the_clock() -> None:
    camera = FakeCamera(step_s=0.1)
    with open_fake(camera) as source:
        times = []
        for _ in range(8):
            frame = source.read()
            assert frame is not None
            times.append(frame.timestamp_ms)
        assert times == pytest.approx([100.0 * n for n in range(8)])
        assert source.fps == pytest.approx(10)
    assert camera.released


def test_camera_in_use() -> None:
    camera = FakeCamera()
    camera.opens = False
    with pytest.raises(VideoError, match="Lens cannot be opened: it is used by another program"):
        open_fake(camera)


def test_camera_without_a_picture_is_released() -> None:
    camera = FakeCamera(good=0)
    with pytest.raises(VideoError, match="sends no picture"):
        open_fake(camera)
    assert camera.released


def test_camera_unplugged() -> None:
    camera = FakeCamera(good=5)
    source = open_fake(camera)
    for _ in range(5):
        assert source.read() is not None
    with pytest.raises(VideoError, match="unplugged"):
        source.read()
    assert camera.released
    assert source.read() is None


def test_camera_that_stays_black() -> None:
    source = open_fake(FakeCamera(level=0))
    for _ in range(75):  # automatic exposure gets three seconds
        assert source.read() is not None
    with pytest.raises(VideoError, match="only black"):
        source.read()


def test_cameras_are_listed_by_name(tmp_path: Path) -> None:
    for number, name, index in ((10, "Lens B", 0), (2, "Lens A", 0), (3, "Lens A", 1)):
        node = tmp_path / "sys" / f"video{number}"
        node.mkdir(parents=True)
        (node / "name").write_text(f"{name}\n")
        (node / "index").write_text(f"{index}\n")
    cameras = list_cameras(tmp_path / "sys", tmp_path / "dev", "linux")
    assert cameras == [CameraInfo(2, "Lens A"), CameraInfo(10, "Lens B")]
    assert list_cameras(tmp_path / "none", tmp_path / "dev", "linux") == []
