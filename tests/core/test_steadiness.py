"""Smoothing afterwards equals smoothing while playing; the flicker meter counts rightly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.recording_helpers import face, probs, recording, result
from trainer.inference.recording import Recording, RecordingInfo
from trainer.inference.smoothing import FaceSmoother, SmoothingSettings
from trainer.inference.steadiness import apply, flicker, steady
from trainer.labels import EXPRESSIONS

NONE = SmoothingSettings(0, 0, 0)


def restless(seed: int, count: int = 400, step_ms: float = 33.3) -> Recording:
    """Return one face with random probabilities, some frames not classified."""
    random = np.random.default_rng(seed)
    made = Recording(RecordingInfo(EXPRESSIONS, fps=30, unsure_threshold=0.3))
    time_ms, before = 0.0, None
    for index in range(count):
        raw = random.dirichlet(np.full(7, 0.4)).astype(np.float32)
        looked = before is None or random.random() < 0.9
        raw = raw if looked or before is None else before
        shown = replace(face(1), probs=raw, probs_raw=raw, classified=looked)
        made.add(replace(result(index, shown), timestamp_ms=time_ms))
        time_ms += step_ms * random.integers(1, 4)
        before = raw
    return made


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 1000),
    st.sampled_from([0.0, 0.1, 30.0, 200.0, 3000.0]),
    st.floats(0, 0.4),
    st.sampled_from([0.0, 50.0, 400.0]),
)
def test_afterwards_gives_what_playing_gives(
    seed: int, tau_ms: float, hysteresis: float, hold_ms: float
) -> None:
    made = restless(seed, count=120)
    wanted = SmoothingSettings(tau_ms, hysteresis, hold_ms)
    found = steady(made, wanted)
    smoother = FaceSmoother(wanted)
    for row in made.rows_of_track(1):
        if made.faces["flags"][row] & 2:
            smoother.update(made.faces["raw"][row], float(made.times_of(np.array([row]))[0]))
        label, _ = smoother.label(0.3)
        assert smoother.probs is not None
        np.testing.assert_allclose(found.probs[row], smoother.probs, atol=2e-6)
        assert found.labels[row] == (-1 if label is None else label)


def test_raw_stays_and_the_settings_are_written_down() -> None:
    made = restless(1)
    raw = made.faces["raw"].copy()
    apply(made, steady(made, SmoothingSettings(500, 0.2, 100), 0.5))
    np.testing.assert_array_equal(made.faces["raw"], raw)
    assert made.info.unsure_threshold == 0.5
    assert made.info.settings["smoothing"]["tau_ms"] == 500
    found = steady(made, NONE)
    made.add(replace(result(999, face(1)), timestamp_ms=1e6))
    with pytest.raises(ValueError, match="expected 401 faces"):
        apply(made, found)


def test_hold_waits_for_a_leader_that_stays() -> None:
    smoother = FaceSmoother(SmoothingSettings(0, 0.05, 100))
    shown = []
    for index, label in enumerate(["fear"] * 2 + ["anger"] * 2 + ["fear"] + ["anger"] * 5):
        smoother.update(probs(label), 40.0 * index)
        shown.append(EXPRESSIONS[smoother.label(0)[0] or 0])
    # The first two frames of anger are too short; the later five hold from 200 to 300 ms on.
    assert shown == ["fear"] * 8 + ["anger"] * 2


def test_the_meter_counts_changes_a_minute_and_the_delay() -> None:
    made = Recording(RecordingInfo(EXPRESSIONS, fps=25))
    raw = ["fear"] * 5 + ["anger"] + ["fear"] * 4 + ["anger"] * 15
    for index, name in enumerate(raw):
        made.add(result(index, face(1, "anger" if index >= 14 else "fear", raw=name)))
    found = flicker(made)
    assert found.minutes == pytest.approx(24 * 40 / 60_000)
    assert found.raw_per_minute == pytest.approx(3 / found.minutes)
    assert found.steady_per_minute == pytest.approx(1 / found.minutes)
    assert found.delay_ms == pytest.approx(160)  # raw changed at frame 10, steady at 14
    calm = flicker(made, 1, found=steady(made, SmoothingSettings(0, 0, 0)))
    assert calm.steady_per_minute == calm.raw_per_minute
    assert calm.delay_ms == 0


def test_more_smoothing_means_less_flicker_and_more_delay() -> None:
    made = restless(3)
    meters = [
        flicker(made, found=steady(made, SmoothingSettings(tau_ms, 0.08)))
        for tau_ms in (0, 200, 1000)
    ]
    changes = [meter.steady_per_minute for meter in meters]
    assert changes == sorted(changes, reverse=True)
    assert changes[0] > 3 * changes[2]


def test_gaps_and_no_faces_do_not_count() -> None:
    assert flicker(recording([None] * 3)) == flicker(recording([]))
    apart = recording(["fear"] * 2 + [None] * 20 + ["anger"] * 2)
    assert flicker(apart).raw_per_minute == 0


def test_smoothing_must_make_sense() -> None:
    for values in ((-1, 0, 0), (0, -0.1, 0), (0, 0, float("nan"))):
        with pytest.raises(ValueError, match="smoothing must be"):
            SmoothingSettings(*values)
