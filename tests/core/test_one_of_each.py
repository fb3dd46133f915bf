"""One image of each group of repeats stays, and it is the right one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trainer.data.one_of_each import spare_images

TARGETS = np.array([0, 1, 1, 2, 2, 0, -1, 3], np.int64)
SPLITS = np.array([0, 0, 0, 0, 1, 0, 2, 0], np.uint8)
NOBODY = np.zeros(8, np.bool_)


def pairs_of(*pairs: tuple[int, int]) -> np.ndarray:
    return np.array(pairs, np.int64).reshape(-1, 2)


def test_the_most_common_label_stays_and_chains_are_one_group() -> None:
    spare = spare_images(pairs_of((0, 1), (1, 2)), TARGETS, SPLITS, NOBODY)
    assert spare.indices.tolist() == [0, 2]
    assert spare.kept.tolist() == [1]
    assert spare.conflicting == 1


def test_the_judged_split_keeps_its_image() -> None:
    spare = spare_images(pairs_of((3, 4), (5, 6)), TARGETS, SPLITS, NOBODY, only_across=True)
    assert spare.indices.tolist() == [3, 5]
    assert spare.kept.tolist() == [4, 6]
    assert spare.conflicting == 0


def test_only_groups_across_splits_or_with_different_labels() -> None:
    pairs = pairs_of((0, 1), (3, 4))
    across = spare_images(pairs, TARGETS, SPLITS, NOBODY, only_across=True)
    assert across.indices.tolist() == [3]
    conflicts = spare_images(pairs, TARGETS, SPLITS, NOBODY, only_conflicts=True)
    assert conflicts.indices.tolist() == [1]


def test_one_stays_in_each_split() -> None:
    pairs = pairs_of((0, 3), (0, 4))
    spare = spare_images(pairs, TARGETS, SPLITS, NOBODY, within_split=True)
    assert spare.indices.tolist() == [3]
    assert spare.kept.tolist() == [0]


def test_excluded_images_do_not_count() -> None:
    excluded = NOBODY.copy()
    excluded[0] = True
    assert not len(spare_images(pairs_of((0, 1)), TARGETS, SPLITS, excluded).indices)


def test_nothing_in_nothing_out() -> None:
    spare = spare_images(pairs_of(), TARGETS, SPLITS, NOBODY)
    assert len(spare.indices) == len(spare.kept) == 0


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=40), st.integers(0, 9))
def test_exactly_one_of_every_group_is_left(pairs: list[tuple[int, int]], seed: int) -> None:
    rng = np.random.default_rng(seed)
    made = pairs_of(*[pair for pair in pairs if pair[0] != pair[1]])
    targets, splits = rng.integers(-1, 3, 20), rng.integers(0, 3, 20).astype(np.uint8)
    spare = spare_images(made, targets, splits, np.zeros(20, np.bool_))
    groups = {node: {node} for node in range(20)}
    for first, second in made.tolist():
        joined = groups[first] | groups[second]
        for node in joined:
            groups[node] = joined
    gone = set(spare.indices.tolist())
    for group in groups.values():
        assert len(group - gone) == 1


def test_a_long_chain_ends() -> None:
    chain = np.stack([np.arange(9999), np.arange(1, 10_000)], axis=1)
    shuffled = np.random.default_rng(0).permutation(10_000)[chain]
    nobody = np.zeros(10_000, np.bool_)
    spare = spare_images(shuffled, np.zeros(10_000, np.int64), nobody.astype(np.uint8), nobody)
    assert len(spare.indices) == 9999
