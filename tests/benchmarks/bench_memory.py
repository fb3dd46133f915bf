"""What it brings to keep freed memory while a network is trained (trainer/training/memory.py).

    python -m tests.benchmarks.bench_memory [--rounds 3] [--networks vgg9_bn lenet]

Updates as the training loop makes them, on random images, in processes of their own by turns:
with memory kept and as the C library does it. Prints JSON: images/s, page faults an update, the
largest resident memory and what is resident after the end, medians of all rounds, and the ratio
of the speeds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from contextlib import nullcontext

_BATCH, _UPDATES, _WARM = 64, 12, 4
_MIB = 2**20


def _measure(network: str, keep: bool) -> dict[str, float]:
    import resource

    import torch
    from torch.nn.functional import cross_entropy

    from trainer.models import create_model
    from trainer.training.memory import freed_memory_kept

    model = create_model(network).to(memory_format=torch.channels_last).train()  # type: ignore[call-overload]
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, nesterov=True)
    images = torch.randn(_BATCH, 1, 48, 48).contiguous(memory_format=torch.channels_last)
    targets = torch.randint(0, 7, (_BATCH,))
    seconds, faults = [], []
    with freed_memory_kept() if keep else nullcontext():
        for _ in range(_UPDATES):
            began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
            optimizer.zero_grad()
            cross_entropy(model(images), targets).backward()
            optimizer.step()
            seconds.append(time.perf_counter() - began)
            faults.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before.ru_minflt)
    with open("/proc/self/statm", encoding="ascii") as file:
        resident = int(file.read().split()[1]) * resource.getpagesize() / _MIB
    return {
        "images_per_second": _BATCH / statistics.median(seconds[_WARM:]),
        "page_faults_an_update": statistics.median(faults[_WARM:]),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "mb_after_the_end": resident,
    }


def _in_process(network: str, keep: bool) -> dict[str, float]:
    command = [sys.executable, "-m", __spec__.name, "--one", network, *(["--keep"] if keep else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--networks", nargs="+", default=["vgg9_bn", "resnet11", "lightnet", "lenet"]
    )
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--keep", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(_measure(args.one, args.keep)))
        return 0
    for network in args.networks:
        runs: dict[bool, list[dict[str, float]]] = {False: [], True: []}
        for _ in range(args.rounds):
            for keep in (False, True):
                runs[keep].append(_in_process(network, keep))
        usual, kept = (
            {name: statistics.median(run[name] for run in runs[keep]) for name in runs[keep][0]}
            for keep in (False, True)
        )
        ratio = kept["images_per_second"] / usual["images_per_second"]
        shown = {
            "network": network,
            "as_the_library_does": {name: round(value, 1) for name, value in usual.items()},
            "kept": {name: round(value, 1) for name, value in kept.items()},
            "times_as_fast": round(ratio, 3),
        }
        print(json.dumps(shown, indent=1), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
