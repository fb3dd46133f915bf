"""How far people agreed on an image: agreement, entropy, ties, majority, no face.

Rules, the same everywhere in Mien. Votes are those of FER+ (Barsoum et al., 2016): ten answers,
:data:`trainer.data.votes.VOTE_COLUMNS`, of which the last two are *unknown* and *NF*, no face.

- Every answer counts, *unknown* and *NF* too: somebody who could not tell did not agree.
- *Agreement* is the share of all votes on the most voted answer.
- *Entropy* is Shannon's, in bits, over the ten answers: 0 when all agree.
- A *majority* is more than half of all votes; four of ten are not one.
- A *tie* is two or more answers that share the most votes.
- An image without any vote was not judged: agreement and entropy are NaN, it is neither a tie
  nor without a majority.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

ANSWERS = 10
UNKNOWN, NO_FACE = 8, 9
"""Columns of the votes that name no expression."""

Votes = npt.NDArray[np.uint8]


def _checked(votes: Votes) -> Votes:
    if votes.ndim != 2 or votes.shape[1] != ANSWERS:
        raise ValueError(f"expected votes (N, {ANSWERS}), got {votes.shape}")
    return votes


def totals(votes: Votes) -> npt.NDArray[np.int64]:
    """Return the number of votes of each image, int64 (N,)."""
    total: npt.NDArray[np.int64] = _checked(votes).sum(axis=1, dtype=np.int64)
    return total


def agreement(votes: Votes) -> npt.NDArray[np.float32]:
    """Return the share of the most voted answer, float32 (N,); NaN without votes."""
    total = totals(votes)
    share = np.full(len(votes), np.nan, np.float32)
    voted = total > 0
    share[voted] = votes[voted].max(axis=1) / total[voted]
    return share


def entropy(votes: Votes) -> npt.NDArray[np.float32]:
    """Return the spread of the votes in bits, float32 (N,), 0..3.32; NaN without votes."""
    total = totals(votes)
    spread = np.full(len(votes), np.nan, np.float32)
    voted = total > 0
    shares = votes[voted] / total[voted, None]
    logs = np.log2(shares, out=np.zeros_like(shares), where=shares > 0)
    spread[voted] = np.abs((shares * logs).sum(axis=1))
    return spread


def ties(votes: Votes) -> npt.NDArray[np.bool_]:
    """Return bool (N,): two or more answers share the most votes."""
    most = _checked(votes).max(axis=1, keepdims=True)
    tied: npt.NDArray[np.bool_] = ((votes == most).sum(axis=1) > 1) & (most[:, 0] > 0)
    return tied


def majority(votes: Votes) -> npt.NDArray[np.int64]:
    """Return the column with more than half of the votes, int64 (N,); -1 where there is none."""
    total = totals(votes)
    clear = votes.max(axis=1).astype(np.int64) * 2 > total
    return np.where(clear, votes.argmax(axis=1), -1).astype(np.int64)


def no_majority(votes: Votes) -> npt.NDArray[np.bool_]:
    """Return bool (N,): there are votes, and no answer has more than half of them."""
    return (totals(votes) > 0) & (majority(votes) < 0)
