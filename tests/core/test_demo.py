"""What Mien brings for the first minute: the drawn data set, and the sample clip."""

from __future__ import annotations

import csv
import hashlib
import time
from collections import Counter
from pathlib import Path

import av
import numpy as np
import pytest

from resources import resource_path
from trainer._cv2 import cv2
from trainer.data.demo import GEOMETRY, draw_face, generate_demo
from trainer.labels import EXPRESSIONS


def _read(path: Path) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Targets (N,), images (N,48,48) and usages of a FER2013 CSV."""
    with open(path, newline="", encoding="ascii") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["emotion", "pixels", "Usage"]
    targets = np.array([int(row[0]) for row in rows[1:]])
    images = np.array([np.array(row[1].split(" "), dtype=np.uint8) for row in rows[1:]])
    return targets, images.reshape(-1, 48, 48), [row[2] for row in rows[1:]]


def test_every_expression_can_be_drawn() -> None:
    assert set(GEOMETRY) == set(EXPRESSIONS)


@pytest.mark.parametrize("size", [24, 48, 160])
@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_face_is_grey_square_with_contrast(expression: str, size: int) -> None:
    face = draw_face(expression, np.random.default_rng(3), size)
    assert face.shape == (size, size)
    assert face.dtype == np.uint8
    assert face.std() > 15


def test_faces_differ_from_each_other() -> None:
    rng = np.random.default_rng(0)
    faces = [draw_face("neutral", rng).astype(float) for _ in range(10)]
    differences = [np.abs(a - b).mean() for i, a in enumerate(faces) for b in faces[:i]]
    assert min(differences) > 5


def test_unknown_expression_is_refused() -> None:
    with pytest.raises(ValueError, match="contempt"):
        draw_face("contempt", np.random.default_rng(0))


def test_csv_has_the_counts_asked_for(tmp_path: Path) -> None:
    path = generate_demo(
        tmp_path / "demo.csv", train_per_class=3, val_per_class=2, test_per_class=1
    )
    targets, images, usages = _read(path)
    assert images.shape == (42, 48, 48)
    assert Counter(usages) == {"Training": 21, "PublicTest": 14, "PrivateTest": 7}
    pairs = Counter(zip(targets.tolist(), usages, strict=True))
    assert all(pairs[index, "Training"] == 3 for index in range(7))


def test_same_seed_same_bytes_and_other_seed_other_bytes(tmp_path: Path) -> None:
    few = {"train_per_class": 2, "val_per_class": 1, "test_per_class": 1}
    one = generate_demo(tmp_path / "one.csv", seed=5, **few).read_bytes()
    two = generate_demo(tmp_path / "two.csv", seed=5, **few).read_bytes()
    other = generate_demo(tmp_path / "other.csv", seed=6, **few).read_bytes()
    assert one == two != other


def test_no_face_twice(tmp_path: Path) -> None:
    _, images, _ = _read(generate_demo(tmp_path / "demo.csv", train_per_class=20))
    assert len({image.tobytes() for image in images}) == len(images)


@pytest.mark.parametrize("counts", [(0, 0, 0), (-1, 5, 5)])
def test_senseless_counts_are_refused(tmp_path: Path, counts: tuple[int, int, int]) -> None:
    train, val, test = counts
    path = tmp_path / "demo.csv"
    with pytest.raises(ValueError, match="expected counts"):
        generate_demo(path, train_per_class=train, val_per_class=val, test_per_class=test)
    assert list(tmp_path.iterdir()) == []


def test_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "demo.csv"
    path.write_text("old", encoding="ascii")

    def broken(*args: object) -> np.ndarray:
        raise OSError("disk full")

    monkeypatch.setattr("trainer.data.demo.draw_face", broken)
    with pytest.raises(OSError, match="disk full"):
        generate_demo(path)
    assert path.read_text(encoding="ascii") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_expressions_can_be_told_apart(tmp_path: Path) -> None:
    """A linear classifier beats chance by far, so that a training on the demo shows progress."""
    from sklearn.linear_model import LogisticRegression

    started = time.perf_counter()
    path = generate_demo(tmp_path / "demo.csv")
    took = time.perf_counter() - started
    targets, images, usages = _read(path)
    flat = images.reshape(len(images), -1).astype(np.float32)
    flat = (flat - flat.mean(1, keepdims=True)) / flat.std(1, keepdims=True)
    train = np.array([usage == "Training" for usage in usages])
    model = LogisticRegression(C=0.001, max_iter=200).fit(flat[train], targets[train])
    accuracy = float((model.predict(flat[~train]) == targets[~train]).mean())
    assert accuracy > 0.4
    assert took < 20  # 1.4 s on two idle cores; the limit only catches a change of kind


# --- the clip


def test_clip_is_the_one_described() -> None:
    clip, sources = resource_path("media", "sample.mp4"), resource_path("media", "SOURCES.md")
    digest = hashlib.sha256(clip.read_bytes()).hexdigest()
    assert f"`{digest}`" in sources.read_text(encoding="utf-8")
    assert clip.stat().st_size < 2_000_000


def test_clip_shows_faces_and_sometimes_two() -> None:
    detector = cv2.FaceDetectorYN.create(
        str(resource_path("weights", "face_detection_yunet_2023mar.onnx")), "", (640, 360), 0.7
    )
    sides: list[float] = []
    counts: list[int] = []
    times: list[float] = []
    with av.open(str(resource_path("media", "sample.mp4"))) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate) == (1280, 720, 30)
        for index, frame in enumerate(container.decode(stream)):
            times.append(frame.time)
            if index % 10:
                continue
            small = cv2.resize(frame.to_ndarray(format="bgr24"), (640, 360))
            _, found = detector.detect(small)
            faces = [] if found is None else found
            counts.append(len(faces))
            sides += [2.0 * float(min(face[2], face[3])) for face in faces]
    assert np.allclose(np.diff(times), 1 / 30)
    assert 8 <= len(times) / 30 <= 12
    assert np.mean(np.array(counts) > 0) > 0.95
    assert counts.count(2) > 5
    assert min(sides) >= 120
