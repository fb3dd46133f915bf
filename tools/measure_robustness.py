"""Measure how well a network's label holds on real faces; prints Markdown, or JSON with --json.

    python -m tools.measure_robustness --media FOLDER [--weights W] [--margins -0.1 0 0.1]

Faces are found by YuNet in every photo and in some frames of every clip below FOLDER. Then each
face is looked at again, shifted, resized, darkened, blurred, noisy or compressed, and the share
of faces whose label stays the same is counted. "Steady" compares neighbouring frames in which
the face hardly moved. No right labels are needed, so a network that always says the same would
do well here: read these numbers beside the accuracy.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.compare.robustness import blurred, compressed, darkened, noisy
from trainer.errors import VideoError
from trainer.inference.classifier import OnnxClassifier
from trainer.inference.crop import crop_faces, crop_square
from trainer.inference.detector import YuNetDetector
from trainer.inference.video import open_source
from trainer.preprocess import Preprocessing

Image = npt.NDArray[np.uint8]
Boxes = npt.NDArray[np.float32]

FRAMES_PER_CLIP = 10
SMALLEST = 32.0  # pixels; below, there is less in the frame than the network wants
STILL = 4.0  # grey levels: mean change of a crop between neighbouring frames


@dataclass(frozen=True)
class Found:
    """Frames (BGR) with the boxes found in them, and each frame's follower or None."""

    frame: Image
    following: Image | None
    boxes: Boxes


def moved(right: float, down: float, scale: float = 1.0) -> Callable[[Boxes], Boxes]:
    """Return a change of boxes, in fractions of their sides."""

    def change(boxes: Boxes) -> Boxes:
        centre = (boxes[:, :2] + boxes[:, 2:]) / 2
        side = boxes[:, 2:] - boxes[:, :2]
        centre = centre + side * np.array([right, down], np.float32)
        return np.hstack((centre - side * scale / 2, centre + side * scale / 2))

    return change


BOX_CHANGES: dict[str, list[Callable[[Boxes], Boxes]]] = {
    "shifted by 5 %": [moved(x, y) for x, y in ((0.05, 0), (-0.05, 0), (0, 0.05), (0, -0.05))],
    "shifted by 10 %": [moved(x, y) for x, y in ((0.1, 0), (-0.1, 0), (0, 0.1), (0, -0.1))],
    "cropped 10 % closer or wider": [moved(0, 0, 0.9), moved(0, 0, 1.1)],
    "cropped 20 % closer or wider": [moved(0, 0, 0.8), moved(0, 0, 1.2)],
}
CROP_CHANGES: dict[str, Callable[[Image], Image]] = {
    "half as bright": darkened(0.5),
    "a quarter as bright": darkened(0.25),
    "blurred (sigma 1 px of 48)": blurred(1.0),
    "noisy (sigma 10 of 255)": noisy(10.0),
    "JPEG quality 30": compressed(30),
    "mirrored": lambda crop: np.ascontiguousarray(crop[:, ::-1]),
}


def collect(media: Path) -> Iterator[Found]:
    """Yield frames with faces from everything readable below a folder."""
    detector = YuNetDetector()
    for path in sorted(p for p in media.rglob("*") if p.is_file()):
        try:
            with open_source(path) as source:
                still = source.duration_ms == 0
                times = (
                    [0.0]
                    if still
                    else list(np.linspace(0, source.duration_ms, FRAMES_PER_CLIP + 2)[1:-1])
                )
                for time_ms in times:
                    if not still:
                        source.seek(float(time_ms))
                    frame = source.read()
                    if frame is None:
                        break
                    following = None if still else source.read()
                    detections = detector.detect(frame.image)
                    sides = (detections.xyxy[:, 2:] - detections.xyxy[:, :2]).max(axis=1)
                    boxes = detections.xyxy[sides >= SMALLEST]
                    if len(boxes):
                        image = None if following is None else following.image
                        yield Found(frame.image, image, boxes)
        except VideoError as error:
            print(f"{path.name} is left out: {error}")


def agreement(before: npt.NDArray[Any], after: npt.NDArray[Any]) -> float:
    """Share of rows whose largest probability stays in the same place."""
    return float((before.argmax(axis=1) == after.argmax(axis=1)).mean())


def measure(
    classifier: OnnxClassifier, found: list[Found], preprocessing: Preprocessing
) -> dict[str, float]:
    """Return the share of faces with an unchanged label, by change."""

    def look(boxes_of: Callable[[Boxes], Boxes]) -> Image:
        crops = [crop_faces(f.frame, boxes_of(f.boxes), None, preprocessing) for f in found]
        return np.concatenate(crops)

    plain = look(lambda boxes: boxes)
    probs = classifier.predict(plain)
    result = {"mean confidence": float(probs.max(axis=1).mean())}
    for name, changes in BOX_CHANGES.items():
        shares = [agreement(probs, classifier.predict(look(change))) for change in changes]
        result[name] = float(np.mean(shares))
    for name, change in CROP_CHANGES.items():
        changed = np.stack([change(crop[0])[None] for crop in plain])
        result[name] = agreement(probs, classifier.predict(changed))
    result["steady"] = _steady(classifier, found, preprocessing)
    return result


def _steady(classifier: OnnxClassifier, found: list[Found], preprocessing: Preprocessing) -> float:
    first, second = [], []
    for one in found:
        if one.following is None:
            continue
        before = crop_faces(one.frame, one.boxes, None, preprocessing)
        after = crop_faces(one.following, one.boxes, None, preprocessing)
        change = np.abs(before.astype(np.int16) - after).mean(axis=(1, 2, 3))
        first.append(before[change < STILL])
        second.append(after[change < STILL])
    one, other = np.concatenate(first), np.concatenate(second)
    return agreement(classifier.predict(one), classifier.predict(other))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--media", type=Path, required=True)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--margins", type=float, nargs="+", default=[0.0])
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    classifier = OnnxClassifier(args.weights)
    preprocessing = classifier.metadata.preprocessing
    found = list(collect(args.media))
    faces = sum(len(one.boxes) for one in found)
    sides = [crop_square(box)[2] for one in found for box in one.boxes]
    print(f"{faces} faces in {len(found)} frames, median crop {np.median(sides):.0f} pixels\n")
    tables = {
        margin: measure(classifier, found, replace(preprocessing, crop_margin=margin))
        for margin in args.margins
    }
    print("| |" + "".join(f" margin {margin:+.2f} |" for margin in tables))
    print("|---|" + "---:|" * len(tables))
    for name in next(iter(tables.values())):
        print(f"| {name} |" + "".join(f" {table[name]:.1%} |" for table in tables.values()))
    if args.json is not None:
        args.json.write_text(json.dumps({str(k): v for k, v in tables.items()}, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
