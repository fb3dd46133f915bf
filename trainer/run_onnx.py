"""A run's network as ONNX, made when somebody asks for it.

Writing it takes about a second for a VGG-9, too long to do after every epoch of a training that
promises to stop within one. Torch is only imported when there is something to write.
"""

from __future__ import annotations

from pathlib import Path

from trainer.runs import ONNX, WEIGHTS


def ensure_onnx(path: Path) -> Path:
    """Write a run's ``best.onnx`` if its weights are newer or it is not there yet.

    Any other file is left as it is, present or not: who opens it says what is wrong.

    Args:
        path: An ONNX file; only ``best.onnx`` beside ``best.safetensors`` is ever written.

    Returns:
        ``path``.

    Raises:
        WeightsError: The run's weights are damaged or do not fit this version.
    """
    weights = path.with_name(WEIGHTS)
    if path.name != ONNX or not weights.is_file():
        return path
    if path.is_file() and path.stat().st_mtime_ns >= weights.stat().st_mtime_ns:
        return path

    from trainer.export import export_onnx
    from trainer.weights import load_weights

    model, metadata = load_weights(weights)
    export_onnx(model, metadata, path)
    return path
