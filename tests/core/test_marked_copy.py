"""Copies of a video with faces marked or hidden, and what a label may say."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from tests.core.inference_helpers import media, write_clip
from tests.core.recording_helpers import face, result
from trainer._cv2 import cv2
from trainer.errors import OperationCancelled, VideoError
from trainer.export_results.marked import MarkOptions, write_marked
from trainer.inference.annotate import caption, draw
from trainer.inference.anonymise import CELLS, boxes_to_hide, pixelate
from trainer.inference.detector import create_detector
from trainer.inference.recording import Recording, RecordingInfo
from trainer.labels import EXPRESSIONS

HIDE = MarkOptions(labels=False, blur_faces=True)


def noise(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(3).integers(0, 256, (height, width, 3), np.uint8)


def patches(image: np.ndarray) -> int:
    return len(np.unique(image.reshape(-1, 3), axis=0))


@pytest.mark.parametrize("side", [3, 12, 24, 60, 200, 640])
def test_a_hidden_face_of_any_size_is_twenty_patches(side: int) -> None:
    image = noise(720, 960)
    left, top = 40, 50
    hidden = pixelate(image, np.array([[left, top, left + side, top + side]], np.float32))
    assert patches(hidden[top : top + side, left : left + side]) <= CELLS[0] * CELLS[1]
    assert (hidden[:, 900:] == image[:, 900:]).all()
    assert image.tobytes() == noise(720, 960).tobytes()  # a copy was changed


def test_boxes_over_the_edge_and_without_size_are_taken() -> None:
    image = noise(100, 100)
    boxes = np.array(
        [[-50, -50, 20, 20], [90, 90, 300, 300], [200, 0, 220, 9], [5, 5, 5, 5], [np.nan] * 4],
        np.float32,
    )
    hidden = pixelate(image, boxes)
    assert patches(hidden[:20, :20]) <= 20
    assert patches(hidden[90:, 90:]) <= 20


def recorded(places: dict[int, float], frames: int = 100) -> Recording:
    """One person at ``left`` in the frames of ``places``, 25 frames a second."""
    made = Recording(RecordingInfo(EXPRESSIONS, 640, 480, fps=25.0))
    for index in range(frames):
        found = [face(1, left=places[index])] if index in places else []
        made.add(result(index, *found))
    return made


def test_a_lost_face_stays_hidden_and_so_does_a_deleted_person() -> None:
    made = recorded({40: 100.0, 41: 100.0, 60: 200.0})
    made.edits.delete(1)
    hidden = boxes_to_hide(made)
    assert sorted(hidden) == list(range(40 - 12, 60 + 13))
    assert hidden[50][0].tolist() == [100, 10, 250, 60]  # from where it was to where it came
    assert hidden[30][0].tolist() == [100, 10, 150, 60]
    far = boxes_to_hide(recorded({5: 0.0, 90: 0.0}))
    assert 40 not in far  # away for more than two seconds


@pytest.mark.media
def test_nobody_finds_the_hidden_faces_of_a_real_photo() -> None:
    photos = [path for path in sorted(media("photos").iterdir()) if path.suffix == ".jpg"]
    detector, found = create_detector("yunet"), 0
    for path in photos[:6]:
        image = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
        detections = detector.detect(image)
        found += len(detections)
        again = detector.detect(pixelate(image, detections.xyxy))
        assert len(again) == 0, path.name
    assert found >= 3


def test_a_copy_keeps_its_times_and_hides_what_was_not_looked_at(tmp_path: Path) -> None:
    times = (0.0, 40.0, 50.0, 200.0, 500.0)
    clip = write_clip(tmp_path / "clip.mp4", times)
    made = Recording(RecordingInfo(EXPRESSIONS, 96, 64, 600.0, 25.0))
    for index, time_ms in enumerate(times[:4]):
        made.add(result(index, face(1), ms=time_ms / max(index, 1)))
    path, note = write_marked(made, clip, tmp_path / "out", HIDE)
    assert note == ""
    with av.open(str(path)) as container:
        frames = list(container.decode(video=0))
    assert [frame.time * 1000 for frame in frames] == pytest.approx(times, abs=1)
    # The last frame was never looked at: it is a mosaic as a whole, even rows alike.
    last = frames[-1].to_ndarray(format="bgr24").astype(int)
    band = last.shape[0] // CELLS[1]
    assert np.abs(np.diff(last[2 : band - 2], axis=0)).max() <= 12


def test_cancelling_and_the_video_itself_leave_nothing(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", (0.0, 40.0))
    made = recorded({0: 1.0}, 2)

    def stop(_share: float) -> None:
        raise OperationCancelled

    with pytest.raises(OperationCancelled):
        write_marked(made, clip, tmp_path / "out", HIDE, tick=stop)
    with pytest.raises(VideoError, match="the video itself"):
        write_marked(made, clip, tmp_path / "clip", HIDE)
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


def test_a_caption_names_the_reason_and_never_a_guess() -> None:
    assert caption(face(1, "happiness")) == "1 happiness 70 %"
    for quality in ("small", "dark", "blurred", "turned", "cut off"):
        assert caption(face(1, "happiness", quality=quality)) == f"1 unsure ({quality})"
    assert caption(face(2, "unsure"), show_ids=False) == "unsure (low confidence)"


def test_a_poor_face_is_drawn_grey(tmp_path: Path) -> None:
    black = np.zeros((120, 200, 3), np.uint8)
    made = draw(black, result(0, face(1, "happiness", left=60, quality="dark")))
    assert (made == made[..., :1]).all()
    assert not (draw(black, result(0, face(1, "happiness", left=60))) == made).all()
