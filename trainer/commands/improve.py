"""``improve``: fit a network's last layer to the faces that were corrected in the Player."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.commands.data_source import DATA_HELP, add_class_map, open_data
from trainer.errors import DataError, MienError

if TYPE_CHECKING:
    from trainer.improve.network import HeadNetwork
    from trainer.improve.replay import Replay

HELP = "fit a network to the faces you corrected in the Player, and say what it brought"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument(
        "--corrections",
        type=Path,
        metavar="FOLDER",
        help="folder with corrections.jsonl [the Player's own]",
    )
    parser.add_argument(
        "--weights", type=Path, metavar="F.onnx", help="the network to improve [the default model]"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="F.onnx", help="the new network")
    parser.add_argument(
        "--data",
        type=Path,
        help=f"what the network learnt from, replayed against forgetting: {DATA_HELP} "
        "[features that come with Mien, for the default model only]",
    )
    add_class_map(parser)
    parser.add_argument("--json", type=Path, metavar="F", help="write the figures")


def run(args: argparse.Namespace) -> int:
    """Improve, print the figures; exit code 0 also when the old network is kept."""
    from trainer.data.corrections import FILE, CorrectionStore
    from trainer.files import write_text
    from trainer.improve.improve import improve
    from trainer.improve.network import HeadNetwork
    from trainer.improve.replay import original_of
    from trainer.inference.shipped import default_model_path
    from trainer.run_onnx import ensure_onnx

    if args.out.suffix.lower() != ".onnx":
        raise MienError(f"--out must end in .onnx, got {args.out.name}.")
    store = CorrectionStore(args.corrections)
    if not store.path.is_file():
        raise DataError(f"There is no {FILE} in {store.path.parent}; correct faces in the Player.")
    corrections = store.read()
    for line, reason in corrections.problems:
        print(f"warning: line {line} of {store.path} is left out: {reason}", file=sys.stderr)
    weights = args.weights if args.weights is not None else default_model_path()
    network = HeadNetwork(original_of(ensure_onnx(weights)))
    found = improve(corrections, network, lambda net, tell: _replay(args, net, tell), args.out)
    print(f"{found.corrections} corrections of {found.units} {found.unit_kind}")
    if found.held_out is not None:
        print(f"held-out corrections: {found.held_out.sentence()}")
    if found.base is not None:
        print(f"base split ({found.replay}): {found.base.sentence()}")
    print(found.sentence())
    if found.path is not None:
        print(f"{found.path}: {found.path.stat().st_size / 1e6:.1f} MB, {found.seconds:.0f} s")
    if args.json is not None:
        write_text(args.json, json.dumps(found.to_dict(), indent=1))
    return 0


def _replay(
    args: argparse.Namespace, network: HeadNetwork, tell: Callable[[float], None]
) -> Replay:
    from trainer.improve.replay import replay_of, shipped_replay

    if args.data is None:
        shipped = shipped_replay(network)
        if shipped is None:
            raise DataError(
                f"There are no stored features of {network.path.name}; give its training data with "
                "--data."
            )
        return shipped
    dataset = open_data(args.data, class_map=args.class_map)
    names = network.metadata.class_names
    if tuple(dataset.class_names) != tuple(names):
        raise DataError(f"{dataset.name} and {network.path.name} have different classes.")
    return replay_of(
        network,
        dataset.name,
        dataset.images.numpy(),
        dataset.targets.numpy(),
        dataset.splits.numpy(),
        on_progress=tell,
    )
