"""Made-up corrections."""

from __future__ import annotations

from typing import Any

import numpy as np

from trainer.data.correction import Correction
from trainer.labels import EXPRESSIONS


def make_correction(number: int = 0, **values: Any) -> Correction:
    """A face whose pixels tell its number; its label follows it round the seven."""
    random = np.random.default_rng(number)
    given: dict[str, Any] = {
        "face": random.integers(0, 256, (48, 48), np.uint8),
        "wide": random.integers(0, 256, (96, 96), np.uint8),
        "label": EXPRESSIONS[number % 7],
        "model_label": "unsure",
        "model": "vgg9_bn.onnx",
        "source": "a film.mp4",
        "source_hash": f"video{number % 3}",
        "timestamp_ms": 40.0 * number,
        "person": 1 + number % 2,
        "box": (10.0, 20.0, 110.0, 140.0),
        **values,
    }
    return Correction(**given)
