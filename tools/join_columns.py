"""Join two trained wide LightNets to one network with two columns, whose logits are their mean.

The second has learnt on images of 64 pixels. Of several files for one column, trained on from one
start, it is the mean of their weights, with batch norm's statistics computed anew.

    python -m tools.join_columns --first A.safetensors [A2.safetensors] --second B.safetensors \\
        --data D.csv.gz --out C.safetensors
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from torch import nn

from trainer.data import load_dataset
from trainer.data.dataset import ExpressionDataset
from trainer.device import place
from trainer.errors import MienError
from trainer.evaluation import predict_logits
from trainer.metadata import ModelMetadata, val_metrics
from trainer.metrics import classification_metrics, softmax
from trainer.models import create_model, model_info
from trainer.models._lightnet import LightNet, TwoColumnLightNet
from trainer.refine import averaged, chosen_indices, recompute_batch_norm
from trainer.temperature import Temperature
from trainer.weights import load_weights, save_weights


def join(
    first: Sequence[Path], second: Sequence[Path], dataset: ExpressionDataset, out: Path
) -> None:
    """Write the joined network with its validation scores; it is to be calibrated anew.

    Raises:
        MienError: They are not the networks wanted, for the same classes, taught with this data.
    """
    columns = [_read(path, "lightnet_wide") for path in first]
    others = [_read(path, "lightnet_wide64") for path in second]
    abouts = [about for _, about in (*columns, *others)]
    about = abouts[0]
    if any(other.class_names != about.class_names for other in abouts) or any(
        other.dataset_hash != dataset.content_hash for other in abouts
    ):
        raise MienError("The networks know other classes or were trained on other data.")
    info = model_info("lightnet_columns")
    model = create_model(info.name, len(about.class_names))
    assert isinstance(model, TwoColumnLightNet)
    model.fill([_mean([net for net, _ in column], dataset) for column in (columns, others)])
    indices = dataset.indices("val")
    logits = predict_logits(model.eval(), dataset.images[indices], info.preprocessing)
    scores = classification_metrics(
        softmax(logits), dataset.targets[indices].numpy(), about.class_names
    )
    joined = ", ".join("/".join(path.parts[-2:]) for path in (*first, *second))
    metadata = replace(
        about,
        architecture=info.name,
        metrics=val_metrics(scores),
        temperature=Temperature(),
        unsure_threshold=0.0,
        extra={**about.extra, "joined": joined},
    )
    save_weights(out, model.state_dict(), metadata)
    print(f"val accuracy {scores['top1_accuracy']:.2%}, macro-F1 {scores['macro_f1']:.3f}")


def _read(path: Path, architecture: str) -> tuple[nn.Module, ModelMetadata]:
    model, about = load_weights(path)
    if about.architecture != architecture:
        raise MienError(f"{path} holds {about.architecture}, not {architecture}.")
    return model, about


def _mean(models: Sequence[nn.Module], dataset: ExpressionDataset) -> LightNet:
    mean = models[0]
    if len(models) > 1:
        mean = place(averaged(models))
        images = dataset.images[chosen_indices(dataset)]
        recompute_batch_norm(mean, images, model_info("lightnet_wide").preprocessing)
    assert isinstance(mean, LightNet)
    return mean


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("--first", "--second"):
        parser.add_argument(name, type=Path, nargs="+", required=True)
    parser.add_argument("--data", type=Path, required=True, help="the data all were trained on")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    join(args.first, args.second, load_dataset(args.data), args.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
