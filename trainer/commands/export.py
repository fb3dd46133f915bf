"""``export``: weights to ONNX, fp32 or INT8."""

from __future__ import annotations

import argparse
from pathlib import Path

from trainer.errors import MienError

HELP = "write weights as ONNX, optionally as INT8"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("--weights", type=Path, required=True, help="a .safetensors file")
    parser.add_argument("--out", type=Path, required=True, metavar="F.onnx")
    parser.add_argument("--int8", action="store_true", help="static 8-bit quantisation")
    parser.add_argument("--data", type=Path, help="data whose training images calibrate --int8")


def run(args: argparse.Namespace) -> int:
    """Export and say what was written."""
    if args.int8 and args.data is None:
        raise MienError("--int8 needs --data FILE: real images show how large the values get.")
    if args.out.suffix.lower() != ".onnx":
        raise MienError(f"--out must end in .onnx, got {args.out.name}.")

    from trainer.export import export_onnx
    from trainer.weights import load_weights

    model, metadata = load_weights(args.weights)
    if args.int8:
        from trainer.data import load_dataset
        from trainer.quantize import quantize_onnx

        quantize_onnx(model, metadata, load_dataset(args.data), args.out)
    else:
        export_onnx(model, metadata, args.out)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB")
    return 0
