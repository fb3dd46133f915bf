"""The pipeline that the Player uses: YuNet, tracker, ONNX classifier.

It needs no torch, but for a run whose network was never written as ONNX.
"""

from __future__ import annotations

from pathlib import Path

from app.workers.media import AnalysisPipeline
from trainer.inference.classifier import OnnxClassifier
from trainer.inference.detector import YuNetDetector
from trainer.inference.pipeline import Pipeline
from trainer.run_onnx import ensure_onnx


def build(model_path: Path | None) -> AnalysisPipeline:
    """Build a pipeline with the given model, or with the one that ships with Mien.

    Raises:
        WeightsError: The model is missing or does not fit; one sentence says why.
    """
    if model_path is not None:
        ensure_onnx(model_path)
    return Pipeline(YuNetDetector(), OnnxClassifier(model_path))
