"""Mean faces and distributions are what they are called."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.data import statistics
from trainer.errors import OperationCancelled


def test_means_and_medians_of_known_images(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "_CHUNK", 2)  # the parts are put together rightly
    images = np.zeros((5, 4, 4), np.uint8)
    images[1] = 100
    images[2, :2] = 200  # half 200, half 0
    images[3] = 50
    images[4] = 255
    targets = np.array([0, 0, 1, -1, 1])
    splits = np.array([0, 0, 0, 1, 1], np.uint8)
    found = statistics.measure(images, targets, splits, 3)
    assert (found.mean_faces[0] == 50).all()
    assert (found.mean_faces[1][:2] == 228).all()
    assert (found.mean_faces[1][2:] == 128).all()
    assert found.counts.tolist() == [2, 2, 0]
    assert found.brightness.sum(axis=1).tolist() == [3, 2, 0]
    assert found.contrast.sum(axis=1).tolist() == [3, 2, 0]
    assert found.median_brightness[:2].tolist() == [100.0, 152.5]
    assert np.isnan(found.median_brightness[2])
    assert found.median_contrast[0] == 0


def test_black_and_white_stays_inside_the_scale() -> None:
    images = np.zeros((1, 2, 2), np.uint8)
    images[0, 0] = 255
    found = statistics.measure(images, np.array([0]), np.zeros(1, np.uint8), 1)
    assert found.contrast[0].sum() == 1
    assert found.median_contrast[0] == 127.5


def test_it_stops_when_asked() -> None:
    with pytest.raises(OperationCancelled):
        statistics.measure(
            np.zeros((1, 2, 2), np.uint8),
            np.array([0]),
            np.zeros(1, np.uint8),
            1,
            should_stop=lambda: True,
        )
