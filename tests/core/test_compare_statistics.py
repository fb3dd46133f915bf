"""Statistics against published values, scipy, and simulations where the truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from trainer.calibration import expected_calibration_error
from trainer.compare.confidence import calibrate, reliability_bins, risk_coverage
from trainer.compare.statistics import (
    SCORES,
    Interval,
    bootstrap_differences,
    bootstrap_intervals,
    compare,
    mcnemar,
    seed_spread,
    share_interval,
)
from trainer.metrics import classification_metrics, softmax
from trainer.temperature import Temperature


def answers(
    count: int, accuracy: float, seed: int, classes: int = 7
) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    targets = random.integers(0, classes, count)
    wrong = (targets + random.integers(1, classes, count)) % classes
    return targets, np.where(random.random(count) < accuracy, targets, wrong)


def test_the_values_are_those_of_the_metrics() -> None:
    targets, preds = answers(300, 0.6, 0)
    targets[targets == 2] = 3  # a class without images
    preds[preds == 5] = 4  # a class without answers
    found = bootstrap_intervals(targets, preds, 7, draws=200)
    expected = classification_metrics(np.eye(7)[preds], targets, list("abcdefg"))
    for name in SCORES:
        assert found[name].value == pytest.approx(expected[name], abs=1e-12)
        assert found[name].low < found[name].value < found[name].high


def test_the_interval_of_accuracy_is_scipys() -> None:
    targets, preds = answers(400, 0.65, 1)
    correct = (targets == preds).astype(float)
    theirs = stats.bootstrap(
        (correct,), np.mean, method="percentile", n_resamples=5000, rng=np.random.default_rng(2)
    ).confidence_interval
    ours = bootstrap_intervals(targets, preds, 7)["top1_accuracy"]
    assert ours.low == pytest.approx(theirs.low, abs=0.006)
    assert ours.high == pytest.approx(theirs.high, abs=0.006)


def test_the_interval_of_macro_f1_is_that_of_resampled_images() -> None:
    from sklearn.metrics import f1_score

    targets, preds = answers(150, 0.6, 3, classes=3)
    random = np.random.default_rng(4)
    drawn = []
    for _ in range(400):
        rows = random.integers(0, 150, 150)
        drawn.append(f1_score(targets[rows], preds[rows], average="macro"))
    low, high = np.percentile(drawn, [2.5, 97.5])
    ours = bootstrap_intervals(targets, preds, 3)["macro_f1"]
    assert (ours.low, ours.high) == pytest.approx((low, high), abs=0.02)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    held = dict.fromkeys(SCORES, 0)
    paired = 0
    rounds = 300
    for seed in range(rounds):
        targets, preds = answers(400, 0.7, seed)
        # By symmetry of the classes, all three scores are 0.7 in the long run.
        for name, interval in bootstrap_intervals(targets, preds, 7, draws=400).items():
            held[name] += interval.low <= 0.7 <= interval.high
        # 0.15 * 0.3 * 400 images are right in the second only, 0.1 * 0.7 * 400 in the first.
        random = np.random.default_rng(seed + 10_000)
        place = random.random(400)
        other = np.where(place < 0.15, targets, preds)
        other = np.where(place > 0.9, (targets + 1) % 7, other)
        interval = bootstrap_differences(targets, other, preds, 7, draws=400)["top1_accuracy"]
        paired += interval.low <= 0.15 * 0.3 - 0.1 * 0.7 <= interval.high
    for name in ("top1_accuracy", "balanced_accuracy"):
        assert 0.91 <= held[name] / rounds <= 0.985
    assert held["macro_f1"] / rounds >= 0.88
    assert 0.91 <= paired / rounds <= 0.985


def test_pairing_makes_the_interval_narrow() -> None:
    targets, preds = answers(2000, 0.6, 5)
    other = preds.copy()
    other[:10] = targets[:10]
    paired = bootstrap_differences(targets, other, preds, 7)["top1_accuracy"]
    alone = bootstrap_intervals(targets, preds, 7)["top1_accuracy"]
    assert paired.high - paired.low < 0.2 * (alone.high - alone.low)
    assert paired.value == pytest.approx((other[:10] != preds[:10]).sum() / 2000)


def test_mcnemar_gives_the_published_values() -> None:
    # Fagerland et al. (2013), table 2 (Bentur et al., 2009): 1, 1, 7 and 12 of 21 children;
    # exact conditional p 0.070, mid-p 0.039.
    a = np.array([True] * 1 + [True] * 1 + [False] * 7 + [False] * 12)
    b = np.array([True] * 1 + [False] * 1 + [True] * 7 + [False] * 12)
    found = mcnemar(a, b)
    assert (found.only_a, found.only_b) == (1, 7)
    assert round(found.exact_p, 3) == 0.070
    assert round(found.mid_p, 3) == 0.039
    assert found.exact_p == pytest.approx(stats.binomtest(1, 8).pvalue)
    mirrored = mcnemar(b, a)
    assert (mirrored.exact_p, mirrored.mid_p) == (found.exact_p, found.mid_p)


@given(st.integers(0, 40), st.integers(0, 40))
def test_p_values_are_probabilities(only_a: int, only_b: int) -> None:
    a = np.array([True] * only_a + [False] * only_b + [True], np.bool_)
    b = np.array([False] * only_a + [True] * only_b + [True], np.bool_)
    found = mcnemar(a, b)
    assert 0 <= found.mid_p <= found.exact_p <= 1
    if only_a + only_b:
        assert found.exact_p == pytest.approx(stats.binomtest(only_a, only_a + only_b).pvalue)


def test_the_mid_p_finds_differences_where_there_are_none_in_one_of_twenty() -> None:
    random = np.random.default_rng(0)
    found = 0
    for _ in range(1000):
        a, b = random.random((2, 200)) < 0.6
        found += mcnemar(a, b).mid_p < 0.05
    assert 25 <= found <= 70


def test_verdicts_in_words() -> None:
    targets, preds = answers(3589, 0.6, 6)
    slightly = preds.copy()
    slightly[:4] = targets[:4]
    much = np.where(np.random.default_rng(0).random(3589) < 0.3, targets, preds)
    none = compare(targets, answers(3589, 0.6, 7)[1], preds, 7)["top1_accuracy"]
    assert none.kind in ("worse", "better", "no_difference")
    better = compare(targets, much, preds, 7)
    assert {verdict.kind for verdict in better.values()} == {"better"}
    assert better["macro_f1"].sentence("A", "B").startswith("A is better in macro-F1: by ")
    worse = compare(targets, preds, much, 7)["top1_accuracy"]
    assert worse.sentence("A", "B").startswith("B is better in accuracy: by ")
    assert 0 < worse.points()["low"] < worse.points()["difference"] < worse.points()["high"]
    assert worse.test.mid_p < 1e-6
    same = compare(targets, preds, preds, 7)["top1_accuracy"]
    assert same.sentence("A", "B") == "Both give the same answer for every image."
    targets, first = answers(500, 0.6, 8)
    second = np.roll(first, 0).copy()
    second[:20], second[20:40] = targets[:20], (targets[20:40] + 1) % 7
    undecided = compare(targets, second, first, 7)["top1_accuracy"]
    assert undecided.kind == "no_difference"
    assert undecided.sentence("A", "B").startswith(
        "No difference in accuracy shown: 95 % interval of the difference -"
    )
    assert undecided.sentence("A", "B").endswith(" points.")


def test_draws_can_be_repeated() -> None:
    targets, preds = answers(100, 0.6, 9)
    one = bootstrap_intervals(targets, preds, 7, draws=300)
    assert one == bootstrap_intervals(targets, preds, 7, draws=300)
    assert one != bootstrap_intervals(targets, preds, 7, draws=300, seed=1)
    with pytest.raises(ValueError, match="equally many"):
        bootstrap_intervals(targets, preds[:-1], 7)
    with pytest.raises(ValueError, match="equally many"):
        bootstrap_intervals(targets[:0], preds[:0], 7)


def test_spread_over_seeds_is_students() -> None:
    values = [0.61, 0.63, 0.64, 0.60]
    found = seed_spread(values)
    low, high = stats.t.interval(0.95, 3, loc=np.mean(values), scale=stats.sem(values))
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found.sd == pytest.approx(np.std(values, ddof=1))
    assert found.sentence().startswith("4 seeds: mean 62.0 %, standard deviation 1.8 points")
    assert "One seed only" in seed_spread([0.6]).sentence()


def test_wilsons_interval() -> None:
    # Newcombe (Statistics in Medicine, 1998): 81 of 263 gives 0.2553 to 0.3662.
    found = share_interval(81, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    nothing = share_interval(0, 0)
    assert (nothing.low, nothing.high) == (0.0, 1.0)
    assert isinstance(nothing, Interval)


def overconfident(count: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities that are right after a temperature of 2."""
    random = np.random.default_rng(0)
    logits = random.normal(0, 1.5, (count, 7))
    true = softmax(logits)
    targets = np.array([random.choice(7, p=row / row.sum()) for row in true.astype(np.float64)])
    return softmax(logits * 2), targets


