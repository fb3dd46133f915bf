"""``train``: train a network on a data set."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from types import FrameType

from trainer import runs
from trainer.commands.data_source import DATA_HELP, add_class_map, open_data
from trainer.config import (
    CLASS_WEIGHTS,
    SAMPLERS,
    SCHEDULES,
    TARGETS,
    AugmentConfig,
    TrainConfig,
)
from trainer.errors import MienError
from trainer.events import (
    EpochFinished,
    StepFinished,
    TrainingEvent,
    TrainingFinished,
    TrainingStarted,
)
from trainer.labels import canonical_name
from trainer.models import available_models
from trainer.paths import runs_dir
from trainer.presets import PRESETS, preset
from trainer.run_onnx import ensure_onnx

HELP = "train a network on a data set"

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
    "train_limit",
    "ema_decay",
    "patience",
    "seed",
    "threads",
    "augment_ramp_epochs",
)
"""Options that go into :class:`TrainConfig` under their own names."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    default = TrainConfig()
    parser.add_argument("--data", type=Path, help=DATA_HELP)
    add_class_map(parser)
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
        help="learn the labels, the majority of FER+'s votes, or their shares [label]",
    )
    parser.add_argument(
        "--train-limit", type=int, help="learn from at most so many images, 0 takes all [0]"
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
    parser.add_argument("--tensorboard", action="store_true", help="also write event files")
    parser.add_argument("--config", type=Path, help="start from the settings in a config.yaml")
    parser.add_argument("--out", type=Path, help="run folder; default: a new one for this user")
    parser.add_argument(
        "--resume", type=Path, metavar="RUN", help="go on with a run that was cut short"
    )


def run(args: argparse.Namespace) -> int:
    """Train; Ctrl+C stops after the present update and keeps the best epoch."""
    run_dir, config = _plan(args)
    data = args.data or _data_of(run_dir)

    from trainer.training import fit

    dataset = open_data(data, class_map=args.class_map)
    for problem in dataset.problems[:5]:
        print(f"left out: {problem}", file=sys.stderr)
    if len(dataset.problems) > 5:
        print(f"left out: {len(dataset.problems) - 5} more rows", file=sys.stderr)
    if run_dir is None:
        run_dir = runs.new_run_dir(runs_dir(), config.model)
    run_dir.mkdir(parents=True, exist_ok=True)
    _log_to(run_dir / runs.LOG)

    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        print("\nStopping, the best epoch is kept ...", file=sys.stderr)
        stop.set()

    signal.signal(signal.SIGINT, ask_to_stop)
    signal.signal(signal.SIGTERM, ask_to_stop)
    finished = fit(
        config,
        dataset,
        _Printer(),
        stop.is_set,
        run_dir=run_dir,
        resume=args.resume is not None,
    )
    if finished.onnx_path is not None:
        ensure_onnx(finished.onnx_path)
    return 0 if finished.best_epoch is not None else 1


def _plan(args: argparse.Namespace) -> tuple[Path | None, TrainConfig]:
    run_dir: Path | None = args.resume or args.out
    if args.preset is not None and (args.resume is not None or args.config is not None):
        raise MienError("--preset starts a new run: leave out --resume and --config.")
    if args.resume is not None:
        config = runs.load_run(args.resume).config
    elif args.config is not None:
        config = TrainConfig.load(args.config)
    else:
        config = TrainConfig()
        if args.preset is not None:
            config = preset(args.preset, args.model or config.model)
        if args.data is None:
            raise MienError("Name the data set to train on with --data FILE.")
    if args.out is not None and args.resume is None and (args.out / runs.CONFIG).exists():
        raise MienError(
            f"{args.out} already holds a run; go on with --resume {args.out} or name another --out."
        )
    changes = {name: value for name in _SETTINGS if (value := getattr(args, name)) is not None}
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
    return run_dir, config.changed(**changes)


def _factors(texts: Sequence[str]) -> dict[str, int]:
    factors: dict[str, int] = {}
    for text in texts:
        name, _, value = text.partition("=")
        known = canonical_name(name)
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


def _data_of(run_dir: Path | None) -> Path:
    source = ""
    if run_dir is not None and (run_dir / runs.CONFIG).exists():
        source = runs.load_run(run_dir).environment.get("dataset", {}).get("source", "")
    if not source:
        raise MienError("Name the data set to train on with --data FILE.")
    return Path(source)


def _log_to(path: Path) -> None:
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("trainer")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)


class _Printer:
    """Prints what the loop announces, and keeps it in the log."""

    def __init__(self) -> None:
        self._log = logging.getLogger("trainer.train")
        self._live = sys.stderr.isatty()

    def __call__(self, event: TrainingEvent) -> None:
        if isinstance(event, StepFinished):
            if self._live:
                print(
                    f"\repoch {event.epoch + 1}  {event.step + 1}/{event.steps_per_epoch}  "
                    f"loss {event.loss:.4f}  {event.images_per_second:.0f} images/s  "
                    f"{_minutes(event.run_eta_s)} left   ",
                    end="",
                    file=sys.stderr,
                )
            return
        text = self._describe(event)
        if self._live:
            print("\r", end="", file=sys.stderr)
        print(text, flush=True)
        self._log.info(text)

    def _describe(self, event: TrainingEvent) -> str:
        if isinstance(event, TrainingStarted):
            return (
                f"{event.train_samples} images to train ({event.duplicates_left_out} repeats "
                f"and {event.leaks_left_out} that also stand in val or test left out; by your "
                f"corrections {event.relabelled} relabelled, {event.excluded} left out; "
                f"{event.balanced_added} made by balancing; "
                f"{event.targets_left_out} left out for want of a clear vote), "
                f"{event.val_samples} to validate, "
                f"{event.parameters:,} parameters, {event.device}, "
                f"epochs {event.first_epoch + 1} to {event.epochs}, run folder {event.run_dir}"
            )
        if isinstance(event, EpochFinished):
            return (
                f"epoch {event.epoch + 1}: train loss {event.train_loss:.4f} "
                f"accuracy {event.train_accuracy:.2%}, val loss {event.val_loss:.4f} "
                f"accuracy {event.val_accuracy:.2%} macro-F1 {event.val_macro_f1:.3f}, "
                f"lr {event.lr:.2g}, {event.images_per_second:.0f} images/s, "
                f"{_minutes(event.duration_s)}{', best' if event.is_best else ''}"
            )
        assert isinstance(event, TrainingFinished)
        ending = "stopped" if event.stopped else "finished"
        if event.best_epoch is None or event.best_val_accuracy is None:
            return f"{ending} before the first epoch was done; there is nothing to keep"
        return (
            f"{ending} after {event.epochs_done} epochs, best epoch {event.best_epoch + 1} "
            f"with val accuracy {event.best_val_accuracy:.2%}: {event.run_dir / runs.WEIGHTS}"
        )


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
