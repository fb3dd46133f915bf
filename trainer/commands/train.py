"""``train``: train a network on a data set."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from trainer import runs
from trainer.commands.data_source import DATA_HELP, add_class_map, open_data, run_on
from trainer.commands.start_options import usual_start
from trainer.commands.train_options import add_settings, with_options
from trainer.commands.train_printer import Printer
from trainer.config import TrainConfig
from trainer.errors import MienError
from trainer.events import TrainingEvent, TrainingStarted
from trainer.paths import runs_dir
from trainer.presets import REPORT_NOTE, preset
from trainer.run_onnx import ensure_onnx

if TYPE_CHECKING:
    from trainer.data.dataset import ExpressionDataset
    from trainer.training.distributed import World

HELP = "train a network on a data set"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("--data", type=Path, help=DATA_HELP)
    add_class_map(parser)
    parser.add_argument(
        "--votes", type=Path, metavar="F", help="FER+ votes of the same images, for --targets"
    )
    add_settings(parser)
    parser.add_argument(
        "--seeds",
        type=int,
        nargs="+",
        metavar="SEED",
        help="train once for each of these, into OUT_seed0 and so on; called again it goes on",
    )
    parser.add_argument("--config", type=Path, help="start from the settings in a config.yaml")
    parser.add_argument("--out", type=Path, help="run folder [a new one]")
    parser.add_argument(
        "--resume", type=Path, metavar="RUN", help="go on with a run that was cut short"
    )


def run(args: argparse.Namespace) -> int:
    """Train; Ctrl+C stops after the present update and keeps the best epoch."""
    run_dir, config = _plan(args)
    data, votes = args.data or _data_of(run_dir), args.votes or _votes_of(run_dir)

    from trainer.training.distributed import joined

    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        print("\nStopping, the best epoch is kept ...", file=sys.stderr)
        stop.set()

    signal.signal(signal.SIGINT, ask_to_stop)
    signal.signal(signal.SIGTERM, ask_to_stop)
    with joined(config.device) as world:
        dataset = open_data(
            data,
            class_map=args.class_map,
            trained=_trained(args, data),
            votes=votes,
            should_stop=stop.is_set,
        )
        if world.is_main:
            _print_problems(dataset)
        if args.seeds is not None:
            return _run_seeds(args, config, dataset, stop)
        return _run_one(args, run_dir, config, dataset, stop, world)


def _run_one(
    args: argparse.Namespace,
    run_dir: Path | None,
    config: TrainConfig,
    dataset: ExpressionDataset,
    stop: threading.Event,
    world: World,
) -> int:
    from trainer.training import fit

    if world.is_main:
        run_dir = run_dir or runs.new_run_dir(runs_dir(), config.model)
        run_dir.mkdir(parents=True, exist_ok=True)
        _log_to(run_dir / runs.LOG)
    finished = fit(
        config,
        dataset,
        Printer(),
        stop.is_set,
        run_dir=run_dir or runs_dir(),  # the other processes write nothing
        resume=args.resume is not None,
    )
    if world.is_main and finished.onnx_path is not None:
        ensure_onnx(finished.onnx_path)
    return 0 if finished.best_epoch is not None or not world.is_main else 1


def _run_seeds(
    args: argparse.Namespace, config: TrainConfig, dataset: ExpressionDataset, stop: threading.Event
) -> int:
    from trainer.training import fit_seeds

    base = args.out or runs_dir() / runs.new_run_name(config.model)
    printer = Printer()
    logged: list[logging.Handler] = []

    def on_event(event: TrainingEvent) -> None:
        if isinstance(event, TrainingStarted):
            if logged:
                logging.getLogger("trainer").removeHandler(logged[-1])
            logged.append(_log_to(event.run_dir / runs.LOG))
        printer(event)

    summary = fit_seeds(config, dataset, args.seeds, on_event, stop.is_set, base=base)
    for folder, accuracy in zip(summary.runs, summary.accuracies, strict=True):
        print(f"{folder.name}: val accuracy {accuracy:.2%}")
    if len(summary.accuracies) > 1:
        print(
            f"val accuracy over {len(summary.accuracies)} seeds: {summary.mean:.2%} "
            f"+- {summary.deviation:.2%} (mean and standard deviation)"
        )
    return 0 if len(summary.runs) == len(args.seeds) else 1


def _print_problems(dataset: ExpressionDataset) -> None:
    for problem in dataset.problems[:5]:
        print(f"left out: {problem}", file=sys.stderr)
    if len(dataset.problems) > 5:
        print(f"left out: {len(dataset.problems) - 5} more rows", file=sys.stderr)


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
            if args.preset == "report":
                print(REPORT_NOTE, file=sys.stderr)
        config = config.changed(init_weights=usual_start(args.model or config.model))
        if args.data is None:
            raise MienError("Name the data set to train on with --data FILE.")
    if args.seeds is not None:
        _check_seeds(args)
    elif args.out is not None and args.resume is None:
        runs.check_free(args.out)
    return run_dir, with_options(config, args)


def _check_seeds(args: argparse.Namespace) -> None:
    if args.resume is not None or args.seed is not None:
        raise MienError("--seeds names all seeds: leave out --seed and --resume.")
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        raise MienError("Under torchrun train one seed at a time, with --seed.")


def _trained(args: argparse.Namespace, data: Path) -> runs.Run | None:
    """Return the run that goes on, or whose settings are used again on its data."""
    if args.resume is not None:
        return runs.load_run(args.resume)  # also where its data were moved
    return run_on(data, args.config.parent) if args.config is not None else None


def _data_of(run_dir: Path | None) -> Path:
    source = _recorded(run_dir, "source")
    if not source:
        raise MienError("Name the data set to train on with --data FILE.")
    return Path(source)


def _votes_of(run_dir: Path | None) -> Path | None:
    source = _recorded(run_dir, "votes_source")
    return Path(source) if source else None


def _recorded(run_dir: Path | None, what: str) -> str:
    """Return what a run's folder says of the data it was started with, "" if nothing."""
    if run_dir is None or not (run_dir / runs.CONFIG).exists():
        return ""
    return str(runs.load_run(run_dir).data.get(what, ""))


def _log_to(path: Path) -> logging.Handler:
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("trainer")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    return handler
