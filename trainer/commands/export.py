"""``export``: weights to ONNX (fp32 or INT8) or to smaller safetensors."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.commands.data_source import add_class_map, open_data, run_on
from trainer.errors import MienError
from trainer.files import write_text

if TYPE_CHECKING:
    from torch import nn

    from trainer.data.dataset import ExpressionDataset
    from trainer.metadata import ModelMetadata

HELP = "write weights as ONNX (also INT8) or as half-size safetensors"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("--weights", type=Path, required=True, help="a .safetensors file")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="F", help="F.onnx, or F.safetensors (float16)"
    )
    parser.add_argument(
        "--int8",
        action="store_true",
        help="static 8-bit quantisation (ONNX); refused unless it is faster here and loses at most "
        "half a point on the data's val split",
    )
    parser.add_argument(
        "--json", type=Path, metavar="F", help="write the figures of the comparison with PyTorch"
    )
    parser.add_argument("--data", type=Path, help="data set for --int8 and --calibrate")
    add_class_map(parser)
    parser.add_argument(
        "--calibrate",
        action="store_true",
        help="fit the temperature on the data's val split and store it",
    )
    parser.add_argument(
        "--unsure-below", type=float, metavar="P", help="confidence shown as unsure in the Player"
    )


def run(args: argparse.Namespace) -> int:
    """Export and say what was written."""
    suffix = args.out.suffix.lower()
    if suffix not in (".onnx", ".safetensors"):
        raise MienError(f"--out must end in .onnx or .safetensors, got {args.out.name}.")
    if args.int8 and suffix != ".onnx":
        raise MienError("--int8 is for ONNX: let --out end in .onnx.")
    if (args.int8 or args.calibrate) and args.data is None:
        raise MienError("--int8 and --calibrate need --data FILE with real images.")
    if args.unsure_below is not None and not 0 <= args.unsure_below < 1:
        raise MienError(f"--unsure-below must be in 0..1, got {args.unsure_below}.")

    from trainer.weights import load_weights, save_weights

    model, metadata = load_weights(args.weights)
    dataset = None
    if args.data is not None:
        trained = run_on(args.data, args.weights.parent)
        dataset = open_data(args.data, class_map=args.class_map, trained=trained)
    if args.calibrate and dataset is not None:
        metadata = _calibrated(model, metadata, dataset)
    if args.unsure_below is not None:
        metadata = replace(metadata, unsure_threshold=args.unsure_below)
    if suffix == ".safetensors":
        save_weights(args.out, model.state_dict(), metadata, half=True)
    else:
        report = _write_onnx(model, metadata, args.out, dataset, int8=args.int8)
        if args.json is not None:
            write_text(args.json, json.dumps(report, indent=1))
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB")
    return 0


def _write_onnx(
    model: nn.Module,
    metadata: ModelMetadata,
    out: Path,
    dataset: ExpressionDataset | None,
    *,
    int8: bool,
) -> dict[str, Any]:
    """Write the network, print and return the figures of the comparison."""
    from trainer.checked_export import export_checked

    found = export_checked(model, metadata, out, dataset, int8=int8)
    print(found.parity.sentence())
    report: dict[str, Any] = {"parity": asdict(found.parity)}
    if found.int8 is not None:
        print(found.int8.sentence())
        report["int8"] = found.int8.to_dict()
    return report


def _calibrated(
    model: nn.Module, metadata: ModelMetadata, dataset: ExpressionDataset
) -> ModelMetadata:
    from trainer.calibration import (
        cross_fitted_error,
        cross_fitted_probs,
        error_by_chance,
        expected_calibration_error,
        fit_temperature,
    )
    from trainer.evaluation import predict_logits
    from trainer.labels import canonical_indices
    from trainer.metrics import softmax

    try:
        order = canonical_indices(metadata.class_names, dataset.class_names)
    except ValueError:
        order = []
    if len(order) != len(metadata.class_names):
        raise MienError(
            f"The network knows {', '.join(metadata.class_names)}, {dataset.name} holds "
            f"{', '.join(dataset.class_names)}; calibrate it on data of its own classes."
        )
    indices = dataset.indices("val")
    if len(indices) < 100:
        raise MienError(
            f"{dataset.name} has {len(indices)} validation images; --calibrate needs at least 100."
        )
    logits = predict_logits(model, dataset.images[indices], metadata.preprocessing)[:, order]
    targets = dataset.targets[indices].numpy()
    temperature = fit_temperature(logits, targets)
    before = expected_calibration_error(softmax(logits), targets)
    probs = cross_fitted_probs(logits, targets)
    after = cross_fitted_error(logits, targets)
    print(
        f"temperature {temperature:.3f}, calibration error {before:.1%} before, {after:.1%} after "
        "(each image judged with a temperature fitted on the other half of val, the mean of ten "
        "ways to halve it; a perfectly "
        f"calibrated network would show {error_by_chance(probs):.1%} on so few images)"
    )
    return replace(metadata.with_metrics({"val_calibration_error": after}), temperature=temperature)
