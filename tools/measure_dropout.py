"""Why VGG-9 with dropout in its blocks does not converge: short runs and what happens inside.

    python -m tools.measure_dropout --data fer2013.csv.gz --out table.json

Every variant is trained by plain SGD (0.01, momentum 0.9, batches of 64, no augmentation) for
some hundred updates with several seeds. Beside loss and accuracy some things are measured:

* *mask noise*: the variance of the last feature maps over dropout masks divided by their variance
  over images, at the start. Above 1 the masks say more than the faces do.
* *logit spread*: standard deviation of the logits over images with dropout off, the mean over
  classes, at the end. Near 0 the network gives every face the same answer.
* *variance shift* (Li et al., 2019): what a batch norm sees with dropout off, divided by the
  variance it has learnt with dropout on, averaged over layers, at the end. *Accuracy, norms
  anew* is PublicTest's after the norms' statistics were taken again with dropout off.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from trainer.data import load_dataset
from trainer.data.dataset import ExpressionDataset, training_indices
from trainer.device import place
from trainer.files import write_text
from trainer.models._vgg import Vgg
from trainer.models.vgg9 import BLOCKS
from trainer.preprocess import Preprocessing, normalize
from trainer.refine import recompute_batch_norm

BATCH = 64
VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "dropout 0.5 after every convolution": {"rate": 0.5},
    "dropout 0.2 after every convolution": {"rate": 0.2},
    "dropout 0.5 once a block": {"rate": 0.5, "once": True},
    "dropout 0.2 once a block": {"rate": 0.2, "once": True},
    "plain, He's start": {"he": True},
    "dropout 0.5 after every convolution, He's start": {"rate": 0.5, "he": True},
    "dropout 0.2 after every convolution, He's start": {"rate": 0.2, "he": True},
    "batch norm": {"norm": True},
    "batch norm, dropout 0.5 after every convolution": {"norm": True, "rate": 0.5},
    "batch norm, dropout 0.2 after every convolution": {"norm": True, "rate": 0.2},
    "batch norm, dropout 0.5 once a block": {"norm": True, "rate": 0.5, "once": True},
    "batch norm, dropout 0.2 once a block": {"norm": True, "rate": 0.2, "once": True},
}


def build(
    width: float, *, rate: float = 0.0, once: bool = False, he: bool = False, norm: bool = False
) -> nn.Module:
    """Build one variant; ``width`` scales the channels, ``once`` keeps a block's last dropout."""
    blocks = [(count, round(channels * width)) for count, channels in BLOCKS]
    hidden = round(2048 * width)
    model = Vgg(blocks, 7, batch_norm=norm, hidden=hidden, block_dropout=rate, he_start=he)
    if once:
        layers = list(model.features)
        kept = [
            layer
            for layer, following in zip(layers, [*layers[1:], None], strict=True)
            if not isinstance(layer, nn.Dropout) or isinstance(following, nn.MaxPool2d)
        ]
        model.features = nn.Sequential(*kept)
    return place(model)


def _inputs(images: torch.Tensor) -> torch.Tensor:
    values = torch.from_numpy(normalize(images.numpy(), Preprocessing()))
    return values.to(memory_format=torch.channels_last)


def mask_noise(model: Any, inputs: torch.Tensor, masks: int = 8) -> float:
    """Return variance over masks / variance over images of the last feature maps."""
    model.features.train()
    with torch.no_grad():
        maps = torch.stack([model.features(inputs).flatten(1) for _ in range(masks)])
    between = maps.mean(dim=0).var(dim=0).sum()
    return float(maps.var(dim=0).mean(dim=0).sum() / between)


def variance_shift(model: nn.Module, inputs: torch.Tensor) -> float | None:
    """Return (variance with dropout off) / (variance learnt), the mean over batch norms."""
    ratios: list[float] = []

    def look(module: nn.BatchNorm2d, given: tuple[torch.Tensor, ...]) -> None:
        seen = given[0].var(dim=(0, 2, 3))
        assert module.running_var is not None
        ratios.append(float((seen / (module.running_var + module.eps)).mean()))

    norms = [module for module in model.modules() if isinstance(module, nn.BatchNorm2d)]
    handles = [norm.register_forward_pre_hook(look) for norm in norms]
    model.eval()
    with torch.no_grad():
        model(inputs)
    for handle in handles:
        handle.remove()
    return float(np.mean(ratios)) if ratios else None


def _finite(value: float | np.floating[Any]) -> float | None:
    """Return the value, or None where a run has diverged (JSON knows no NaN)."""
    return float(value) if np.isfinite(value) else None


def _accuracy(model: nn.Module, images: torch.Tensor, targets: torch.Tensor) -> float:
    """Score with dropout off."""
    model.eval()
    with torch.no_grad():
        preds = torch.cat([model(_inputs(part)).argmax(dim=1) for part in images.split(BATCH)])
    return float((preds == targets).float().mean())


def study(
    dataset: ExpressionDataset, options: dict[str, Any], *, seed: int, steps: int, width: float
) -> dict[str, Any]:
    """Train one variant and return its figures."""
    torch.manual_seed(seed)
    train = training_indices(dataset, drop_duplicates=True, drop_leaks=True)[0]
    val = dataset.indices("val")[:1200]
    model = build(width, **options)
    probe = _inputs(dataset.images[train[:BATCH]])
    noise = mask_noise(model, probe)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    order = train[torch.randperm(len(train), generator=torch.Generator().manual_seed(seed))]
    losses = []
    model.train()
    for batch in order[: steps * BATCH].split(BATCH):
        loss = F.cross_entropy(model(_inputs(dataset.images[batch])), dataset.targets[batch])
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(float(loss.detach()))
    model.eval()
    with torch.no_grad():
        spread = float(model(probe).std(dim=0).mean())
    shift = variance_shift(model, probe)
    accuracy = _accuracy(model, dataset.images[val], dataset.targets[val])
    anew = None
    if shift is not None:
        recompute_batch_norm(model, dataset.images[train[:1024]], Preprocessing())
        anew = _accuracy(model, dataset.images[val], dataset.targets[val])
    return {
        "mask_noise": noise,
        "steps": len(losses),
        "loss_first": _finite(np.mean(losses[:50])),
        "loss_last": _finite(np.mean(losses[-50:])),
        "accuracy": accuracy,
        "accuracy_norms_anew": anew,
        "logit_spread": _finite(spread),
        "variance_shift": shift,
    }


def main() -> None:
    """Run the study and write one JSON list; a line is printed for each run."""
    parser = argparse.ArgumentParser(description="Measure dropout in the blocks of VGG-9.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1])
    parser.add_argument("--width", type=float, default=0.25, help="of the channels; 1 is VGG-9")
    parser.add_argument("--variants", nargs="+", choices=list(VARIANTS), default=list(VARIANTS))
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    dataset = load_dataset(args.data)
    rows: list[dict[str, Any]] = []
    for seed in args.seeds:
        for name in args.variants:
            options = VARIANTS[name]
            figures = study(dataset, options, seed=seed, steps=args.steps, width=args.width)
            rows.append({"variant": name, "seed": seed, "width": args.width, **figures})
            print(json.dumps(rows[-1]), flush=True)
            write_text(args.out, json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
