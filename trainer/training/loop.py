"""The training loop: one function an epoch, one for the run. It announces, it does not draw."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from trainer.config import TrainConfig
from trainer.data.augment import augment_batch
from trainer.errors import OperationCancelled, TrainingError
from trainer.events import StepFinished
from trainer.interrupt import stoppable_layers
from trainer.models import model_info
from trainer.preprocess import Preprocessing, normalize
from trainer.training.distributed import World
from trainer.training.ema import WeightAverage
from trainer.training.finetune import RATE_FACTOR, parameter_groups, set_train_mode
from trainer.training.pause import wait_while_paused
from trainer.training.precision import autocast
from trainer.training.sampling import batches, epoch_order, mix, steps_per_epoch
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
        wrapped: What batches are put through: ``model``, or around it what averages the
            gradients of several processes.
    """

    model: nn.Module
    optimizer: torch.optim.SGD
    average: WeightAverage | None
    device: torch.device
    wrapped: nn.Module | None = None


@dataclass(frozen=True)
class Samples:
    """What an epoch learns.

    Attributes:
        images: uint8 (N, 1, H, W), the whole data set.
        targets: int64 (N,).
        indices: int64 (M,), the training split.
        classes: Number of classes.
        shares: float32 (N, classes), soft targets in the place of ``targets``, or None.
        class_weights: float32 (classes,), factors of the loss, or None.
    """

    images: torch.Tensor
    targets: torch.Tensor
    indices: torch.Tensor
    classes: int
    shares: torch.Tensor | None = None
    class_weights: torch.Tensor | None = None


@dataclass(frozen=True)
class EpochResult:
    """Mean loss and accuracy (a fraction) over an epoch's batches, its speed, and pauses."""

    loss: float
    accuracy: float
    lr: float
    images_per_second: float
    paused_s: float


def make_optimizer(
    model: nn.Module, config: TrainConfig, *, new_head: bool = False
) -> torch.optim.SGD:
    """SGD with weight decay on weights only: biases and norms are left free.

    With ``new_head`` the last layer learns faster than the body that was trained before.
    """
    return torch.optim.SGD(
        parameter_groups(model, config, model_info(config.model), new_head=new_head),
        lr=config.lr,
        momentum=config.momentum,
        nesterov=config.nesterov,
        foreach=True,
    )


def epoch_seed(config: TrainConfig, epoch: int) -> int:
    """Seed of one epoch: shuffling, augmentation and dropout depend on nothing else.

    So a run that was stopped between epochs and resumed equals one that was not.
    """
    return (config.seed * 1_000_003 + epoch * 7919 + 1) % (2**63)


def train_one_epoch(
    state: TrainState,
    samples: Samples,
    epoch: int,
    config: TrainConfig,
    preprocessing: Preprocessing,
    on_step: Callable[[StepFinished], None],
    should_stop: Callable[[], bool],
    should_pause: Callable[[], bool] = lambda: False,
    world: World | None = None,
) -> EpochResult:
    """Pass once over the training images.

    Args:
        state: Changed in place.
        samples: What is learnt.
        epoch: 0-based.
        config: Settings.
        preprocessing: Input preset; the same function serves evaluation and the Player.
        on_step: Told a few times a second.
        should_stop: Asked after each layer, so that a slow machine answers soon too.
        should_pause: Asked between updates; while it says yes, nothing is computed.
        world: The processes that train together. With several, ``should_stop`` is asked
            between updates only: one that left in the middle of one would leave the others
            waiting for its gradients.

    Raises:
        OperationCancelled: ``should_stop`` said so, in this process or another.
        TrainingError: The loss is no longer a number.
    """
    world = world or World()
    seed = epoch_seed(config, epoch)
    generator = torch.Generator().manual_seed(seed)
    order = epoch_order(samples.indices, samples.targets, config.sampler, generator)
    order = world.share(order, config.batch_size)
    if world.rank > 0:  # the order is common, the changes of the images are not
        seed += 104_729 * world.rank
        generator.manual_seed(seed)
    random = np.random.default_rng(seed)
    torch.manual_seed(seed)
    steps = steps_per_epoch(len(order), config.batch_size)
    strength = 1.0
    if config.augment_ramp_epochs > 0:
        strength = min(1.0, epoch / config.augment_ramp_epochs)

    set_train_mode(state.model, config, model_info(config.model), epoch)
    meter = _Meter(epoch, steps, len(order), config.epochs, on_step, world.size)
    alone = world.size == 1
    with stoppable_layers(state.model, should_stop if alone else (lambda: False)):
        for step, batch in enumerate(batches(order, config.batch_size)):
            if not alone and world.any(should_stop(), state.device):
                raise OperationCancelled
            meter.paused_s += wait_while_paused(should_pause, should_stop)
            lr = lr_at(epoch * steps + step, steps * config.epochs, steps, config)
            for group in state.optimizer.param_groups:
                group["lr"] = lr * group.get(RATE_FACTOR, 1.0)
            pixels = augment_batch(samples.images[batch], config.augment, generator, strength)
            inputs = torch.from_numpy(normalize(pixels.numpy(), preprocessing))
            expected = samples.targets[batch] if samples.shares is None else samples.shares[batch]
            if config.mixup > 0:
                if samples.shares is None:
                    expected = F.one_hot(expected, samples.classes).to(torch.float32)
                inputs, expected = mix(inputs, expected, config.mixup, random)
            inputs = inputs.to(state.device, memory_format=torch.channels_last)
            loss, correct = _update(state, inputs, expected.to(state.device), samples, config)
            if not np.isfinite(loss):
                raise TrainingError(
                    f"The loss became {loss} in epoch {epoch + 1}; "
                    "start again with a smaller learning rate."
                )
            meter.add(step, loss, correct, len(batch), lr)
    return meter.result(world, state.device)


