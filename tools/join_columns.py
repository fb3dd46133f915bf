"""Join two trained wide LightNets to one network with two columns, whose logits are their mean.

    python -m tools.join_columns A.safetensors B.safetensors --data D.csv.gz --out C.safetensors
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from trainer.data import load_dataset
from trainer.data.dataset import ExpressionDataset
from trainer.errors import MienError
from trainer.evaluation import predict_logits
from trainer.metadata import val_metrics
from trainer.metrics import classification_metrics, softmax
from trainer.models import create_model, model_info
from trainer.models._lightnet import LightNet, TwoColumnLightNet
from trainer.temperature import Temperature
from trainer.weights import load_weights, save_weights


def join(paths: tuple[Path, Path], dataset: ExpressionDataset, out: Path) -> None:
    """Write the joined network with its validation scores; it is to be calibrated anew.

    Raises:
        MienError: They are not two wide LightNets for the same classes, taught with this data.
    """
    (first, about), (second, other) = (load_weights(path) for path in paths)
    if not about.architecture == other.architecture == "lightnet_wide":
        raise MienError("Both files must be of lightnet_wide.")
    hashes = {about.dataset_hash, other.dataset_hash, dataset.content_hash}
    if about.class_names != other.class_names or len(hashes) > 1:
        raise MienError("The two networks know other classes or were trained on other data.")
    info = model_info("lightnet_columns")
    model = create_model(info.name, len(about.class_names))
    assert isinstance(model, TwoColumnLightNet)
    assert isinstance(first, LightNet)
    assert isinstance(second, LightNet)
    model.fill((first, second))
    indices = dataset.indices("val")
    logits = predict_logits(model.eval(), dataset.images[indices], info.preprocessing)
    scores = classification_metrics(
        softmax(logits), dataset.targets[indices].numpy(), about.class_names
    )
    metadata = replace(
        about,
        architecture=info.name,
        metrics=val_metrics(scores),
        temperature=Temperature(),
        unsure_threshold=0.0,
        extra={**about.extra, "joined": ", ".join(path.name for path in paths)},
    )
    save_weights(out, model.state_dict(), metadata)
    print(f"val accuracy {scores['top1_accuracy']:.2%}, macro-F1 {scores['macro_f1']:.3f}")


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path, nargs=2)
    parser.add_argument("--data", type=Path, required=True, help="the data both were trained on")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    join(tuple(args.weights), load_dataset(args.data), args.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
