"""The training loop: one function an epoch, one for the run. It announces, it does not draw."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from trainer.config import TrainConfig
from trainer.data.augment import augment_batch
from trainer.errors import TrainingError
from trainer.events import StepFinished
from trainer.interrupt import stoppable_layers
from trainer.preprocess import Preprocessing, normalize
from trainer.training.ema import WeightAverage
from trainer.training.schedule import lr_at

_ANNOUNCE_EVERY_S = 0.25


@dataclass
class TrainState:
    """What one update changes.

    Attributes:
        model: The network, on ``device``.
        optimizer: SGD over its weights.
        average: Averaged weights, or None.
        device: Where the network is.
    """

    model: nn.Module
    optimizer: torch.optim.SGD
    average: WeightAverage | None
    device: torch.device


@dataclass(frozen=True)
class EpochResult:
    """Mean loss and accuracy (a fraction) over an epoch's batches, and its speed."""

    loss: float
    accuracy: float
    lr: float
    images_per_second: float


def make_optimizer(model: nn.Module, config: TrainConfig) -> torch.optim.SGD:
    """SGD with weight decay on weights only: biases and norms are left free."""
    decayed: list[nn.Parameter] = []
    free: list[nn.Parameter] = []
    for parameter in model.parameters():
        (decayed if parameter.ndim > 1 else free).append(parameter)
    groups = [
        {"params": decayed, "weight_decay": config.weight_decay},
        {"params": free, "weight_decay": 0.0},
    ]
    return torch.optim.SGD(
        groups, lr=config.lr, momentum=config.momentum, nesterov=config.nesterov, foreach=True
    )


def epoch_seed(config: TrainConfig, epoch: int) -> int:
    """Seed of one epoch: shuffling, augmentation and dropout depend on nothing else.

    So a run that was stopped between epochs and resumed equals one that was not.
    """
    return (config.seed * 1_000_003 + epoch * 7919 + 1) % (2**63)


def batches(
    indices: torch.Tensor, batch_size: int, generator: torch.Generator
) -> Iterator[torch.Tensor]:
    """Yield shuffled index batches; a last batch of one is left out (batch norm needs two)."""
    order = indices[torch.randperm(len(indices), generator=generator)]
    for batch in order.split(batch_size):
        if len(batch) > 1:
            yield batch


def steps_per_epoch(samples: int, batch_size: int) -> int:
    """Return how many batches :func:`batches` yields."""
    full, rest = divmod(samples, batch_size)
    return full + (rest > 1)


def train_one_epoch(
    state: TrainState,
    images: torch.Tensor,
    targets: torch.Tensor,
    indices: torch.Tensor,
    epoch: int,
    config: TrainConfig,
    preprocessing: Preprocessing,
    on_step: Callable[[StepFinished], None],
    should_stop: Callable[[], bool],
) -> EpochResult:
    """Pass once over the training images.

    Args:
        state: Changed in place.
        images: uint8 (N, 1, H, W), the whole data set.
        targets: int64 (N,).
        indices: int64 (M,), the training split.
        epoch: 0-based.
        config: Settings.
        preprocessing: Input preset; the same function serves evaluation and the Player.
        on_step: Told a few times a second.
        should_stop: Asked after each layer, so that a slow machine answers soon too.

    Raises:
        OperationCancelled: ``should_stop`` said so.
        TrainingError: The loss is no longer a number.
    """
    seed = epoch_seed(config, epoch)
    generator = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    steps = steps_per_epoch(len(indices), config.batch_size)
    total_steps = steps * config.epochs
    strength = 1.0
    if config.augment_ramp_epochs > 0:
        strength = min(1.0, epoch / config.augment_ramp_epochs)

    state.model.train()
    loss_sum, correct, seen = 0.0, 0, 0
    lr = config.lr
    started = last_announced = time.perf_counter()
    with stoppable_layers(state.model, should_stop):
        for step, batch in enumerate(batches(indices, config.batch_size, generator)):
            lr = lr_at(epoch * steps + step, total_steps, steps, config)
            for group in state.optimizer.param_groups:
                group["lr"] = lr
            pixels = augment_batch(images[batch], config.augment, generator, strength)
            inputs = torch.from_numpy(normalize(pixels.numpy(), preprocessing))
            inputs = inputs.to(state.device, memory_format=torch.channels_last)
            expected = targets[batch].to(state.device)

            logits = state.model(inputs)
            loss = F.cross_entropy(logits, expected, label_smoothing=config.label_smoothing)
            value = float(loss.detach())
            if not np.isfinite(value):
                raise TrainingError(
                    f"The loss became {value} in epoch {epoch + 1}; "
                    "start again with a smaller learning rate."
                )
            state.optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            if config.clip_norm > 0:
                nn.utils.clip_grad_norm_(state.model.parameters(), config.clip_norm, foreach=True)
            state.optimizer.step()
            if state.average is not None:
                state.average.update(state.model)

            loss_sum += value * len(batch)
            correct += int((logits.detach().argmax(dim=1) == expected).sum())
            seen += len(batch)
            now = time.perf_counter()
            if now - last_announced >= _ANNOUNCE_EVERY_S or step + 1 == steps:
                last_announced = now
                speed = seen / max(now - started, 1e-9)
                epoch_left = (len(indices) - seen) / speed
                run_left = epoch_left + (config.epochs - epoch - 1) * len(indices) / speed
                on_step(
                    StepFinished(
                        epoch=epoch,
                        step=step,
                        steps_per_epoch=steps,
                        loss=loss_sum / seen,
                        accuracy=correct / seen,
                        lr=lr,
                        images_per_second=speed,
                        epoch_eta_s=epoch_left,
                        run_eta_s=run_left,
                    )
                )
    return EpochResult(
        loss=loss_sum / max(seen, 1),
        accuracy=correct / max(seen, 1),
        lr=lr,
        images_per_second=seen / max(time.perf_counter() - started, 1e-9),
    )
