"""What the pictures show, counted by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.core.compare_parts import make_run, make_scores
from trainer.compare import pictures
from trainer.compare.models import load_candidate
from trainer.compare.robustness import KINDS, Kind, measure_robustness
from trainer.data.dataset import ExpressionDataset
from trainer.data.votes import VOTE_COLUMNS
from trainer.errors import DataError, OperationCancelled

# Targets and answers of eight images; the first class twice wrong, the last once.
TARGETS = [0, 0, 0, 1, 1, 3, 6, 6]
ANSWERS = [0, 2, 2, 1, 1, 3, 6, 0]
SURE = [0.9, 0.5, 0.8, 0.6, 0.7, 0.4, 0.9, 0.95]


def test_classes_and_confusion() -> None:
    scores = make_scores(TARGETS, ANSWERS, SURE)
    rows = pictures.class_rows(scores)
    assert [row.name for row in rows][:2] == ["anger", "disgust"]
    assert (rows[0].support, rows[0].recall.value, rows[0].precision) == (3, 1 / 3, 1 / 2)
    assert rows[0].recall.low < 1 / 3 < rows[0].recall.high
    assert rows[2].support == 0
    assert np.isnan([rows[2].precision, rows[2].recall.value, rows[2].f1]).all()
    assert pictures.confusion_counts(scores)[0].tolist() == [1, 0, 2, 0, 0, 0, 0]
    assert pictures.confusion_percent(scores)[6].tolist() == [50, 0, 0, 0, 0, 0, 50]
    assert np.isnan(pictures.confusion_percent(scores)[2]).all()  # no images, so no share
    assert pictures.most_confused(scores) == [(0, 2, 2), (6, 0, 1)]
    cell = pictures.cell_images(scores, 0, 2)
    assert cell.indices.tolist() == [102, 101]
    assert cell.values == pytest.approx([0.8, 0.5])
    assert len(pictures.cell_images(scores, 5, 5)) == 0


def test_differences_of_two_models() -> None:
    a = make_scores(TARGETS, ANSWERS, SURE)
    b = make_scores(TARGETS, [2, 0, 0, 1, 1, 3, 6, 0], SURE)
    assert pictures.confusion_difference(a, b)[0, 0] == pytest.approx(-100 / 3)
    better = pictures.a_right_b_wrong(a, b)
    assert better.indices.tolist() == [100]
    assert better.preds.tolist() == [2]
    assert pictures.a_right_b_wrong(b, a).indices.tolist() == [102, 101]
    other = make_scores(TARGETS, ANSWERS, SURE, split="test")
    with pytest.raises(DataError, match="score both on the same"):
        pictures.confusion_difference(a, other)
    with pytest.raises(DataError, match="score both on the same"):
        pictures.a_right_b_wrong(a, other)


def test_the_dearest_images_come_first() -> None:
    found = pictures.highest_losses(make_scores(TARGETS, ANSWERS, SURE), 3)
    assert found.indices[0] == 107
    assert len(found) == 3
    assert (np.diff(found.values) <= 0).all()


def votes_of(*named: dict[str, int]) -> np.ndarray:
    table = np.zeros((100 + len(named), 10), np.uint8)
    for row, given in enumerate(named):
        for name, count in given.items():
            table[100 + row, VOTE_COLUMNS.index(name)] = count
    return table


def test_the_ceiling_that_people_set() -> None:
    votes = votes_of(
        {"anger": 10},
        {"anger": 5, "fear": 4, "unknown": 1},
        {"fear": 8, "anger": 2},
        {"disgust": 6, "NF": 4},
        {},
    )
    scores = make_scores([0, 0, 0, 1, 1], [0, 2, 2, 1, 1], [0.9] * 5)
    assert pictures.agreed_of_ten(votes[100:])[:4].tolist() == [10, 5, 8, 6]
    everything, clear, fair, split = pictures.human_ceiling(scores, votes)
    assert (everything.name, everything.images) == ("all", 4)
    assert everything.accuracy.value == 0.5
    assert (clear.images, fair.images, split.images) == (2, 1, 1)
    assert clear.accuracy.value == 0.5
    assert clear.voter_accuracy == pytest.approx((1.0 + 0.2) / 2)
    assert clear.majority_accuracy == 0.5
    assert clear.soft_accuracy == pytest.approx((1.0 + 0.8) / 2)
    assert split.soft_accuracy == pytest.approx(0.4)
    assert split.best_soft_accuracy == pytest.approx(0.5)
    assert fair.soft_accuracy == fair.best_soft_accuracy == pytest.approx(0.6)


def test_nobody_on_the_line_is_beaten_in_both() -> None:
    points = [(10.0, 0.6), (5.0, 0.5), (12.0, 0.6), (5.0, 0.4), (20.0, 0.7), (10.0, 0.6)]
    assert pictures.pareto_line(points) == [1, 0, 4]
    assert pictures.pareto_line([]) == []
    assert pictures.frame_budget_ms(25) == 40
    assert pictures.frame_budget_ms(30, faces=2) == pytest.approx(16.67, abs=0.01)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_changes_grow_with_their_levels(kind: Kind, demo: ExpressionDataset) -> None:
    crops = demo.images[:20, 0].numpy()
    away = []
    for level in kind.levels:
        change, again = kind.make(level), kind.make(level)
        changed = np.stack([change(crop) for crop in crops])
        assert changed.shape == crops.shape
        assert changed.dtype == np.uint8
        assert np.array_equal(changed, np.stack([again(crop) for crop in crops]))
        away.append(float(np.abs(changed.astype(int) - crops).mean()))
    assert 0 < away[0] < away[1] < away[2]


def test_robustness_judges_the_same_images_each_time(
    tiny_model: str, demo: ExpressionDataset, tmp_path: Path
) -> None:
    candidate = load_candidate(make_run(tmp_path / "a", demo))
    heard: list[float] = []
    found = measure_robustness(
        candidate, demo, "val", on_progress=heard.append, images=30, cache_dir=tmp_path
    )
    assert found.images == 30
    assert [curve.name for curve in found.curves] == [kind.name for kind in KINDS]
    assert heard[-1] == pytest.approx(1.0)
    same = Kind("nothing", "", (1.0,), lambda level: lambda crop: crop)
    kept = measure_robustness(candidate, demo, "val", lambda: True, images=30, cache_dir=tmp_path)
    assert kept == found
    (file,) = (tmp_path / "scores").glob("*.json")
    file.write_text('{"images": 3}')
    with pytest.raises(OperationCancelled):
        measure_robustness(candidate, demo, "val", lambda: True, images=30, cache_dir=tmp_path)
    again = measure_robustness(candidate, demo, "val", images=30, kinds=(same,), cache_dir=tmp_path)
    assert again.curves[0].accuracy == (found.plain,)
    everything = measure_robustness(candidate, demo, "val", images=0, kinds=(), cache_dir=tmp_path)
    assert everything.images == len(demo.indices("val"))
    with pytest.raises(OperationCancelled):
        measure_robustness(candidate, demo, "test", lambda: True, cache_dir=tmp_path)
