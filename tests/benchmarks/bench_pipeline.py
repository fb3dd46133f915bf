"""The pipeline's parts against each other, as ratios of one run: python -m pytest this file."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from resources import resource_path
from trainer._cv2 import cv2
from trainer.inference.tracker import Tracker
from trainer.inference.types import Detections
from trainer.inference.yunet import YUNET_FILE, YuNet


def _median_ms(call: Callable[[], object], repeats: int = 20) -> float:
    call()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return float(np.median(times))


def test_detector_is_faster_than_opencv_running_the_same_network() -> None:
    frame = np.random.default_rng(0).integers(0, 255, (384, 640, 3), np.uint8)
    weights = np.frombuffer(Path(resource_path("weights", YUNET_FILE)).read_bytes(), np.uint8)
    empty = np.array([], np.uint8)
    theirs = cv2.FaceDetectorYN.create("onnx", weights, empty, (640, 384), 0.6, 0.3, 5000)
    ours = YuNet()
    ours_ms = _median_ms(lambda: ours.detect(frame, 0.6))
    theirs_ms = _median_ms(lambda: theirs.detect(frame))
    print(f"YuNet 640 x 384: {ours_ms:.1f} ms, OpenCV {theirs_ms:.1f} ms")
    assert ours_ms < theirs_ms


def test_tracking_costs_little_beside_detection() -> None:
    frame = np.random.default_rng(0).integers(0, 255, (384, 640, 3), np.uint8)
    network, tracker = YuNet(), Tracker()
    left = np.arange(8, dtype=np.float32) * 70
    boxes = np.stack([left, left * 0, left + 60, left * 0 + 80], axis=1)
    found = Detections(boxes, np.full(8, 0.9, np.float32))
    track_ms = _median_ms(lambda: tracker.update(found, 0.0))
    detect_ms = _median_ms(lambda: network.detect(frame, 0.6))
    print(f"tracking 8 faces: {track_ms:.2f} ms, detecting {detect_ms:.1f} ms")
    assert track_ms < detect_ms / 4
