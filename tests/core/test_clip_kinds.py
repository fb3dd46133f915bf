"""Clips of every kind, made here: rates, sizes, rotation, headers that lie, cut files."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from tests.core.inference_helpers import (
    FixedDetector,
    number_of,
    picture,
    turn_clip,
    write_clip,
    write_late,
    write_model,
)
from trainer.errors import VideoError
from trainer.inference.batch import BatchOptions, analyse
from trainer.inference.classifier import OnnxClassifier
from trainer.inference.pipeline import Pipeline
from trainer.inference.video import FileSource


def read_all(source: FileSource) -> list[tuple[float, int]]:
    frames = []
    while (frame := source.read()) is not None:
        frames.append((frame.timestamp_ms, number_of(frame.image)))
    return frames


def write_raw(
    path: Path,
    frames: int,
    size: tuple[int, int],
    codec: str,
    pix_fmt: str,
    rate: int = 25,
    options: dict[str, str] | None = None,
) -> Path:
    """Write a clip with a codec that takes any size."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate)
        stream.width, stream.height, stream.pix_fmt = *size, pix_fmt
        stream.options = options or {}
        for number in range(frames):
            image = av.VideoFrame.from_ndarray(picture(number, *size), format="bgr24")
            image.pts, image.time_base = number, Fraction(1, rate)
            container.mux(stream.encode(image))
        container.mux(stream.encode(None))
    return path


def write_lying(path: Path, frames: int, claimed: int) -> Path:
    """Write an AVI of 25 frames/s whose header claims another number of them."""
    write_raw(path, frames, (96, 64), "mjpeg", "yuvj420p")
    data = bytearray(path.read_bytes())
    main, stream = data.index(b"avih") + 8, data.index(b"strh") + 8
    data[main + 16 : main + 20] = claimed.to_bytes(4, "little")  # dwTotalFrames
    data[stream + 32 : stream + 36] = claimed.to_bytes(4, "little")  # dwLength
    path.write_bytes(data)
    return path


def write_sounding(path: Path, frames: int, sound_s: int) -> Path:
    """Write a clip of 25 frames/s with noise of a length of its own."""
    rng = np.random.default_rng(0)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        sound = container.add_stream("aac", rate=16000, layout="mono")
        for number in range(max(frames, 25 * sound_s)):
            if number < frames:
                image = av.VideoFrame.from_ndarray(picture(number), format="bgr24")
                image.pts, image.time_base = number, Fraction(1, 25)
                container.mux(stream.encode(image))
            if number < 25 * sound_s:
                noise = rng.uniform(-0.5, 0.5, (1, 640)).astype(np.float32)
                samples = av.AudioFrame.from_ndarray(noise, format="fltp", layout="mono")
                samples.sample_rate, samples.pts = 16000, 640 * number
                container.mux(sound.encode(samples))
        container.mux(stream.encode(None))
        container.mux(sound.encode(None))
    return path


def analysed(clip: Path, tmp_path: Path, *, annotated: bool = False) -> tuple[list, dict]:
    """Return the rows of the table and the facts beside it."""
    weights = write_model(tmp_path / "tiny.onnx")
    pipeline = Pipeline(FixedDetector((5, 5, 45, 55)), OnnxClassifier(weights))
    shares: list[float] = []
    found = analyse(
        clip,
        pipeline,
        BatchOptions(tmp_path / "out", annotated=annotated),
        on_progress=lambda _frames, share: shares.append(share),
    )
    assert all(0 <= share <= 1 for share in shares)
    assert shares == sorted(shares)
    with found.table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return rows, json.loads(found.table.with_suffix(".json").read_text())


@pytest.mark.parametrize("rate", [10, 24, 60, 120])
def test_every_rate_keeps_its_times_and_seeks_to_the_frame(tmp_path: Path, rate: int) -> None:
    times = [1000.0 * n / rate for n in range(24)]
    with FileSource(write_clip(tmp_path / "a.mp4", times)) as source:
        assert source.fps == pytest.approx(rate, rel=0.15)  # the last frame lasts 40 ms
        found = read_all(source)
        assert [time for time, _ in found] == pytest.approx(times, abs=0.6)  # the file counts ms
        assert [number for _, number in found] == list(range(24))
        for number in (23, 5, 12, 0):
            source.seek(times[number] + 1)
            frame = source.read()
            assert frame is not None
            assert number_of(frame.image) == number


