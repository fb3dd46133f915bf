"""The rules for human votes, on votes that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.data import vote_statistics as votes

TABLE = np.zeros((6, 10), np.uint8)
TABLE[0, 1] = 10
TABLE[1, [0, 3]] = 5, 5
TABLE[2, [0, 3, 8]] = 6, 2, 2
TABLE[3, [0, 3, 5]] = 4, 3, 3
TABLE[4, votes.NO_FACE] = 9
TABLE[4, votes.UNKNOWN] = 1


def test_agreement_and_entropy() -> None:
    share = votes.agreement(TABLE)
    assert share[:5].tolist() == pytest.approx([1.0, 0.5, 0.6, 0.4, 0.9])
    spread = votes.entropy(TABLE)
    assert spread[:2].tolist() == pytest.approx([0.0, 1.0])
    assert np.isnan(share[5])
    assert np.isnan(spread[5])


def test_majority_is_more_than_half() -> None:
    assert votes.majority(TABLE).tolist() == [1, -1, 0, -1, 9, -1]
    assert votes.no_majority(TABLE).tolist() == [False, True, False, True, False, False]


def test_ties() -> None:
    assert votes.ties(TABLE).tolist() == [False, True, False, False, False, False]


def test_other_tables_are_refused() -> None:
    with pytest.raises(ValueError, match="10"):
        votes.agreement(np.zeros((3, 8), np.uint8))
