"""Which images an epoch sees in which order, and how much each counts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch


def epoch_order(
    indices: torch.Tensor, targets: torch.Tensor, sampler: str, generator: torch.Generator
) -> torch.Tensor:
    """Return the images of one epoch in their order, int64 (M,).

    Args:
        indices: int64 (M,), the training split.
        targets: int64 (N,), classes of all images.
        sampler: ``shuffle``: each image once. ``weighted``: M draws with replacement, every
            class as likely as the others.
        generator: Source of randomness (CPU).
    """
    if sampler == "shuffle":
        return indices[torch.randperm(len(indices), generator=generator)]
    counts = torch.bincount(targets[indices])
    weights = 1.0 / counts[targets[indices]].to(torch.float64)
    return indices[torch.multinomial(weights, len(indices), replacement=True, generator=generator)]


def batches(order: torch.Tensor, batch_size: int) -> Iterator[torch.Tensor]:
    """Yield index batches; a last batch of one is left out (batch norm needs two)."""
    for batch in order.split(batch_size):
        if len(batch) > 1:
            yield batch


def steps_per_epoch(samples: int, batch_size: int) -> int:
    """Return how many batches :func:`batches` yields."""
    full, rest = divmod(samples, batch_size)
    return full + (rest > 1)


def balanced_class_weights(counts: torch.Tensor) -> torch.Tensor:
    """Return loss weights float32 (C,), inverse to the classes' sizes.

    Their mean over the images is 1, so that the learning rate keeps its meaning. A class
    without images has weight 0.

    Args:
        counts: int64 (C,), training images of each class.
    """
    present = counts > 0
    weights = torch.zeros(len(counts))
    weights[present] = float(counts.sum()) / (int(present.sum()) * counts[present].float())
    return weights


def mix(
    inputs: torch.Tensor, shares: torch.Tensor, alpha: float, random: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Mix each image of a batch, and what is expected of it, with another one of the batch.

    One share for the whole batch is drawn from Beta(alpha, alpha) (Zhang et al., "mixup:
    Beyond Empirical Risk Minimization", 2018).

    Args:
        inputs: float32 (B, C, H, W), normalised.
        shares: float32 (B, classes), rows sum to 1.
        alpha: Above 0; the larger, the more even the mixtures.
        random: Source of randomness.
    """
    share = float(random.beta(alpha, alpha))
    other = torch.from_numpy(random.permutation(len(inputs))).to(inputs.device)
    return (
        inputs.lerp(inputs[other], 1 - share),
        shares.lerp(shares[other.to(shares.device)], 1 - share),
    )