def test_calibration_finds_the_temperature() -> None:
    probs, targets = overconfident()
    found = calibrate(probs, targets, Temperature())
    assert found.temperature.value == pytest.approx(2.0, abs=0.2)
    assert found.temperature.slope == pytest.approx(0.0, abs=0.03)
    assert found.error_before > 0.1
    assert found.error_after < 0.035
    assert found.error_after < 3 * found.error_by_chance
    assert found.loss_after < found.loss_before
    cooled = calibrate(probs, targets, Temperature(1.5)).temperature
    assert cooled.value == pytest.approx(1.5 * found.temperature.value, rel=0.01)
    weighted = sum(b.count * abs(b.confidence - b.accuracy.value) for b in found.before if b.count)
    assert weighted / len(targets) == pytest.approx(found.error_before)
    assert found.error_before == expected_calibration_error(probs, targets)
    assert sum(b.count for b in found.after) == len(targets)
    with pytest.raises(ValueError, match="at least 100"):
        calibrate(probs[:50], targets[:50], Temperature())


def test_probabilities_of_0_and_1_have_logits() -> None:
    probs = np.zeros((2, 7), np.float32)
    probs[:, 0] = 1
    assert np.allclose(softmax(Temperature().logits(probs)), probs)
    assert sum(b.count for b in reliability_bins(probs, np.array([0, 1]))) == 2


