"""Other smoothing while a face is followed: it goes on from where it is."""

from __future__ import annotations

import numpy as np

from trainer.inference.smoothing import FaceSmoother, SmoothingSettings


def test_the_average_goes_on_with_other_settings() -> None:
    one, other = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    smoother = FaceSmoother(SmoothingSettings(1000.0, 0.0))
    smoother.update(one, 0.0)
    before = smoother.update(other, 100.0).copy()
    smoother.configure(SmoothingSettings(0.0, 0.3))
    assert smoother.label(0.0)[0] == 0
    np.testing.assert_array_equal(smoother.probs, before)
    np.testing.assert_array_equal(smoother.update(other, 200.0), other)
    assert smoother.label(0.0)[0] == 1
