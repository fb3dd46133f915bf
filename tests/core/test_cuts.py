"""After a cut nobody is who stood in the same place before it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.core.inference_helpers import FixedDetector, media, write_model
from trainer.inference.classifier import OnnxClassifier
from trainer.inference.pipeline import Pipeline, build_pipeline
from trainer.inference.types import Frame
from trainer.inference.video import open_source

BOX = (100.0, 60.0, 180.0, 160.0)


def scene(seed: int, low: int, high: int, number: int = 0) -> Frame:
    """Return a 320 x 240 picture of blocks whose grey levels lie in ``low..high``."""
    blocks = np.random.default_rng(seed).integers(low, high, (12, 16, 1), np.uint8)
    image = blocks.repeat(20, axis=0).repeat(20, axis=1).repeat(3, axis=2)
    return Frame(np.ascontiguousarray(image), number, number * 40.0)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    classifier = OnnxClassifier(write_model(tmp_path / "tiny.onnx"))
    return Pipeline(FixedDetector(BOX), classifier)


@pytest.mark.parametrize(
    ("before", "after", "ids"),
    [
        ((0, 0, 250), (1, 0, 250), [1, 2]),
        ((0, 0, 70), (1, 0, 70), [1, 2]),  # a concert, the theatre
        ((0, 20, 120), (0, 90, 190), [1, 1]),  # a lamp is switched on
        ((0, 0, 8), (1, 0, 8), [1, 1]),  # noise of a covered camera
    ],
)
def test_who_stands_where_somebody_stood(
    pipeline: Pipeline,
    before: tuple[int, int, int],
    after: tuple[int, int, int],
    ids: list[int],
) -> None:
    results = [pipeline.process(scene(*before)), pipeline.process(scene(*after, number=1))]
    assert [result.faces[0].tracker_id for result in results] == ids


@pytest.mark.media
def test_nobody_outlives_a_cut_of_a_dark_clip() -> None:
    clip = media("videos", "facerec_short_hamilton_clip.mp4")
    pipeline, cuts = build_pipeline(), (20, 82, 211)
    shots: list[set[int]] = [set() for _ in range(4)]
    with open_source(clip) as source:
        while (frame := source.read()) is not None:
            shot = sum(frame.frame_index >= cut for cut in cuts)
            shots[shot] |= {face.tracker_id for face in pipeline.process(frame).faces}
    assert all(shots[1:])
    assert sum(map(len, shots)) == len(set.union(*shots))
