"""The check of a data set: it must find planted faults and stay silent where there are none."""

from __future__ import annotations

import time

import numpy as np
import pytest

from trainer.data.findings import Findings, check_images
from trainer.data.flags import FLAG_TEXTS, Flag
from trainer.data.label_errors import LabelErrors
from trainer.data.neighbours import Neighbours
from trainer.data.repeats import NEAR, pixel_distance
from trainer.errors import OperationCancelled

Images = np.ndarray


def smooth(count: int, seed: int = 0, side: int = 48) -> Images:
    """uint8 (count, side, side): blobs of several sizes, every one different."""
    rng = np.random.default_rng(seed)
    total = np.zeros((count, side, side))
    for cells in (4, 8, 16):
        coarse = rng.normal(size=(count, cells, cells))
        place = np.linspace(0, cells - 1, side)
        low = np.minimum(place.astype(int), cells - 2)
        part = place - low
        rows = coarse[:, low] * (1 - part)[:, None] + coarse[:, low + 1] * part[:, None]
        total += rows[:, :, low] * (1 - part) + rows[:, :, low + 1] * part
    total += 0.3 * rng.normal(size=total.shape)
    return np.clip(128 + 45 * total, 0, 255).astype(np.uint8)


def check(images: Images, targets: object = 0, splits: object = 0, **options: object) -> Findings:
    count = len(images)
    return check_images(
        images,
        np.broadcast_to(np.asarray(targets, np.int64), count).copy(),
        np.broadcast_to(np.asarray(splits, np.uint8), count).copy(),
        **options,  # type: ignore[arg-type]
    )


def flagged(findings: Findings, flag: Flag) -> list[int]:
    return np.flatnonzero(findings.flags & np.uint32(flag)).tolist()


def test_different_images_have_no_repeats() -> None:
    findings = check(smooth(300))
    assert not findings.flags.any()
    assert findings.pairs.shape == (0, 2)


def test_exact_repeats_and_leaks() -> None:
    images = smooth(20)
    images[7] = images[15] = images[18] = images[3]
    findings = check(images, [2] * 15 + [4] + [2] * 4, [0] * 16 + [1] * 4)
    assert findings.pairs.tolist() == [[3, 7], [3, 15], [3, 18]]
    assert findings.pair_distance.tolist() == [0, 0, 0]
    assert findings.pair_across.tolist() == [False, False, True]
    assert findings.pair_conflict.tolist() == [False, True, False]
    assert flagged(findings, Flag.EXACT_REPEAT) == [7, 15]
    assert flagged(findings, Flag.LEAK) == [3, 7, 15, 18]
    assert flagged(findings, Flag.NEAR_REPEAT) == []


