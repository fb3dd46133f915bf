"""What a training learns from, on votes that can be counted by hand."""

from __future__ import annotations

from pathlib import Path

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.data.target_choice import REASONS, TARGETS, choose_targets
from trainer.errors import DataError
from trainer.labels import CONTEMPT, EXPRESSIONS

# neutral, happiness, surprise, sadness, anger, disgust, fear, contempt, unknown, NF
TABLE = np.array(
    [
        [0, 9, 0, 0, 0, 0, 0, 1, 0, 0],  # happiness, and one slip
        [5, 0, 0, 5, 0, 0, 0, 0, 0, 0],  # a tie of neutral and sadness
        [4, 0, 0, 3, 2, 0, 0, 0, 1, 0],  # no majority
        [0, 0, 0, 0, 0, 0, 0, 0, 2, 8],  # not a face
        [1, 0, 0, 0, 0, 0, 0, 0, 9, 0],  # unknown
        [2, 0, 0, 0, 0, 0, 0, 8, 0, 0],  # contempt
        [4, 0, 0, 0, 0, 0, 0, 2, 0, 4],  # neutral and not a face alike
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],  # nobody voted
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],  # nothing but slips
    ],
    np.uint8,
)
LABELS = np.zeros(len(TABLE), np.int64)
HAPPINESS, SADNESS, NEUTRAL = (EXPRESSIONS.index(n) for n in ("happiness", "sadness", "neutral"))


def test_labels_leave_out_what_has_none() -> None:
    made = choose_targets("label", np.array([2, -1, 0]), None, EXPRESSIONS)
    assert made.targets.tolist() == [2, -1, 0]
    assert made.left_out.tolist() == [False, True, False]
    assert made.shares is None
    assert made.used == 2
    assert made.reasons["no_label"] == 1


def test_a_majority_is_more_than_half_of_all_answers() -> None:
    made = choose_targets("majority", LABELS, TABLE, EXPRESSIONS)
    assert made.targets.tolist() == [HAPPINESS, -1, -1, -1, -1, -1, -1, -1, -1]
    assert made.shares is None
    assert made.reasons == {
        "no_label": 0,
        "no_votes": 1,
        "no_face": 1,
        "unknown": 1,
        "other_answer": 1,
        "tie": 3,
        "no_majority": 1,
    }


def test_shares_are_of_the_classes_alone() -> None:
    made = choose_targets("votes", LABELS, TABLE, EXPRESSIONS)
    assert made.shares is not None
    assert made.targets.tolist() == [HAPPINESS, SADNESS, NEUTRAL, -1, -1, -1, -1, -1, -1]
    assert made.shares[0, HAPPINESS] == 1  # the single vote for contempt is a slip
    assert made.shares[1, [NEUTRAL, SADNESS]].tolist() == [0.5, 0.5]
    assert made.shares[2, [NEUTRAL, SADNESS, 0]] == pytest.approx([4 / 9, 3 / 9, 2 / 9])
    assert not made.shares[3:].any()
    assert made.reasons == {
        "no_label": 0,
        "no_votes": 2,
        "no_face": 2,
        "unknown": 1,
        "other_answer": 1,
        "tie": 0,
        "no_majority": 0,
    }


def test_both_is_half_the_label_and_leaves_out_only_what_is_no_face() -> None:
    made = choose_targets("both", LABELS, TABLE, EXPRESSIONS)
    votes = choose_targets("votes", LABELS, TABLE, EXPRESSIONS)
    assert made.shares is not None
    assert votes.shares is not None
    label = np.eye(len(EXPRESSIONS), dtype=np.float32)[LABELS]
    kept = ~votes.left_out
    assert made.shares[kept] == pytest.approx((votes.shares[kept] + label[kept]) / 2)
    for_want_of_votes = votes.left_out & ~made.left_out
    assert for_want_of_votes.any()
    assert made.shares[for_want_of_votes] == pytest.approx(label[for_want_of_votes])
    assert made.left_out.sum() == made.reasons["no_face"] == votes.reasons["no_face"]


def test_contempt_counts_where_it_is_a_class() -> None:
    names = (*EXPRESSIONS, CONTEMPT)
    assert choose_targets("majority", LABELS, TABLE, names).targets[5] == 7
    made = choose_targets("votes", LABELS, TABLE, names)
    assert made.shares is not None
    assert made.shares[5, [7, NEUTRAL]] == pytest.approx([0.8, 0.2])


@pytest.mark.parametrize("choice", TARGETS[1:])
def test_a_label_by_hand_stands_above_votes(choice: str) -> None:
    by_hand = np.zeros(len(TABLE), np.bool_)
    by_hand[[0, 3]] = True
    made = choose_targets(choice, np.full(len(TABLE), 2), TABLE, EXPRESSIONS, by_hand)
    assert made.targets[[0, 3]].tolist() == [2, 2]
    assert not made.left_out[3]
    if made.shares is not None:
        assert made.shares[3].tolist() == [0, 0, 1, 0, 0, 0, 0]


def test_no_votes_and_unknown_choices_are_refused() -> None:
    with pytest.raises(DataError, match=r"fer2013new\.csv"):
        choose_targets("votes", LABELS, None, EXPRESSIONS)
    with pytest.raises(DataError, match="label, majority, votes"):
        choose_targets("mean", LABELS, TABLE, EXPRESSIONS)
    with pytest.raises(ValueError, match="expected votes"):
        choose_targets("votes", LABELS[:2], TABLE, EXPRESSIONS)


@given(arrays.arrays(np.uint8, (5, 10), elements=st.integers(0, 255)), st.sampled_from(TARGETS))
def test_any_votes_make_sense(votes: np.ndarray, choice: str) -> None:
    made = choose_targets(choice, np.array([0, 1, -1, 6, 3]), votes, EXPRESSIONS)
    assert (made.left_out == (made.targets < 0)).all()
    assert tuple(made.reasons) == REASONS
    assert sum(made.reasons.values()) == made.left_out.sum() == 5 - made.used
    if made.shares is not None:
        assert made.shares.dtype == np.float32
        assert made.shares.sum(axis=1) == pytest.approx(np.where(made.left_out, 0.0, 1.0))


@pytest.mark.media
def test_on_the_real_votes(shared_folder: Path) -> None:
    from trainer.data.votes import VOTE_COLUMNS, read_votes

    votes = read_votes(shared_folder / "data" / "fer2013new.csv").votes
    made = choose_targets("majority", np.zeros(len(votes), np.int64), votes, EXPRESSIONS)
    # Counted once more, row by row.
    ours = [VOTE_COLUMNS.index(name) for name in EXPRESSIONS]
    rows = [row.tolist() for row in votes]
    clear = sum(2 * max(row[column] for column in ours) > sum(row) for row in rows)
    parted = sum(2 * max(row) <= sum(row) for row in rows)
    assert made.used == clear
    assert made.reasons["no_majority"] + made.reasons["tie"] == parted
