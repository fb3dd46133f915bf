"""Options of ``train`` that say where a network's weights start."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from trainer import pretrained
from trainer.config import FINE_TUNE, TrainConfig
from trainer.errors import MienError
from trainer.models import model_info

_RANDOM = "random"


def add_start_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    default = TrainConfig()
    parser.add_argument(
        "--init-weights",
        metavar="START",
        help="random, imagenet, a .safetensors file of the same network, or the published file "
        "of ImageNet weights [imagenet for ..._imagenet, otherwise random]",
    )
    parser.add_argument(
        "--download",
        action="store_true",
        help="fetch the ImageNet weights if they are not on this computer",
    )
    parser.add_argument(
        "--fine-tune",
        choices=FINE_TUNE,
        help="learn the whole network from the start, or its new last layer first "
        f"[{default.fine_tune}]",
    )
    parser.add_argument(
        "--freeze-epochs",
        type=int,
        help=f"epochs of the last layer alone, with features-first [{default.freeze_epochs}]",
    )
    parser.add_argument(
        "--head-lr-factor",
        type=float,
        help=f"how much faster a new last layer learns [{default.head_lr_factor:g}]",
    )


def usual_start(model: str) -> str:
    """Return the ``init_weights`` of a network for which none are named."""
    return "imagenet" if model_info(model).pretrained else ""


def chosen_start(args: argparse.Namespace, config: TrainConfig) -> str:
    """Return ``init_weights`` as the options want it, and fetch weights if they say so.

    Raises:
        MienError: A named file does not exist, or fetching failed.
    """
    start = config.init_weights if args.init_weights is None else args.init_weights
    if start == _RANDOM:
        start = ""
    if args.init_weights is not None and start not in ("", "imagenet"):
        path = Path(start).expanduser().resolve()
        if not path.is_file():
            raise MienError(
                f"--init-weights takes random, imagenet or a file; there is no file {start}."
            )
        start = str(path)
    if args.download:
        _fetch(args.model or config.model)
    return start


def _fetch(model: str) -> None:
    key = model_info(model).pretrained
    if not key:
        raise MienError(f"--download has nothing to fetch: {model} has no ImageNet weights.")
    known = pretrained.KNOWN[key]
    if pretrained.find(known) is not None:
        return
    if known.url:
        print(f"fetching {known.url} ({known.megabytes} MB, {known.licence})", file=sys.stderr)
    live = sys.stderr.isatty()

    def show(part: float) -> None:
        if live:
            print(f"\r{part:.0%}", end="", file=sys.stderr)

    path = pretrained.download(known, on_progress=show)
    print(f"{chr(13) if live else ''}kept as {path}", file=sys.stderr)
