"""Measuring how long an epoch will take."""

from __future__ import annotations

import pytest
import torch

from trainer.config import TrainConfig
from trainer.errors import OperationCancelled
from trainer.training.estimate import BATCHES, estimate_time


def test_twenty_batches_of_the_real_loop_are_timed() -> None:
    told: list[float] = []
    config = TrainConfig(model="lenet", batch_size=8, threads=1, lr=0.5)
    found = estimate_time(config, lambda: False, told.append)
    assert found.batches == BATCHES
    assert found.layers == 5  # two convolutions, three linear layers
    assert found.learnt_per_second > 0
    assert found.judged_per_second > 0
    assert told[-1] == 1.0
    expected = 1000 / found.learnt_per_second + 500 / found.judged_per_second
    assert found.epoch_seconds(1000, 500) == pytest.approx(expected)


def test_it_gives_up_within_a_batch() -> None:
    asked = iter(range(1000))
    with pytest.raises(OperationCancelled):
        estimate_time(TrainConfig(model="lenet", batch_size=8), lambda: next(asked) > 5)


def test_a_slow_network_is_measured_on_fewer_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.training.estimate._LONGEST_S", 0.0)
    monkeypatch.setattr("trainer.training.loop._ANNOUNCE_EVERY_S", 0.0)
    found = estimate_time(TrainConfig(model="lenet", batch_size=8), lambda: False)
    assert 1 <= found.batches < BATCHES


def test_too_little_memory_is_said_with_a_smaller_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    from trainer.errors import OutOfMemory

    def full(*_values: object) -> torch.optim.SGD:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr("trainer.training.estimate.make_optimizer", full)
    with pytest.raises(OutOfMemory, match="try 32"):
        estimate_time(TrainConfig(model="lenet", batch_size=64), lambda: False)
