"""Two processes under torchrun learn what one process with the doubled batch learns."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from trainer import runs
from trainer.training.distributed import World
from trainer.training.sampling import batches

OPTIONS = {
    "--model": "lenet",
    "--epochs": 1,
    "--lr": 0.01,
    "--momentum": 0.9,
    "--weight-decay": 0,
    "--schedule": "constant",
    "--warmup-epochs": 0,
    "--ema-decay": 0,
    "--threads": 1,
    "--device": "cpu",
}


def launcher(processes: int) -> list[str]:
    standalone = ["-m", "torch.distributed.run", "--standalone"]
    return [sys.executable, *standalone, "--nproc-per-node", str(processes)]


def command(*words: object, processes: int) -> subprocess.CompletedProcess[str]:
    start = [*launcher(processes), "-m"] if processes > 1 else [sys.executable, "-m"]
    return subprocess.run(
        [*start, "trainer", "train", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )


# A group that lives on has threads, and these abort a process that ends at the wrong moment.
OUTLIVES = """
import gc, weakref
import torch
from torch import distributed, nn
from trainer.training.distributed import joined

with joined("cpu") as world:
    group = weakref.ref(distributed.group.WORLD)
    network = world.wrapped(nn.Linear(2, 2), torch.device("cpu"))
    network(torch.ones(1, 2)).sum().backward()
    del network
gc.collect()
assert world.size == 2
assert group() is None, "the group outlives the training"
"""


@pytest.mark.timeout(100)
def test_no_thread_of_the_group_outlives_the_training(tmp_path: Path) -> None:
    (tmp_path / "outlives.py").write_text(OUTLIVES)
    ended = subprocess.run(
        [*launcher(2), "outlives.py"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        timeout=90,
    )
    assert ended.returncode == 0, ended.stderr
    assert "FutureWarning" not in ended.stderr


def saved(folder: Path) -> dict[str, Any]:
    return torch.load(folder / runs.CHECKPOINT, weights_only=True)


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_two_processes_average_to_one_with_the_doubled_batch(
    demo_csv: Path, tmp_path: Path
) -> None:
    for processes, batch in ((2, 14), (1, 28)):
        ended = command(
            "--data", demo_csv, "--batch-size", batch, "--out", tmp_path / str(processes),
            "--no-augment", "--no-edits", *itertools.chain(*OPTIONS.items()), processes=processes,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr
        if processes == 2:
            assert "2 times CPU" in ended.stdout
            assert ended.stdout.count("epoch 1:") == 1  # one process speaks and writes
    two, one = saved(tmp_path / "2"), saved(tmp_path / "1")
    # Momentum is a sum of the averaged gradients of all updates.
    for index, state in one["optimizer"]["state"].items():
        gradients = state["momentum_buffer"]
        assert float(gradients.abs().max()) > 0
        other = two["optimizer"]["state"][index]["momentum_buffer"]
        assert torch.allclose(gradients, other, rtol=1e-3, atol=1e-6), index
    for name, weights in one["model"].items():
        assert torch.allclose(weights, two["model"][name], rtol=1e-3, atol=1e-6), name
    assert one["history"][0]["val_accuracy"] == two["history"][0]["val_accuracy"]
    assert one["history"][0]["train_loss"] == pytest.approx(two["history"][0]["train_loss"])

    # A second start goes on together where process 0 had stopped.
    ended = command("--resume", tmp_path / "2", "--epochs", 2, processes=2)
    assert ended.returncode == 0, ended.stderr
    assert len(runs.load_run(tmp_path / "2").history) == 2


def test_the_shares_of_all_processes_make_the_batches_of_one() -> None:
    order = torch.randperm(103, generator=torch.Generator().manual_seed(0))
    worlds = []
    for rank in range(2):
        world = World()
        world.rank, world.size = rank, 2
        worlds.append(list(batches(world.share(order, 8), 8)))
    whole = list(batches(torch.cat((order, order[:1])), 16))
    assert len(worlds[0]) == len(worlds[1]) == len(whole)
    for first, second, both in zip(*worlds, whole, strict=True):
        assert torch.equal(torch.cat((first, second)), both)
