"""How long an epoch will take, measured on a few batches before a training starts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn

from trainer.config import TrainConfig
from trainer.device import choose_device, place
from trainer.errors import OperationCancelled, OutOfMemory
from trainer.evaluation import predict_logits
from trainer.events import StepFinished
from trainer.labels import EXPRESSIONS
from trainer.models import create_model, model_info
from trainer.training.ema import WeightAverage
from trainer.training.failures import is_out_of_memory
from trainer.training.loop import Samples, TrainState, make_optimizer, train_one_epoch
from trainer.training.precision import threads_for

BATCHES = 20
_WARM_UP = 2  # the first updates choose algorithms and fetch memory
_LONGEST_S = 20.0  # VGG-11 at 224 x 224 would otherwise be measured for minutes
_JUDGED = 4
_SIDE = 48


@dataclass(frozen=True)
class TimeEstimate:
    """What was measured of a network with the settings of a training.

    Attributes:
        learnt_per_second: Images a second in training, augmentation included.
        judged_per_second: Images a second in validation.
        batches: Batches that were measured.
        layers: Layers with weights of their own, norms not counted: convolutions and linear ones.
        device: Where, for a person.
    """

    learnt_per_second: float
    judged_per_second: float
    batches: int
    layers: int
    device: str

    def epoch_seconds(self, train: int, val: int) -> float:
        """Return the seconds of an epoch over so many training and validation images."""
        return train / self.learnt_per_second + val / self.judged_per_second


def estimate_time(
    config: TrainConfig,
    should_stop: Callable[[], bool],
    on_progress: Callable[[float], None] = lambda fraction: None,
) -> TimeEstimate:
    """Train on made images for a moment, by the training's own loop, and time it.

    Weights are random and thrown away; nothing is read or written. Of a network whose body
    rests at first, the slower epochs afterwards are measured. Saving the best epoch is not part
    of it.

    Args:
        config: The settings; its rate is not used.
        should_stop: Asked after each layer.
        on_progress: Called with 0..1.

    Raises:
        OperationCancelled: ``should_stop`` said so.
        OutOfMemory: A batch does not fit.
    """
    try:
        with threads_for(config.threads):
            return _measure(config, should_stop, on_progress)
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        smaller = max(2, config.batch_size // 2)
        raise OutOfMemory(
            f"There is not enough memory for batches of {config.batch_size} images; "
            f"try {smaller}.",
            smaller,
        ) from error


def _measure(
    config: TrainConfig,
    should_stop: Callable[[], bool],
    on_progress: Callable[[float], None],
) -> TimeEstimate:
    choice = choose_device(config.device)
    info = model_info(config.model)
    model = place(create_model(config.model, len(EXPRESSIONS)), choice.device)
    # A rate that changes nothing: random weights must not run away within twenty updates.
    epoch = config.freeze_epochs if config.fine_tune == "features-first" else 0
    steady = config.changed(
        lr=1e-8, schedule="constant", warmup_epochs=0.0, epochs=epoch + 1, sampler="shuffle"
    )
    average = WeightAverage(model, config.ema_decay) if config.ema_decay > 0 else None
    state = TrainState(model, make_optimizer(model, steady), average, choice.device)
    generator = torch.Generator().manual_seed(0)

    def some(batches: int) -> Samples:
        number = batches * config.batch_size
        shape = (number, 1, _SIDE, _SIDE)
        images = torch.randint(0, 256, shape, generator=generator, dtype=torch.uint8)
        targets = torch.randint(0, len(EXPRESSIONS), (number,), generator=generator)
        return Samples(images, targets, torch.arange(number), len(EXPRESSIONS))

    latest: list[StepFinished] = []
    deadline = time.perf_counter() + _LONGEST_S

    def tell(step: StepFinished) -> None:
        latest[:] = [step]
        on_progress((step.step + 1) / BATCHES)

    def enough() -> bool:
        return should_stop() or (bool(latest) and time.perf_counter() > deadline)

    run = (steady, info.preprocessing)
    train_one_epoch(state, some(_WARM_UP), epoch, *run, lambda step: None, should_stop)
    try:
        train_one_epoch(state, some(BATCHES), epoch, *run, tell, enough)
    except OperationCancelled:
        if should_stop():
            raise
    judged = some(_JUDGED).images
    started = time.perf_counter()
    predict_logits(
        model,
        judged,
        info.preprocessing,
        device=choice.device,
        batch_size=2 * config.batch_size,
        should_stop=should_stop,
    )
    return TimeEstimate(
        learnt_per_second=latest[0].images_per_second,
        judged_per_second=len(judged) / (time.perf_counter() - started),
        batches=latest[0].step + 1,
        layers=sum(isinstance(part, nn.Conv2d | nn.Linear) for part in model.modules()),
        device=choice.text,
    )