def test_risk_coverage_by_hand() -> None:
    confidence = np.array([0.9, 0.8, 0.8, 0.6, 0.5])
    probs = np.stack([confidence, 1 - confidence], axis=1)
    targets = np.array([0, 0, 1, 0, 1])
    found = risk_coverage(probs, targets)
    assert found.coverage.tolist() == [0.2, 0.6, 0.8, 1.0]
    assert found.accuracy == pytest.approx([1, 2 / 3, 3 / 4, 3 / 5])
    assert found.at_coverage(0.6) == pytest.approx((0.8, 0.6, 2 / 3))
    assert found.at_coverage(0.7)[1] == pytest.approx(0.8)
    assert found.at_threshold(0.55) == pytest.approx((0.8, 0.75))
    assert found.at_threshold(0.8) == pytest.approx((0.6, 2 / 3))
    assert found.at_threshold(0.0)[0] == 1.0
    assert found.at_threshold(0.95)[0] == 0.0
    assert found.area == pytest.approx(0.4 / 3 + 0.2 / 4 + 0.2 * 2 / 5)
    assert found.sentence(0.6) == "Answers 60 % of faces at 67 % accuracy."


@settings(max_examples=50)
@given(st.integers(1, 60), st.integers(0, 1000))
def test_full_coverage_is_the_accuracy(count: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    probs = np.round(random.dirichlet(np.ones(7), count), 1)
    targets = random.integers(0, 7, count)
    found = risk_coverage(probs, targets)
    assert found.coverage[-1] == 1
    assert found.accuracy[-1] == pytest.approx((probs.argmax(axis=1) == targets).mean())
    assert (np.diff(found.coverage) > 0).all()
