"""What can still be gained when the training is over, from training images alone.

Three steps, none of which changes the architecture or the cost of a prediction:

1. Where there are several networks that were trained on from the same start, their weights are
   averaged (Izmailov et al., "Averaging Weights Leads to Wider Optima", UAI 2018).
2. The running statistics of batch normalisation are computed anew, exactly, over unchanged
   training images. During training they follow augmented images and, with averaged weights,
   weights that no longer are ("Rethinking 'Batch' in BatchNorm", Wu and Johnson, 2021).
3. The last layer's logits get a common scale and a bias for each class by maximum likelihood
   (bias-corrected temperature scaling, Alexandari et al., ICML 2020): dropout, smoothed labels
   and augmentation leave rare classes under-predicted.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import nn

from trainer.data.dataset import ExpressionDataset, training_indices
from trainer.device import place
from trainer.errors import DataError, OperationCancelled, TrainingError
from trainer.evaluation import predict_logits
from trainer.preprocess import Preprocessing, batch_within_memory, normalize

IMAGES = 8192
"""How many training images are looked at: one to three minutes for VGG-9 on two cores."""


@torch.no_grad()
def averaged(models: Sequence[nn.Module]) -> nn.Module:
    """Return a copy of the first network with the mean weights of all.

    The mean is a good network only where all were trained on from one start, and only after batch
    norm's statistics were computed anew.

    Raises:
        TrainingError: They are not the same network.
    """
    mean = copy.deepcopy(models[0])
    states = [model.state_dict() for model in models]
    for name, value in mean.state_dict().items():
        parts = [state.get(name) for state in states]
        if any(part is None or part.shape != value.shape for part in parts):
            raise TrainingError("Only weights of the same network can be averaged.")
        if value.is_floating_point():
            value.copy_(torch.stack([part for part in parts if part is not None]).mean(dim=0))
    return mean


def refine(
    model: nn.Module,
    dataset: ExpressionDataset,
    preprocessing: Preprocessing,
    *,
    seed: int = 0,
    should_stop: Callable[[], bool] | None = None,
) -> nn.Module:
    """Return a refined copy of a trained network; the validation split is not looked at.

    Args:
        model: Its last linear layer gives the logits.
        dataset: Its training split, without repeats and images of other splits, is used.
        preprocessing: The network's input preset.
        seed: Chooses the images.
        should_stop: Asked between batches.

    Raises:
        DataError: There are too few training images.
        TrainingError: The network does not end in a linear layer.
        OperationCancelled: ``should_stop`` said so.
    """
    chosen = chosen_indices(dataset, seed)
    images, targets = dataset.images[chosen], dataset.targets[chosen]
    refined = place(copy.deepcopy(model)).eval()
    recompute_batch_norm(refined, images, preprocessing, should_stop=should_stop)
    logits = predict_logits(refined, images, preprocessing, should_stop=should_stop)
    refit_last_layer(refined, logits, targets)
    return refined


def chosen_indices(dataset: ExpressionDataset, seed: int = 0) -> torch.Tensor:
    """Return which :data:`IMAGES` training images are looked at, int64 (N,).

    Raises:
        DataError: There are too few.
    """
    indices, _, _ = training_indices(dataset, drop_duplicates=True, drop_leaks=True)
    if len(indices) < 2:
        raise DataError(f"{dataset.name} has no training images to refine the network with.")
    order = torch.randperm(len(indices), generator=torch.Generator().manual_seed(seed))
    return indices[order[:IMAGES]]


@torch.no_grad()
def recompute_batch_norm(
    model: nn.Module,
    images: torch.Tensor,
    preprocessing: Preprocessing,
    *,
    should_stop: Callable[[], bool] | None = None,
) -> None:
    """Set the running mean and variance of every batch norm to those over ``images``, in place.

    Args:
        model: Stays in eval mode, so that dropout is off.
        images: uint8 (N, 1, H, W).
        preprocessing: The network's input preset.
        should_stop: Asked between batches.
    """
    model.eval()
    norms = [m for m in model.modules() if isinstance(m, nn.modules.batchnorm._BatchNorm)]
    if not norms:
        return
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # a plain mean over all batches
        norm.train()
    try:
        for batch in images.split(batch_within_memory(preprocessing)):
            if should_stop is not None and should_stop():
                raise OperationCancelled
            if len(batch) > 1:
                inputs = torch.from_numpy(normalize(batch.numpy(), preprocessing))
                model(inputs.to(memory_format=torch.channels_last))
    finally:
        for norm, momentum in zip(norms, momenta, strict=True):
            norm.momentum = momentum
            norm.eval()


def refit_last_layer(
    model: nn.Module, logits: npt.NDArray[np.float32], targets: torch.Tensor
) -> tuple[float, npt.NDArray[np.float32]]:
    """Scale the logits and shift each class by maximum likelihood, in place.

    Args:
        model: The network that gave ``logits``.
        logits: float32 (N, C) of training images.
        targets: int64 (N,).

    Returns:
        The scale, and the shift (C,) that was added to the scaled logits.

    Raises:
        TrainingError: The network does not end in a linear layer of C outputs.
    """
    linear = [module for module in model.modules() if isinstance(module, nn.Linear)]
    classes = logits.shape[1]
    if not linear or linear[-1].out_features != classes:
        raise TrainingError("Only networks that end in a linear layer can be refined.")
    given = torch.from_numpy(logits)
    log_scale = torch.zeros(1, requires_grad=True)
    shift = torch.zeros(classes, requires_grad=True)
    optimizer = torch.optim.LBFGS([log_scale, shift], max_iter=100)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        # The small pull to zero keeps a class without images from being shifted away for ever.
        value = F.cross_entropy(given * log_scale.exp() + shift, targets)
        value = value + 1e-4 * shift.square().sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    scale, added = float(log_scale.detach().exp()), shift.detach()
    last = linear[-1]
    with torch.no_grad():
        last.weight.mul_(scale)
        if last.bias is None:
            last.bias = nn.Parameter(torch.zeros(classes))
        last.bias.mul_(scale).add_(added)
    return scale, added.numpy()