def _update(
    state: TrainState,
    inputs: torch.Tensor,
    expected: torch.Tensor,
    samples: Samples,
    config: TrainConfig,
) -> tuple[float, int]:
    """Make one update; return the batch's mean loss and how many were right before it.

    A loss that is no number is returned and changes no weight.
    """
    with autocast(state.device, config.amp):
        logits = (state.wrapped or state.model)(inputs)
    logits = logits.float()
    loss = _loss(logits, expected, samples.class_weights, config.label_smoothing)
    value = float(loss.detach())
    if not np.isfinite(value):
        return value, 0
    state.optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    if config.clip_norm > 0:
        nn.utils.clip_grad_norm_(state.model.parameters(), config.clip_norm, foreach=True)
    state.optimizer.step()
    if state.average is not None:
        state.average.update(state.model)
    labels = expected if expected.ndim == 1 else expected.argmax(dim=1)
    return value, int((logits.detach().argmax(dim=1) == labels).sum())


def _loss(
    logits: torch.Tensor,
    expected: torch.Tensor,
    class_weights: torch.Tensor | None,
    label_smoothing: float,
) -> torch.Tensor:
    if class_weights is None:
        return F.cross_entropy(logits, expected, label_smoothing=label_smoothing)
    # PyTorch's weighted mean divides by the batch's sum of weights: a batch of rare images would
    # weigh no more than any other. Divided by its size it does, and parts of a batch add up.
    total = F.cross_entropy(
        logits,
        expected,
        weight=class_weights.to(logits.device),
        label_smoothing=label_smoothing,
        reduction="sum",
    )
    return total / len(logits)


class _Meter:
    """Sums up an epoch and announces it a few times a second.

    Of several processes it announces this one's loss and accuracy, and the speed of all,
    which go at one pace.
    """

    def __init__(
        self,
        epoch: int,
        steps: int,
        samples: int,
        epochs: int,
        on_step: Callable[[StepFinished], None],
        processes: int,
    ) -> None:
        self._epoch, self._steps, self._samples, self._epochs = epoch, steps, samples, epochs
        self._processes = processes
        self._on_step = on_step
        self._loss_sum, self._correct, self._seen, self._lr = 0.0, 0, 0, 0.0
        self._started = self._last = time.perf_counter()
        self.paused_s = 0.0

    @property
    def _speed(self) -> float:
        worked = time.perf_counter() - self._started - self.paused_s
        return self._seen / max(worked, 1e-9)

    def add(self, step: int, loss: float, correct: int, count: int, lr: float) -> None:
        """Take in an update."""
        self._loss_sum += loss * count
        self._correct += correct
        self._seen += count
        self._lr = lr
        now = time.perf_counter()
        if now - self._last < _ANNOUNCE_EVERY_S and step + 1 < self._steps:
            return
        self._last = now
        speed = self._speed
        epoch_left = (self._samples - self._seen) / speed
        self._on_step(
            StepFinished(
                epoch=self._epoch,
                step=step,
                steps_per_epoch=self._steps,
                loss=self._loss_sum / self._seen,
                accuracy=self._correct / self._seen,
                lr=lr,
                images_per_second=speed * self._processes,
                epoch_eta_s=epoch_left,
                run_eta_s=epoch_left + (self._epochs - self._epoch - 1) * self._samples / speed,
            )
        )

    def result(self, world: World, device: torch.device) -> EpochResult:
        """Return the whole epoch, over all processes."""
        sums = [self._loss_sum, float(self._correct), float(self._seen)]
        loss, correct, seen = world.sums(sums, device)
        speed = self._speed * self._processes
        count = max(seen, 1.0)
        return EpochResult(loss / count, correct / count, self._lr, speed, self.paused_s)
