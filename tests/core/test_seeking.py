"""Jumping in files whose demuxer does not go to a key frame, or does not know the times."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.core.inference_helpers import number_of, picture, write_clip
from tests.core.test_clip_kinds import write_raw
from trainer.inference.types import Frame
from trainer.inference.video import FileSource

KINDS = [
    ("a.ts", "libx264", {"g": "50", "bf": "2"}),
    ("a.m2ts", "libx264", {"g": "50", "bf": "2"}),
    ("broadcast.ts", "mpeg2video", {"g": "15", "bf": "2"}),
    ("a.mpg", "mpeg2video", {"g": "15", "bf": "2"}),
    ("old.mpg", "mpeg1video", {"g": "15", "bf": "2"}),
    ("xvid.avi", "mpeg4", {"g": "12", "bf": "2"}),
    ("x264.avi", "libx264", {"g": "50", "bf": "3"}),
    ("a.mkv", "libx264", {"g": "50", "bf": "2"}),
]


def counting(seen: list[bool], *, stop_at: int = 0) -> Callable[[], bool]:
    def should_stop() -> bool:
        seen.append(True)
        return len(seen) == stop_at

    return should_stop


@pytest.mark.parametrize(("name", "codec", "options"), KINDS, ids=[kind[0] for kind in KINDS])
def test_a_jump_shows_the_right_frame_and_decodes_only_what_is_near(
    tmp_path: Path, name: str, codec: str, options: dict[str, str]
) -> None:
    clip = write_raw(tmp_path / name, 750, (96, 64), codec, "yuv420p", options=options)
    with FileSource(clip) as source:
        frames: list[Frame] = []
        while (frame := source.read()) is not None:
            frames.append(frame)
    assert [frame.timestamp_ms for frame in frames] == pytest.approx(np.arange(750) * 40, abs=1)
    with FileSource(clip) as source:
        for number in (700, 325, 51, 600, 12, 688, 749):
            decoded: list[bool] = []
            source.seek(40.0 * number + 1, counting(decoded))
            assert len(decoded) < 150, number
            for expected in frames[number : number + 2]:
                shown = source.read()
                assert shown is not None
                assert shown.timestamp_ms == pytest.approx(expected.timestamp_ms, abs=1)
                assert shown.frame_index == expected.frame_index
                np.testing.assert_array_equal(shown.image, expected.image)
        assert source.read() is None
        assert source.warning == ""


def test_a_long_way_to_a_frame_can_be_broken_off(tmp_path: Path) -> None:
    bare = write_clip(tmp_path / "a.h264", [40.0 * n for n in range(200)])  # no times: no short cut
    decoded: list[bool] = []
    with FileSource(bare) as source:
        source.seek(7000, counting(decoded, stop_at=5))
        assert len(decoded) == 5
        assert source.read() is None
        source.seek(7000)
        frame = source.read()
    assert frame is not None
    assert number_of(frame.image) == number_of(picture(175))
