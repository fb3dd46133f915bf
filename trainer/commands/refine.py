"""``refine``: exact batch-norm statistics and a refitted last layer for trained weights."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from trainer.commands.data_source import add_class_map, open_data, run_on
from trainer.errors import MienError

HELP = "gain a little more from finished weights, using training images only"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument(
        "--weights",
        type=Path,
        required=True,
        nargs="+",
        metavar="W",
        help="a .safetensors file; of several that were trained on from one start, the mean",
    )
    parser.add_argument("--data", type=Path, required=True, help="the data it was trained on")
    add_class_map(parser)
    parser.add_argument(
        "--edits", action="store_true", help="use the data with your saved corrections"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="F.safetensors")


def run(args: argparse.Namespace) -> int:
    """Refine, and print the validation scores before and after."""
    if args.out.suffix.lower() != ".safetensors":
        raise MienError(f"--out must end in .safetensors, got {args.out.name}.")

    from trainer.evaluation import predict_logits
    from trainer.metadata import val_metrics
    from trainer.metrics import classification_metrics, softmax
    from trainer.refine import averaged, refine
    from trainer.temperature import Temperature
    from trainer.weights import load_weights, save_weights

    models, about = zip(*(load_weights(path) for path in args.weights), strict=True)
    model, metadata = averaged(models), about[0]
    if any(other.class_names != metadata.class_names for other in about):
        raise MienError("The weights know different classes; their mean would know none.")
    trained = run_on(args.data, args.weights[0].parent)
    dataset = open_data(args.data, class_map=args.class_map, trained=trained)
    if args.edits:
        from trainer.data.edited import apply_edits, saved_edits

        dataset = apply_edits(dataset, saved_edits(dataset))
    if metadata.dataset_hash and metadata.dataset_hash != dataset.content_hash:
        raise MienError(
            f"{args.weights[0].name} was trained on other data than {dataset.name}, or with other "
            "corrections of it (see --edits); its training images are needed."
        )
    refined = refine(model, dataset, metadata.preprocessing)
    indices = dataset.indices("val")
    for label, network in (("before", model), ("after", refined)):
        if len(indices) == 0:
            break
        logits = predict_logits(network, dataset.images[indices], metadata.preprocessing)
        scores = classification_metrics(
            softmax(logits), dataset.targets[indices].numpy(), metadata.class_names
        )
        print(
            f"{label}: val accuracy {scores['top1_accuracy']:.2%}, "
            f"macro-F1 {scores['macro_f1']:.3f}, loss {scores['log_loss']:.4f}"
        )
        metadata = metadata.with_metrics(val_metrics(scores))
    if metadata.temperature != Temperature():
        print("The confidences are to be calibrated anew: export it with --calibrate.")
    metadata = replace(
        metadata,
        # They belong to the logits before.
        temperature=Temperature(),
        unsure_threshold=0.0,
        metrics={k: v for k, v in metadata.metrics.items() if k != "val_calibration_error"},
        extra={**metadata.extra, "refined": "batch norm, last layer"},
    )
    save_weights(args.out, refined.state_dict(), metadata)
    return 0
