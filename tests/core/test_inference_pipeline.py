"""Weights, crops, tracking, smoothing and the pipeline as a whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.inference_helpers import FixedDetector, media, noise_frame, write_model
from trainer._cv2 import cv2
from trainer.errors import MienError, WeightsError
from trainer.inference.annotate import caption, draw
from trainer.inference.classifier import OnnxClassifier
from trainer.inference.crop import BOX_TO_CROP, crop_faces
from trainer.inference.detector import YuNetDetector, create_detector, shrink
from trainer.inference.finding import FindingSettings
from trainer.inference.pipeline import Pipeline, PipelineSettings
from trainer.inference.quality import assess
from trainer.inference.smoothing import FaceSmoother, SmoothingSettings
from trainer.inference.tracker import Tracker
from trainer.inference.types import Detections, Frame
from trainer.inference.video import open_source
from trainer.inference.yunet import YUNET_FILE, YuNet
from trainer.metadata import ModelMetadata
from trainer.preprocess import Preprocessing
from trainer.temperature import Temperature

BOX = (100.0, 60.0, 180.0, 160.0)


def found(*boxes: tuple[float, float, float, float]) -> Detections:
    xyxy = np.array(boxes, np.float32).reshape(-1, 4)
    return Detections(xyxy, np.full(len(xyxy), 0.9, np.float32))


# -- weights ---------------------------------------------------------------------------


def test_probabilities_follow_temperature(tmp_path: Path) -> None:
    images = np.random.default_rng(1).integers(0, 255, (3, 1, 48, 48), np.uint8)
    plain = OnnxClassifier(write_model(tmp_path / "a.onnx")).predict(images)
    warm = OnnxClassifier(
        write_model(
            tmp_path / "b.onnx", metadata=ModelMetadata("tiny", temperature=Temperature(4.0))
        )
    ).predict(images)
    assert plain.shape == (3, 7)
    assert plain.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert (plain.argmax(axis=1) == warm.argmax(axis=1)).all()
    assert (warm.max(axis=1) < plain.max(axis=1)).all()
    assert OnnxClassifier(tmp_path / "a.onnx").predict(images[:0]).shape == (0, 7)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"with_metadata": False}, "no Mien metadata"),
        ({"classes": 5}, "shape of 'logits'"),
        ({"size": 32}, "shape of 'input'"),
        ({"input_name": "x"}, "expected 'input'"),
    ],
)
def test_network_that_does_not_fit_is_refused(
    tmp_path: Path, options: dict[str, object], words: str
) -> None:
    path = write_model(tmp_path / "a.onnx", **options)  # type: ignore[arg-type]
    with pytest.raises(WeightsError, match=words):
        OnnxClassifier(path)


def test_missing_and_truncated_network(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"none\.onnx does not exist"):
        OnnxClassifier(tmp_path / "none.onnx")
    path = write_model(tmp_path / "a.onnx")
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(WeightsError, match="damaged"):
        OnnxClassifier(path)


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.integers(0, 10**6), junk=st.binary(max_size=60), whole=st.booleans())
def test_random_bytes_are_refused(tmp_path: Path, at: int, junk: bytes, whole: bool) -> None:
    good = tmp_path / "good.onnx"
    if not good.exists():
        write_model(good)
    data = bytearray(b"" if whole else good.read_bytes())
    at = at % len(data) if data else 0
    data[at : at + len(junk)] = junk
    path = tmp_path / "fuzz.onnx"
    path.write_bytes(data)
    try:
        OnnxClassifier(path)
    except MienError:
        pass


# -- detector and crop -----------------------------------------------------------------


def test_damaged_detector_is_refused(tmp_path: Path) -> None:
    (tmp_path / YUNET_FILE).write_bytes(b"x")
    with pytest.raises(WeightsError, match="damaged"):
        YuNet(tmp_path / YUNET_FILE)
    with pytest.raises(WeightsError, match="missing"):
        YuNet(tmp_path / "none.onnx")


@pytest.mark.parametrize("size", [(1, 1), (3, 500), (500, 3), (33, 65), (480, 640)])
def test_any_frame_size_is_searched(size: tuple[int, int]) -> None:
    frame = np.zeros((*size, 3), np.uint8)
    for name in ("yunet", "haar"):
        assert len(create_detector(name).detect(frame)) == 0


def test_shrink_keeps_the_shape() -> None:
    small, factor = shrink(np.zeros((1080, 1920, 3), np.uint8), 640)
    assert (small.shape, factor) == ((360, 640, 3), 3.0)


@pytest.mark.media
def test_yunet_agrees_with_opencv() -> None:
    image = open_source(media("photos", "human_solvay1927.jpg")).read()
    assert image is not None
    small, _ = shrink(image.image, 960)
    size = (small.shape[1], small.shape[0])
    weights = np.frombuffer(Path(YUNET_PATH).read_bytes(), np.uint8)
    theirs = cv2.FaceDetectorYN.create(
        "onnx", weights, np.array([], np.uint8), size, 0.6, 0.3, 5000
    )
    rows = theirs.detect(small)[1]
    ours = YuNet().detect(small, 0.6)
    rows = rows[np.argsort(-rows[:, 14])]
    assert len(ours) == len(rows) == 29
    assert ours.scores == pytest.approx(rows[:, 14], abs=1e-4)
    assert ours.xyxy[:, :2] == pytest.approx(rows[:, :2], abs=0.01)


@pytest.mark.media
@pytest.mark.parametrize(
    ("name", "faces"),
    [("pyfeat_multi_face.jpg", 5), ("fer_no-faces.jpg", 0), ("pyfeat_BWPictureHuman.jpg", 1)],
)
def test_faces_of_real_photos(name: str, faces: int) -> None:
    frame = open_source(media("photos", name)).read()
    assert frame is not None
    assert len(YuNetDetector().detect(frame.image)) == faces


def test_crop_has_the_scale_of_the_training_images() -> None:
    frame = np.zeros((400, 400, 3), np.uint8)
    side = round(200 * BOX_TO_CROP)
    frame[200 - side // 2 : 200 + side // 2, 200 - side // 2 : 200 + side // 2] = 255
    crops = crop_faces(frame, np.float32([[120, 100, 280, 300]]), None, Preprocessing())
    assert crops.shape == (1, 1, 48, 48)
    assert crops.mean() > 250


@pytest.mark.parametrize(
    "box", [(-50, -50, 30, 30), (390, 390, 500, 500), (900, 900, 999, 999), (-1e6, 0, 1e4, 9),
            (5, 5, 5, 5)],
)  # fmt: skip
def test_crop_outside_the_frame_repeats_its_border(box: tuple[float, ...]) -> None:
    frame = np.full((400, 400, 3), 77, np.uint8)
    if max(abs(value) for value in box) > 1e5:
        box = (-3000, -3000, 3000, 3000)
    for align in (False, True):
        points = np.random.default_rng(0).uniform(0, 400, (1, 5, 2)).astype(np.float32)
        crop = crop_faces(frame, np.float32([box]), points, Preprocessing(), align=align)
        assert (crop == 77).all()


def test_quality_reasons() -> None:
    rng = np.random.default_rng(0)
    sharp = rng.integers(0, 255, (48, 48), np.uint8)
    box = np.float32([10, 10, 110, 130])
    points = np.float32([[30, 50], [80, 50], [55, 75], [40, 100], [70, 100]])
    turned = points.copy()
    turned[2, 0] = 85
    noise = rng.uniform(0, 255, (48, 48)).astype(np.float32)
    smooth = cv2.GaussianBlur(noise, (0, 0), 6)
    soft = cv2.normalize(smooth, None, 60, 200, cv2.NORM_MINMAX).astype(np.uint8)
    size = (320, 240)
    assert assess(sharp, box, points, size) == "ok"
    assert assess(sharp, box / 5, points, size) == "small"
    assert assess(sharp, box - 70, points, size) == "cut off"
    assert assess(sharp // 12, box, points, size) == "dark"
    assert assess(sharp, box, turned, size) == "turned"
    assert assess(soft, box, points, size) == "blurred"


# -- tracking and smoothing ------------------------------------------------------------


def test_ids_are_kept_when_people_cross_frames_and_gaps() -> None:
    tracker = Tracker()
    for step in range(20):
        left, right = 10 + 4 * step, 300 - 4 * step
        gap = 8 <= step < 12
        boxes = [(left, 50, left + 60, 120)]
        if not gap:
            boxes.append((right, 200, right + 60, 270))
        faces = {face.tracker_id: face for face in tracker.update(found(*boxes), step * 40.0)}
        assert faces[1].xyxy[0] == left
        if not gap:
            assert faces[2].xyxy[0] == right
            assert faces[2].detected
    assert set(faces) == {1, 2}


def test_face_is_shown_at_once_held_shortly_and_forgotten() -> None:
    tracker = Tracker()
    assert [face.tracker_id for face in tracker.update(found(BOX), 0)] == [1]
    assert tracker.update(found(), 40) == []  # seen once: may be a flicker
    tracker.update(found(BOX), 80)
    held = tracker.update(found(), 120)
    assert [(face.tracker_id, face.detected) for face in held] == [(1, False)]
    assert tracker.update(found(), 400) == []
    assert [face.tracker_id for face in tracker.update(found(BOX), 600)] == [1]
    assert [face.tracker_id for face in tracker.update(found(BOX), 1700)] == [2]


def test_who_walks_fast_or_bobs_behind_others_stays_the_same_person() -> None:
    tracker = Tracker()
    for step in range(4):  # a face 30 wide moves by 33 a frame
        left = 100 + 33 * step
        (face,) = tracker.update(found((left, 50, left + 30, 85)), step * 100.0)
        assert face.tracker_id == 1
    tracker.reset()
    tracker.update(found((500, 500, 560, 570)), 0)
    tracker.update(found((498, 501, 558, 571)), 40)
    (back,) = tracker.update(found((430, 520, 490, 592)), 640)  # hidden for 0.6 s
    assert back.tracker_id == 1
    others = tracker.update(found((300, 520, 360, 592)), 700)  # nobody gets that far
    assert [face.tracker_id for face in others if face.detected] == [2]


def test_a_face_of_another_size_in_the_same_place_is_another_person() -> None:
    tracker = Tracker()
    tracker.update(found((100, 100, 160, 170)), 0)
    tracker.update(found((100, 100, 160, 170)), 40)
    assert [face.tracker_id for face in tracker.update(found((120, 120, 148, 152)), 500)] == [2]


def test_boxes_move_on_while_the_detector_rests() -> None:
    tracker = Tracker()
    for step in range(10):
        tracker.update(found((10 + 2 * step, 50, 70 + 2 * step, 120)), step * 40.0)
    (face,) = tracker.update(None, 10 * 40.0)
    assert face.xyxy[0] == pytest.approx(30, abs=1)
    assert not face.detected


def test_average_does_not_depend_on_the_frame_rate() -> None:
    before, after = np.float32([1, 0]), np.float32([0, 1])
    values = []
    for step_ms in (10, 50):
        smoother = FaceSmoother(SmoothingSettings(tau_ms=200))
        smoother.update(before, 0)
        for time_ms in range(step_ms, 201, step_ms):
            smoother.update(after, time_ms)
        assert smoother.probs is not None
        values.append(float(smoother.probs[1]))
    assert values == pytest.approx([1 - np.exp(-1)] * 2, abs=1e-5)


def test_label_changes_only_with_a_lead_and_may_be_unsure() -> None:
    smoother = FaceSmoother(SmoothingSettings(tau_ms=0, hysteresis=0.1))
    smoother.update(np.float32([0.52, 0.48]), 0)
    smoother.update(np.float32([0.47, 0.53]), 40)
    assert smoother.label(0.0)[0] == 0
    smoother.update(np.float32([0.44, 0.56]), 80)
    assert smoother.label(0.0) == (1, pytest.approx(0.56))
    assert smoother.label(0.6)[0] is None


# -- the whole -------------------------------------------------------------------------


def pipeline(tmp_path: Path, detector: FixedDetector, **options: object) -> Pipeline:
    classifier = OnnxClassifier(write_model(tmp_path / "tiny.onnx"))
    settings = PipelineSettings(**options)  # type: ignore[arg-type]
    return Pipeline(detector, classifier, None, settings)


def test_faces_come_from_left_to_right_with_their_numbers(tmp_path: Path) -> None:
    detector = FixedDetector((200, 60, 260, 140), (20, 60, 80, 140))
    result = pipeline(tmp_path, detector).process(noise_frame(0, 0))
    assert [face.tracker_id for face in result.faces] == [2, 1]
    assert result.detector_ran
    assert set(result.latency_ms) == {"detect", "track", "classify", "total"}
    for face in result.faces:
        assert face.probs.sum() == pytest.approx(1, abs=1e-5)
        assert face.expression in result.class_names


def test_small_faces_do_not_count_from_the_frame_on_that_they_shall_not(tmp_path: Path) -> None:
    whole = pipeline(tmp_path, FixedDetector((20, 60, 40, 90), (200, 60, 260, 140)))
    assert len(whole.process(noise_frame(0, 0)).faces) == 2
    whole.set_finding(FindingSettings(min_face=50.0))
    whole.reset()
    (face,) = whole.process(noise_frame(1, 40)).faces
    assert face.xyxy[0] == pytest.approx(200, abs=2)


def test_detector_rests_between_and_runs_after_a_cut(tmp_path: Path) -> None:
    detector = FixedDetector(BOX)
    under_test = pipeline(tmp_path, detector, detect_every=3)
    ran = [under_test.process(noise_frame(n, n * 40.0)).detector_ran for n in range(7)]
    assert ran == [True, False, False, True, False, False, True]
    black = Frame(np.zeros((240, 320, 3), np.uint8), 7, 280.0)
    result = under_test.process(black)
    assert result.detector_ran
    assert [face.tracker_id for face in result.faces] == [2]
    under_test.reset()
    assert [face.tracker_id for face in under_test.process(black).faces] == [1]


def test_late_caller_may_leave_the_detector_out(tmp_path: Path) -> None:
    detector = FixedDetector(BOX)
    under_test = pipeline(tmp_path, detector)
    assert under_test.process(noise_frame(0, 0), detect=False).detector_ran  # the first frame
    result = under_test.process(noise_frame(1, 40), detect=False)
    assert (result.detector_ran, len(result.faces), detector.calls) == (False, 1, 1)
    assert not result.faces[0].detected


def test_late_caller_may_let_known_faces_keep_their_probabilities(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_test = pipeline(tmp_path, FixedDetector(BOX, (200, 60, 260, 140)))
    looked_at: list[int] = []
    predict = under_test.classifier.predict

    def count(images: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        looked_at.append(len(images))
        return predict(images)

    monkeypatch.setattr(under_test.classifier, "predict", count)
    results = [
        under_test.process(noise_frame(index, index * 40.0), classify_at_most=at_most)
        for index, at_most in enumerate((0, 0, 1, 1, None))
    ]
    assert looked_at == [2, 1, 1, 2]  # new faces always; then none, one, the other, both
    assert all(len(result.faces) == 2 for result in results)


def test_drawing_leaves_the_frame_alone(tmp_path: Path) -> None:
    frame = noise_frame(0, 0)
    before = frame.image.copy()
    result = pipeline(tmp_path, FixedDetector((-40, -40, 400, 300), BOX)).process(frame)
    marked = draw(frame.image, result)
    assert (frame.image == before).all()
    assert (marked != before).any()
    assert caption(result.faces[1]).startswith(f"{result.faces[1].tracker_id} ")


def test_inference_needs_neither_torch_nor_qt(tmp_path: Path) -> None:
    weights = write_model(tmp_path / "tiny.onnx")
    code = (
        "import sys, numpy as np\n"
        "from pathlib import Path\n"
        "import trainer.inference.batch, trainer.inference.benchmark\n"
        "from trainer.inference.pipeline import build_pipeline\n"
        "from trainer.inference.types import Frame\n"
        f"pipeline = build_pipeline(Path({str(weights)!r}))\n"
        "pipeline.process(Frame(np.zeros((90, 160, 3), np.uint8), 0, 0.0))\n"
        "print(sorted({'torch', 'PyQt5'} & set(sys.modules)))\n"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


YUNET_PATH = Path(__file__).resolve().parents[2] / "resources" / "weights" / YUNET_FILE
