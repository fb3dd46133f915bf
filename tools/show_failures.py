"""Draw the surest mistakes of a network, class by class, for docs/model-card.md.

    python -m tools.show_failures --data fer2013.csv.gz --out docs/images/failures.png [--weights W]

A row for each class of PublicTest, the mistakes of the highest confidence first: what the label
says stands before the row, what the network says under each image.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from trainer.data import load_dataset
from trainer.data.dataset import ExpressionDataset
from trainer.evaluation import predict_split
from trainer.files import atomic_path
from trainer.inference.shipped import default_model_path
from trainer.scoring import load_predictor

_COLUMNS = 9
_SIDE, _STEP, _LINE, _MARGIN, _EDGE = 64, 98, 94, 86, 10
_PAPER, _INK, _GREY = 255, 20, 90


def surest_mistakes(
    probs: npt.NDArray[np.float32], targets: npt.NDArray[np.int64], class_index: int
) -> npt.NDArray[np.int64]:
    """Return the rows (M,) of a class that are called something else, the surest first.

    Args:
        probs: float32 (N, C).
        targets: int64 (N,).
        class_index: What the label says.
    """
    said, sure = probs.argmax(axis=1), probs.max(axis=1)
    rows = np.flatnonzero((targets == class_index) & (said != class_index))
    return rows[np.argsort(-sure[rows], kind="stable")]


def draw(
    dataset: ExpressionDataset,
    probs: npt.NDArray[np.float32],
    targets: npt.NDArray[np.int64],
    indices: npt.NDArray[np.int64],
) -> Image.Image:
    """Return the picture, grey.

    Args:
        dataset: Where the images are.
        probs: float32 (N, C), what the network says of them.
        targets: int64 (N,), what their labels say.
        indices: int64 (N,), their rows in ``dataset``.
    """
    names = dataset.class_names
    size = (_MARGIN + _COLUMNS * _STEP, _EDGE + len(names) * _LINE)
    picture = Image.new("L", size, _PAPER)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(13)
    for row, name in enumerate(names):
        top = _EDGE + row * _LINE
        pen.text((_EDGE, top + _SIDE // 2 - 8), name, _INK, font)
        for column, place in enumerate(surest_mistakes(probs, targets, row)[:_COLUMNS]):
            left = _MARGIN + column * _STEP
            face = Image.fromarray(dataset.images[int(indices[place]), 0].numpy())
            picture.paste(face.resize((_SIDE, _SIDE), Image.Resampling.BICUBIC), (left, top))
            said = f"{names[int(probs[place].argmax())]} {probs[place].max():.0%}"
            pen.text((left, top + _SIDE + 1), said, _GREY, font)
    return picture


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=default_model_path())
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    dataset = load_dataset(args.data)
    picture = draw(dataset, *predict_split(load_predictor(args.weights), dataset, "val"))
    with atomic_path(args.out) as temporary:
        picture.save(temporary, "PNG", optimize=True)
    print(f"{args.out}: {args.out.stat().st_size / 1e3:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
