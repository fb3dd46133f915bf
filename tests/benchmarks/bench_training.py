"""Training speed of Mien's loop against bare PyTorch loops on the same network and batches.

    python -m tests.benchmarks.bench_training [--model vgg9_bn] [--steps 12] [--rounds 3]

One bare loop uses Mien's memory format (channels_last), the other PyTorch's own (contiguous).
Mien's also augments its images. All run alternately in one process and the ratios are what
counts: times of a busy machine are upper bounds. There, with --threads 1, processor time tells
more. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable

import torch
import torch.nn.functional as F

from trainer.config import TrainConfig
from trainer.device import place
from trainer.models import create_model, model_info
from trainer.training.loop import Samples, TrainState, make_optimizer, train_one_epoch


def bare_loop(model: torch.nn.Module, images: torch.Tensor, targets: torch.Tensor) -> None:
    """Train one pass over float batches that are ready in memory: no data work at all."""
    optimizer = torch.optim.SGD(
        model.parameters(), lr=1e-3, momentum=0.9, nesterov=True, weight_decay=5e-4, foreach=True
    )
    model.train()
    for inputs, expected in zip(images.split(64), targets.split(64), strict=True):
        loss = F.cross_entropy(model(inputs), expected)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="vgg9_bn")
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=0, help="0 lets PyTorch choose")
    args = parser.parse_args()

    if args.threads > 0:
        torch.set_num_threads(args.threads)
    count = args.steps * 64
    generator = torch.Generator().manual_seed(0)
    pixels = torch.randint(0, 256, (count, 1, 48, 48), generator=generator, dtype=torch.uint8)
    targets = torch.randint(0, 7, (count,), generator=generator)
    floats = pixels.float().div(255).to(memory_format=torch.channels_last)
    config = TrainConfig(model=args.model, epochs=1, lr=1e-3, clip_norm=0.0, drop_duplicates=False)
    model = place(create_model(args.model))
    state = TrainState(model, make_optimizer(model, config), None, torch.device("cpu"))
    preprocessing = model_info(args.model).preprocessing
    plain = place(create_model(args.model), memory_format=torch.contiguous_format)
    plain_floats = pixels.float().div(255)

    def ours() -> None:
        train_one_epoch(
            state,
            Samples(pixels, targets, torch.arange(count), 7),
            0,
            config,
            preprocessing,
            lambda event: None,
            lambda: False,
        )

    ways: dict[str, Callable[[], None]] = {
        "bare": lambda: bare_loop(model, floats, targets),
        "mien": ours,
        "contiguous": lambda: bare_loop(plain, plain_floats, targets),
    }
    for network, inputs in ((model, floats), (plain, plain_floats)):  # warm-up
        bare_loop(network, inputs[:128], targets[:128])
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    processor: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(args.rounds):
        for name, way in ways.items():
            started, used = time.perf_counter(), time.process_time()
            way()
            seconds[name].append(time.perf_counter() - started)
            processor[name].append(time.process_time() - used)
    speed = {name: count / statistics.median(times) for name, times in seconds.items()}
    print(
        json.dumps(
            {
                "model": args.model,
                "images_per_second": {name: round(value, 1) for name, value in speed.items()},
                "ratio_to_bare": round(speed["mien"] / speed["bare"], 3),
                "ratio_to_contiguous": round(speed["mien"] / speed["contiguous"], 3),
                "processor_time_ratio_to_bare": round(
                    statistics.median(processor["bare"]) / statistics.median(processor["mien"]), 3
                ),
                "processor_time_ratio_to_contiguous": round(
                    statistics.median(processor["contiguous"])
                    / statistics.median(processor["mien"]),
                    3,
                ),
                "budget": 0.95,
                "threads": torch.get_num_threads(),
                "torch": torch.__version__,
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