def changed(image: Images, how: str) -> Images:
    values = image.astype(np.float64)
    rng = np.random.default_rng(5)
    if how == "mirrored":
        values = values[:, ::-1]
    elif how == "brighter":
        values = 0.7 * values + 60
    elif how == "noisy":
        values = values + rng.normal(0, 5, values.shape)
    elif how == "shifted":
        values = np.roll(values, (1, 2), (0, 1))
    elif how == "marked":
        values[20:26, 4:40:3] = 230
    return np.clip(values, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("how", ["mirrored", "brighter", "noisy", "shifted", "marked"])
def test_near_repeat_is_found(how: str) -> None:
    images = smooth(200, seed=1)
    images[150] = changed(images[20], how)
    findings = check(images, splits=[0] * 100 + [1] * 100)
    assert findings.pairs.tolist() == [[20, 150]]
    assert 0 < findings.pair_distance[0] <= NEAR
    assert findings.pair_across.tolist() == [True]
    assert flagged(findings, Flag.LEAK) == [20, 150]
    assert flagged(check(images), Flag.NEAR_REPEAT) == [150]


def test_near_repeat_of_a_repeated_image_leaks_too() -> None:
    images = smooth(50, seed=2)
    images[10] = images[4]
    images[40] = changed(images[4], "noisy")
    findings = check(images, splits=[0] * 30 + [2] * 20)
    assert flagged(findings, Flag.LEAK) == [4, 10, 40]
    assert flagged(findings, Flag.EXACT_REPEAT) == [10]


def test_distance_ignores_light_and_tells_pictures_apart() -> None:
    images = smooth(40)
    assert pixel_distance(images, (images // 2 + 40).astype(np.uint8)).max() < 0.05
    assert pixel_distance(images, np.roll(images, 1, axis=0)).min() > 0.5


def test_poor_images() -> None:
    images = smooth(8)
    images[1] = 0
    images[2] = 130
    images[3] = images[3] // 5
    kernel = np.exp(-(np.arange(-12, 13) ** 2) / 32)
    kernel /= kernel.sum()
    blurred = images[4].astype(np.float64)
    for axis in (0, 1):
        blurred = np.apply_along_axis(lambda row: np.convolve(row, kernel, "same"), axis, blurred)
    images[4] = blurred
    dark_half = images[5].copy()
    dark_half[:, :30] = 0
    images[5] = dark_half
    findings = check(images)
    assert flagged(findings, Flag.BLANK) == [1, 2]
    assert flagged(findings, Flag.DARK) == [3]
    assert flagged(findings, Flag.BLURRED) == [4]
    assert findings.brightness[1] == 0
    assert findings.contrast[2] == 0


def test_faces_and_votes() -> None:
    images = smooth(4)
    votes = np.zeros((4, 10), np.uint8)
    votes[0, 0], votes[1, :2], votes[2, :3] = 10, 5, (5, 3, 2)
    findings = check(images, votes=votes, find_faces=lambda batch: np.arange(len(batch)) != 2)
    assert flagged(findings, Flag.NO_FACE) == [2]
    assert flagged(findings, Flag.NO_MAJORITY) == [1, 2]
    assert flagged(findings, Flag.TIE) == [1]
    assert findings.agreement[:3].tolist() == [1.0, 0.5, 0.5]
    assert findings.entropy[1] == pytest.approx(1.0)
    assert np.isnan(findings.agreement[3])
    assert np.isnan(check(images).entropy).all()


def test_label_errors_set_and_take_flags() -> None:
    findings = check(smooth(5))
    nan = np.full(5, np.nan, np.float32)
    suggested = np.array([-1, -1, 1, -1, 0])
    marked = findings.with_label_errors(LabelErrors(np.array([4, 2]), suggested, nan, "test"))
    assert flagged(marked, Flag.SUSPECTED) == [2, 4]
    assert not findings.flags.any()
    assert marked.counts()[Flag.SUSPECTED] == 2
    assert marked.to_dict()["label_errors"]["suspected"] == 2
    assert not marked.with_label_errors(None).flags.any()
    assert set(FLAG_TEXTS) == set(Flag)


def test_unlabelled_images_are_no_conflict() -> None:
    images = smooth(3)
    images[1] = images[0]
    assert check(images, [-1, 2, 2]).pair_conflict.tolist() == [False]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_tiny_data_sets(count: int) -> None:
    assert len(check(smooth(count))) == count


def test_stops_when_asked_and_tells_progress() -> None:
    told: list[float] = []
    check(smooth(30), on_progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    with pytest.raises(OperationCancelled):
        check(smooth(30), should_stop=lambda: True)


def test_many_alike_images_do_not_take_quadratic_time() -> None:
    """Ten times as many images of one scene may not take a hundred times as long."""
    rng = np.random.default_rng(0)
    base = smooth(1)[0].astype(np.int16)

    def seconds(count: int) -> float:
        noise = rng.integers(-12, 13, (count, 48, 48), dtype=np.int16)
        images = np.clip(base + noise, 0, 255).astype(np.uint8)
        started = time.perf_counter()
        findings = check(images)
        assert len(findings.pairs) <= 14 * count
        return time.perf_counter() - started

    assert seconds(3000) < 40 * seconds(300)


def test_neighbours_are_sorted_and_leave_the_image_out() -> None:
    images = smooth(60)
    images[33] = changed(images[12], "noisy")
    images[44] = images[12]
    indices, distances = Neighbours(images).nearest(12, 5)
    assert indices[:2].tolist() == [44, 33]
    assert 12 not in indices
    assert distances.tolist() == sorted(distances.tolist())
    assert distances[0] == pytest.approx(0, abs=1e-5)
    assert len(Neighbours(images[:3]).nearest(0)[0]) == 2
    assert len(Neighbours(images[:1]).nearest(0)[0]) == 0