@pytest.mark.parametrize("size", [(97, 63), (64, 97), (31, 90), (16, 16), (90, 160)])
def test_odd_and_portrait_sizes_are_shown_and_written_again(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    clip = write_raw(tmp_path / "a.mkv", 5, size, "ffv1", "bgr0")
    with FileSource(clip) as source:
        assert (source.width, source.height) == size
        frame = source.read()
        assert frame is not None
        assert frame.image.shape == (size[1], size[0], 3)
        assert frame.image[:3, :3].mean() > 200  # the white corner is where it was
    rows, _facts = analysed(clip, tmp_path, annotated=True)
    assert {(row["FrameWidth"], row["FrameHeight"]) for row in rows} == {
        (str(size[0]), str(size[1]))
    }
    with av.open(str(tmp_path / "out" / "a_annotated.mp4")) as container:
        frames = list(container.decode(video=0))
    assert len(frames) == 5
    assert (frames[0].width, frames[0].height) == (size[0] + size[0] % 2, size[1] + size[1] % 2)


@pytest.mark.parametrize("degrees", [90, 180, 270])
@pytest.mark.parametrize("size", [(96, 64), (64, 96)])
def test_a_turned_clip_is_upright_in_the_table_and_after_a_seek(
    tmp_path: Path, degrees: int, size: tuple[int, int]
) -> None:
    clip = turn_clip(write_clip(tmp_path / "a.mp4", width=size[0], height=size[1]), degrees)
    upright = size if degrees == 180 else size[::-1]
    with FileSource(clip) as source:
        source.seek(400.0)
        frame = source.read()
        assert frame is not None
        assert number_of(frame.image) == 10
        assert frame.image.shape[1::-1] == upright
    rows, facts = analysed(clip, tmp_path)
    assert (facts["width"], facts["height"]) == upright
    assert len(rows) == 20


@pytest.mark.parametrize("claimed", [5, 200, 0])
def test_a_header_with_a_wrong_frame_count_is_not_believed(tmp_path: Path, claimed: int) -> None:
    clip = write_lying(tmp_path / "a.avi", 50, claimed)
    with FileSource(clip) as source:
        found = read_all(source)
        assert len(found) == 50
        assert source.duration_ms == pytest.approx(2000, abs=1)
        source.seek(1960.0)
        frame = source.read()
        assert frame is not None
        assert number_of(frame.image) == number_of(picture(49))
    rows, facts = analysed(clip, tmp_path)
    assert (len(rows), facts["frames"], facts["duration_s"]) == (50, 50, 2.0)


@pytest.mark.parametrize("name", ["a.mkv", "a.flv"])
def test_sound_that_goes_on_after_the_picture_is_no_damage(tmp_path: Path, name: str) -> None:
    clip = write_sounding(tmp_path / name, frames=100, sound_s=10)
    rows, facts = analysed(clip, tmp_path)
    assert (len(rows), facts["duration_s"], facts["warning"]) == (100, 4.0, "")


def test_longer_sound_does_not_make_a_matroska_picture_longer(tmp_path: Path) -> None:
    with FileSource(write_sounding(tmp_path / "a.mkv", frames=100, sound_s=10)) as source:
        assert source.duration_ms == 4000
    with FileSource(write_late(tmp_path / "b.mkv", picture_ms=400, sound_ms=0)) as source:
        assert source.duration_ms == pytest.approx(1000)


@pytest.mark.parametrize("name", ["a.mkv", "a.flv"])
def test_a_cut_file_with_sound_is_called_cut(tmp_path: Path, name: str) -> None:
    clip = write_sounding(tmp_path / name, frames=100, sound_s=4)
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])
    rows, facts = analysed(clip, tmp_path)
    assert len(rows) < 90
    assert f"{name} is damaged or cut off" in facts["warning"]


def test_progress_is_told_of_a_clip_whose_header_has_no_length(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "live.mkv", muxer={"live": "1"})
    pipeline = Pipeline(FixedDetector(), OnnxClassifier(write_model(tmp_path / "tiny.onnx")))
    told: dict[int, float] = {}
    analyse(clip, pipeline, BatchOptions(tmp_path), on_progress=told.__setitem__)
    assert told[10] == pytest.approx(0.45, abs=0.01)  # ten of twenty frames: the tenth is at 0.36 s


def test_a_cut_file_without_its_index_is_refused_and_one_with_it_read_to_the_cut(
    tmp_path: Path,
) -> None:
    whole = write_clip(tmp_path / "a.mp4", tuple(40.0 * n for n in range(100)))
    cut = tmp_path / "cut.mp4"  # an MP4 has its index at the end
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(VideoError, match="cut.mp4"):
        FileSource(cut)
    stream = write_clip(tmp_path / "a.ts", tuple(40.0 * n for n in range(100)))
    part = tmp_path / "part.ts"
    part.write_bytes(stream.read_bytes()[: stream.stat().st_size // 2])
    rows, facts = analysed(part, tmp_path)
    assert 10 < len(rows) < 90
    assert facts["frames"] == len(rows)


def test_a_file_without_a_video_stream_says_so(tmp_path: Path) -> None:
    sound = write_clip(tmp_path / "sound.mp4", audio_only=True)
    with pytest.raises(VideoError, match="sound.mp4 .*(no|without) (picture|video)"):
        FileSource(sound)


def test_one_frame_has_one_row_and_a_marked_copy(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "one.mp4", (0.0,))
    rows, facts = analysed(clip, tmp_path, annotated=True)
    assert (len(rows), facts["frames"]) == (1, 1)
    with av.open(str(tmp_path / "out" / "one_annotated.mp4")) as container:
        assert len(list(container.decode(video=0))) == 1


def test_a_variable_rate_is_kept_in_table_and_marked_copy(tmp_path: Path) -> None:
    times = (0.0, 8.0, 16.0, 516.0, 549.0, 1549.0)
    rows, _facts = analysed(write_clip(tmp_path / "a.mp4", times), tmp_path, annotated=True)
    assert [float(row["timestamp"]) * 1000 for row in rows] == pytest.approx(times, abs=0.6)
    with av.open(str(tmp_path / "out" / "a_annotated.mp4")) as container:
        shown = [float(frame.time) * 1000 for frame in container.decode(video=0)]
    assert np.diff(shown) == pytest.approx(np.diff(times), abs=1)
