"""Several processes that train one network, started by ``torchrun``.

Every process reads the same data and takes its share of each batch; gradients are averaged
(``DistributedDataParallel``: gloo on CPUs, NCCL on GPUs). The batch size is that of one process:
two processes with 32 update as one with 64. Process 0 judges the epochs and writes the run.

Batch norm: on GPUs it becomes ``SyncBatchNorm``, whose statistics are those of the whole batch.
There is none for CPUs, so there each process keeps the statistics of its own share, and those of
process 0 are saved.
"""

from __future__ import annotations

import importlib
import inspect
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from trainer.errors import TrainingError
from trainer.training.finetune import RATE_FACTOR

_PATIENCE = timedelta(hours=1)  # the others wait while process 0 judges an epoch

# Whether buffers are sent at every update, too: newer PyTorch warns of the older name.
_SYNC_BUFFERS = (
    "forward_sync_buffers"
    if "forward_sync_buffers" in inspect.signature(DistributedDataParallel).parameters
    else "broadcast_buffers"
)


class World:
    """The processes of one training; a single one unless ``torchrun`` started it.

    Attributes:
        rank: Number of this process.
        size: Number of processes.
    """

    def __init__(self) -> None:
        shared = dist.is_available() and dist.is_initialized()
        self.rank = dist.get_rank() if shared else 0
        self.size = dist.get_world_size() if shared else 1

    @property
    def is_main(self) -> bool:
        """Whether this process judges and writes."""
        return self.rank == 0

    def local_device(self, wanted: str) -> str:
        """Return which device of a machine this process takes, where several have GPUs."""
        if self.size > 1 and wanted in ("auto", "cuda") and torch.cuda.is_available():
            return f"cuda:{os.environ.get('LOCAL_RANK', '0')}"
        return wanted

    def prepared(self, model: nn.Module, device: torch.device) -> nn.Module:
        """Return the network with batch norms that work across GPUs."""
        if self.size == 1 or device.type != "cuda":
            return model
        synced: nn.Module = nn.SyncBatchNorm.convert_sync_batchnorm(model)
        return synced

    def wrapped(self, model: nn.Module, device: torch.device) -> nn.Module:
        """Return what a batch is put through, so that its gradients are averaged.

        The weights of process 0 are sent to the others.
        """
        if self.size == 1:
            return model
        on_gpu = device.type == "cuda"
        options: dict[str, Any] = {_SYNC_BUFFERS: on_gpu}
        if on_gpu:
            options["device_ids"] = [device.index]
        return DistributedDataParallel(model, **options)

    def share(self, order: torch.Tensor, batch_size: int) -> torch.Tensor:
        """Return this process's images of an epoch, in batches of ``batch_size``.

        Batch k of all processes together is batch k of one process with ``size`` times the
        batch. All get equally many: the first images of the order fill up the last batch.
        """
        if self.size == 1:
            return order
        missing = -len(order) % self.size
        full = torch.cat((order, order[:missing]))
        parts = []
        for batch in full.split(batch_size * self.size):
            count = len(batch) // self.size
            parts.append(batch[self.rank * count : (self.rank + 1) * count])
        return torch.cat(parts)

    def any(self, flag: bool, device: torch.device) -> bool:
        """Tell whether one of the processes says yes; each gets the same answer."""
        if self.size == 1:
            return flag
        return self.sums([float(flag)], device)[0] > 0

    def sums(self, values: list[float], device: torch.device) -> list[float]:
        """Return the sums over all processes."""
        if self.size == 1:
            return values
        total = torch.tensor(values, dtype=torch.float32, device=device)
        dist.all_reduce(total)
        summed: list[float] = total.tolist()
        return summed

    def from_main(self, value: int, device: torch.device) -> int:
        """Return the number that process 0 gave."""
        if self.size == 1:
            return value
        told = torch.tensor([value], dtype=torch.int64, device=device)
        dist.broadcast(told, src=0)
        return int(told.item())

    def send_optimizer(self, optimizer: torch.optim.Optimizer) -> None:
        """Send the momentum of process 0, which read the checkpoint, to the others."""
        if self.size == 1:
            return
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                state = optimizer.state[parameter]
                buffer = state.get("momentum_buffer")
                if buffer is None:
                    buffer = torch.zeros_like(parameter)
                plain = buffer.contiguous()  # channels_last cannot be sent
                dist.broadcast(plain, src=0)
                state["momentum_buffer"] = buffer.copy_(plain)

    def send_rate_factors(self, optimizer: torch.optim.Optimizer, device: torch.device) -> None:
        """Send how much faster each group learns; only process 0 may have read a checkpoint."""
        if self.size == 1:
            return
        for group in optimizer.param_groups:
            told = torch.tensor([group.get(RATE_FACTOR, 1.0)], dtype=torch.float32, device=device)
            dist.broadcast(told, src=0)
            group[RATE_FACTOR] = float(told.item())

    def check_same(self, digest: str, device: torch.device) -> None:
        """Refuse to train on data that is not the same everywhere.

        Raises:
            TrainingError: This process has other data or corrections than process 0.
        """
        number = int(digest[:15], 16)
        same = self.from_main(number, device) == number
        if self.any(not same, device):
            raise TrainingError(
                "The processes of this training do not see the same data: give all of them the "
                "same file and the same corrections (or --no-edits)."
            )


@contextmanager
def joined(device: str = "auto") -> Iterator[World]:
    """Join the processes that ``torchrun`` started; alone when it did not.

    Args:
        device: As the settings name it; ``cpu`` makes them talk by gloo on GPU machines too.
    """
    if int(os.environ.get("WORLD_SIZE", "1")) < 2:
        yield World()
        return
    on_gpu = device != "cpu" and torch.cuda.is_available()
    if on_gpu:
        torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
    # Functions in there take the group as it is at their import as a default. Imported later (by
    # DistributedDataParallel) they would keep it, and with it threads that outlive the group's
    # end and abort the process when they want a word with an interpreter that is closing.
    importlib.import_module("torch.distributed.nn.functional")
    dist.init_process_group("nccl" if on_gpu else "gloo", timeout=_PATIENCE)
    try:
        yield World()
    finally:
        dist.destroy_process_group()
