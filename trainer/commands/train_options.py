"""The settings of a training as options of ``train``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from trainer.commands.start_options import add_start_arguments, chosen_start
from trainer.config import (
    CLASS_WEIGHTS,
    SAMPLERS,
    SCHEDULES,
    TARGETS,
    AugmentConfig,
    TrainConfig,
)
from trainer.data.class_maps import known_name
from trainer.errors import MienError
from trainer.models import available_models
from trainer.presets import PRESETS

_SETTINGS: tuple[str, ...] = (
    "model",
    "epochs",
    "batch_size",
    "lr",
    "schedule",
    "step_epochs",
    "step_factor",
    "warmup_epochs",
    "momentum",
    "weight_decay",
    "label_smoothing",
    "mixup",
    "class_weights",
    "sampler",
    "targets",
    "teachers",
    "train_limit",
    "val_limit",
    "ema_decay",
    "patience",
    "seed",
    "threads",
    "device",
    "augment_ramp_epochs",
    "fine_tune",
    "freeze_epochs",
    "head_lr_factor",
)
"""Options that go into :class:`TrainConfig` under their own names."""


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Describe the options that are settings of the training."""
    default = TrainConfig()
    parser.add_argument("--model", choices=available_models(), help="network [vgg9_bn]")
    parser.add_argument(
        "--preset",
        choices=PRESETS,
        help="start from the report's settings for the network, a two-minute look, or the best "
        "recipe; options given beside it count more",
    )
    parser.add_argument("--epochs", type=int, help=f"passes over the data [{default.epochs}]")
    parser.add_argument("--batch-size", type=int, help=f"images an update [{default.batch_size}]")
    parser.add_argument("--lr", type=float, help=f"peak learning rate [{default.lr}]")
    parser.add_argument("--schedule", choices=SCHEDULES, help=f"[{default.schedule}]")
    parser.add_argument(
        "--step-epochs",
        type=int,
        help="with --schedule step: epochs between two changes, 0 is at 1/2 and 3/4 [0]",
    )
    parser.add_argument(
        "--step-factor", type=float, help=f"the rate changes by that [{default.step_factor}]"
    )
    parser.add_argument("--warmup-epochs", type=float, help=f"[{default.warmup_epochs}]")
    parser.add_argument("--momentum", type=float, help=f"[{default.momentum}]")
    parser.add_argument("--weight-decay", type=float, help=f"[{default.weight_decay}]")
    parser.add_argument("--label-smoothing", type=float, help=f"[{default.label_smoothing}]")
    parser.add_argument(
        "--mixup", type=float, help="mix pairs of images by Beta(ALPHA, ALPHA), 0 is off [0]"
    )
    parser.add_argument(
        "--class-weights", choices=CLASS_WEIGHTS, help="weigh the loss by class [none]"
    )
    parser.add_argument(
        "--sampler", choices=SAMPLERS, help="weighted draws all classes equally often [shuffle]"
    )
    parser.add_argument(
        "--targets",
        choices=TARGETS,
        help="learn the labels, the majority of FER+'s votes, their shares, or half the label and "
        "half the shares [label]",
    )
    parser.add_argument(
        "--teacher",
        dest="teachers",
        nargs="+",
        metavar="F",
        help="let half of what is learnt of an image be what the network in this .safetensors "
        "file says of it; of several files, their mean",
    )
    parser.add_argument(
        "--train-limit", type=int, help="learn from at most so many images, 0 takes all [0]"
    )
    parser.add_argument(
        "--val-limit", type=int, help="judge on at most so many images, 0 takes all [0]"
    )
    parser.add_argument(
        "--ema-decay", type=float, help=f"decay of averaged weights, 0 is off [{default.ema_decay}]"
    )
    parser.add_argument(
        "--patience", type=int, help="stop after that many epochs without gain, 0 is off [0]"
    )
    parser.add_argument("--seed", type=int, help="of initialisation, order, augmentation [0]")
    parser.add_argument("--threads", type=int, help="CPU threads, 0 lets PyTorch choose [0]")
    parser.add_argument(
        "--device", help="auto, cpu, cuda, cuda:1 or mps; auto takes a GPU if there is one [auto]"
    )
    parser.add_argument(
        "--deterministic",
        action="store_true",
        help="the same bits every time: slower, on one thread unless --threads is given",
    )
    parser.add_argument(
        "--no-amp", action="store_true", help="full precision on a GPU too (a CPU always has it)"
    )
    parser.add_argument("--no-augment", action="store_true", help="train on the plain images")
    parser.add_argument(
        "--augment",
        nargs="+",
        metavar="NAME=VALUE",
        help=f"strength of {', '.join(entry.name for entry in fields(AugmentConfig))}",
    )
    parser.add_argument(
        "--augment-ramp-epochs",
        type=float,
        help=f"augmentation grows from zero over that many epochs [{default.augment_ramp_epochs}]",
    )
    parser.add_argument(
        "--balance",
        nargs="+",
        metavar="CLASS=FACTOR",
        help="make so many images of each training image of a class, e.g. disgust=10",
    )
    parser.add_argument(
        "--no-edits", action="store_true", help="leave your saved corrections of the data out"
    )
    add_start_arguments(parser)
    parser.add_argument("--tensorboard", action="store_true", help="also write event files")


def with_options(config: TrainConfig, args: argparse.Namespace) -> TrainConfig:
    """Return the settings with what was given on the command line in their place."""
    changes = {name: value for name in _SETTINGS if (value := getattr(args, name)) is not None}
    changes["init_weights"] = chosen_start(args, config)
    if args.teachers:  # a run may be resumed from another folder
        changes["teachers"] = tuple(str(Path(name).absolute()) for name in args.teachers)
    if changes.get("momentum") == 0:
        changes["nesterov"] = False
    if args.no_augment:
        changes["augment"] = AugmentConfig.off()
    if args.augment:
        changes["augment"] = _augmented(changes.get("augment", config.augment), args.augment)
    if args.balance:
        changes["balance"] = _factors(args.balance)
    if args.deterministic:
        changes["deterministic"] = True
    if args.no_amp:
        changes["amp"] = False
    if args.no_edits:
        changes["apply_edits"] = False
    if args.tensorboard:
        changes["tensorboard"] = True
    return config.changed(**changes)


def _factors(texts: Sequence[str]) -> dict[str, int]:
    factors: dict[str, int] = {}
    for text in texts:
        name, _, value = text.partition("=")
        known = known_name(name)
        if known is None or not value.isdecimal():
            raise MienError(f"--balance takes CLASS=FACTOR such as disgust=10, got {text}.")
        factors[known] = int(value)
    return factors


def _augmented(augment: AugmentConfig, texts: Sequence[str]) -> AugmentConfig:
    known = {entry.name for entry in fields(AugmentConfig)}
    values: dict[str, float] = {}
    for text in texts:
        name, _, number = text.partition("=")
        try:
            values[name] = float(number)
        except ValueError:
            values[name] = -1.0
        if name not in known or not 0 <= values[name] < 180:
            raise MienError(f"--augment takes NAME=VALUE as in shift=0.05, not '{text}'.")
    return replace(augment, **values)
